//! A task as a record. It lives in its assignee's document at `tasks/{id}`.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::id::{ClientId, PersonId, TaskId};
use crate::time::{Day, Instant};
use crate::value::Value;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum TaskKind {
    /// 老客户跟进
    #[default]
    FollowUp,
    /// 新客户开发
    NewClient,
    /// 市场调研
    Research,
    Other,
}

words!(TaskKind {
    FollowUp = "follow-up",
    NewClient = "new-client",
    Research = "research",
    Other = "other",
});

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum TaskStatus {
    #[default]
    Open,
    UnderWay,
    Done,
    Cancelled,
}

words!(TaskStatus {
    Open = "open",
    UnderWay = "under-way",
    Done = "done",
    Cancelled = "cancelled",
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
}

impl Task {
    /// `None` when the entry lacks what every task has: who wrote it and when.
    #[must_use]
    pub fn read(assignee: PersonId, key: &str, entry: &Value) -> Option<Self> {
        Some(Self {
            id: key.parse().ok()?,
            draft: TaskDraft {
                assignee,
                title: entry.string(&["title"]),
                detail: entry.string(&["detail"]),
                kind: entry.parsed(&["kind"]).unwrap_or_default(),
                due: entry.day(&["due"]),
                client: entry.parsed(&["client"]),
            },
            status: entry.parsed(&["status"]).unwrap_or_default(),
            progress: entry
                .int(&["progress"])
                .and_then(|percent| u8::try_from(percent.clamp(0, 100)).ok())
                .unwrap_or_default(),
            created_by: entry.parsed(&["created_by"])?,
            created_at: entry.instant(&["created_at"])?,
            done_at: entry.instant(&["done_at"]),
        })
    }

    #[must_use]
    pub fn read_all(assignee: PersonId, tree: &Value) -> Vec<Self> {
        tree.entries(&["tasks"])
            .filter_map(|(key, entry)| Self::read(assignee, key, entry))
            .collect()
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status, TaskStatus::Open | TaskStatus::UnderWay)
    }
}
