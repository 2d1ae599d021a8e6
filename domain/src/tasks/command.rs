//! What a person does about a task.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::{PersonId, TaskId};
use crate::order::gathered;
use crate::tasks::along::{self, BATCH_MAX};
use crate::tasks::record::{Task, TaskDraft, TaskStatus};
use crate::value::{Map, Value, filled, map_of};
use crate::work::kind::{self, Difficulty, is_estimate};

/// Titles, in characters.
pub const TITLE_MAX: usize = 200;
/// Details, in characters.
pub const DETAIL_MAX: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TaskCommand {
    Create(TaskDraft),
    /// All or none.
    CreateMany(Vec<TaskDraft>),
    /// Writes what differs. The assignee stays: a task is handed over by a new one.
    Change {
        task: TaskId,
        before: TaskDraft,
        after: TaskDraft,
    },
    SetProgress {
        assignee: PersonId,
        task: TaskId,
        /// 0–100; 100 does not finish the task by itself.
        percent: u8,
    },
    SetStatus {
        assignee: PersonId,
        task: TaskId,
        status: TaskStatus,
    },
    LogTime {
        assignee: PersonId,
        task: TaskId,
        /// Fewer than none to correct what was too much.
        minutes: i32,
    },
    AskForHelp {
        assignee: PersonId,
        task: TaskId,
        words: String,
    },
    /// The call that stands is answered, or not needed any more.
    SettleHelp {
        assignee: PersonId,
        task: TaskId,
        words: String,
    },
    HandOver {
        tasks: Vec<HandOver>,
        words: String,
    },
}

/// A task and who takes it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    pub assignee: PersonId,
    pub task: TaskId,
    pub to: PersonId,
}

impl TaskCommand {
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        let people: Vec<PersonId> = match self {
            Self::Create(draft) | Self::Change { before: draft, .. } => vec![draft.assignee],
            Self::CreateMany(drafts) => drafts.iter().map(|draft| draft.assignee).collect(),
            Self::SetProgress { assignee, .. }
            | Self::SetStatus { assignee, .. }
            | Self::LogTime { assignee, .. }
            | Self::AskForHelp { assignee, .. }
            | Self::SettleHelp { assignee, .. } => vec![*assignee],
            Self::HandOver { tasks, .. } => {
                let both = tasks.iter().flat_map(|one| [one.assignee, one.to]);
                both.collect()
            }
        };
        let people = gathered::<BTreeSet<_>, _>(people);
        people.into_iter().map(DocumentId::from).collect()
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Create(draft) => create(&draft, cx),
            Self::CreateMany(drafts) => create_many(&drafts, cx),
            Self::Change {
                task,
                before,
                after,
            } => change(task, &before, &after, cx),
            Self::SetProgress {
                assignee,
                task,
                percent,
            } => set_progress(assignee, task, percent, cx),
            Self::SetStatus {
                assignee,
                task,
                status,
            } => set_status(assignee, task, status, cx),
            Self::LogTime {
                assignee,
                task,
                minutes,
            } => along::log_time(assignee, task, minutes, cx),
            Self::AskForHelp {
                assignee,
                task,
                words,
            } => along::ask_for_help(assignee, task, &words, cx),
            Self::SettleHelp {
                assignee,
                task,
                words,
            } => along::settle_help(assignee, task, &words, cx),
            Self::HandOver { tasks, words } => along::hand_over(&tasks, &words, cx),
        }
    }
}

fn create(draft: &TaskDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    check(draft)?;
    cx.facts
        .active(draft.assignee)
        .ok_or(CommandError::NotFound)?;
    let task = TaskId(cx.ids.mint());
    let edit = Edit::put(
        draft.assignee,
        &["tasks", &task.to_string()],
        entry(draft, cx),
    );
    Ok(Outcome {
        created: Some(RecordRef::Task(draft.assignee, task)),
        ..Outcome::of([edit])
    })
}

fn create_many(drafts: &[TaskDraft], cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    if drafts.len() > BATCH_MAX {
        return Err(CommandError::TooMany);
    }
    let mut outcome = Outcome::default();
    for draft in drafts {
        outcome.edits.extend(create(draft, cx)?.edits);
    }
    Ok(outcome)
}

/// A task as it begins: with its kind's numbers, unless it has its own.
pub(super) fn entry(draft: &TaskDraft, cx: &Context<'_>) -> Map {
    let rule = kind::rule(draft.kind, cx.facts);
    let difficulty = draft.difficulty.unwrap_or(rule.difficulty);
    let estimate = draft.estimate.unwrap_or(rule.estimate);
    map_of([
        ("title", filled(&draft.title)),
        ("kind", Some(draft.kind.to_string().into())),
        ("due", draft.due.map(Value::from)),
        ("client", draft.client.map(|id| id.to_string().into())),
        ("difficulty", Some(tenths(difficulty))),
        ("estimate", Some(i64::from(estimate).into())),
        ("status", Some(TaskStatus::Open.word().into())),
        ("created_by", Some(cx.me.to_string().into())),
        ("created_at", Some(cx.now.into())),
        ("detail", filled(&draft.detail)),
    ])
}

fn tenths(difficulty: Difficulty) -> Value {
    i64::from(difficulty.tenths()).into()
}

fn check(draft: &TaskDraft) -> Result<(), CommandError> {
    if is_blank(&draft.title) {
        return Err(CommandError::blank(Field::Title));
    }
    if draft.title.chars().count() > TITLE_MAX {
        return Err(CommandError::too_long(Field::Title, TITLE_MAX));
    }
    if draft.detail.chars().count() > DETAIL_MAX {
        return Err(CommandError::too_long(Field::Note, DETAIL_MAX));
    }
    if draft.estimate.is_some_and(|minutes| !is_estimate(minutes)) {
        return Err(CommandError::malformed(Field::Estimate));
    }
    Ok(())
}

pub(crate) fn stored(
    assignee: PersonId,
    task: TaskId,
    cx: &Context<'_>,
) -> Result<Task, CommandError> {
    let key = task.to_string();
    let entry = cx
        .document(assignee)?
        .at(&["tasks", &key])
        .ok_or(CommandError::NotFound)?;
    Task::read(assignee, &key, entry).ok_or(CommandError::NotFound)
}

fn change(
    task: TaskId,
    before: &TaskDraft,
    after: &TaskDraft,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let assignee = before.assignee;
    stored(assignee, task, cx)?;
    check(after)?;
    let key = task.to_string();
    let mut edits = Vec::new();
    if before.title.trim() != after.title.trim() {
        let title = after.title.trim();
        edits.push(Edit::put(assignee, &["tasks", &key, "title"], title));
    }
    if before.detail != after.detail {
        // A value, no letters: of two who say it in other words, neither's sentence is woven into the other's.
        let detail = after.detail.as_str();
        edits.push(Edit::put(assignee, &["tasks", &key, "detail"], detail));
    }
    if before.kind != after.kind {
        let kind = after.kind.to_string();
        edits.push(Edit::put(assignee, &["tasks", &key, "kind"], kind));
    }
    if before.due != after.due {
        edits.push(Edit::set(assignee, &["tasks", &key, "due"], after.due));
    }
    if before.client != after.client {
        let client = after.client.map(|id| id.to_string());
        edits.push(Edit::set(assignee, &["tasks", &key, "client"], client));
    }
    if before.difficulty != after.difficulty {
        let difficulty = after.difficulty.map(tenths);
        edits.push(Edit::set(
            assignee,
            &["tasks", &key, "difficulty"],
            difficulty,
        ));
    }
    if before.estimate != after.estimate {
        let estimate = after.estimate.map(i64::from);
        edits.push(Edit::set(assignee, &["tasks", &key, "estimate"], estimate));
    }
    Ok(Outcome::of(edits))
}

fn set_progress(
    assignee: PersonId,
    task: TaskId,
    percent: u8,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    if percent > 100 {
        return Err(CommandError::malformed(Field::Progress));
    }
    let before = stored(assignee, task, cx)?;
    if !before.is_open() {
        return Err(CommandError::AlreadyDone);
    }
    if before.progress == percent {
        return Ok(Outcome::default());
    }
    let key = task.to_string();
    let mut edits = vec![Edit::put(
        assignee,
        &["tasks", &key, "progress"],
        i64::from(percent),
    )];
    if before.status == TaskStatus::Open && percent > 0 {
        let status = TaskStatus::UnderWay.word();
        edits.push(Edit::put(assignee, &["tasks", &key, "status"], status));
    }
    Ok(Outcome::of(edits))
}

fn set_status(
    assignee: PersonId,
    task: TaskId,
    status: TaskStatus,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let before = stored(assignee, task, cx)?;
    if before.status == status {
        return Ok(Outcome::default());
    }
    // It lives on elsewhere: opening it again would make two of it.
    if before.status == TaskStatus::HandedOver || status == TaskStatus::HandedOver {
        return Err(CommandError::AlreadyDone);
    }
    let key = task.to_string();
    let done_at = (status == TaskStatus::Done).then_some(cx.now);
    let mut edits = vec![Edit::put(
        assignee,
        &["tasks", &key, "status"],
        status.word(),
    )];
    if done_at != before.done_at {
        edits.push(Edit::set(assignee, &["tasks", &key, "done_at"], done_at));
    }
    Ok(Outcome::of(edits))
}
