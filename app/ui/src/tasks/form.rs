//! The task form, new or changed. The assignee is chosen once: a task is handed over by a new one.

use caravan_domain::{
    calendar::parse_day,
    command::{Command, Field, RecordRef},
    id::{ClientId, PersonId},
    tasks::{command::TaskCommand, kind::TaskKind, record::TaskDraft},
    work::query::Wanted,
};
use caravan_port::message::RunError;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::{
    kind::KindField,
    page::task_of,
    worth::{Advice, WorthFields, difficulty, minutes},
};
use crate::{
    clients::ClientPicker,
    engine::{Failure, Submit, use_draft, use_engine, use_submit},
    forms::{Elsewhere, use_error_of},
    people::DoerField,
    ui::{
        Bound, Button, ButtonKind, DateField, Form, Page, RestoredNote, Show, TextArea, TextField,
        use_past_the_form,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    detail: String,
    kind: TaskKind,
    /// `YYYY-MM-DD` or empty.
    due: String,
    client: Option<ClientId>,
    /// `None` for whoever fills the form in.
    assignee: Option<PersonId>,
    /// In tenths; empty for the kind's.
    difficulty: String,
    /// Minutes; empty for the kind's.
    estimate: String,
}

impl Typed {
    fn of(draft: &TaskDraft) -> Self {
        Self {
            title: draft.title.clone(),
            detail: draft.detail.clone(),
            kind: draft.kind,
            due: draft.due.map(|day| day.to_string()).unwrap_or_default(),
            client: draft.client,
            assignee: Some(draft.assignee),
            difficulty: draft
                .difficulty
                .map(|difficulty| difficulty.tenths().to_string())
                .unwrap_or_default(),
            estimate: draft
                .estimate
                .map(|minutes| minutes.to_string())
                .unwrap_or_default(),
        }
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            kind: self.kind,
            difficulty: difficulty(&self.difficulty),
            estimate: minutes(&self.estimate),
            due: parse_day(&self.due),
            except: None,
        }
    }

    fn draft(self, me: PersonId) -> TaskDraft {
        TaskDraft {
            assignee: self.assignee.unwrap_or(me),
            title: self.title,
            detail: self.detail,
            kind: self.kind,
            due: parse_day(&self.due),
            client: self.client,
            difficulty: difficulty(&self.difficulty),
            estimate: minutes(&self.estimate),
        }
    }
}

/// `?client=` names the client it is about.
#[component]
pub(super) fn NewTaskPage() -> impl IntoView {
    let query = use_query_map();
    let asked =
        Memo::new(move |_| query.with(|query| query.get("client").and_then(|id| id.parse().ok())));
    view! {
        <Page title=tr!(tasks.new) back="/work">
            {move || view! { <NewTask client=asked.get() /> }}
        </Page>
    }
}

#[component]
fn NewTask(client: Option<ClientId>) -> impl IntoView {
    let key = match client {
        Some(client) => format!("tasks/new/{client}"),
        None => "tasks/new".to_owned(),
    };
    let draft = use_draft(
        key,
        Typed {
            client,
            ..Typed::default()
        },
    );
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <TaskForm
            typed=draft.value
            hands_over=true
            command=|typed, me| TaskCommand::Create(typed.draft(me))
            submit=draft.submit()
        />
    }
}

#[component]
pub(super) fn EditTaskPage() -> impl IntoView {
    let params = use_params_map();
    let (assignee, task) = params.with_untracked(task_of);
    let line = use_engine().task(move || (assignee, task));
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<TaskDraft>>| match before {
        Some(Some(draft)) => Some(draft.clone()),
        _ => line.with(|line| Some(line.as_ref()?.as_ref()?.task.draft.clone())),
    });
    view! {
        <Page title=tr!(tasks.edit) back=format!("/tasks/{assignee}/{task}")>
            {move || {
                opened
                    .get()
                    .map(|before| {
                        let typed = RwSignal::new(Typed::of(&before));
                        view! {
                            <TaskForm
                                typed
                                hands_over=false
                                command=move |typed, me| TaskCommand::Change {
                                    task,
                                    before: before.clone(),
                                    after: typed.draft(me),
                                }
                                submit=use_submit(None)
                                opens=format!("/tasks/{assignee}/{task}")
                            />
                        }
                    })
            }}
        </Page>
    }
}

#[component]
fn TaskForm(
    typed: RwSignal<Typed>,
    hands_over: bool,
    command: impl Fn(Typed, PersonId) -> TaskCommand + 'static,
    submit: Submit,
    /// Where to go afterwards, when nothing new has come into being.
    #[prop(optional, into)]
    opens: String,
) -> impl IntoView {
    let me = use_engine().me();
    let open = use_past_the_form();
    let save = move || {
        let Some(me) = me.with_untracked(|me| me.as_ref().map(|me| me.person)) else {
            return;
        };
        let command = command(typed.get_untracked(), me);
        let (open, opens) = (open.clone(), opens.clone());
        submit.run(Command::Task(command), move |ran| {
            open(&match ran.created {
                Some(RecordRef::Task(assignee, task)) => format!("/tasks/{assignee}/{task}"),
                _ => opens,
            });
        });
    };
    view! {
        <Form on_submit=save>
            <TaskFields typed hands_over failure=submit.failure />
            <Button label=tr!(tasks.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

#[component]
fn TaskFields(
    typed: RwSignal<Typed>,
    hands_over: bool,
    failure: RwSignal<Option<Failure<RunError>>>,
) -> impl IntoView {
    let wanted = Signal::derive(move || typed.with(Typed::wanted));
    view! {
        <TextField
            label=tr!(tasks.name)
            error=use_error_of(failure, Field::Title)
            bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
            required=true
            max=200
        />
        <KindField bind=Bound::part(typed, |typed| &typed.kind, |typed| &mut typed.kind) />
        <DateField
            label=tr!(tasks.due)
            bind=Bound::part(typed, |typed| &typed.due, |typed| &mut typed.due)
        />
        <Show when=move || hands_over>
            <DoerField
                label=tr!(tasks.assignee)
                bind=Bound::part(typed, |typed| &typed.assignee, |typed| &mut typed.assignee)
            />
            <Advice
                wanted
                assignee=Bound::part(typed, |typed| &typed.assignee, |typed| &mut typed.assignee)
            />
        </Show>
        <WorthFields
            kind=Signal::derive(move || typed.with(|typed| typed.kind))
            difficulty=Bound::part(typed, |typed| &typed.difficulty, |typed| &mut typed.difficulty)
            estimate=Bound::part(typed, |typed| &typed.estimate, |typed| &mut typed.estimate)
            error=use_error_of(failure, Field::Estimate)
        />
        <TextArea
            label=tr!(tasks.detail)
            bind=Bound::part(typed, |typed| &typed.detail, |typed| &mut typed.detail)
        />
        <ClientField typed />
        <Elsewhere failure shown=&[Field::Title, Field::Estimate] />
    }
}

/// Searched only when wanted: many tasks are about no client.
#[component]
fn ClientField(typed: RwSignal<Typed>) -> impl IntoView {
    let searching = RwSignal::new(false);
    let bind = Bound::part(typed, |typed| &typed.client, |typed| &mut typed.client);
    let shown = Memo::new(move |_| searching.get() || bind.value.get().is_some());
    view! {
        <Show
            when=move || shown.get()
            fallback=move || {
                view! { <Button label=tr!(tasks.add_client) on_press=move || searching.set(true) /> }
            }
        >
            <div class="flex flex-col gap-2">
                <span class="text-sm font-medium">{tr!(tasks.client)}</span>
                <ClientPicker bind />
            </div>
        </Show>
    }
}
