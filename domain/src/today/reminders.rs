//! Reminders for a calendar: visits, tasks, follow-ups and birthdays ahead.

use serde::{Deserialize, Serialize};

use crate::command::RecordRef;
use crate::time::Day;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reminder {
    pub kind: ReminderKind,
    pub record: RecordRef,
    /// The client's or contact's name, or the task's title.
    pub title: String,
    pub detail: String,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    /// `HH:MM` in Asia/Shanghai, empty for the whole day.
    pub at: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReminderKind {
    Visit,
    Task,
    FollowUp,
    Birthday,
}
