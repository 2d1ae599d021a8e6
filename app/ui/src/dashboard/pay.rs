use caravan_domain::{
    dashboard::list::{DashboardPay, NextTier, PaySource},
    goals::place::GoalPlace,
    money::Fen,
};
use leptos::prelude::*;

use super::{
    page::{All, Shown},
    words::{percent, source_name},
};
use crate::{
    format::use_format,
    pay::SummaryRow,
    ui::{List, SectionTitle, Show, live},
};

/// What the month comes to in money: one's own with what it is made of, a team's as a sum.
#[component]
pub(super) fn Pay(shown: Shown) -> impl IntoView {
    let (pay, place) = (shown.pay(), shown.place());
    view! {
        <Show when=move || pay.with(Option::is_some)>
            <section>
                <SectionTitle label=tr!(dashboard.pay) />
                {live(move || {
                    let pay = pay.get()?;
                    Some(
                        match place.get()? {
                            GoalPlace::Person(_) => view! { <OfPerson pay /> }.into_any(),
                            GoalPlace::Team(_) | GoalPlace::Company => {
                                view! {
                                    <Total total=pay.total />
                                    <All label=tr!(dashboard.all_pay) href="/pay/team" />
                                }
                                    .into_any()
                            }
                        },
                    )
                })}
            </section>
        </Show>
    }
}

#[component]
fn Total(total: Fen) -> impl IntoView {
    let format = use_format();
    view! { <p class="px-4 text-2xl font-semibold tabular-nums">{move || format.money(total)}</p> }
}

/// The statements that the sum opens, what it comes from, and what would lift it.
#[component]
fn OfPerson(pay: DashboardPay) -> impl IntoView {
    let statements = pay.statements.into_iter();
    let parts = pay.made_of.into_iter();
    let tier = pay.next_tier.map(|tier| view! { <Tier tier /> });
    view! {
        <Total total=pay.total />
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
