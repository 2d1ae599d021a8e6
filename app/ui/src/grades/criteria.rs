//! What a grade asks for, one by one: by how much, counted from what, and what is still missing.

use caravan_domain::{
    grades::{
        criterion::{Criterion, Known},
        list::CriterionLine,
    },
    id::PersonId,
};
use leptos::prelude::*;

use super::{
    address,
    words::{criterion_name, met_badge, over, says},
};
use crate::{
    format::use_format,
    reviews::{MeasureNames, address as reviews},
    ui::Badge,
};

#[component]
pub(super) fn Criteria(
    person: PersonId,
    lines: Vec<CriterionLine>,
    /// The reader's own.
    is_me: bool,
    /// They stand as they are now, so that their records can be opened.
    live: bool,
) -> impl IntoView {
    if lines.is_empty() {
        return view! { <p class="px-4 pb-2 text-muted">{tr!(grades.nothing_asked)}</p> }
            .into_any();
    }
    let rows = lines.into_iter();
    let rows = rows.map(|line| view! { <CriterionRow person line is_me live /> });
    view! { <ul class="divide-y divide-line border-y border-line">{rows.collect_view()}</ul> }
        .into_any()
}

#[component]
fn CriterionRow(person: PersonId, line: CriterionLine, is_me: bool, live: bool) -> impl IntoView {
    let (format, names) = (use_format(), MeasureNames::new());
    let (judged, criterion) = (line.judged, line.judged.criterion);
    let name = criterion_name(criterion, &line.course, names);
    let (label, tone) = met_badge(judged);
    let partly = matches!(judged.known, Known::Partly(_));
    view! {
        <li class="flex flex-col gap-1 px-4 py-2">
            <p class="flex items-baseline justify-between gap-3">
                <span class="min-w-0 font-medium">
                    <bdi>{name}</bdi>
                    {over(criterion)
                        .map(|over| view! { <span class="font-normal text-muted">" · " {over}</span> })}
                </span>
                <span class="shrink-0">
                    <Badge label tone />
                </span>
            </p>
            <p class="tabular-nums">{says(format, judged, is_me)}</p>
            {partly.then(|| view! { <p class="text-sm text-muted">{tr!(grades.partly)}</p> })}
            {live
                .then(|| behind(person, line))
                .flatten()
                .map(|(href, label)| {
                    view! {
                        <a
                            class="-my-1 flex min-h-12 items-center self-start text-primary underline underline-offset-4"
                            href=href
                        >
                            {label}
                            <span class="sr-only">{name}</span>
                        </a>
                    }
                })}
        </li>
    }
}

/// Where the records behind it are, and how many; nothing where there are none.
fn behind(person: PersonId, line: CriterionLine) -> Option<(String, Signal<String>)> {
    let criterion = line.judged.criterion;
    let figure = line.judged.known.figure();
    match criterion {
        Criterion::Figure { .. } | Criterion::Visits { .. } => {
            let count = figure.filter(|it| it.sample > 0)?.sample;
            let href = address::records(person, criterion)?;
            Some((href, tr!(grades.records, count = count)))
        }
        Criterion::Score { .. } => {
            figure?;
            Some((reviews::history(person), tr!(grades.see_history)))
        }
        Criterion::Certificate(course) => {
            Some((format!("/training/{course}"), tr!(grades.see_courses)))
        }
        Criterion::Tenure { .. } | Criterion::Leads { .. } => None,
    }
}
