use caravan_domain::{
    calendar::parse_day,
    goals::list::{GoalRecordLine, GoalRecords},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::address::{self, goal_of};
use crate::{
    engine::use_engine,
    format::use_format,
    sync::path_of,
    ui::{Button, EmptyState, List, ListRow, Page, Show},
};

/// Rows shown before one asks for more.
const STEP: u32 = 100;

/// The clients, visits or tasks that a number was counted from; `?from=` and `?to=` narrow it to some days.
#[component]
pub(super) fn RecordsPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let goal = Memo::new(move |_| params.with(goal_of));
    let day = move |name| query.with(|query| parse_day(&query.get(name)?));
    let limit = RwSignal::new(STEP);
    let page = use_engine().goal_records(move || GoalRecords {
        goal: goal.get(),
        from: day("from"),
        to: day("to"),
        offset: 0,
        limit: limit.get(),
    });
    let total = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.as_ref().map_or(0, |page| page.total))
        })
    });
    let lines = move || {
        let lines = page.get().flatten().map(|page| page.lines);
        let lines = lines.unwrap_or_default().into_iter();
        lines
            .map(|line| view! { <RecordRow line /> })
            .collect_view()
    };
    view! {
        <Page
            title=tr!(goals.records)
            back=Signal::derive(move || Some(address::page(goal.get())))
        >
            <Show when=move || total.get().is_some_and(|total| total > 0)>
                <p class="px-4 pb-2 text-sm text-muted tabular-nums">
                    {tr!(goals.records_count, count = total.get().unwrap_or_default())}
                </p>
            </Show>
            <List label=tr!(goals.records)>{lines}</List>
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
                <EmptyState icon=icons::LuSearchX title=tr!(goals.records_none) />
            </Show>
        </Page>
    }
}

#[component]
fn RecordRow(line: GoalRecordLine) -> impl IntoView {
    let format = use_format();
    let (by, at) = (line.by_name, line.at);
    let detail = Signal::derive(move || format!("{by} · {}", format.moment(at)));
    view! { <ListRow title=line.title detail href=path_of(line.record) /> }
}
