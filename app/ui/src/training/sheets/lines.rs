use caravan_domain::training::sheets::view::{ScoreLine, ScorePart};
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, SectionTitle, Tone},
};

/// What was reached, sitting by sitting, with what was said of it.
#[component]
pub(in super::super) fn Scores(lines: Vec<ScoreLine>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let rows = lines.into_iter().map(|line| view! { <Sitting line /> });
        let rows = rows.collect_view();
        view! {
            <SectionTitle label=tr!(classes.scores) />
            <ul class="divide-y divide-line" aria-label=tr!(classes.scores)>
                {rows}
            </ul>
        }
    })
}

#[component]
fn Sitting(line: ScoreLine) -> impl IntoView {
    let format = use_format();
    let (at, by) = (line.at, line.by_name.clone());
    let (label, tone) = match line.passed {
        true => (tr!(classes.score_passed), Tone::Good),
        false => (tr!(classes.score_failed), Tone::Bad),
    };
    let (reached, of) = (line.reached, line.of);
    view! {
        <li class="flex flex-col gap-1 px-4 py-3">
            <span class="flex flex-wrap items-center justify-between gap-x-3">
                <bdi class="font-medium">{line.title}</bdi>
                <Badge label tone=Signal::stored(tone) />
            </span>
            <span class="flex flex-wrap justify-between gap-x-3 text-sm text-muted tabular-nums">
                <span>{tr!(classes.scored_by, name = by.clone(), when = format.moment(at))}</span>
                <span>{tr!(classes.points_of, reached = reached, of = of)}</span>
            </span>
            {line
                .provisional
                .then(|| view! { <Badge label=tr!(training.provisional) tone=Signal::stored(Tone::Info) /> })}
            <dl class="flex flex-col gap-1 pt-1">
                {line.parts.into_iter().map(|part| view! { <Part part /> }).collect_view()}
            </dl>
            <p class="break-words whitespace-pre-line empty:hidden" dir="auto">
                {line.overall}
            </p>
        </li>
    }
}

#[component]
fn Part(part: ScorePart) -> impl IntoView {
    let (reached, of) = (part.reached, part.of);
    view! {
        <div class="flex flex-wrap justify-between gap-x-3">
            <dt>
                <bdi>{part.criterion}</bdi>
            </dt>
            <dd class="tabular-nums">{tr!(classes.points_of, reached = reached, of = of)}</dd>
            <dd class="w-full text-sm break-words text-muted empty:hidden" dir="auto">
                {part.remark}
            </dd>
        </div>
    }
}
