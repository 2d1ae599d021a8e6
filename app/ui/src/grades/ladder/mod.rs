//! The ladder: every version, and the editor of the next one.

mod edit;
mod fields;
mod typed;

use caravan_domain::{
    grades::{
        criterion::Criterion,
        ladder::{Ladder, Rung},
        list::LadderView,
    },
    id::CourseId,
};
use icondata_lu as icons;
use leptos::prelude::*;

pub(super) use edit::EditLadderPage;

use super::words::{criterion_name, over, rung_name, value};
use crate::{
    engine::use_engine,
    format::use_format,
    reviews::MeasureNames,
    ui::{Badge, ButtonKind, EmptyState, LinkButton, Page, Tone},
};

#[component]
pub(super) fn LadderPage() -> impl IntoView {
    let view = use_engine().ladder();
    let may = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|it| it.may_publish)));
    let action = move || {
        may.get().then(|| {
            let some = view.with(|view| view.as_ref().is_some_and(|it| !it.versions.is_empty()));
            let label = match some {
                true => tr!(grades.new_version),
                false => tr!(grades.first_version),
            };
            view! {
                <LinkButton
                    label
                    href="/grades/ladder/edit"
                    kind=ButtonKind::Main
                    icon=icons::LuCopyPlus
                    wide=true
                />
            }
        })
    };
    view! {
        <Page title=tr!(grades.ladder) back="/grades" main_action=move || action>
            {move || view.get().map(|view| view! { <Versions view /> })}
        </Page>
    }
}

#[component]
fn Versions(view: LadderView) -> impl IntoView {
    if view.versions.is_empty() {
        let body = match view.may_publish {
            true => tr!(grades.no_ladder_publish),
            false => tr!(grades.no_ladder_body),
        };
        return view! { <EmptyState icon=icons::LuListOrdered title=tr!(grades.no_ladder) body /> }
            .into_any();
    }
    let (in_force, courses) = (view.in_force, StoredValue::new(view.courses));
    let versions = view.versions.into_iter().map(|(number, ladder)| {
        view! { <Version number ladder in_force=in_force == Some(number) courses /> }
    });
    view! {
        <p class="px-4 pb-2 text-sm text-muted">{tr!(grades.ladder_hint)}</p>
        {view
            .provisional
            .then(|| {
                view! {
                    <p class="px-4 pb-2">
                        <Badge label=tr!(grades.provisional) tone=Tone::Warning />
                    </p>
                }
            })}
        {versions.collect_view()}
    }
    .into_any()
}

type Courses = StoredValue<Vec<(CourseId, String)>>;

fn course_title(criterion: Criterion, courses: Courses) -> String {
    let Criterion::Certificate(course) = criterion else {
        return String::new();
    };
    courses.with_value(|courses| {
        let known = courses.iter().find(|(id, _)| *id == course);
        known.map(|(_, title)| title.clone()).unwrap_or_default()
    })
}

#[component]
fn Version(number: u32, ladder: Ladder, in_force: bool, courses: Courses) -> impl IntoView {
    let format = use_format();
    let from = ladder.in_force_from;
    let rungs = ladder.rungs.into_iter();
    let rungs = rungs.map(|rung| view! { <RungPart rung courses /> });
    view! {
        <details class="border-b border-line" open=in_force>
            <summary class="flex min-h-12 cursor-pointer items-center gap-3 px-4 text-primary">
                <span class="flex-1">{tr!(grades.version, number = number, day = format.day(from))}</span>
                {in_force.then(|| view! { <Badge label=tr!(grades.in_force) tone=Tone::Good /> })}
            </summary>
            <ol class="divide-y divide-line border-t border-line">{rungs.collect_view()}</ol>
        </details>
    }
}

#[component]
fn RungPart(rung: Rung, courses: Courses) -> impl IntoView {
    let (format, names) = (use_format(), MeasureNames::new());
    let none = rung.criteria.is_empty();
    let criteria = rung.criteria.into_iter().map(|criterion| {
        let name = criterion_name(criterion, &course_title(criterion, courses), names);
        let over = over(criterion);
        let target = value(format, criterion, criterion.whole());
        view! {
            <li class="flex items-baseline justify-between gap-3 py-1">
                <span class="min-w-0">
                    <bdi>{name}</bdi>
                    {over.map(|over| view! { <span class="text-muted">" · " {over}</span> })}
                </span>
                <span class="shrink-0 tabular-nums">{target}</span>
            </li>
        }
    });
    view! {
        <li class="flex flex-col gap-1 px-4 py-3">
            <p class="font-medium">
                <bdi>{rung_name(rung.name)}</bdi>
            </p>
            <p class="text-muted empty:hidden">
                <bdi>{rung.may}</bdi>
            </p>
            {match none {
                true => view! { <p class="text-sm text-muted">{tr!(grades.nothing_asked)}</p> }.into_any(),
                false => view! { <ul>{criteria.collect_view()}</ul> }.into_any(),
            }}
        </li>
    }
}
