use caravan_domain::{
    command::Command,
    mark::Mark,
    tasks::{command::TaskCommand, list::TaskLine, record::TaskStatus},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::DueWords;
use crate::{
    engine::use_perform,
    ui::{Badge, Contested, Icon, SyncMark, Tone},
};

/// One task in a list. The circle in front finishes it at one tap; undo stands in the toast.
#[component]
pub(crate) fn TaskRow(
    line: TaskLine,
    #[prop(optional, into)] current: Signal<bool>,
    /// Whose task it is, where the list shows several people's.
    #[prop(optional)]
    names: bool,
) -> impl IntoView {
    let task = &line.task;
    let parts = [
        names.then(|| line.assignee_name.clone()),
        Some(line.client_name.clone()),
        (task.progress > 0 && task.is_open()).then(|| format!("{}%", task.progress)),
    ];
    let about: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let href = format!("/tasks/{}/{}", task.draft.assignee, task.id);
    let (title, mark) = (task.draft.title.clone(), line.mark);
    let finished = !task.is_open();
    let due = DueWords::of(&line).filter(|_| !finished);
    let help = !finished && task.help.is_some();
    let contested = line.contested;
    let overrun = !finished && line.is_overrun();
    view! {
        <li class="flex items-stretch ps-2">
            <FinishCircle line />
            <a class="row min-w-0 flex-1 ps-3" href=href aria-current=move || current.get().then_some("true")>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate" class:text-muted=finished>
                        {title}
                    </bdi>
                    <bdi class="truncate text-sm text-muted empty:hidden">{about.join(" · ")}</bdi>
                </span>
                <span class="flex shrink-0 flex-col items-end">
                    {contested.then(|| view! { <Contested /> })}
                    {help.then(|| view! { <Badge label=tr!(tasks.help_wanted) tone=Tone::Bad /> })}
                    {overrun.then(|| view! { <Badge label=tr!(tasks.overrun) tone=Tone::Warning /> })}
                    {due.map(|due| view! { <Badge label=due.words() tone=due.tone() /> })}
                    {(!matches!(mark, Mark::Received(_))).then(|| view! { <SyncMark mark=Signal::stored(mark) /> })}
                </span>
            </a>
        </li>
    }
}

#[component]
fn FinishCircle(line: TaskLine) -> impl IntoView {
    let perform = use_perform();
    let title = line.task.draft.title.clone();
    let label = tr!(tasks.finish_named, title = title.clone());
    let said = tr!(tasks.done_said);
    let (assignee, task) = (line.task.draft.assignee, line.task.id);
    let finish = move |_| {
        let command = TaskCommand::SetStatus {
            assignee,
            task,
            status: TaskStatus::Done,
        };
        perform.run(Command::Task(command), said.get_untracked());
    };
    let icon = match line.task.status {
        TaskStatus::Done => icons::LuCircleCheck,
        TaskStatus::Cancelled => icons::LuCircleX,
        TaskStatus::HandedOver => icons::LuCircleArrowRight,
        TaskStatus::Open | TaskStatus::UnderWay => icons::LuCircle,
    };
    if line.task.is_open() && line.may_edit {
        view! {
            <button type="button" class="btn btn-ghost w-11 self-center p-0" aria-label=label title=label on:click=finish>
                <Icon icon class="size-6 shrink-0 text-primary" />
            </button>
        }
        .into_any()
    } else {
        view! {
            <span class="flex w-11 items-center justify-center text-muted">
                <Icon icon class="size-6 shrink-0" />
            </span>
        }
        .into_any()
    }
}
