use caravan_domain::grades::list::{Counted, GradeRecords};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::address::{self, counted_of, person_of};
use crate::{
    engine::use_engine,
    format::use_format,
    reviews::{MeasureNames, figure, record},
    ui::{Page, RECORDS_STEP, Records},
};

/// The records that a criterion was counted from, with what each adds.
#[component]
pub(super) fn RecordsPage() -> impl IntoView {
    let (format, names) = (use_format(), MeasureNames::new());
    let (params, query) = (use_params_map(), use_query_map());
    let person = Memo::new(move |_| params.with(person_of));
    let asked = Memo::new(move |_| query.with(counted_of));
    let limit = RwSignal::new(RECORDS_STEP);
    let page = use_engine().grade_records(move || {
        let (of, months) = asked.get();
        GradeRecords {
            person: person.get(),
            of,
            months,
            offset: 0,
            limit: limit.get(),
        }
    });
    let total = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.as_ref().map_or(0, |page| page.total))
        })
    });
    let visits = tr!(grades.visits);
    let name = Signal::derive(move || match asked.get().0 {
        Counted::Figure(measure) => names.name(measure),
        Counted::Visits => visits.get(),
    });
    let over = tr!(grades.in_months, months = asked.get().1);
    let comes_to = move || {
        let page = page.get().flatten()?;
        let known = page.figure?;
        let value = match asked.get().0 {
            Counted::Figure(measure) => figure(format, measure, known.value),
            Counted::Visits => format.count(known.value.unsigned_abs()),
        };
        Some(format!("{} · {} · {value}", page.name, over.get()))
    };
    let (unseen, reply) = (tr!(grades.record_unseen), tr!(grades.record_reply));
    let records = Signal::derive(move || {
        let measure = match asked.get().0 {
            Counted::Figure(measure) => Some(measure),
            Counted::Visits => None,
        };
        let lines = page.get().flatten().map(|page| page.lines);
        let lines = lines.unwrap_or_default().into_iter();
        lines
            .map(|line| record(format, measure, line, unseen, reply))
            .collect()
    });
    view! {
        <Page title=name back=Signal::derive(move || Some(address::page(person.get())))>
            <p class="px-4 pb-2 text-muted tabular-nums empty:hidden">
                <bdi>{comes_to}</bdi>
            </p>
            <Records label=tr!(grades.records_title) records total limit none=tr!(grades.records_none) />
        </Page>
    }
}
