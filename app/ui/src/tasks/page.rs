use caravan_domain::{
    command::{Command, RecordRef},
    conflict::Contestable,
    id::{Id, PersonId, TaskId},
    tasks::{command::TaskCommand, list::TaskLine, record::TaskStatus},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use super::{
    along::{HandOverSheet, Help, Time},
    field_words::field_words,
    history::History,
    words::{DueWords, TaskKindNames, status_badge, times},
};
use crate::{
    conflicts::Conflicts,
    engine::{use_engine, use_perform},
    format::use_format,
    ui::{
        Badge, Bound, Button, ButtonKind, EmptyState, IconButton, List, ListRow, Page,
        SectionTitle, SegmentedControl, Sheet, Show, SyncMark, live,
    },
};

const QUARTERS: [u8; 5] = [0, 25, 50, 75, 100];

/// The ids in `/tasks/:assignee/:task`; what cannot be read is nobody's.
pub(super) fn task_of(params: &ParamsMap) -> (PersonId, TaskId) {
    let id = |name: &str| params.get(name).unwrap_or_default();
    (
        id("assignee").parse().unwrap_or(PersonId(Id::ZERO)),
        id("task").parse().unwrap_or(TaskId(Id::ZERO)),
    )
}

#[component]
pub(super) fn TaskPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(task_of));
    let line = use_engine().task(move || ids.get());
    let title = Signal::derive(move || {
        line.with(|line| Some(line.as_ref()?.as_ref()?.task.draft.title.clone()))
            .unwrap_or_default()
    });
    let editable = Memo::new(move |_| {
        line.with(|line| {
            line.as_ref()
                .and_then(Option::as_ref)
                .is_some_and(|line| line.may_edit)
        })
    });
    let open = Memo::new(move |_| {
        line.with(|line| {
            line.as_ref()
                .and_then(Option::as_ref)
                .map(|line| line.task.is_open())
        })
    });
    let held = Memo::new(move |_| line.get().flatten());
    let finishable = Memo::new(move |_| {
        held.with(|line| {
            line.as_ref()
                .is_some_and(|line| line.may_edit && line.task.status != TaskStatus::HandedOver)
        })
    });
    let percent = Memo::new(move |_| {
        line.with(|line| {
            line.as_ref()
                .and_then(Option::as_ref)
                .map_or(0, |line| line.task.progress)
        })
    });
    let record = Signal::derive(move || {
        let (assignee, task) = ids.get();
        Contestable::Task(assignee, task)
    });
    view! {
        <Page
            title
            known_as=tr!(tasks.title)
            back="/work"
            actions=move || {
                view! {
                    <Show when=move || editable.get()>
                        <More ids open held />
                    </Show>
                }
            }
            main_action=move || {
                view! {
                    <Show when=move || finishable.get()>
                        <Finish ids open />
                    </Show>
                }
            }
        >
            {move || match line.get() {
                None => ().into_any(),
                Some(None) => {
                    view! { <EmptyState icon=icons::LuSearchX title=tr!(tasks.missing) body=tr!(tasks.missing_body) /> }
                        .into_any()
                }
                Some(Some(line)) => view! { <TaskDetail line /> }.into_any(),
            }}
            <Conflicts record words=field_words />
            <Show when=move || editable.get() && open.get() == Some(true)>
                <Help ids line=held />
                <Progress ids percent />
                <Time ids line=held />
            </Show>
            <Show when=move || held.with(Option::is_some)>
                <History ids />
            </Show>
        </Page>
    }
}

/// The main action: done, or open again.
#[component]
fn Finish(ids: Memo<(PersonId, TaskId)>, open: Memo<Option<bool>>) -> impl IntoView {
    let set = use_status(ids);
    let (done, reopened) = (tr!(tasks.done_said), tr!(tasks.reopened));
    live(move || match open.get() {
        Some(true) => view! {
            <Button
                label=tr!(tasks.finish)
                kind=ButtonKind::Main
                icon=icons::LuCheck
                wide=true
                on_press=move || set.run((TaskStatus::Done, done.get_untracked()))
            />
        }
        .into_any(),
        Some(false) => view! {
            <Button
                label=tr!(tasks.reopen)
                icon=icons::LuRotateCcw
                wide=true
                on_press=move || set.run((TaskStatus::Open, reopened.get_untracked()))
            />
        }
        .into_any(),
        None => ().into_any(),
    })
}

fn use_status(ids: Memo<(PersonId, TaskId)>) -> Callback<(TaskStatus, String)> {
    let perform = use_perform();
    Callback::new(move |(status, said)| {
        let (assignee, task) = ids.get_untracked();
        let command = TaskCommand::SetStatus {
            assignee,
            task,
            status,
        };
        perform.run(Command::Task(command), said);
    })
}

#[component]
fn More(
    ids: Memo<(PersonId, TaskId)>,
    open: Memo<Option<bool>>,
    held: Memo<Option<TaskLine>>,
) -> impl IntoView {
    let (shown, handing) = (RwSignal::new(false), RwSignal::new(false));
    let may_hand_over =
        Memo::new(move |_| held.with(|line| line.as_ref().is_some_and(|line| line.may_hand_over)));
    let set = use_status(ids);
    let said = tr!(tasks.cancelled_said);
    let edit = move || {
        let (assignee, task) = ids.get();
        format!("/tasks/{assignee}/{task}/edit")
    };
    view! {
        <IconButton label=tr!(tasks.more) icon=icons::LuEllipsisVertical on_press=move || shown.set(true) />
        <Sheet open=shown title=tr!(tasks.more)>
            <List>
                <ListRow title=tr!(tasks.edit) icon=icons::LuPencil href=Signal::derive(edit) />
                <Show when=move || open.get() == Some(true)>
                    <Show when=move || may_hand_over.get()>
                        <ListRow
                            title=tr!(tasks.hand_over)
                            icon=icons::LuUserCheck
                            on_press=Callback::new(move |()| {
                                shown.set(false);
                                handing.set(true);
                            })
                        />
                    </Show>
                    <ListRow
                        title=tr!(tasks.cancel)
                        icon=icons::LuCircleX
                        on_press=Callback::new(move |()| {
                            shown.set(false);
                            set.run((TaskStatus::Cancelled, said.get_untracked()));
                        })
                    />
                </Show>
            </List>
        </Sheet>
        {move || held.get().map(|line| view! { <HandOverSheet open=handing line /> })}
    }
}

#[component]
fn TaskDetail(line: TaskLine) -> impl IntoView {
    let format = use_format();
    let kinds = TaskKindNames::new();
    let due = DueWords::of(&line);
    let no_due = tr!(tasks.no_due);
    let task = line.task.clone();
    let (status, tone) = status_badge(task.status);
    let (kind, given) = (task.draft.kind, line.kind_name.clone());
    let (difficulty, estimate) = (line.difficulty, line.estimate);
    let worth = tr!(
        tasks.worth_text,
        times = times(difficulty),
        minutes = format.duration(estimate)
    );
    // Whoever leads others reads their tasks; the history says it to everybody else.
    let before = task.from.filter(|_| line.may_hand_over);
    let handed = line.handed_to.clone();
    let handed = handed
        .into_iter()
        .filter_map(|(record, name)| match record {
            RecordRef::Task(to, task) => Some((format!("/tasks/{to}/{task}"), name)),
            _ => None,
        });
    let handed = handed
        .map(|(href, name)| {
            let label = tr!(tasks.handed_to, name = name.clone());
            view! { <Elsewhere href label /> }
        })
        .collect_view();
    let finished_at = task.done_at;
    let detail = task.draft.detail.clone();
    let client = task.draft.client.map(|client| format!("/clients/{client}"));
    view! {
        <div class="flex flex-wrap gap-x-4 px-4 pb-2">
            <Badge label=status tone />
            {match due {
                Some(due) => view! { <Badge label=due.words() tone=due.tone() /> }.into_any(),
                None => view! { <span class="text-sm text-muted">{no_due}</span> }.into_any(),
            }}
            <SyncMark mark=Signal::stored(line.mark) />
        </div>
        {handed}
        {before
            .map(|(person, task)| {
                view! { <Elsewhere href=format!("/tasks/{person}/{task}") label=tr!(tasks.came_from) /> }
            })}
        {(!detail.is_empty()).then(|| view! { <p class="px-4 pb-3 whitespace-pre-line"><bdi>{detail}</bdi></p> })}
        <dl class="divide-y divide-line border-y border-line">
            <Fact label=tr!(tasks.kind) text=Signal::derive(move || kinds.name(kind, &given)) />
            <Fact label=tr!(tasks.worth) text=worth />
            <Fact label=tr!(tasks.assignee) text=Signal::stored(line.assignee_name.clone()) />
            <Fact label=tr!(tasks.from) text=Signal::stored(line.created_by_name.clone()) />
            {client
                .map(|href| {
                    view! { <Fact label=tr!(tasks.client) text=Signal::stored(line.client_name.clone()) href /> }
                })}
            {finished_at
                .map(|at| {
                    view! { <Fact label=tr!(tasks.finished_at) text=Signal::derive(move || format.moment(at)) /> }
                })}
        </dl>
    }
}

/// The same task at somebody else, before or after.
#[component]
fn Elsewhere(href: String, label: Signal<String>) -> impl IntoView {
    view! {
        <p class="px-4 pb-2">
            <a class="inline-flex min-h-11 items-center text-primary underline underline-offset-4" href=href>
                {label}
            </a>
        </p>
    }
}

#[component]
fn Fact(
    label: Signal<String>,
    text: Signal<String>,
    #[prop(optional, into)] href: Option<String>,
) -> impl IntoView {
    let value = match href {
        Some(href) => view! {
            <a class="flex min-h-11 items-center text-primary underline underline-offset-4" href=href>
                <bdi>{text}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <bdi>{text}</bdi> }.into_any(),
    };
    view! {
        <div class="flex items-center gap-4 px-4 py-2">
            <dt class="w-24 shrink-0 text-muted">{label}</dt>
            <dd class="min-w-0 flex-1">{value}</dd>
        </div>
    }
}

/// Quarters are as exact as anybody is about a task.
#[component]
fn Progress(ids: Memo<(PersonId, TaskId)>, percent: Memo<u8>) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(tasks.progress_said);
    let options = QUARTERS.map(|quarter| (quarter.to_string(), format!("{quarter}%")));
    let bind = Bound {
        value: Signal::derive(move || nearest_quarter(percent.get()).to_string()),
        set: Callback::new(move |word: String| {
            let (assignee, task) = ids.get_untracked();
            if let Ok(percent) = word.parse() {
                let command = TaskCommand::SetProgress {
                    assignee,
                    task,
                    percent,
                };
                perform.run(Command::Task(command), said.get_untracked());
            }
        }),
    };
    view! {
        <SectionTitle label=tr!(tasks.progress) />
        <div class="flex flex-col px-4 pb-4">
            <SegmentedControl label=tr!(tasks.progress) bind options=Signal::stored(options.to_vec()) />
        </div>
    }
}

/// Other devices may have written any whole number.
fn nearest_quarter(percent: u8) -> u8 {
    let distance = |quarter: &u8| quarter.abs_diff(percent);
    QUARTERS
        .into_iter()
        .min_by_key(distance)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest_quarter;

    #[test]
    fn any_number_lights_one_of_five() {
        assert_eq!(nearest_quarter(0), 0);
        assert_eq!(nearest_quarter(40), 50);
        assert_eq!(nearest_quarter(255), 100);
    }
}
