use caravan_domain::{
    command::{Command, Field},
    id::EntryId,
    training::{
        command::TrainingCommand,
        course::Topic,
        library::{
            command::{ENTRY_MAX, LibraryCommand},
            record::EntryDraft,
        },
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{entry_of, use_entry};
use crate::{
    engine::use_draft,
    forms::{Elsewhere, use_error_of},
    training::words::TopicNames,
    ui::{
        Bound, Button, ButtonKind, Form, Page, RestoredNote, SelectField, TextArea, TextField,
        use_past_the_form,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    topic: Topic,
    text: String,
    link: String,
}

impl Typed {
    fn of(draft: EntryDraft) -> Self {
        Self {
            title: draft.title,
            topic: draft.topic,
            text: draft.text,
            link: draft.link,
        }
    }

    fn draft(self) -> EntryDraft {
        EntryDraft {
            title: self.title,
            topic: self.topic,
            text: self.text,
            link: self.link,
        }
    }
}

/// `/training/library/new` and `/training/library/:entry/edit`.
#[component]
pub(in super::super) fn EntryFormPage() -> impl IntoView {
    let entry = use_params_map().with_untracked(entry_of);
    let known = use_entry(move || entry);
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => {
            let known = known.get()?;
            Some(Typed::of(known.map(|row| row.draft).unwrap_or_default()))
        }
    });
    let (title, back) = match entry {
        Some(entry) => (
            tr!(classes.entry_edit),
            format!("/training/library/{entry}"),
        ),
        None => (tr!(classes.new_entry), "/training/library".to_owned()),
    };
    view! {
        <Page title back=back.clone()>
            {move || {
                let back = back.clone();
                opened.get().map(|before| view! { <EntryForm entry before back /> })
            }}
        </Page>
    }
}

#[component]
fn EntryForm(entry: Option<EntryId>, before: Typed, back: String) -> impl IntoView {
    let key = match entry {
        Some(entry) => format!("training/library/{entry}"),
        None => "training/library/new".to_owned(),
    };
    let draft = use_draft(key, before.clone());
    let (typed, submit) = (draft.value, draft.submit());
    let open = use_past_the_form();
    let save = move || {
        let (open, back) = (open.clone(), back.clone());
        let after = typed.get_untracked().draft();
        let command = match entry {
            Some(entry) => LibraryCommand::Change {
                entry,
                before: before.clone().draft(),
                after,
            },
            None => LibraryCommand::Add(after),
        };
        let command = TrainingCommand::Library(command);
        submit.run(Command::Training(command), move |_| open(&back));
    };
    let topic = Bound::word(typed, |typed| typed.topic.word(), |typed| &mut typed.topic);
    let shown = &[Field::Title, Field::Link];
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TextField
                label=tr!(training.name)
                error=use_error_of(submit.failure, Field::Title)
                bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
                required=true
                max=200
            />
            <SelectField label=tr!(training.topic) bind=topic options=TopicNames::new().options() />
            <TextArea
                label=tr!(training.text)
                bind=Bound::part(typed, |typed| &typed.text, |typed| &mut typed.text)
                max=u32::try_from(ENTRY_MAX).unwrap_or(u32::MAX)
            />
            <TextField
                label=tr!(training.link)
                hint=tr!(training.link_hint)
                error=use_error_of(submit.failure, Field::Link)
                bind=Bound::part(typed, |typed| &typed.link, |typed| &mut typed.link)
                max=200
            />
            <Elsewhere failure=submit.failure shown />
            <Button label=tr!(training.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
