use caravan_domain::{
    dashboard::list::{Counted, DashboardOf, DashboardRecords},
    goals::{metric::Metric, place::GoalPlace},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    address::{self, counted_of, month_of, place_of},
    words::{counted_name, percent},
};
use crate::{
    engine::use_engine,
    format::use_format,
    goals::deed_record,
    ui::{Page, RECORDS_STEP, Records},
};

/// The records behind one number of a month.
#[component]
pub(super) fn RecordsPage() -> impl IntoView {
    let format = use_format();
    let (params, query) = (use_params_map(), use_query_map());
    let place = Memo::new(move |_| params.with(place_of));
    let month = Memo::new(move |_| query.with(month_of));
    let what = Memo::new(move |_| {
        query
            .with(counted_of)
            .unwrap_or(Counted::Deeds(Metric::Visits))
    });
    let limit = RwSignal::new(RECORDS_STEP);
    let page = use_engine().dashboard_records(move || DashboardRecords {
        of: DashboardOf {
            place: place.get(),
            month: month.get(),
        },
        what: what.get(),
        limit: limit.get(),
    });
    let total = Signal::derive(move || {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.as_ref().map_or(0, |page| page.total))
        })
    });
    let company = tr!(dashboard.company);
    let about = move || {
        let page = page.get().flatten()?;
        let name = match page.place_name.is_empty() {
            true => company.get(),
            false => page.place_name,
        };
        let sum = match what.get() {
            Counted::Deeds(Metric::Sales) => format.money(caravan_domain::money::Fen(page.sum)),
            Counted::Satisfaction => percent(page.sum),
            _ => format.count(page.sum.unsigned_abs()),
        };
        let month = match what.get() {
            // As it stands now, whatever month one comes from.
            Counted::Overdue(_) | Counted::Silent => None,
            _ => Some(format.period(page.month)),
        };
        let parts = [Some(name), month, Some(sum)].into_iter().flatten();
        Some(parts.collect::<Vec<_>>().join(" · "))
    };
    let records = Signal::derive(move || {
        let lines = page.get().flatten().map(|page| page.lines);
        let metric = match what.get() {
            Counted::Deeds(metric) => metric,
            _ => Metric::Visits,
        };
        let lines = lines.unwrap_or_default().into_iter();
        lines
            .map(|line| deed_record(format, metric, line))
            .collect::<Vec<_>>()
    });
    view! {
        <Page
            title=counted_name(what)
            back=Signal::derive(move || {
                let place = place.get().unwrap_or(GoalPlace::Company);
                Some(address::page(place, month.get()))
            })
        >
            <p class="px-4 pb-2 text-muted tabular-nums empty:hidden">
                <bdi>{about}</bdi>
            </p>
            <Records label=tr!(goals.records) records total limit none=tr!(goals.records_none) />
        </Page>
    }
}
