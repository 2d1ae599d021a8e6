//! One person over time, in charts with their tables.

use caravan_domain::{
    calendar::Period,
    reviews::{command::ReviewRef, list::PeriodScore, plan::DimensionKind},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::{self, person_of},
    points::whole,
    words::dimension_name,
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{ChartLine, ChartMark, EmptyState, LineChart, Page, SectionTitle, Shape, Show},
};

#[component]
pub(super) fn HistoryPage() -> impl IntoView {
    let params = use_params_map();
    let person = Memo::new(move |_| params.with(person_of));
    let history = use_engine().review_history(move || person.get());
    let history = Memo::new(move |_| history.get().flatten());
    let name = Signal::derive(move || {
        history
            .with(|it| it.as_ref().map(|it| it.name.clone()))
            .unwrap_or_default()
    });
    let of = move |read: fn(&caravan_domain::reviews::list::ReviewHistory) -> &Vec<PeriodScore>| {
        Memo::new(move |_| {
            history
                .with(|it| it.as_ref().map(|it| read(it).clone()))
                .unwrap_or_default()
        })
    };
    let (months, reviews) = (of(|it| &it.months), of(|it| &it.reviews));
    let title = tr!(reviews.history_of, name = name.get());
    view! {
        <Page title known_as=tr!(reviews.over_time) back="/reviews">
            <SectionTitle label=tr!(reviews.months) />
            <p class="px-4 text-sm text-muted">{tr!(reviews.months_hint)}</p>
            <Show
                when=move || months.with(|months| months.iter().any(|it| it.total.is_some()))
                fallback=move || {
                    view! { <EmptyState icon=icons::LuChartLine title=tr!(reviews.no_data) /> }
                }
            >
                <Chart person scores=months label=tr!(reviews.months) />
            </Show>
            <Show when=move || !reviews.with(Vec::is_empty)>
                <SectionTitle label=tr!(reviews.submitted_reviews) />
                <Chart person scores=reviews label=tr!(reviews.submitted_reviews) />
            </Show>
        </Page>
    }
}

/// The total, and each dimension.
#[component]
fn Chart(
    person: Memo<caravan_domain::id::PersonId>,
    scores: Memo<Vec<PeriodScore>>,
    label: Signal<String>,
) -> impl IntoView {
    let format = use_format();
    let total = tr!(reviews.total);
    let dimensions = [
        DimensionKind::Results,
        DimensionKind::Quality,
        DimensionKind::Attitude,
    ]
    .map(|kind| (kind, dimension_name(kind)));
    let marks = Signal::derive(move || {
        let scores = scores.get();
        let last = scores.len().saturating_sub(1).max(1);
        let marks = scores.into_iter().enumerate().map(|(place, score)| {
            let period: Period = score.period;
            ChartMark {
                at: place as f64 / last as f64,
                name: format.period(period),
                href: Some(address::page(ReviewRef {
                    person: person.get(),
                    period,
                })),
            }
        });
        marks.collect::<Vec<_>>()
    });
    let lines = Signal::derive(move || {
        scores.with(|scores| {
            let totals = scores.iter().map(|it| it.total.map(whole));
            let mut lines = vec![ChartLine {
                name: total.get(),
                values: totals.collect(),
                shape: Shape::Fact,
            }];
            lines.extend(dimensions.iter().zip(0..).map(|((kind, name), number)| {
                let of = |score: &PeriodScore| {
                    let found = score.dimensions.iter().find(|(of, _)| of == kind);
                    found.and_then(|(_, points)| points.map(whole))
                };
                ChartLine {
                    name: name.get(),
                    values: scores.iter().map(of).collect(),
                    shape: Shape::Part(number),
                }
            }));
            lines
        })
    });
    view! { <LineChart label marks lines mark_title=tr!(reviews.period) /> }
}
