use caravan_domain::{
    command::Command,
    development::{command::DevelopmentCommand, record::Note},
    id::PersonId,
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    format::use_format,
    forms::WordsForm,
    ui::{Button, SectionTitle, Sheet},
};

/// The latest first.
#[component]
pub(super) fn Notes(person: PersonId, notes: Vec<(Note, String)>, may: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let some = !notes.is_empty();
    let rows = notes
        .into_iter()
        .map(|(note, name)| view! { <NoteRow note name /> });
    let rows = rows.collect_view();
    view! {
        {(some || may).then(|| view! { <SectionTitle label=tr!(development.notes) /> })}
        {some.then(|| view! { <ul class="divide-y divide-line border-y border-line">{rows}</ul> })}
        {may
            .then(|| {
                view! {
                    <div class="px-4 py-2">
                        <Button
                            label=tr!(development.add_note)
                            icon=icons::LuStickyNote
                            on_press=move || open.set(true)
                        />
                    </div>
                    <Sheet open title=tr!(development.add_note)>
                        <NoteForm open person />
                    </Sheet>
                }
            })}
    }
}

#[component]
fn NoteRow(note: Note, name: String) -> impl IntoView {
    let format = use_format();
    let at = note.at;
    view! {
        <li class="flex flex-col gap-1 px-4 py-2">
            <p class="break-words whitespace-pre-line">
                <bdi>{note.text}</bdi>
            </p>
            <p class="text-sm text-muted">
                <bdi>{tr!(development.by, name = name.clone(), when = format.moment(at))}</bdi>
            </p>
        </li>
    }
}

#[component]
fn NoteForm(open: RwSignal<bool>, person: PersonId) -> impl IntoView {
    let command = move |text| Command::Development(DevelopmentCommand::Note(person, text));
    view! {
        <WordsForm
            open
            key=format!("development/{person}/note")
            label=tr!(development.note)
            send=tr!(development.save)
            said=tr!(development.saved)
            command
        />
    }
}
