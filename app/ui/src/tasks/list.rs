use caravan_domain::tasks::list::{TaskFilter, TaskLine, TaskList};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::row::TaskRow;
use crate::{
    engine::use_engine,
    people::WhoseSwitch,
    ui::{
        Bound, Button, EmptyState, LinkButton, List, MainLink, Page, SearchField, SegmentedControl,
        Show, Split, live,
    },
};

/// Rows shown before one asks for more.
const STEP: u32 = 100;

const FILTERS: [(TaskFilter, &str); 4] = [
    (TaskFilter::Open, "open"),
    (TaskFilter::Overdue, "overdue"),
    (TaskFilter::GivenByMe, "given"),
    (TaskFilter::Finished, "finished"),
];

/// The place Work: tasks, and the ways to visits and people. The open task stands beside the list on a desk.
#[component]
pub(super) fn WorkPage() -> impl IntoView {
    let engine = use_engine();
    let me = engine.me();
    let (show, everybody) = (RwSignal::new(TaskFilter::Open), RwSignal::new(false));
    let (word, limit) = (RwSignal::new(String::new()), RwSignal::new(STEP));
    // What one has given to others is by its nature not one's own.
    let several = Memo::new(move |_| everybody.get() || show.get() == TaskFilter::GivenByMe);
    let page = engine.tasks(move || TaskList {
        assignee: match several.get() {
            true => None,
            false => me.with(|me| me.as_ref().map(|me| me.person)),
        },
        client: None,
        show: show.get(),
        search: word.get(),
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
    view! {
        <Split base="/work">
            <Page
                title=tr!(tasks.title)
                main_action=move || {
                    view! { <MainLink label=tr!(tasks.new) href="/tasks/new" icon=icons::LuListPlus /> }
                }
            >
                <Ways />
                <div class="flex flex-col gap-2 px-4 pb-2">
                    <FilterSwitch show />
                    <WhoseSwitch label=tr!(tasks.whose) everybody />
                    <SearchField label=tr!(tasks.search) word />
                </div>
                <Lines lines several />
                <Show when=move || total.get().is_some_and(|total| total > limit.get())>
                    <div class="p-4">
                        <Button
                            label=tr!(tasks.more_of, total = total.get().unwrap_or_default())
                            wide=true
                            on_press=move || limit.update(|limit| *limit += STEP)
                        />
                    </div>
                </Show>
                <Nothing total word />
            </Page>
        </Split>
    }
}

/// On a phone there is no sidebar.
#[component]
fn Ways() -> impl IntoView {
    view! {
        <div class="grid grid-cols-3 gap-2 px-4 pb-3 lg:hidden">
            <LinkButton label=tr!(tasks.visits) href="/visits" icon=icons::LuMapPin />
            <LinkButton label=tr!(tasks.orders) href="/orders" icon=icons::LuReceiptText />
            <LinkButton label=tr!(tasks.people) href="/people" icon=icons::LuContact />
            <LinkButton label=tr!(training.title) href="/training" icon=icons::LuGraduationCap />
            <LinkButton label=tr!(tasks.load) href="/work/load" icon=icons::LuChartBar />
            <LinkButton label=tr!(tasks.kinds) href="/work/kinds" icon=icons::LuShapes />
            <LinkButton label=tr!(goals.title) href="/goals" icon=icons::LuGoal />
        </div>
    }
}

#[component]
fn FilterSwitch(show: RwSignal<TaskFilter>) -> impl IntoView {
    let names = [
        tr!(tasks.open),
        tr!(tasks.overdue),
        tr!(tasks.given),
        tr!(tasks.finished),
    ];
    let options = Signal::derive(move || {
        let words = FILTERS.iter().zip(names);
        words
            .map(|((_, word), name)| ((*word).to_owned(), name.get()))
            .collect()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let known = FILTERS.iter().find(|(filter, _)| *filter == show.get());
            known
                .map(|(_, word)| (*word).to_owned())
                .unwrap_or_default()
        }),
        set: Callback::new(move |word: String| {
            if let Some((filter, _)) = FILTERS.iter().find(|(_, known)| *known == word) {
                show.set(*filter);
            }
        }),
    };
    view! { <SegmentedControl label=tr!(tasks.show) bind options /> }
}

#[component]
fn Lines(lines: Signal<Vec<TaskLine>>, several: Memo<bool>) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <List label=tr!(tasks.title)>
            {move || {
                let names = several.get();
                lines
                    .get()
                    .into_iter()
                    .map(|line| {
                        let id = line.task.id.to_string();
                        let current = Signal::derive(move || path.with(|path| path.contains(&id)));
                        view! { <TaskRow line current names /> }
                    })
                    .collect_view()
            }}
        </List>
    }
}

#[component]
fn Nothing(total: Memo<Option<u32>>, word: RwSignal<String>) -> impl IntoView {
    live(move || {
        match (total.get(), word.with(|word| word.trim().is_empty())) {
        (Some(0), true) => {
            view! { <EmptyState icon=icons::LuListTodo title=tr!(tasks.none) body=tr!(tasks.none_body) /> }.into_any()
        }
        (Some(0), false) => view! { <EmptyState icon=icons::LuSearchX title=tr!(tasks.none_match) /> }.into_any(),
        _ => ().into_any(),
    }
    })
}

/// Beside the list on a desk while no task is open.
#[component]
pub(super) fn NoTaskOpen() -> impl IntoView {
    view! { <EmptyState icon=icons::LuMousePointerClick title=tr!(tasks.pick) /> }
}
