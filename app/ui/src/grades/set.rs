use caravan_domain::{
    calendar::parse_day,
    command::Command,
    grades::{command::GradeCommand, decision::Setting, list::GradeFile},
    id::PersonId,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{
    address::{self, person_of},
    words::{choices, rung_name},
};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::Refused,
    ui::{
        Button, ButtonKind, DateField, Form, Page, RestoredNote, SelectField, TextArea,
        use_past_the_form, use_toasts,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    rung: String,
    since: String,
    reason: String,
}

/// A first grade, or one put right.
#[component]
pub(super) fn SetPage() -> impl IntoView {
    let params = use_params_map();
    let person = params.with_untracked(person_of);
    let file = use_engine().grade(move || person);
    // The form opens once; what is decided meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<GradeFile>>| match before {
        Some(Some(file)) => Some(file.clone()),
        _ => file.get().flatten().map(|file| *file),
    });
    let name = Signal::derive(move || {
        opened.with(|file| file.as_ref().map(|it| it.name.clone()).unwrap_or_default())
    });
    view! {
        <Page title=tr!(grades.of, name = name.get()) known_as=tr!(grades.set) back=address::page(person)>
            {move || opened.get().map(|file| view! { <SetForm person file /> })}
        </Page>
    }
}

#[component]
fn SetForm(person: PersonId, file: GradeFile) -> impl IntoView {
    let held = file.held.as_ref().map(|held| held.rung);
    let first = held.or(file.rungs.first().map(|it| it.id));
    let initial = Typed {
        rung: first.map(|id| id.to_string()).unwrap_or_default(),
        since: now().day().to_string(),
        reason: String::new(),
    };
    let draft = use_draft(format!("grades/{person}/set"), initial);
    let (submit, toasts) = (draft.submit(), use_toasts());
    let (open, said) = (StoredValue::new(use_past_the_form()), tr!(grades.set_said));
    let ladder = file.ladder;
    let save = move || {
        let Typed {
            rung,
            since,
            reason,
        } = draft.value.get_untracked();
        let (Some(ladder), Ok(rung)) = (ladder, rung.parse()) else {
            return;
        };
        let setting = Setting {
            ladder,
            rung,
            since: parse_day(&since).unwrap_or_else(|| now().day()),
            reason,
        };
        let command = Command::Grade(GradeCommand::Set(person, setting));
        submit.run(command, move |_| {
            toasts.say(said.get_untracked());
            open.with_value(|open| open(&address::page(person)));
        });
    };
    let rungs = file.rungs.into_iter();
    let rungs = rungs.map(|it| (it.id.to_string(), rung_name(it.name)));
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <p class="text-muted">{tr!(grades.set_hint)}</p>
            <SelectField
                label=tr!(grades.grade)
                bind=draft.bind(|typed| &typed.rung, |typed| &mut typed.rung)
                options=choices(rungs.collect())
            />
            <DateField
                label=tr!(grades.from_day)
                bind=draft.bind(|typed| &typed.since, |typed| &mut typed.since)
            />
            <TextArea
                label=tr!(grades.reason)
                hint=tr!(grades.reason_hint)
                bind=draft.bind(|typed| &typed.reason, |typed| &mut typed.reason)
            />
            <Refused submit />
            <Button label=tr!(grades.set_save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
