//! A task as a record. It lives in its assignee's document at `tasks/{id}`.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::id::{ClientId, PersonId, TaskId};
use crate::tasks::event::{self, Call, TaskEvent, TaskEventKind};
use crate::tasks::kind::TaskKind;
use crate::time::{Day, Instant};
use crate::value::Value;
use crate::work::kind::{Difficulty, is_estimate};

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum TaskStatus {
    #[default]
    Open,
    UnderWay,
    Done,
    Cancelled,
    /// Somebody else has it, as a task of their own.
    HandedOver,
}

words!(TaskStatus {
    Open = "open",
    UnderWay = "under-way",
    Done = "done",
    Cancelled = "cancelled",
    HandedOver = "handed-over",
});

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskDraft {
    pub assignee: PersonId,
    pub title: String,
    pub detail: String,
    pub kind: TaskKind,
    #[serde(with = "crate::calendar::written::optional")]
    pub due: Option<Day>,
    pub client: Option<ClientId>,
    /// `None` for as hard as its kind is.
    pub difficulty: Option<Difficulty>,
    /// Minutes. `None` for as many as its kind takes.
    pub estimate: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    pub id: TaskId,
    pub draft: TaskDraft,
    pub status: TaskStatus,
    /// 0–100.
    pub progress: u8,
    pub created_by: PersonId,
    pub created_at: Instant,
    pub done_at: Option<Instant>,
    /// What it was before somebody handed it over.
    pub from: Option<(PersonId, TaskId)>,
    /// In the order of time.
    pub events: Vec<TaskEvent>,
    /// Minutes that were written down.
    pub logged: u32,
    pub help: Option<Call>,
}

impl Task {
    /// `None` when the entry lacks what every task has: who wrote it and when.
    #[must_use]
    pub fn read(assignee: PersonId, key: &str, entry: &Value) -> Option<Self> {
        let events = TaskEvent::read_all(assignee, entry);
        Some(Self {
            id: key.parse().ok()?,
            draft: TaskDraft {
                assignee,
                title: entry.string(&["title"]),
                detail: entry.string(&["detail"]),
                kind: entry.parsed(&["kind"]).unwrap_or_default(),
                due: entry.day(&["due"]),
                client: entry.parsed(&["client"]),
                difficulty: entry.int(&["difficulty"]).and_then(Difficulty::of_tenths),
                estimate: entry
                    .int(&["estimate"])
                    .and_then(|minutes| u32::try_from(minutes).ok())
                    .filter(|minutes| is_estimate(*minutes)),
            },
            status: entry.parsed(&["status"]).unwrap_or_default(),
            progress: entry
                .int(&["progress"])
                .and_then(|percent| u8::try_from(percent.clamp(0, 100)).ok())
                .unwrap_or_default(),
            created_by: entry.parsed(&["created_by"])?,
            created_at: entry.instant(&["created_at"])?,
            done_at: entry.instant(&["done_at"]),
            from: entry.text(&["from"]).and_then(reference),
            logged: event::logged(&events),
            help: event::standing_call(&events),
            events,
        })
    }

    #[must_use]
    pub fn read_all(assignee: PersonId, tree: &Value) -> Vec<Self> {
        tree.entries(&["tasks"])
            .filter_map(|(key, entry)| Self::read(assignee, key, entry))
            .collect()
    }

    /// Who has it now. Two who hand it over at once make two.
    pub fn handed_to(&self) -> impl Iterator<Item = (PersonId, TaskId)> {
        let own = |from| from == self.draft.assignee;
        self.events
            .iter()
            .filter_map(move |event| match event.what {
                TaskEventKind::HandedOver { from, to, task } if own(from) && task != self.id => {
                    Some((to, task))
                }
                _ => None,
            })
    }

    #[must_use]
    pub fn finished_at(&self) -> Option<Instant> {
        self.done_at.filter(|_| self.status == TaskStatus::Done)
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status, TaskStatus::Open | TaskStatus::UnderWay)
    }
}

fn reference(text: &str) -> Option<(PersonId, TaskId)> {
    let (person, task) = text.split_once('/')?;
    Some((person.parse().ok()?, task.parse().ok()?))
}
