use caravan_domain::{
    calendar::{Period, Span},
    command::RecordRef,
    reviews::{
        list::{ReviewRecordLine, ReviewRecords},
        measure::Measure,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    address::{self, review_of},
    points::{figure, part},
    words::MeasureNames,
};
use crate::{
    engine::use_engine,
    format::use_format,
    sync::path_of,
    ui::{Button, EmptyState, List, ListRow, Page, Show},
};

/// Rows shown before one asks for more.
const STEP: u32 = 100;

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
    let limit = RwSignal::new(STEP);
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
    let lines = move || {
        let lines = page.get().flatten().map(|page| page.lines);
        let lines = lines.unwrap_or_default().into_iter();
        lines
            .map(|line| view! { <RecordRow measure=measure.get() line /> })
            .collect_view()
    };
    view! {
        <Page
            title=Signal::derive(move || names.name(measure.get()))
            back=Signal::derive(move || Some(address::page(review.get())))
        >
            <p class="px-4 pb-2 text-muted tabular-nums empty:hidden">
                <bdi>{comes_to}</bdi>
            </p>
            <List label=tr!(reviews.records)>{lines}</List>
            <Show when=move || total.get().is_some_and(|total| total > limit.get())>
                <div class="p-4">
                    <Button
                        label=tr!(tasks.more_of, total = total.get().unwrap_or_default())
                        wide=true
                        on_press=move || limit.update(|limit| *limit += STEP)
                    />
                </div>
            </Show>
            <Show when=move || total.get() == Some(0)>
                <EmptyState icon=icons::LuSearchX title=tr!(reviews.records_none) />
            </Show>
        </Page>
    }
}

#[component]
fn RecordRow(measure: Measure, line: ReviewRecordLine) -> impl IntoView {
    let format = use_format();
    let reply = matches!(line.record, RecordRef::Reply(..));
    let unseen = match reply {
        true => tr!(reviews.record_reply),
        false => tr!(reviews.record_unseen),
    };
    let (name, at) = (line.title, line.at);
    let title = Signal::derive(move || match name.is_empty() {
        true => unseen.get(),
        false => name.clone(),
    });
    let detail = Signal::derive(move || match reply {
        // Of these only the month is told.
        true => format.period(Period::of(Span::Month, at.day())),
        false => format.moment(at),
    });
    let (adds, of) = (line.part, line.of);
    view! {
        <ListRow title detail href=path_of(line.record)>
            <span class="shrink-0 tabular-nums">{move || part(format, measure, adds, of)}</span>
        </ListRow>
    }
}
