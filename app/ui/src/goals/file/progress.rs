use caravan_domain::{
    calendar::{days_between, plus_days},
    goals::list::GoalFile,
};
use leptos::prelude::*;

use crate::{
    format::use_format,
    goals::{
        address,
        words::{MetricNames, agreement_badge, figures_note, standing_badge},
    },
    ui::{Badge, ChartLine, ChartMark, LineChart, Shape, SyncMark},
};

/// The figure, whose records it opens, and the line it is held against (R22).
#[component]
pub(super) fn Progress(file: GoalFile) -> impl IntoView {
    let (format, metrics) = (use_format(), MetricNames::new());
    let line = file.line.clone();
    let (standing, tone) = standing_badge(line.progress.standing);
    let agreement = agreement_badge(&line);
    let note = figures_note(line.progress.coverage);
    let (actual, target, ahead) = (line.progress.actual, line.target, line.progress.line);
    let figure = tr!(
        goals.actual_of,
        actual = format.count(actual.into()),
        target = format.count(target.into())
    );
    let counted = line.metric.is_counted();
    let (goal, what, mark) = (line.goal, line.what.clone(), line.mark);
    let name = Signal::derive(move || metrics.of(&line));
    view! {
        <div class="flex flex-wrap gap-x-4 px-4 pb-2">
            <Badge label=standing tone />
            {agreement.map(|(label, tone)| view! { <Badge label tone /> })}
            <SyncMark mark=Signal::stored(mark) />
        </div>
        <div class="flex flex-wrap items-baseline gap-x-3 px-4">
            {match counted {
                true => {
                    view! {
                        <a
                            class="flex min-h-11 items-center text-xl font-semibold text-primary tabular-nums underline underline-offset-4"
                            href=address::records(goal, None)
                        >
                            {figure}
                        </a>
                    }
                        .into_any()
                }
                false => view! { <p class="py-2 text-xl font-semibold tabular-nums">{figure}</p> }.into_any(),
            }}
            <bdi class="text-muted">{name}</bdi>
        </div>
        <div class="px-4 py-1">
            <progress class="progress progress-primary" max=target value=actual.min(target) aria-label=what></progress>
        </div>
        <p class="px-4 text-sm text-muted">{tr!(goals.line_says, line = ahead.to_string())}</p>
        {note.map(|note| view! { <p class="px-4 text-sm text-warning">{note}</p> })}
        <Line file />
    }
}

#[component]
fn Line(file: GoalFile) -> impl IntoView {
    let format = use_format();
    let names = (tr!(goals.actual), tr!(goals.line));
    let label = tr!(
        goals.chart,
        what = file.line.what.clone(),
        actual = file.line.progress.actual.to_string(),
        target = file.line.target.to_string()
    );
    let (points, goal) = (StoredValue::new(file.points.clone()), file.line.goal);
    let (first, counted) = (file.line.period.first(), file.line.metric.is_counted());
    let marks = Signal::derive(move || {
        points.with_value(|points| {
            let whole = points
                .last()
                .map_or(1, |last| days_between(first, last.day).max(1));
            // Each number opens what has come since the mark before.
            let mut since = first;
            let marks = points.iter().map(|point| {
                let days = (since, point.day);
                since = plus_days(point.day, 1);
                ChartMark {
                    at: days_between(first, point.day) as f64 / whole as f64,
                    name: format.day(point.day),
                    href: counted.then(|| address::records(goal, Some(days))),
                }
            });
            marks.collect()
        })
    });
    let lines = Signal::derive(move || {
        points.with_value(|points| {
            vec![
                ChartLine {
                    name: names.0.get(),
                    values: points.iter().map(|point| point.actual).collect(),
                    shape: Shape::Fact,
                },
                ChartLine {
                    name: names.1.get(),
                    values: points.iter().map(|point| Some(point.line)).collect(),
                    shape: Shape::Straight,
                },
            ]
        })
    });
    view! { <LineChart label marks lines mark_title=tr!(goals.day) /> }
}
