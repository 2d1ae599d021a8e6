//! Everybody whose grade the reader sees: who holds what, and who is ready for the next.

use caravan_domain::grades::list::{GradeLine, GradePage};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, words::rung_name};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Badge, Button, ButtonKind, Each, EmptyState, LinkButton, Page, Show, Tone, live},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Person,
    Grade,
    Ready,
}

impl Column {
    fn sort(self, lines: &mut [GradeLine]) {
        // By name they are sorted already.
        match self {
            Self::Person => {}
            Self::Grade => lines.sort_by_key(|line| core::cmp::Reverse(line.place)),
            Self::Ready => lines.sort_by_key(|line| {
                let share = match (line.next.is_some(), line.of) {
                    (false, _) => 0,
                    (true, 0) => 1_000,
                    (true, of) => line.met * 1_000 / of,
                };
                core::cmp::Reverse(share)
            }),
        }
    }
}

#[component]
pub(super) fn GradesPage() -> impl IntoView {
    let page = use_engine().grades();
    let column = RwSignal::new(Column::Person);
    let lines = Memo::new(move |_| {
        let mut lines = page.with(|page| page.as_ref().map(|it| it.lines.clone()))?;
        column.get().sort(&mut lines);
        Some(lines)
    });
    let first = Memo::new(move |_| {
        let asked = |page: &GradePage| (page.has_ladder, page.may_publish);
        page.with(|page| page.as_ref().map(asked))
    });
    view! {
        <Page title=tr!(grades.title)>
            {live(move || {
                first
                    .get()
                    .filter(|(has_ladder, _)| !has_ladder)
                    .map(|(_, may_publish)| view! { <NoLadder may_publish /> })
            })}
            <Show when=move || lines.with(|lines| lines.as_ref().is_some_and(|it| !it.is_empty()))>
                <Table lines column />
            </Show>
            <Show when=move || lines.with(|lines| lines.as_ref().is_some_and(Vec::is_empty))>
                <EmptyState icon=icons::LuUsers title=tr!(grades.none_people) />
            </Show>
            <div class="flex flex-wrap gap-2 px-4 py-4">
                <LinkButton label=tr!(grades.ladder) href="/grades/ladder" icon=icons::LuListOrdered />
            </div>
        </Page>
    }
}

#[component]
fn NoLadder(may_publish: bool) -> impl IntoView {
    let body = match may_publish {
        true => tr!(grades.no_ladder_publish),
        false => tr!(grades.no_ladder_body),
    };
    view! {
        <EmptyState icon=icons::LuListOrdered title=tr!(grades.no_ladder) body>
            {may_publish
                .then(|| {
                    view! {
                        <LinkButton
                            label=tr!(grades.first_version)
                            href="/grades/ladder/edit"
                            kind=ButtonKind::Main
                            icon=icons::LuPlus
                        />
                    }
                })}
        </EmptyState>
    }
}

#[component]
fn Table(lines: Memo<Option<Vec<GradeLine>>>, column: RwSignal<Column>) -> impl IntoView {
    let head = |of: Column, label: Signal<String>| {
        let sorted = move || match (column.get() == of, of) {
            (false, _) => "none",
            (true, Column::Person) => "ascending",
            (true, Column::Grade | Column::Ready) => "descending",
        };
        view! {
            <th scope="col" class="py-1 text-start font-medium whitespace-nowrap" aria-sort=sorted>
                <Button label kind=ButtonKind::Quiet on_press=move || column.set(of) />
            </th>
        }
    };
    view! {
        <table class="w-full border-y border-line">
            <caption class="sr-only">{tr!(grades.team)}</caption>
            <thead>
                <tr>
                    {head(Column::Person, tr!(grades.person))} {head(Column::Grade, tr!(grades.grade))}
                    {head(Column::Ready, tr!(grades.readiness))}
                </tr>
            </thead>
            <tbody class="divide-y divide-line border-t border-line">
                <Each each=move || lines.get().unwrap_or_default() key=key let:line>
                    <Row line />
                </Each>
            </tbody>
        </table>
    }
}

/// A line whose numbers differ is another line.
fn key(line: &GradeLine) -> String {
    format!("{line:?}")
}

#[component]
fn Row(line: GradeLine) -> impl IntoView {
    let format = use_format();
    let ready = line.is_ready();
    let grade = match line.grade {
        Some(name) => rung_name(name),
        None => tr!(grades.none),
    };
    let since = line
        .since
        .map(|since| tr!(grades.since, day = format.day(since)));
    let next = line.next.map(rung_name);
    let counted = next.map(|_| format!("{}/{}", line.met, line.of));
    let badges = [
        (ready, tr!(grades.ready), Tone::Good),
        (line.proposed, tr!(grades.badge_proposed), Tone::Info),
        (line.wishes, tr!(grades.badge_wishes), Tone::Warning),
        (line.unseen, tr!(grades.badge_unseen), Tone::Neutral),
        (line.provisional, tr!(grades.provisional), Tone::Warning),
    ];
    let badges = badges.into_iter().filter(|(shown, ..)| *shown);
    let badges = badges.map(|(_, label, tone)| view! { <Badge label tone /> });
    view! {
        <tr class="align-top">
            <th scope="row" class="text-start font-normal">
                <a class="flex min-h-14 flex-col justify-center px-4 py-2 text-primary" href=address::page(line.person)>
                    <bdi class="font-medium">{line.name}</bdi>
                    <bdi class="text-sm text-muted empty:hidden">{line.team_name}</bdi>
                </a>
            </th>
            <td class="px-4 py-2">
                <bdi>{grade}</bdi>
                {since.map(|since| view! { <p class="text-sm text-muted">{since}</p> })}
            </td>
            <td class="px-4 py-2">
                <span class="flex flex-col items-start gap-1">
                    {counted.map(|counted| view! { <span class="tabular-nums">{counted}</span> })}
                    {next
                        .map(|next| {
                            view! {
                                <bdi class="text-sm text-muted">{next}</bdi>
                            }
                        })} {badges.collect_view()}
                </span>
            </td>
        </tr>
    }
}
