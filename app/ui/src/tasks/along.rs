//! What happens to a task on its way: time is written down, help asked for and given, somebody else takes over (R26).

use caravan_domain::{
    command::Command,
    id::{PersonId, TaskId},
    tasks::{
        command::{HandOver, TaskCommand},
        event::Call,
        list::TaskLine,
    },
    work::query::Wanted,
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::{use_draft, use_perform},
    errors::Explain,
    format::use_format,
    forms::WordsForm,
    ui::{Badge, Button, ButtonKind, Icon, SectionTitle, Sheet, Show, TextArea, Tone, use_toasts},
    work::SuggestSheet,
};

const STEPS: [i32; 3] = [15, 30, 60];

/// Time that was spent, against the estimate; written down by one tap.
#[component]
pub(super) fn Time(ids: Memo<(PersonId, TaskId)>, line: Memo<Option<TaskLine>>) -> impl IntoView {
    let format = use_format();
    let perform = use_perform();
    let said = tr!(tasks.log_said);
    let numbers = Memo::new(move |_| {
        line.with(|line| line.as_ref().map(|line| (line.task.logged, line.estimate)))
            .unwrap_or_default()
    });
    let log = Callback::new(move |minutes: i32| {
        let (assignee, task) = ids.get_untracked();
        let command = TaskCommand::LogTime {
            assignee,
            task,
            minutes,
        };
        perform.run(Command::Task(command), said.get_untracked());
    });
    let spent = tr!(
        tasks.spent,
        spent = format.duration(numbers.get().0),
        estimate = format.duration(numbers.get().1)
    );
    let more = STEPS.map(|minutes| {
        let label = tr!(tasks.log_more, minutes = minutes);
        view! { <Button label on_press=move || log.run(minutes) /> }
    });
    view! {
        <SectionTitle label=tr!(tasks.time) />
        <div class="flex flex-col gap-2 px-4 pb-2">
            <p class="flex flex-wrap items-center gap-x-3">
                <span>{spent}</span>
                <Show when=move || { numbers.get().0 > numbers.get().1 }>
                    <Badge label=tr!(tasks.overrun) tone=Tone::Warning />
                </Show>
            </p>
            <div class="flex flex-wrap gap-2">
                {more.collect_view()}
                <Show when=move || { numbers.get().0 >= 15 }>
                    <Button label=tr!(tasks.log_less) kind=ButtonKind::Quiet on_press=move || log.run(-15) />
                </Show>
            </div>
        </div>
    }
}

/// The call that stands, with the way to answer it; else the way to call.
#[component]
pub(super) fn Help(ids: Memo<(PersonId, TaskId)>, line: Memo<Option<TaskLine>>) -> impl IntoView {
    let call = Memo::new(move |_| line.with(|line| line.as_ref()?.task.help.clone()));
    let whose = Memo::new(move |_| {
        line.with(|line| line.as_ref().map(|line| line.assignee_name.clone()))
            .unwrap_or_default()
    });
    let (asking, answering) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        {move || match call.get() {
            Some(call) => view! { <Standing call whose answering /> }.into_any(),
            None => {
                view! {
                    <div class="px-4 py-2">
                        <Button
                            label=tr!(tasks.need_help)
                            icon=icons::LuHandHelping
                            on_press=move || asking.set(true)
                        />
                    </div>
                }
                    .into_any()
            }
        }}
        <Sheet open=asking title=tr!(tasks.need_help)>
            <HelpForm open=asking ids answer=false />
        </Sheet>
        <Sheet open=answering title=tr!(tasks.answer)>
            <HelpForm open=answering ids answer=true />
        </Sheet>
    }
}

#[component]
fn Standing(call: Call, whose: Memo<String>, answering: RwSignal<bool>) -> impl IntoView {
    let format = use_format();
    let at = call.at;
    let by = tr!(tasks.help_by, name = whose.get(), at = format.moment(at));
    view! {
        <section class="mx-4 my-2 flex flex-col gap-2 rounded-box border border-line bg-base-200 p-3" aria-label=tr!(tasks.help_wanted)>
            <p class="flex items-center gap-2 font-medium text-error">
                <Icon icon=icons::LuHandHelping class="size-5 shrink-0" />
                <span>{tr!(tasks.help_wanted)}</span>
            </p>
            <p class="whitespace-pre-line empty:hidden">
                <bdi>{call.words}</bdi>
            </p>
            <p class="text-sm text-muted">{by}</p>
            <Button label=tr!(tasks.answer) on_press=move || answering.set(true) />
        </section>
    }
}

#[component]
fn HelpForm(open: RwSignal<bool>, ids: Memo<(PersonId, TaskId)>, answer: bool) -> impl IntoView {
    let (assignee, task) = ids.get_untracked();
    let (label, send, said, key) = match answer {
        true => (
            tr!(tasks.answer_words),
            tr!(tasks.answer_send),
            tr!(tasks.answer_said),
            format!("tasks/{task}/answer"),
        ),
        false => (
            tr!(tasks.help_words),
            tr!(tasks.help_send),
            tr!(tasks.help_said),
            format!("tasks/{task}/help"),
        ),
    };
    let command = move |words| {
        Command::Task(match answer {
            true => TaskCommand::SettleHelp {
                assignee,
                task,
                words,
            },
            false => TaskCommand::AskForHelp {
                assignee,
                task,
                words,
            },
        })
    };
    view! { <WordsForm open key label send said max=2000 command /> }
}

/// Somebody else takes it over: the best first, with why.
#[component]
pub(super) fn HandOverSheet(open: RwSignal<bool>, line: TaskLine) -> impl IntoView {
    let (toasts, explain) = (use_toasts(), Explain::new());
    let (assignee, task) = (line.task.draft.assignee, line.task.id);
    let name = RwSignal::new(String::new());
    let said = tr!(tasks.handed_said, name = name.get());
    let draft = use_draft(format!("tasks/{task}/hand-over"), String::new());
    let submit = draft.submit();
    let wanted = Signal::stored(Wanted {
        kind: line.task.draft.kind,
        difficulty: Some(line.difficulty),
        estimate: Some(line.estimate),
        due: line.task.draft.due,
        except: Some(assignee),
    });
    let pick = Callback::new(move |(to, picked): (PersonId, String)| {
        name.set(picked);
        let command = TaskCommand::HandOver {
            tasks: vec![HandOver { assignee, task, to }],
            words: draft.value.get_untracked(),
        };
        let said = said.get_untracked();
        submit.run(Command::Task(command), move |_| toasts.say(said));
    });
    Effect::new(move || {
        if let Some(failure) = submit.failure.get() {
            toasts.say(explain.run(failure));
        }
    });
    view! {
        <SuggestSheet
            open
            title=tr!(tasks.hand_over)
            wanted
            above=move || view! { <TextArea label=tr!(tasks.hand_over_words) bind=draft.value max=2000 /> }
            on_pick=pick
        />
    }
}
