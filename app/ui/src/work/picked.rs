use std::collections::BTreeSet;

use caravan_domain::{
    command::Command,
    id::{Id, PersonId, TaskId},
    tasks::{
        command::{HandOver, TaskCommand},
        kind::TaskKind,
        list::{TaskFilter, TaskLine, TaskList},
    },
    work::query::{SpreadOf, SpreadOver, Wanted},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::spread::{Given, SpreadSheet};
use crate::{
    engine::{use_engine, use_perform},
    format::use_format,
    tasks::{DueWords, times},
    ui::{Badge, Button, ButtonKind, EmptyState, Page, Show, Tone},
};

/// As many as anybody has open.
const SHOWN: u32 = 500;

/// One person's open tasks; picked ones are spread over the team.
#[component]
pub(super) fn PersonTasksPage() -> impl IntoView {
    let params = use_params_map();
    let person = Memo::new(move |_| {
        let text = params.with(|params| params.get("person").unwrap_or_default());
        text.parse().unwrap_or(PersonId(Id::ZERO))
    });
    let engine = use_engine();
    let file = engine.work_file(move || person.get());
    let page = engine.tasks(move || TaskList {
        assignee: Some(person.get()),
        client: None,
        show: TaskFilter::Open,
        search: String::new(),
        offset: 0,
        limit: SHOWN,
    });
    let lines = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.lines.clone())
                .unwrap_or_default()
        })
    });
    let name = Signal::derive(move || {
        file.with(|file| Some(file.as_ref()?.as_ref()?.name.clone()))
            .unwrap_or_default()
    });
    let picked = RwSignal::new(BTreeSet::<TaskId>::new());
    // What is done or handed over meanwhile is picked no more.
    let chosen = Memo::new(move |_| {
        let picked = picked.read();
        let open = lines.with(|lines| {
            lines
                .iter()
                .map(|line| line.task.id)
                .collect::<BTreeSet<_>>()
        });
        open.intersection(&picked).copied().collect::<Vec<_>>()
    });
    view! {
        <Page
            title=tr!(work.tasks_of, name = name.get())
            known_as=tr!(work.load)
            back="/work/load"
            main_action=move || view! { <SpreadPicked person picked chosen /> }
        >
            <ul class="divide-y divide-line" aria-label=tr!(work.tasks_of, name = name.get())>
                {move || lines.get().into_iter().map(|line| view! { <Line line picked /> }).collect_view()}
            </ul>
            <Show when=move || page.with(Option::is_some) && lines.with(Vec::is_empty)>
                <EmptyState icon=icons::LuListTodo title=tr!(work.nothing_open) />
            </Show>
        </Page>
    }
}

#[component]
fn Line(line: TaskLine, picked: RwSignal<BTreeSet<TaskId>>) -> impl IntoView {
    let format = use_format();
    let id = line.task.id;
    let title = line.task.draft.title.clone();
    let (difficulty, estimate) = (line.difficulty, line.estimate);
    let worth = tr!(
        work.kind_worth,
        times = times(difficulty),
        minutes = format.duration(estimate)
    );
    let due = DueWords::of(&line);
    let help = line.task.help.is_some();
    let href = format!("/tasks/{}/{id}", line.task.draft.assignee);
    let named = title.clone();
    let pick = tr!(work.pick, title = named.clone());
    let may_pick = line.may_hand_over;
    view! {
        <li class="flex items-stretch">
            {may_pick
                .then(|| {
                    view! {
                        <label class="flex w-14 shrink-0 cursor-pointer items-center justify-center">
                            <input
                                type="checkbox"
                                class="checkbox checkbox-primary"
                                aria-label=pick
                                prop:checked=move || picked.with(|picked| picked.contains(&id))
                                on:change:target=move |event| {
                                    picked
                                        .update(|picked| {
                                            match event.target().checked() {
                                                true => picked.insert(id),
                                                false => picked.remove(&id),
                                            };
                                        });
                                }
                            />
                        </label>
                    }
                })}
            <a class="row min-w-0 flex-1" class:ps-0=may_pick href=href>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate">{title}</bdi>
                    <span class="text-sm text-muted tabular-nums">{worth}</span>
                </span>
                <span class="flex shrink-0 flex-col items-end">
                    {help.then(|| view! { <Badge label=tr!(tasks.help_wanted) tone=Tone::Bad /> })}
                    {due.map(|due| view! { <Badge label=due.words() tone=due.tone() /> })}
                </span>
            </a>
        </li>
    }
}

#[component]
fn SpreadPicked(
    person: Memo<PersonId>,
    picked: RwSignal<BTreeSet<TaskId>>,
    chosen: Memo<Vec<TaskId>>,
) -> impl IntoView {
    let perform = use_perform();
    let open = RwSignal::new(false);
    let said = tr!(work.spread_said);
    let over = Signal::derive(move || {
        let person = person.get();
        SpreadOver {
            tasks: chosen
                .get()
                .into_iter()
                .map(|task| (person, task))
                .collect(),
            clients: Vec::new(),
            wanted: anything(),
        }
    });
    let confirm = Callback::new(move |given: Given| {
        let moved = given.into_iter().filter_map(|(of, to)| match of {
            SpreadOf::Task(assignee, task) if assignee != to => {
                Some(HandOver { assignee, task, to })
            }
            SpreadOf::Task(..) | SpreadOf::Client(_) => None,
        });
        let tasks: Vec<_> = moved.collect();
        picked.update(BTreeSet::clear);
        if !tasks.is_empty() {
            let words = String::new();
            let command = TaskCommand::HandOver { tasks, words };
            perform.run(Command::Task(command), said.get_untracked());
        }
    });
    view! {
        <Show when=move || !chosen.with(Vec::is_empty)>
            <Button
                label=tr!(work.spread, count = chosen.with(Vec::len))
                kind=ButtonKind::Main
                icon=icons::LuSplit
                wide=true
                on_press=move || open.set(true)
            />
        </Show>
        <SpreadSheet open over on_confirm=confirm />
    }
}

/// Where only tasks that are there already are spread.
fn anything() -> Wanted {
    Wanted {
        kind: TaskKind::default(),
        difficulty: None,
        estimate: None,
        due: None,
        except: None,
    }
}
