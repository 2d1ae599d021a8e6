use caravan_domain::{
    calendar::{parse_day, plus_days},
    visits::list::VisitList,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::row::VisitRows;
use crate::{
    engine::use_engine,
    format::{today, use_format},
    people::WhoseSwitch,
    ui::{Button, ButtonKind, EmptyState, IconButton, MainLink, Page, Show, Split},
};

/// Visits shown before one asks for more.
const STEP: u32 = 100;

/// The plan of one day, the open visit beside it on a desk.
#[component]
pub(super) fn VisitsPage() -> impl IntoView {
    let engine = use_engine();
    let me = engine.me();
    let asked =
        use_query_map().with_untracked(|query| query.get("on").and_then(|day| parse_day(&day)));
    let day = RwSignal::new(asked.unwrap_or_else(|| untrack(today)));
    let everybody = RwSignal::new(false);
    let limit = RwSignal::new(STEP);
    let page = engine.visits(move || VisitList {
        from: day.get(),
        to: day.get(),
        by: match everybody.get() {
            true => None,
            false => me.with(|me| me.as_ref().map(|me| me.person)),
        },
        client: None,
        offset: 0,
        limit: limit.get(),
    });
    let lines = Signal::derive(move || {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.lines.clone())
                .unwrap_or_default()
        })
    });
    let total = Memo::new(move |_| page.with(|page| page.as_ref().map(|page| page.total)));
    let new_href = Signal::derive(move || format!("/visits/new?on={}", day.get()));
    view! {
        <Split base="/visits">
            <Page
                title=tr!(visits.title)
                main_action=move || {
                    view! { <MainLink label=tr!(visits.new) href=new_href icon=icons::LuMapPinPlus /> }
                }
            >
                <DaySwitch day />
                <div class="px-4 pb-2 empty:hidden">
                    <WhoseSwitch label=tr!(visits.whose) everybody />
                </div>
                <VisitRows
                    label=tr!(visits.title)
                    lines
                    day=day.into()
                    open_path=use_location().pathname
                    names=everybody
                />
                <Show when=move || total.get().is_some_and(|total| total > limit.get())>
                    <div class="p-4">
                        <Button
                            label=tr!(visits.more_of, total = total.get().unwrap_or_default())
                            wide=true
                            on_press=move || limit.update(|limit| *limit += STEP)
                        />
                    </div>
                </Show>
                <Show when=move || total.get() == Some(0)>
                    <EmptyState icon=icons::LuMapPin title=tr!(visits.none) body=tr!(visits.none_body) />
                </Show>
            </Page>
        </Split>
    }
}

/// One day back, one day on, and home to today.
#[component]
fn DaySwitch(day: RwSignal<caravan_domain::time::Day>) -> impl IntoView {
    let format = use_format();
    let move_by = move |days| day.update(|day| *day = plus_days(*day, days));
    let elsewhere = Memo::new(move |_| day.get() != today());
    view! {
        <div class="flex items-center gap-1 px-1 pb-2">
            <IconButton label=tr!(visits.day_before) icon=icons::LuChevronLeft on_press=move || move_by(-1) />
            <p class="min-w-0 flex-1 text-center font-medium tabular-nums" aria-live="polite">
                {move || format.day(day.get())}
            </p>
            <Show when=move || elsewhere.get()>
                <Button
                    label=tr!(shell.today)
                    kind=ButtonKind::Quiet
                    on_press=move || day.set(untrack(today))
                />
            </Show>
            <IconButton label=tr!(visits.day_after) icon=icons::LuChevronRight on_press=move || move_by(1) />
        </div>
    }
}

/// Beside the plan on a desk while no visit is open.
#[component]
pub(super) fn NoVisitOpen() -> impl IntoView {
    view! { <EmptyState icon=icons::LuMousePointerClick title=tr!(visits.pick) /> }
}
