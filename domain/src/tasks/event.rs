//! What has happened to a task, in the order of time (R26). Each entry is written once, in the task's own collections, and
//! goes with the task when it is handed over, so that its history is whole for whoever has it now.

use serde::{Deserialize, Serialize};

use crate::id::{Id, PersonId, TaskId};
use crate::order::sort_by;
use crate::time::Instant;
use crate::value::{Map, Value, filled, map_of};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskEvent {
    pub at: Instant,
    pub by: PersonId,
    pub what: TaskEventKind,
    /// Empty for what says itself.
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TaskEventKind {
    Created,
    /// Minutes; fewer than none to correct what was too much.
    Logged(i32),
    AskedForHelp(Id),
    /// Answered, or not needed any more.
    Settled(Id),
    HandedOver {
        from: PersonId,
        to: PersonId,
        task: TaskId,
    },
}

impl TaskEvent {
    /// Those of a stored task: what it came with, what it holds, and that it was made.
    pub(crate) fn read_all(assignee: PersonId, entry: &Value) -> Vec<Self> {
        let earlier = entry.entries(&["earlier"]);
        let earlier = earlier.filter_map(|(_, event)| Self::read_earlier(event));
        let time = entry.entries(&["time"]);
        let time = time.filter_map(|(_, entry)| {
            let minutes = i32::try_from(entry.int(&["minutes"])?).ok()?;
            Self::read(entry, TaskEventKind::Logged(minutes))
        });
        let help = entry.entries(&["help"]);
        let help = help.filter_map(|(id, entry)| {
            let settles = entry.parsed(&["settles"]).map(TaskEventKind::Settled);
            let what = settles.or_else(|| Some(TaskEventKind::AskedForHelp(id.parse().ok()?)))?;
            Self::read(entry, what)
        });
        let handed = entry.entries(&["handed"]);
        let handed = handed.filter_map(|(_, entry)| {
            let what = TaskEventKind::HandedOver {
                from: assignee,
                to: entry.parsed(&["to"])?,
                task: entry.parsed(&["task"])?,
            };
            Self::read(entry, what)
        });
        let mut events: Vec<_> = earlier.chain(time).chain(help).chain(handed).collect();
        if events.is_empty() || entry.at(&["earlier"]).is_none() {
            events.extend(Self::created(entry));
        }
        sort_by(&mut events, |one, other| {
            (one.at, one.what, one.by).cmp(&(other.at, other.what, other.by))
        });
        events
    }

    fn created(entry: &Value) -> Option<Self> {
        Some(Self {
            at: entry.instant(&["created_at"])?,
            by: entry.parsed(&["created_by"])?,
            what: TaskEventKind::Created,
            words: String::new(),
        })
    }

    fn read(entry: &Value, what: TaskEventKind) -> Option<Self> {
        Some(Self {
            at: entry.instant(&["at"])?,
            by: entry.parsed(&["by"])?,
            what,
            words: entry.string(&["words"]),
        })
    }

    fn read_earlier(event: &Value) -> Option<Self> {
        let what = match event.text(&["what"])? {
            "created" => TaskEventKind::Created,
            "logged" => TaskEventKind::Logged(i32::try_from(event.int(&["minutes"])?).ok()?),
            "asked" => TaskEventKind::AskedForHelp(event.parsed(&["of"])?),
            "settled" => TaskEventKind::Settled(event.parsed(&["of"])?),
            "handed" => TaskEventKind::HandedOver {
                from: event.parsed(&["from"])?,
                to: event.parsed(&["to"])?,
                task: event.parsed(&["task"])?,
            },
            _ => return None,
        };
        Self::read(event, what)
    }

    /// As it goes with the task into another document.
    pub(crate) fn earlier(&self) -> Map {
        let mut map = map_of([
            ("at", Some(self.at.into())),
            ("by", Some(self.by.to_string().into())),
            ("words", filled(&self.words)),
        ]);
        let mut put = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
        let word = match self.what {
            TaskEventKind::Created => "created",
            TaskEventKind::Logged(minutes) => {
                put("minutes", i64::from(minutes).into());
                "logged"
            }
            TaskEventKind::AskedForHelp(of) => {
                put("of", of.to_string().into());
                "asked"
            }
            TaskEventKind::Settled(of) => {
                put("of", of.to_string().into());
                "settled"
            }
            TaskEventKind::HandedOver { from, to, task } => {
                put("from", from.to_string().into());
                put("to", to.to_string().into());
                put("task", task.to_string().into());
                "handed"
            }
        };
        put("what", word.into());
        map
    }
}

/// A call for help that nobody has settled yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub words: String,
}

/// The latest that stands. Settling one leaves alone what was asked meanwhile.
pub(crate) fn standing_call(events: &[TaskEvent]) -> Option<Call> {
    let settled = |id: Id| {
        let mut events = events.iter();
        events.any(|event| event.what == TaskEventKind::Settled(id))
    };
    events.iter().rev().find_map(|event| match event.what {
        TaskEventKind::AskedForHelp(id) if !settled(id) => Some(Call {
            id,
            by: event.by,
            at: event.at,
            words: event.words.clone(),
        }),
        _ => None,
    })
}

/// Minutes; of everybody who has had the task.
pub(crate) fn logged(events: &[TaskEvent]) -> u32 {
    let minutes = events.iter().map(|event| match event.what {
        TaskEventKind::Logged(minutes) => i64::from(minutes),
        _ => 0,
    });
    u32::try_from(minutes.sum::<i64>().max(0)).unwrap_or(u32::MAX)
}
