use std::collections::BTreeSet;

use caravan_domain::{
    calendar::Period,
    command::Command,
    goals::{
        command::{GoalChange, GoalCommand},
        list::{GoalFile, GoalProbe},
        metric::Metric,
        place::GoalRef,
        record::Terms,
    },
    id::GoalVersionId,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{fields::TermsFields, typed::Typed};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    goals::address::{self, goal_of},
    ui::{Bound, Button, ButtonKind, CheckField, Form, Page, RestoredNote, use_past_the_form},
};

/// The goal as it was when the form opened.
#[derive(Debug, Clone, PartialEq)]
struct Opened {
    goal: GoalRef,
    heads: BTreeSet<GoalVersionId>,
    terms: Terms,
    metric: Metric,
    period: Period,
}

impl Opened {
    fn of(file: &GoalFile) -> Option<Self> {
        Some(Self {
            goal: file.line.goal,
            heads: file.head_ids(),
            terms: file.heads().next()?.version.terms.clone(),
            metric: file.line.metric,
            period: file.line.period,
        })
    }
}

/// Other numbers: a counter to what was proposed, or an adjustment of what was agreed. Both need a reason (R21).
#[component]
pub(in crate::goals) fn ChangeGoalPage() -> impl IntoView {
    let params = use_params_map();
    let goal = Memo::new(move |_| params.with(goal_of));
    let file = use_engine().goal(move || goal.get());
    // The form opens once; what arrives meanwhile is not what was answered to, and stands beside it afterwards.
    let opened = Memo::new(move |before: Option<&Option<Opened>>| match before {
        Some(Some(opened)) => Some(opened.clone()),
        _ => file.with(|file| Opened::of(file.as_ref()?.as_ref()?)),
    });
    view! {
        <Page title=tr!(goals.change_title) back=Signal::derive(move || Some(address::page(goal.get())))>
            {move || opened.get().map(|opened| view! { <ChangeForm opened /> })}
        </Page>
    }
}

#[component]
fn ChangeForm(opened: Opened) -> impl IntoView {
    let goal = opened.goal;
    let draft = use_draft(
        format!("goals/{goal}/change"),
        Typed::of(&opened.terms, opened.period),
    );
    let (typed, submit) = (draft.value, draft.submit());
    let probe = GoalProbe {
        place: goal.place,
        metric: opened.metric,
        period: opened.period,
        except: Some(goal),
    };
    let hint = use_engine().goal_hint(move || probe.clone());
    let open = use_past_the_form();
    let heads = opened.heads;
    let save = move || {
        let today = untrack(now).day();
        match typed.with_untracked(|typed| typed.terms(today)) {
            Err(unread) => submit.failure.set(Some(unread)),
            Ok(terms) => {
                let change = typed.with_untracked(|typed| GoalChange {
                    goal,
                    after: heads.clone(),
                    terms,
                    reason: typed.reason.clone(),
                    dropped: typed.dropped,
                });
                let open = open.clone();
                submit.run(Command::Goal(GoalCommand::Change(change)), move |_| {
                    open(&address::page(goal));
                });
            }
        }
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TermsFields typed hint failure=submit.failure reason=tr!(goals.reason_change) />
            <CheckField
                label=tr!(goals.drop)
                hint=tr!(goals.drop_hint)
                bind=Bound::part(typed, |typed| &typed.dropped, |typed| &mut typed.dropped)
            />
            <Button label=tr!(goals.send_change) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
