use caravan_domain::{
    calendar::{Period, Span},
    command::RecordRef,
    reviews::{
        list::{ReviewRecordLine, ReviewRecords},
        measure::Measure,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    address::{self, review_of},
    points::{figure, part},
    words::MeasureNames,
};
use crate::{
    engine::use_engine,
    format::{Format, use_format},
    sync::path_of,
    ui::{Page, RECORDS_STEP, Record, Records},
};

/// The records that a figure was counted from, with what each adds.
#[component]
pub(super) fn RecordsPage() -> impl IntoView {
    let (format, names) = (use_format(), MeasureNames::new());
    let (params, query) = (use_params_map(), use_query_map());
    let review = Memo::new(move |_| params.with(review_of));
    let measure = Memo::new(move |_| {
        let word = query.with(|query| query.get("measure"));
        word.and_then(|word| word.parse().ok())
            .unwrap_or(Measure::NewClients)
    });
    let limit = RwSignal::new(RECORDS_STEP);
    let page = use_engine().review_records(move || ReviewRecords {
        review: review.get(),
        measure: measure.get(),
        offset: 0,
        limit: limit.get(),
    });
    let total = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.as_ref().map_or(0, |page| page.total))
        })
    });
    let comes_to = move || {
        let page = page.get().flatten()?;
        let known = page.figure?;
        Some(format!(
            "{} · {}",
            page.name,
            figure(format, page.measure, known.value)
        ))
    };
    let (unseen, reply) = (tr!(reviews.record_unseen), tr!(reviews.record_reply));
    let records = Signal::derive(move || {
        let lines = page.get().flatten().map(|page| page.lines);
        let lines = lines.unwrap_or_default().into_iter();
        lines
            .map(|line| record(format, Some(measure.get()), line, unseen, reply))
            .collect()
    });
    view! {
        <Page
            title=Signal::derive(move || names.name(measure.get()))
            back=Signal::derive(move || Some(address::page(review.get())))
        >
            <p class="px-4 pb-2 text-muted tabular-nums empty:hidden">
                <bdi>{comes_to}</bdi>
            </p>
            <Records label=tr!(reviews.records) records total limit none=tr!(reviews.records_none) />
        </Page>
    }
}

/// `None` of a measure where each record simply counts for one.
pub(crate) fn record(
    format: Format,
    measure: Option<Measure>,
    line: ReviewRecordLine,
    unseen: Signal<String>,
    reply: Signal<String>,
) -> Record {
    let (adds, of, at) = (line.part, line.of, line.at);
    let is_reply = matches!(line.record, RecordRef::Reply(..));
    Record {
        title: match (line.title.is_empty(), is_reply) {
            (true, true) => reply,
            (true, false) => unseen,
            (false, _) => Signal::stored(line.title),
        },
        detail: Signal::derive(move || match is_reply {
            // Of these only the month is told.
            true => format.period(Period::of(Span::Month, at.day())),
            false => format.moment(at),
        }),
        href: path_of(line.record),
        adds: measure.map(|measure| Signal::derive(move || part(format, measure, adds, of))),
    }
}
