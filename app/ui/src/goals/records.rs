use caravan_domain::{
    calendar::parse_day,
    goals::{
        list::{GoalRecordLine, GoalRecords},
        metric::Metric,
    },
    money::Fen,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::address::{self, goal_of};
use crate::{
    engine::use_engine,
    format::{Format, use_format},
    sync::path_of,
    ui::{Page, RECORDS_STEP, Record, Records, Show},
};

/// The clients, visits or tasks that a number was counted from; `?from=` and `?to=` narrow it to some days.
#[component]
pub(super) fn RecordsPage() -> impl IntoView {
    let (format, params, query) = (use_format(), use_params_map(), use_query_map());
    let goal = Memo::new(move |_| params.with(goal_of));
    let day = move |name| query.with(|query| parse_day(&query.get(name)?));
    let limit = RwSignal::new(RECORDS_STEP);
    let page = use_engine().goal_records(move || GoalRecords {
        goal: goal.get(),
        from: day("from"),
        to: day("to"),
        offset: 0,
        limit: limit.get(),
    });
    let total = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.as_ref().map_or(0, |page| page.total))
        })
    });
    let records = Signal::derive(move || {
        let lines = page.get().flatten();
        let lines = lines.into_iter().flat_map(|page| {
            let metric = page.metric;
            page.lines.into_iter().map(move |line| (metric, line))
        });
        lines
            .map(|(metric, line)| deed_record(format, metric, line))
            .collect()
    });
    view! {
        <Page
            title=tr!(goals.records)
            back=Signal::derive(move || Some(address::page(goal.get())))
        >
            <Show when=move || total.get().is_some_and(|total| total > 0)>
                <p class="px-4 pb-2 text-sm text-muted tabular-nums">
                    {tr!(goals.records_count, count = total.get().unwrap_or_default())}
                </p>
            </Show>
            <Records label=tr!(goals.records) records total limit none=tr!(goals.records_none) />
        </Page>
    }
}

/// A deed in a list: whose, when, and what it came to where that is money.
pub(crate) fn deed_record(format: Format, metric: Metric, line: GoalRecordLine) -> Record {
    let (by, at, part) = (line.by_name, line.at, Fen(line.part));
    let money = metric == Metric::Sales;
    Record {
        title: Signal::stored(line.title),
        detail: Signal::derive(move || format!("{by} · {}", format.moment(at))),
        href: path_of(line.record),
        adds: money.then(|| Signal::derive(move || format.money(part))),
    }
}
