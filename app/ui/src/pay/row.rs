use caravan_domain::pay::view::StatementSummary;
use leptos::prelude::*;

use super::{
    address::path_of,
    words::{StateBadges, period_words},
};
use crate::format::use_format;

/// One statement in a list.
#[component]
pub(crate) fn SummaryRow(
    summary: StatementSummary,
    /// Names the person and not the period.
    #[prop(optional)]
    of_team: bool,
) -> impl IntoView {
    let format = use_format();
    let href = path_of(summary.person, summary.period);
    let period = period_words(summary.period);
    let name = summary.name.clone();
    let title = Signal::derive(move || match of_team {
        true => name.clone(),
        false => period.get(),
    });
    let whole = summary.period.from.day() == 1 && summary.period.ends_the_month();
    let (so_far, total) = (tr!(pay.so_far), summary.total);
    let is_so_far = summary.so_far && summary.standing.is_none();
    let detail = move || {
        let half = (of_team && !whole).then(|| period.get());
        let so_far = is_so_far.then(|| so_far.get());
        half.into_iter()
            .chain(so_far)
            .collect::<Vec<_>>()
            .join(" · ")
    };
    view! {
        <li>
            <a class="row" href=href>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate">{title}</bdi>
                    <span class="truncate text-sm text-muted empty:hidden">{detail}</span>
                </span>
                <span class="flex shrink-0 flex-col items-end">
                    <span class="tabular-nums">{move || format.money(total)}</span>
                    <StateBadges summary />
                </span>
            </a>
        </li>
    }
}
