use caravan_domain::{
    calendar::Span,
    money::Fen,
    pay::view::{AdjustmentLine, TeamPay},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    adjustments::Adjustments, best::Best, bulk::Bulk, disputes::Disputes, files::TeamFile,
    row::SummaryRow,
};
use crate::{
    engine::use_engine,
    format::{now, use_format},
    ui::{Each, EmptyState, List, ListRow, Page, PeriodStepper, SectionTitle, Show},
};

/// Everybody's statements of a month, with what waits for the reader.
#[component]
pub(super) fn TeamPayPage() -> impl IntoView {
    let engine = use_engine();
    let shown = RwSignal::new(untrack(now).day().first_of_month());
    let month = Memo::new(move |_| shown.get());
    let answer = engine.team_pay(move || month.get());
    let part = move |read: fn(&TeamPay) -> usize| {
        Memo::new(move |_| answer.with(|team| team.as_ref().map(read)))
    };
    let statements = Memo::new(move |_| {
        answer.with(|team| {
            team.as_ref()
                .map(|team| team.statements.clone())
                .unwrap_or_default()
        })
    });
    let to_approve = Memo::new(move |_| {
        answer.with(|team| {
            team.as_ref()
                .map(|team| team.to_approve.clone())
                .unwrap_or_default()
        })
    });
    let disputes = Memo::new(move |_| {
        answer.with(|team| {
            team.as_ref()
                .map(|team| team.disputes.clone())
                .unwrap_or_default()
        })
    });
    let best = Memo::new(move |_| answer.with(|team| team.as_ref()?.best.clone()));
    let total = Memo::new(move |_| answer.with(|team| team.as_ref().map(|team| team.total)));
    let partial =
        Memo::new(move |_| answer.with(|team| team.as_ref().is_some_and(|team| team.partial)));
    let count = part(|team| team.statements.len());
    let name_of = Callback::new(move |line: AdjustmentLine| {
        statements.with_untracked(|all| {
            let known = all.iter().find(|summary| summary.person == line.person);
            known
                .map(|summary| summary.name.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Page
            title=tr!(pay.team)
            back="/pay"
            actions=move || view! { <TeamFile statements month /> }
            main_action=move || view! { <Bulk statements /> }
        >
            <PeriodStepper span=Signal::stored(Span::Month) on=shown until_now=true />
            <Sum total />
            <Show when=move || partial.get()>
                <p class="px-4 pb-2 text-sm text-muted">{tr!(pay.team_partial)}</p>
            </Show>
            <Best best month />
            <Adjustments lines=to_approve names=name_of />
            <Disputes lines=disputes />
            <SectionTitle label=tr!(pay.statements) />
            <List label=tr!(pay.statements)>
                <Each each=move || statements.get() key=|summary| format!("{summary:?}") let:summary>
                    <SummaryRow summary of_team=true />
                </Each>
            </List>
            <Show when=move || count.get() == Some(0)>
                <EmptyState icon=icons::LuLandmark title=tr!(pay.nobody) body=tr!(pay.nobody_body) />
            </Show>
            <List label=tr!(pay.plans)>
                <ListRow title=tr!(pay.plans) detail=tr!(pay.plans_hint) icon=icons::LuScrollText href="/pay/plans" />
            </List>
        </Page>
    }
}

#[component]
fn Sum(total: Memo<Option<Fen>>) -> impl IntoView {
    let format = use_format();
    view! {
        <p class="flex items-baseline justify-between px-4 py-2">
            <span class="text-muted">{tr!(pay.total)}</span>
            <span class="text-xl font-semibold tabular-nums">
                {move || total.get().map(|total| format.money(total))}
            </span>
        </p>
    }
}
