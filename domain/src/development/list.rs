//! Questions about development plans and their answers.

use serde::{Deserialize, Serialize};

use crate::command::RecordRef;
use crate::development::record::{Item, Note};
use crate::id::{CourseId, Id, PersonId};
use crate::mark::Mark;
use crate::time::{Day, Instant};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DevelopmentFile {
    pub person: PersonId,
    pub name: String,
    pub is_me: bool,
    pub may_write: bool,
    /// What stands; the earliest written first.
    pub aims: Vec<ItemLine>,
    /// What stands; the earliest due first, those done last.
    pub steps: Vec<ItemLine>,
    /// What was replaced or dropped; the latest first.
    pub past: Vec<ItemLine>,
    /// The latest first, with who wrote them.
    pub notes: Vec<(Note, String)>,
    /// What the reader's side has not agreed to.
    pub to_agree: Vec<Id>,
    /// There is something, and both sides stand behind all of it.
    pub is_agreed: bool,
    /// That can be linked, by title.
    pub courses: Vec<(CourseId, String)>,
    pub goals: Vec<(crate::goals::place::GoalRef, String)>,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemLine {
    pub item: Item,
    pub by_name: String,
    /// Who ticked it off, and when.
    pub done: Option<(String, Instant)>,
    pub by_person: bool,
    pub by_manager: bool,
    /// What it is linked to, and its title; not where that is not on this device.
    pub link: Option<(RecordRef, String)>,
    /// Of what was dropped: why.
    pub reason: String,
}

/// What Today brings to mind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DevelopmentReminder {
    pub person: PersonId,
    pub name: String,
    pub is_me: bool,
    pub what: DevelopmentReminderOf,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DevelopmentReminderOf {
    /// A step that the asker takes.
    Step(String, #[serde(with = "crate::calendar::written")] Day),
    /// The other side has written something.
    Agree,
}
