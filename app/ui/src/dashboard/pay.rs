use caravan_domain::{
    dashboard::list::{DashboardPay, NextTier, PaySource},
    goals::place::GoalPlace,
    money::Fen,
};
use leptos::prelude::*;

use super::{
    page::Shown,
    words::{percent, source_name},
};
use crate::{
    format::use_format,
    pay::SummaryRow,
    ui::{List, SectionTitle, Show, live},
};

/// What the month pays so far, with what it is made of.
#[component]
pub(super) fn MyPay(shown: Shown) -> impl IntoView {
    let of_person = part(shown, |place| matches!(place, GoalPlace::Person(_)));
    view! {
        <Show when=move || of_person.with(Option::is_some)>
            <section>
                <SectionTitle label=tr!(dashboard.pay) />
                {live(move || of_person.get().map(|(place, pay)| view! { <OfPerson place pay /> }))}
            </section>
        </Show>
    }
}

/// The sum of a team's or the company's people.
#[component]
pub(super) fn TeamPay(shown: Shown) -> impl IntoView {
    let of_many = part(shown, |place| !matches!(place, GoalPlace::Person(_)));
    view! {
        <Show when=move || of_many.with(Option::is_some)>
            <section>
                <SectionTitle label=tr!(dashboard.pay) />
                {live(move || {
                    let (_, pay) = of_many.get()?;
                    Some(view! { <Total total=pay.total href="/pay/team".to_owned() /> })
                })}
            </section>
        </Show>
    }
}

fn part(shown: Shown, is_meant: fn(GoalPlace) -> bool) -> Memo<Option<(GoalPlace, DashboardPay)>> {
    let (place, pay) = (shown.place(), shown.pay());
    Memo::new(move |_| {
        let place = place.get().filter(|place| is_meant(*place))?;
        Some((place, pay.get()?))
    })
}

#[component]
fn Total(total: Fen, href: String) -> impl IntoView {
    let format = use_format();
    view! {
        <p class="px-4">
            <a
                class="inline-flex min-h-11 items-center text-2xl font-semibold tabular-nums underline decoration-line underline-offset-4"
                href=href
            >
                {move || format.money(total)}
            </a>
        </p>
    }
}

/// The statements that the sum opens, what it comes from, and what would lift it.
#[component]
fn OfPerson(place: GoalPlace, pay: DashboardPay) -> impl IntoView {
    let href = match place {
        GoalPlace::Person(person) => format!("/pay/{person}"),
        GoalPlace::Team(_) | GoalPlace::Company => "/pay/team".to_owned(),
    };
    let statements = pay.statements.into_iter();
    let parts = pay.made_of.into_iter();
    let tier = pay.next_tier.map(|tier| view! { <Tier tier /> });
    view! {
        <Total total=pay.total href />
        {tier}
        <dl class="px-4 py-1">
            {parts.map(|(source, amount)| view! { <Part source amount /> }).collect_view()}
        </dl>
        <List label=tr!(dashboard.statements)>
            {statements.map(|summary| view! { <SummaryRow summary /> }).collect_view()}
        </List>
    }
}

#[component]
fn Part(source: PaySource, amount: Fen) -> impl IntoView {
    let format = use_format();
    view! {
        <div class="flex justify-between gap-4 py-1">
            <dt class="text-muted">{source_name(source)}</dt>
            <dd class="tabular-nums">{move || format.money(amount)}</dd>
        </div>
    }
}

#[component]
fn Tier(tier: NextTier) -> impl IntoView {
    let format = use_format();
    let words = tr!(
        dashboard.next_tier,
        missing = format.money(tier.missing),
        now = percent(tier.now.0.into()),
        rate = percent(tier.rate.0.into())
    );
    view! { <p class="px-4 py-1">{words}</p> }
}
