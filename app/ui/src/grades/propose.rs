use caravan_domain::{
    calendar::parse_day,
    command::Command,
    grades::{
        command::{GradeCommand, ProposalDraft},
        list::{GradeFile, RungLine},
    },
    id::PersonId,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{
    address::{self, person_of},
    criteria::Criteria,
    words::{choices, rung_name},
};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::Refused,
    ui::{
        Button, ButtonKind, DateField, Form, Page, RestoredNote, SectionTitle, SelectField,
        TextArea, live, use_past_the_form, use_toasts,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    /// Empty for the next one up.
    rung: String,
    since: String,
    reason: String,
}

/// A manager proposes a grade, with the criteria as they stand on the screen.
#[component]
pub(super) fn ProposePage() -> impl IntoView {
    let params = use_params_map();
    let person = params.with_untracked(person_of);
    let file = use_engine().grade(move || person);
    let file = Memo::new(move |_| file.get().flatten().map(|file| *file));
    let name = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|it| it.name.clone()).unwrap_or_default())
    });
    let there = Memo::new(move |_| file.with(Option::is_some));
    view! {
        <Page title=tr!(grades.propose_of, name = name.get()) known_as=tr!(grades.propose) back=address::page(person)>
            {move || there.get().then(|| view! { <ProposeForm person file /> })}
        </Page>
    }
}

/// The grade that is chosen, as it stands now.
fn chosen(file: &GradeFile, typed: &Typed) -> Option<RungLine> {
    let mut offered = offered(file);
    let picked = offered
        .iter()
        .position(|it| it.id.to_string() == typed.rung);
    let next = offered.iter().position(|it| Some(it.id) == file.next);
    let place = picked.or(next).or(offered.len().checked_sub(1))?;
    Some(offered.swap_remove(place))
}

fn offered(file: &GradeFile) -> Vec<RungLine> {
    let held = file.held.as_ref().map(|held| held.rung);
    let rungs = file.rungs.iter().filter(|it| Some(it.id) != held);
    rungs.cloned().collect()
}

#[component]
fn ProposeForm(person: PersonId, file: Memo<Option<GradeFile>>) -> impl IntoView {
    let initial = Typed {
        since: now().day().to_string(),
        ..Typed::default()
    };
    let draft = use_draft(format!("grades/{person}/propose"), initial);
    let typed = draft.value;
    let (submit, toasts) = (draft.submit(), use_toasts());
    let (open, said) = (
        StoredValue::new(use_past_the_form()),
        tr!(grades.propose_said),
    );
    let rung =
        Memo::new(move |_| file.with(|file| typed.with(|typed| chosen(file.as_ref()?, typed))));
    let save = move || {
        let (Some(rung), Some(ladder)) = (
            rung.get_untracked(),
            file.with_untracked(|file| file.as_ref().and_then(|it| it.ladder)),
        ) else {
            return;
        };
        let Typed { since, reason, .. } = typed.get_untracked();
        let proposal = ProposalDraft {
            ladder,
            rung: rung.id,
            since: parse_day(&since).unwrap_or_else(|| now().day()),
            reason,
            criteria: rung.criteria.iter().map(|it| it.judged).collect(),
        };
        let command = Command::Grade(GradeCommand::Propose(person, proposal));
        submit.run(command, move |_| {
            toasts.say(said.get_untracked());
            open.with_value(|open| open(&address::page(person)));
        });
    };
    let rungs = file.with_untracked(|file| file.as_ref().map(offered).unwrap_or_default());
    let rungs = rungs.into_iter();
    let rungs = rungs.map(|it| (it.id.to_string(), rung_name(it.name)));
    let choose = crate::ui::Bound {
        value: Signal::derive(move || {
            rung.with(|rung| {
                rung.as_ref()
                    .map(|it| it.id.to_string())
                    .unwrap_or_default()
            })
        }),
        set: Callback::new(move |id: String| typed.update(|typed| typed.rung = id)),
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <p class="text-muted">{tr!(grades.propose_hint)}</p>
            <SelectField label=tr!(grades.proposed_grade) bind=choose options=choices(rungs.collect()) />
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
            <Button
                label=tr!(grades.propose_send)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
        <SectionTitle label=tr!(grades.as_it_is_now) />
        {live(move || rung.get().map(|rung| view! { <Criteria person lines=rung.criteria is_me=false live=true /> }))}
    }
}
