use caravan_domain::{
    command::{Command, RecordRef},
    goals::{
        command::GoalCommand,
        list::{GoalFile, GoalProbe},
        place::{GoalPlace, GoalRef},
    },
    id::PersonId,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    fields::{AboutFields, TermsFields},
    typed::Typed,
};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    goals::address,
    ui::{Button, ButtonKind, Form, Page, RestoredNote, use_past_the_form},
};

/// `?parent=` names the goal that the new one is to be a part of.
#[component]
pub(in crate::goals) fn NewGoalPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            query
                .get("parent")
                .and_then(|goal| goal.parse::<GoalRef>().ok())
        })
    });
    let me = use_engine().me();
    let me = Memo::new(move |_| me.with(|me| me.as_ref().map(|me| me.person)));
    view! {
        <Page title=tr!(goals.new) back="/goals">
            {move || {
                let me = me.get()?;
                Some(
                    match asked.get() {
                        Some(parent) => view! { <NewPart me parent /> }.into_any(),
                        None => view! { <NewGoal me initial=first(me) key="goals/new".to_owned() /> }.into_any(),
                    },
                )
            }}
        </Page>
    }
}

fn first(me: PersonId) -> Typed {
    Typed {
        place: Some(GoalPlace::Person(me)),
        ..Typed::default()
    }
}

/// Waits for the goal it is a part of, whose words and measure it begins with.
#[component]
fn NewPart(me: PersonId, parent: GoalRef) -> impl IntoView {
    let file = use_engine().goal(move || parent);
    let initial = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| {
            let file = file.as_ref()?;
            Some(
                file.as_ref()
                    .map_or_else(|| first(me), |file| part_of(file, me)),
            )
        }),
    });
    move || {
        let initial = initial.get()?;
        Some(view! { <NewGoal me initial key=format!("goals/new/{parent}") /> })
    }
}

fn part_of(parent: &GoalFile, me: PersonId) -> Typed {
    let line = &parent.line;
    Typed {
        metric: line.metric,
        unit: line.unit.clone(),
        span: line.period.span(),
        period: Some(line.period),
        what: line.what.clone(),
        parent: Some(line.goal),
        ..first(me)
    }
}

#[component]
fn NewGoal(me: PersonId, initial: Typed, key: String) -> impl IntoView {
    let engine = use_engine();
    let draft = use_draft(key, initial);
    let (typed, submit) = (draft.value, draft.submit());
    let mine = GoalPlace::Person(me);
    let probe = Memo::new(move |_| {
        typed.with(|typed| GoalProbe {
            place: typed.place.unwrap_or(mine),
            metric: typed.metric,
            period: typed.period(now().day()),
            except: None,
        })
    });
    let hint = engine.goal_hint(move || probe.get());
    let open = use_past_the_form();
    let save = move || {
        let today = untrack(now).day();
        match typed.with_untracked(|typed| typed.draft(mine, today)) {
            Err(unread) => submit.failure.set(Some(unread)),
            Ok(draft) => {
                let open = open.clone();
                submit.run(Command::Goal(GoalCommand::Propose(draft)), move |ran| {
                    open(&match ran.created {
                        Some(RecordRef::Goal(goal)) => address::page(goal),
                        _ => "/goals".to_owned(),
                    });
                });
            }
        }
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <AboutFields typed hint failure=submit.failure />
            <TermsFields typed hint failure=submit.failure reason=tr!(goals.reason_new) />
            <Button label=tr!(goals.propose) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
