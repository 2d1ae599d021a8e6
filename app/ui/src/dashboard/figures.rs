use caravan_domain::dashboard::list::{Counted, MonthFigure};
use caravan_domain::goals::list::GoalLine;
use caravan_domain::money::Fen;
use leptos::prelude::*;

use super::{
    address,
    page::Shown,
    words::{FigureNames, percent, value},
};
use crate::{
    format::use_format,
    goals::standing_badge,
    ui::{Badge, Show, live},
};

/// The month in four numbers, each with its goal and the month before, and what clients say.
#[component]
pub(super) fn Figures(shown: Shown) -> impl IntoView {
    let figures = shown.part(|found| found.figures.clone());
    let place = shown.place();
    view! {
        <section class="figures" aria-label=tr!(dashboard.figures)>
            {move || {
                let place = place.get()?;
                let tiles = figures.get().into_iter();
                Some(
                    tiles
                        .map(|figure| {
                            let href = address::records(
                                place,
                                shown.month.get_untracked(),
                                Counted::Deeds(figure.metric),
                            );
                            view! { <Tile figure href /> }
                        })
                        .collect_view(),
                )
            }}
        </section>
        <Satisfaction shown />
    }
}

#[component]
fn Tile(figure: MonthFigure, href: String) -> impl IntoView {
    let format = use_format();
    let metric = figure.metric;
    let name = FigureNames::new().of(metric);
    let (now, before) = (figure.value, figure.before);
    let goal = figure.goal.map(|goal| view! { <Against goal metric /> });
    view! {
        <div class="flex flex-col px-4 py-2">
            <h2 class="text-sm text-muted">{name}</h2>
            <a
                class="flex min-h-11 items-center text-2xl font-semibold tabular-nums underline decoration-line underline-offset-4"
                href=href
                aria-label=move || format!("{} {}", name.get(), value(format, metric, now))
            >
                {move || value(format, metric, now)}
            </a>
            {goal}
            <p class="text-sm text-muted tabular-nums">
                {tr!(dashboard.before, value = value(format, metric, before))}
            </p>
        </div>
    }
}

/// The goal it is held against, with where the straight line stands.
#[component]
fn Against(goal: GoalLine, metric: caravan_domain::goals::metric::Metric) -> impl IntoView {
    let format = use_format();
    let (standing, tone) = standing_badge(goal.progress.standing);
    let (target, actual, line) = (goal.target, goal.progress.actual, goal.progress.line);
    let of = move |count: u32| match metric {
        caravan_domain::goals::metric::Metric::Sales => format.about(Fen::yuan(count.into())),
        _ => format.count(count.into()),
    };
    view! {
        <a class="flex min-h-11 flex-col justify-center gap-1" href=format!("/goals/{}", goal.goal)>
            <progress
                class="progress progress-primary h-1.5"
                max=target
                value=actual.min(target)
                aria-label=goal.what
            ></progress>
            <span class="text-sm tabular-nums">
                {tr!(dashboard.of_goal, target = of(target), line = of(line))}
            </span>
            <Badge label=standing tone />
        </a>
    }
}

#[component]
fn Satisfaction(shown: Shown) -> impl IntoView {
    let said = shown.part(|found| found.satisfaction);
    let place = shown.place();
    view! {
        <Show when=move || said.get().is_some()>
            {live(move || {
                let (said, place) = (said.get()?, place.get()?);
                let href = address::records(
                    place,
                    shown.month.get_untracked(),
                    Counted::Satisfaction,
                );
                let words = tr!(
                    dashboard.satisfied, value = percent(said.value), count = said.sample
                );
                Some(
                    view! {
                        <a class="mx-4 flex min-h-11 items-center text-primary underline underline-offset-4" href=href>
                            {words}
                        </a>
                    },
                )
            })}
        </Show>
    }
}
