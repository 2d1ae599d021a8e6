use caravan_domain::{
    command::Command,
    pay::{
        adjustment::{AdjustmentSort, AdjustmentStep},
        command::PayCommand,
        decision::PayDecision,
        view::AdjustmentLine,
    },
};
use leptos::prelude::*;

use super::words::{adjustment_state, sort_name};
use crate::{
    engine::use_perform,
    format::{now, use_format},
    ui::{Badge, Button, ButtonKind, Each, SectionTitle, Show, SyncMark, Tone},
};

/// What was put down by hand, with what came of it.
#[component]
pub(super) fn Adjustments(
    lines: Memo<Vec<AdjustmentLine>>,
    /// Names the payee.
    #[prop(optional, into)]
    names: Option<Callback<AdjustmentLine, String>>,
) -> impl IntoView {
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(pay.adjustments) />
            <ul class="divide-y divide-line border-y border-line" aria-label=tr!(pay.adjustments)>
                <Each each=move || lines.get() key=|line| format!("{line:?}") let:line>
                    <AdjustmentRow
                        name=names.map(|names| names.run(line.clone())).unwrap_or_default()
                        line
                    />
                </Each>
            </ul>
        </Show>
    }
}

#[component]
fn AdjustmentRow(line: AdjustmentLine, name: String) -> impl IntoView {
    let format = use_format();
    let state = line.standing.map(|standing| standing.state);
    let (label, tone) = adjustment_state(state);
    let sort = sort_name(line.record.kind);
    let amount = match line.record.kind.is_penalty() {
        true => -line.record.amount,
        false => line.record.amount,
    };
    let (on, at) = (line.record.on, line.record.at);
    let counts = tr!(pay.counts_on_day, day = format.day(on));
    let author = line.author_name.clone();
    let by = tr!(
        pay.proposed_by,
        name = author.clone(),
        at = format.moment(at)
    );
    let decider = line.decided_by_name.clone();
    let decided = (!decider.is_empty()).then(|| tr!(pay.decided_by, name = decider.clone()));
    let parts = line.record.vests.len();
    let vests =
        (line.record.kind == AdjustmentSort::Deferred).then(|| tr!(pay.vests_in, count = parts));
    let forfeited = line.standing.and_then(|standing| standing.forfeited_on);
    let forfeited = forfeited.map(|on| tr!(pay.forfeited_on, day = format.day(on)));
    view! {
        <li class="flex flex-col gap-1 px-4 py-3">
            <p class="flex items-baseline justify-between gap-4">
                <span>
                    <bdi class="pe-2 font-medium empty:hidden">{name}</bdi>
                    {sort}
                </span>
                <span class="tabular-nums">{move || format.money(amount)}</span>
            </p>
            <bdi class="whitespace-pre-line">{line.record.reason.clone()}</bdi>
            <p class="text-sm text-muted">
                <bdi>{by}</bdi>
                " · "
                {counts}
                {vests.map(|vests| view! { <span>" · " {vests}</span> })}
                {decided.map(|decided| view! { <bdi>" · " {decided}</bdi> })}
            </p>
            <p class="flex flex-wrap gap-x-3">
                <Badge label tone />
                {line.provisional.then(|| view! { <Badge label=tr!(pay.provisional) tone=Tone::Warning /> })}
                {forfeited.map(|label| view! { <Badge label tone=Tone::Warning /> })}
                {(!line.as_proposed).then(|| view! { <Badge label=tr!(pay.not_as_proposed) tone=Tone::Bad /> })}
                <SyncMark mark=Signal::stored(line.mark) />
            </p>
            <Answers line />
        </li>
    }
}

#[component]
fn Answers(line: AdjustmentLine) -> impl IntoView {
    let perform = use_perform();
    let (person, id) = (line.person, line.record.id);
    let (approved, turned_down) = (tr!(pay.adjustment_approved_said), tr!(pay.turned_down_said));
    let (withdrawn, forfeited) = (tr!(pay.withdrawn_said), tr!(pay.forfeited_said));
    let step = move |step: AdjustmentStep, said: Signal<String>| {
        let decision = PayDecision::Adjustment { person, id, step };
        perform.run(
            Command::Pay(PayCommand::Decide(decision)),
            said.get_untracked(),
        );
    };
    let approve = move || {
        let command = PayCommand::Approve {
            person,
            adjustment: id,
        };
        perform.run(Command::Pay(command), approved.get_untracked());
    };
    view! {
        <div class="flex flex-wrap gap-2 empty:hidden">
            {line
                .may_approve
                .then(|| {
                    view! {
                        <Button label=tr!(pay.turn_down) on_press=move || step(AdjustmentStep::TurnDown, turned_down) />
                        <Button label=tr!(pay.approve) kind=ButtonKind::Main on_press=approve />
                    }
                })}
            {line
                .may_withdraw
                .then(|| {
                    view! {
                        <Button label=tr!(pay.withdraw) on_press=move || step(AdjustmentStep::Withdraw, withdrawn) />
                    }
                })}
            {line
                .may_forfeit
                .then(|| {
                    view! {
                        <Button
                            label=tr!(pay.forfeit)
                            on_press=move || step(AdjustmentStep::Forfeit(untrack(now).day()), forfeited)
                        />
                    }
                })}
            {line.not_separate.then(|| view! { <p class="text-sm text-muted">{tr!(pay.adjustment_not_separate)}</p> })}
        </div>
    }
}
