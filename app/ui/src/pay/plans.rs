use caravan_domain::{
    command::Command,
    money::{BasisPoints, Fen},
    pay::{
        command::PayCommand,
        decision::PayDecision,
        plan::PayPlan,
        view::{PlanVersion, VersionState},
    },
    time::Day,
};
use leptos::prelude::*;

use super::words::percent_words;
use crate::{
    engine::{use_engine, use_perform},
    format::use_format,
    ui::{Badge, Button, ConfirmSheet, Each, LinkButton, MainLink, Page, Show, Tone},
};

/// Every version of the plan, the latest first: what is in force, what is to come, what has been.
#[component]
pub(super) fn PlansPage() -> impl IntoView {
    let answer = use_engine().pay_plans();
    let versions = Memo::new(move |_| {
        answer.with(|answer| {
            answer
                .as_ref()
                .map(|it| it.versions.clone())
                .unwrap_or_default()
        })
    });
    let may =
        Memo::new(move |_| answer.with(|answer| answer.as_ref().is_some_and(|it| it.may_plan)));
    view! {
        <Page
            title=tr!(pay.plans)
            back="/pay"
            main_action=move || view! { <MainLink label=tr!(pay.new_version) href="/pay/plans/new" may /> }
        >
            <p class="px-4 pb-2 text-sm text-muted">{tr!(pay.plans_body)}</p>
            <ul class="divide-y divide-line border-y border-line" aria-label=tr!(pay.plans)>
                <Each each=move || versions.get() key=move |version| format!("{version:?}{}", may.get()) let:version>
                    <Version version may />
                </Each>
            </ul>
        </Page>
    }
}

#[component]
fn Version(version: PlanVersion, may: Memo<bool>) -> impl IntoView {
    let format = use_format();
    let perform = use_perform();
    let dropping = RwSignal::new(false);
    let said = tr!(pay.version_dropped_said);
    let day = version.plan.in_force_from;
    let (label, tone) = match version.state {
        VersionState::ToCome => (tr!(pay.version_to_come), Tone::Info),
        VersionState::InForce => (tr!(pay.version_in_force), Tone::Good),
        VersionState::Past => (tr!(pay.version_past), Tone::Neutral),
    };
    let since = tr!(pay.version_since, day = format.day(day));
    let usual = tr!(pay.usual_plan);
    let is_usual = version.usual;
    let name = move || match is_usual {
        true => usual.get(),
        false => since.get(),
    };
    let to_come = version.state == VersionState::ToCome;
    view! {
        <li>
            <details open=version.state == VersionState::InForce>
                <summary class="row cursor-pointer">
                    <span class="min-w-0 flex-1">{name}</span>
                    <Badge label tone />
                    {version.provisional.then(|| view! { <Badge label=tr!(pay.provisional) tone=Tone::Warning /> })}
                </summary>
                <Numbers plan=version.plan />
                <Show when=move || to_come && may.get()>
                    <div class="grid grid-cols-2 gap-2 px-4 pb-3">
                        <Button label=tr!(pay.drop_version) on_press=move || dropping.set(true) />
                        <LinkButton label=tr!(pay.change_version) href=format!("/pay/plans/new?from={day}") />
                    </div>
                </Show>
            </details>
            <ConfirmSheet
                open=dropping
                title=tr!(pay.drop_version)
                body=tr!(pay.drop_version_body)
                verb=tr!(pay.drop_version)
                on_confirm=move || {
                    let decision = PayDecision::DropPlan(day);
                    perform.run(Command::Pay(PayCommand::Decide(decision)), said.get_untracked());
                }
            />
        </li>
    }
}

#[component]
fn Numbers(plan: PayPlan) -> impl IntoView {
    let format = use_format();
    let money = move |amount: Fen| Signal::derive(move || format.money(amount));
    let part = |part: BasisPoints| Signal::stored(percent_words(part));
    let mut facts: Vec<(Signal<String>, Signal<String>)> = Vec::new();
    facts.push((tr!(pay.usual_wage), money(plan.usual_wage)));
    for (city, wage) in plan.city_wages {
        facts.push((Signal::stored(city), money(wage)));
    }
    for (employment, share) in plan.base {
        facts.push((super::plan_fields::base_name(employment), part(share)));
    }
    for tier in plan.tiers {
        let from = tier.from;
        facts.push((
            tr!(pay.tier_from, amount = format.money(from)),
            part(tier.rate),
        ));
    }
    facts.push((tr!(pay.manager_part), part(plan.manager_part)));
    facts.push((tr!(pay.manager_part_of_own), part(plan.manager_part_of_own)));
    for (step, rate) in plan.task_rates {
        facts.push((super::plan_fields::step_name(step), money(rate)));
    }
    for (place, bonus) in plan.ranked.into_iter().enumerate() {
        facts.push((tr!(pay.line_ranked, place = place + 1), money(bonus)));
    }
    facts.push((tr!(pay.best_award), money(plan.best)));
    facts.push((tr!(pay.ranked_from), money(plan.ranked_from)));
    facts.push((tr!(pay.penalty_part), part(plan.penalty_part)));
    facts.push((tr!(pay.minimum_wage), money(plan.minimum_wage)));
    view! {
        <dl class="flex flex-col gap-1 px-4 pb-3 text-sm">
            {facts
                .into_iter()
                .map(|(label, text)| {
                    view! {
                        <div class="flex justify-between gap-4">
                            <dt class="text-muted">
                                <bdi>{label}</bdi>
                            </dt>
                            <dd class="text-end tabular-nums">{text}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// The first day of the month after this one.
pub(super) fn next_month(today: Day) -> Day {
    today.last_of_month().tomorrow().unwrap_or(today)
}
