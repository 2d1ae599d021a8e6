//! How those who review compare with each other (R15).

use caravan_domain::{
    calendar::{Period, Span},
    reviews::list::{RaterLine, ReviewSpread, SharedLine, Spread},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, points::points, words::MeasureNames};
use crate::{
    engine::use_engine,
    format::now,
    ui::{EmptyState, Page, PeriodStepper, SectionTitle, Show},
};

/// Hundredths of a level.
const MOST: i64 = 500;

#[component]
pub(super) fn CalibrationPage() -> impl IntoView {
    let on = RwSignal::new(untrack(now).day());
    let spread = use_engine().review_spread(move || Period::of(Span::Quarter, on.get()));
    let none =
        Memo::new(move |_| spread.with(|it| it.as_ref().is_some_and(|it| it.raters.is_empty())));
    view! {
        <Page title=tr!(reviews.calibration) back="/reviews">
            <p class="px-4 pb-2 text-sm text-muted">{tr!(reviews.calibration_hint)}</p>
            <PeriodStepper span=Signal::stored(Span::Quarter) on />
            {move || spread.get().filter(|it| !it.raters.is_empty()).map(|spread| view! { <Opened spread /> })}
            <Show when=move || none.get()>
                <EmptyState icon=icons::LuChartNoAxesColumn title=tr!(reviews.calibration_none) />
            </Show>
        </Page>
    }
}

#[component]
fn Opened(spread: ReviewSpread) -> impl IntoView {
    let (seen, of) = (spread.coverage.seen, spread.coverage.of);
    let partly = (!spread.coverage.is_whole()).then(|| tr!(reviews.seen_of, seen = seen, of = of));
    let all = spread.all;
    let raters = spread.raters.clone();
    let drawn = spread.raters.into_iter().filter(|it| it.ratings.count > 0);
    view! {
        {partly.map(|note| view! { <p class="px-4 pb-2 text-sm text-muted">{note}</p> })}
        <figure class="flex flex-col gap-3 px-4 py-2" aria-label=tr!(reviews.calibration_chart)>
            {drawn.map(|line| view! { <Drawn line all /> }).collect_view()}
            <p class="flex justify-between text-sm text-muted tabular-nums" aria-hidden="true">
                <span>"0"</span>
                <span>"5"</span>
            </p>
        </figure>
        <Table raters all />
        <Shared lines=spread.shared />
    }
}

/// From the lowest rating to the highest, with the mean, against everybody's.
#[component]
fn Drawn(line: RaterLine, all: Spread) -> impl IntoView {
    let at = |value: i64| format!("{}", value * 100 / MOST);
    let Spread {
        least, mean, most, ..
    } = line.ratings;
    view! {
        <div>
            <p class="flex justify-between gap-3">
                <bdi class="truncate">{line.name}</bdi>
                <span class="shrink-0 tabular-nums">{level(mean)}</span>
            </p>
            <svg class="h-4 w-full overflow-visible" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <line class="text-line" x1="0" y1="4" x2="100" y2="4" stroke="currentColor" stroke-width="1" vector-effect="non-scaling-stroke" />
                <line
                    class="text-primary"
                    x1=at(least)
                    y1="4"
                    x2=at(most)
                    y2="4"
                    stroke="currentColor"
                    stroke-width="6"
                    vector-effect="non-scaling-stroke"
                />
                <line
                    class="text-base-content"
                    x1=at(mean)
                    y1="0"
                    x2=at(mean)
                    y2="8"
                    stroke="currentColor"
                    stroke-width="3"
                    vector-effect="non-scaling-stroke"
                />
                <line
                    class="text-muted"
                    x1=at(all.mean)
                    y1="0"
                    x2=at(all.mean)
                    y2="8"
                    stroke="currentColor"
                    stroke-width="1"
                    stroke-dasharray="3 3"
                    vector-effect="non-scaling-stroke"
                />
            </svg>
        </div>
    }
}

fn level(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

#[component]
fn Table(raters: Vec<RaterLine>, all: Spread) -> impl IntoView {
    let row = |line: RaterLine| {
        let range = move |spread: Spread, shown: fn(i64) -> String| match spread.count {
            0 => "—".to_owned(),
            _ => format!("{} – {}", shown(spread.least), shown(spread.most)),
        };
        let mean = |spread: Spread, shown: fn(i64) -> String| match spread.count {
            0 => "—".to_owned(),
            _ => shown(spread.mean),
        };
        view! {
            <tr class="border-t border-line">
                <th class="py-2 text-start font-normal" scope="row">
                    <bdi>{line.name}</bdi>
                </th>
                <td class="text-end tabular-nums">{line.ratings.count}</td>
                <td class="text-end tabular-nums">{range(line.ratings, level)}</td>
                <td class="text-end tabular-nums">{mean(line.ratings, level)}</td>
                <td class="text-end tabular-nums">{mean(line.totals, total)}</td>
            </tr>
        }
    };
    let head = "py-2 text-end font-medium";
    let everybody = tr!(reviews.everybody, mean = level(all.mean));
    view! {
        <div class="px-4 py-2">
            <table class="w-full text-sm">
                <caption class="sr-only">{tr!(reviews.calibration)}</caption>
                <thead>
                    <tr>
                        <th class="py-2 text-start font-medium" scope="col">{tr!(reviews.rater)}</th>
                        <th class=head scope="col">{tr!(reviews.ratings)}</th>
                        <th class=head scope="col">{tr!(reviews.range)}</th>
                        <th class=head scope="col">{tr!(reviews.mean)}</th>
                        <th class=head scope="col">{tr!(reviews.mean_total)}</th>
                    </tr>
                </thead>
                <tbody>{raters.into_iter().map(row).collect_view()}</tbody>
            </table>
            <p class="pt-2 text-sm text-muted">{everybody}</p>
        </div>
    }
}

fn total(value: i64) -> String {
    points(caravan_domain::money::BasisPoints(
        u32::try_from(value).unwrap_or_default(),
    ))
}

/// Whom several have rated: the furthest apart first.
#[component]
fn Shared(lines: Vec<SharedLine>) -> impl IntoView {
    let names = MeasureNames::new();
    (!lines.is_empty()).then(|| {
        let rows = lines.into_iter().map(|line| {
            let said = line
                .levels
                .iter()
                .map(|(name, level)| format!("{name} {level}"));
            let said = said.collect::<Vec<_>>().join(" · ");
            view! {
                <li>
                    <a class="row" href=address::page(line.review)>
                        <span class="flex min-w-0 flex-1 flex-col">
                            <span>
                                <bdi>{line.name}</bdi>
                                " · "
                                {names.signal(line.measure)}
                            </span>
                            <bdi class="text-sm text-muted tabular-nums">{said}</bdi>
                        </span>
                    </a>
                </li>
            }
        });
        view! {
            <SectionTitle label=tr!(reviews.shared) />
            <ul class="divide-y divide-line">{rows.collect_view()}</ul>
        }
    })
}
