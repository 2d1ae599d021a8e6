use caravan_domain::{
    command::Command,
    development::{command::DevelopmentCommand, record::Note},
    id::PersonId,
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    errors::Explain,
    format::use_format,
    ui::{Button, ButtonKind, Form, SectionTitle, Sheet, TextArea, use_toasts},
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    text: String,
}

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
    let (explain, toasts, said) = (Explain::new(), use_toasts(), tr!(development.saved));
    let draft = use_draft(format!("development/{person}/note"), Typed::default());
    let submit = draft.submit();
    let save = move || {
        let text = draft.value.get_untracked().text;
        let command = DevelopmentCommand::Note(person, text);
        submit.run(Command::Development(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <TextArea
                label=tr!(development.note)
                bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
            />
            <p class="text-error empty:hidden" role="alert">
                {move || submit.failure.get().map(|failure| explain.run(failure))}
            </p>
            <Button
                label=tr!(development.save)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}
