use caravan_domain::{
    calendar::parse_day,
    command::Command,
    pay::{
        command::{PayCommand, next_version},
        decision::PayDecision,
        draft::{PlanDraft, PlanField},
        view::PlanVersions,
    },
    time::Day,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{plan_fields::PlanFields, plans::next_month, what_if::WhatIfSection};
use crate::{
    engine::{use_draft, use_engine},
    errors::Explain,
    format::now,
    ui::{Button, ButtonKind, Form, Page, RestoredNote, use_past_the_form},
};

/// A version with other numbers: one that is to come, changed, or the next, which begins with those of the last.
#[component]
pub(super) fn PlanFormPage() -> impl IntoView {
    let from = use_query_map().with_untracked(|query| {
        let day = query.get("from")?;
        parse_day(&day)
    });
    let answer = use_engine().pay_plans();
    let opened = Memo::new(move |before: Option<&Option<PlanDraft>>| match before {
        Some(Some(draft)) => Some(draft.clone()),
        _ => answer.with(|versions| Some(begin(versions.as_ref()?, from))),
    });
    view! {
        <Page title=tr!(pay.new_version) back="/pay/plans">
            {move || opened.get().map(|initial| view! { <PlanForm initial from /> })}
        </Page>
    }
}

fn begin(versions: &PlanVersions, from: Option<Day>) -> PlanDraft {
    let mut known = versions.versions.iter().map(|version| &version.plan);
    let same = known.clone().find(|plan| Some(plan.in_force_from) == from);
    let plan = same.cloned().or_else(|| {
        let day = next_month(untrack(now).day());
        known.next().map(|last| next_version(last, day))
    });
    plan.as_ref().map(PlanDraft::of).unwrap_or_default()
}

#[component]
fn PlanForm(initial: PlanDraft, from: Option<Day>) -> impl IntoView {
    let explain = Explain::new();
    let key = from.map_or_else(|| "new".to_owned(), |day| day.to_string());
    let draft = use_draft(format!("pay/plans/{key}"), initial);
    let (typed, submit) = (draft.value, draft.submit());
    let open = use_past_the_form();
    let wrong = RwSignal::new(None::<PlanField>);
    let read = Memo::new(move |_| typed.with(PlanDraft::read));
    let save = move || {
        let plan = match read.get_untracked() {
            Ok(plan) => plan,
            Err(field) => return wrong.set(Some(field)),
        };
        wrong.set(None);
        let open = open.clone();
        let command = PayCommand::Decide(PayDecision::SetPlan(plan));
        submit.run(Command::Pay(command), move |_| open("/pay/plans"));
    };
    // What was wrong is right as soon as it can be read.
    let shown = Memo::new(move |_| {
        let field = wrong.get()?;
        read.with(|read| read.is_err()).then_some(field)
    });
    let whole = tr!(pay.not_sound);
    let error = move || {
        let unsound = (shown.get() == Some(PlanField::Whole)).then(|| whole.get());
        unsound.or_else(|| submit.failure.get().map(|failure| explain.run(failure)))
    };
    let plan = Memo::new(move |_| read.get().ok());
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <PlanFields typed wrong=shown />
            <p class="text-error empty:hidden" role="alert">
                {error}
            </p>
            <Button label=tr!(pay.save_version) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
        <WhatIfSection plan />
    }
}
