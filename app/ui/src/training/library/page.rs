use caravan_domain::{
    command::Command,
    conflict::Contestable,
    training::{
        command::TrainingCommand,
        library::{answer::LibraryList, command::LibraryCommand, record::EntryRow},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{entry_of, use_entry};
use crate::{
    conflicts::Conflicts,
    engine::{use_engine, use_perform},
    format::use_format,
    training::{field_words::field_words, lesson::Outside, words::TopicNames},
    ui::{Badge, Button, ButtonKind, EmptyState, LinkButton, Page, Tone},
};

/// One entry, whole; for whoever keeps the library, the ways to change it.
#[component]
pub(in super::super) fn EntryPage() -> impl IntoView {
    let params = use_params_map();
    let entry = use_entry(move || params.with(entry_of));
    let title = Signal::derive(move || {
        entry
            .with(|entry| Some(entry.as_ref()?.as_ref()?.draft.title.clone()))
            .unwrap_or_default()
    });
    view! {
        <Page title known_as=tr!(classes.library) back="/training/library">
            {move || match entry.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(classes.entry_missing) /> }.into_any(),
                Some(Some(entry)) => view! { <Opened entry /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Opened(entry: EntryRow) -> impl IntoView {
    let (names, format) = (TopicNames::new(), use_format());
    let (topic, at) = (entry.draft.topic, entry.created_at);
    let (id, archived) = (entry.id, entry.archived);
    view! {
        <p class="flex flex-wrap gap-x-3 px-4 pb-2 text-sm text-muted">
            <span>{move || names.name(topic)}</span>
            <span class="tabular-nums">{move || format.day(at.day())}</span>
            {archived.then(|| view! { <Badge label=tr!(training.archived) tone=Signal::stored(Tone::Neutral) /> })}
        </p>
        <p class="max-w-prose px-4 pb-4 leading-relaxed whitespace-pre-line empty:hidden" dir="auto">
            {entry.draft.text}
        </p>
        <Conflicts record=Contestable::Entry(id) words=field_words />
        <Outside link=entry.draft.link />
        <Keep id archived />
    }
}

#[component]
fn Keep(id: caravan_domain::id::EntryId, archived: bool) -> impl IntoView {
    let perform = use_perform();
    let found = use_engine().library(LibraryList::default);
    let may_run = Memo::new(move |_| found.with(|page| page.as_ref().is_some_and(|it| it.may_run)));
    let (said, label) = match archived {
        true => (tr!(training.restored_said), tr!(classes.entry_restore)),
        false => (tr!(training.archived_said), tr!(classes.entry_archive)),
    };
    let turn = move || {
        let command = LibraryCommand::SetArchived {
            entry: id,
            archived: !archived,
        };
        let command = TrainingCommand::Library(command);
        perform.run(Command::Training(command), said.get_untracked());
    };
    move || {
        may_run.get().then(|| {
            view! {
                <div class="flex flex-wrap gap-3 px-4 py-3">
                    <LinkButton
                        label=tr!(classes.entry_edit)
                        href=format!("/training/library/{id}/edit")
                        icon=icons::LuPencil
                    />
                    <Button label kind=ButtonKind::Quiet on_press=turn />
                </div>
            }
        })
    }
}
