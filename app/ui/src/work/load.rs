use caravan_domain::work::query::LoadLine;
use icondata_lu as icons;
use leptos::prelude::*;

use super::bar::{Bar, Over};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Badge, Each, EmptyState, List, ListRow, Page, Show, Tone},
};

/// Everybody the reader answers for, the fullest first; each line opens that person's tasks.
#[component]
pub(super) fn LoadPage() -> impl IntoView {
    let view = use_engine().load();
    let lines = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .map(|view| view.lines.clone())
                .unwrap_or_default()
        })
    });
    let leads = Memo::new(move |_| lines.with(|lines| lines.len() > 1));
    view! {
        <Page title=tr!(work.load) back="/work">
            <p class="px-4 pb-2 text-sm text-muted">{tr!(work.load_hint)}</p>
            <Show when=move || !lines.with(Vec::is_empty)>
                <LoadTable lines />
            </Show>
            <Show when=move || view.with(Option::is_some) && lines.with(Vec::is_empty)>
                <EmptyState icon=icons::LuChartBar title=tr!(work.no_people) />
            </Show>
            <div class="pt-4">
                <List>
                    <Show when=move || leads.get()>
                        <ListRow title=tr!(work.many) icon=icons::LuSplit href="/work/many" />
                    </Show>
                    <ListRow title=tr!(work.kinds) icon=icons::LuShapes href="/work/kinds" />
                </List>
            </div>
        </Page>
    }
}

/// A table for whoever listens to it; on a phone a name, a bar and two numbers to a line.
#[component]
pub(crate) fn LoadTable(lines: Memo<Vec<LoadLine>>) -> impl IntoView {
    view! {
        <table class="w-full border-y border-line">
            <caption class="sr-only">{tr!(work.load)}</caption>
            <thead class="sr-only">
                <tr>
                    <th scope="col">{tr!(work.person)}</th>
                    <th scope="col">{tr!(work.hours)}</th>
                </tr>
            </thead>
            <tbody class="divide-y divide-line">
                <Each each=move || lines.get() key=key let:line>
                    <LoadRow line />
                </Each>
            </tbody>
        </table>
    }
}

/// A line whose numbers differ is another line.
fn key(line: &LoadLine) -> String {
    format!("{line:?}")
}

#[component]
fn LoadRow(line: LoadLine) -> impl IntoView {
    let format = use_format();
    let (load, available, tally) = (line.load, line.available, line.tally);
    let numbers = tr!(
        work.of,
        load = format.duration(load),
        available = format.duration(available)
    );
    let badges = [
        (tally.asks_for_help > 0).then(|| (tr!(work.help, count = tally.asks_for_help), Tone::Bad)),
        (tally.overdue > 0).then(|| (tr!(work.late, count = tally.overdue), Tone::Bad)),
        (tally.overrun > 0).then(|| (tr!(work.overrun, count = tally.overrun), Tone::Warning)),
        line.over_limit
            .map(|_| (tr!(work.over_limit), Tone::Warning)),
        (tally.hard > 0).then(|| (tr!(work.hard, count = tally.hard), Tone::Neutral)),
    ];
    let badges = badges.into_iter().flatten();
    let badges = badges.map(|(label, tone)| view! { <Badge label tone /> });
    view! {
        <tr>
            <th scope="row" class="text-start font-normal">
                <a class="flex min-h-14 flex-col justify-center gap-1 py-2 ps-4 pe-2" href=format!("/work/load/{}", line.person)>
                    <span class="flex items-baseline gap-2">
                        <bdi class="font-medium">{line.name}</bdi>
                        <bdi class="text-sm text-muted">{line.team_name}</bdi>
                    </span>
                    <Bar load available />
                    <span class="flex flex-wrap gap-x-3 empty:hidden">
                        <Over load available />
                        {badges.collect_view()}
                    </span>
                </a>
            </th>
            <td class="w-px py-2 pe-4 text-end text-sm whitespace-nowrap tabular-nums">{numbers}</td>
        </tr>
    }
}
