//! Questions about tasks and their answers.

use serde::{Deserialize, Serialize};

use crate::calendar::days_between;
use crate::command::RecordRef;
use crate::id::{ClientId, PersonId};
use crate::mark::Mark;
use crate::tasks::event::TaskEvent;
use crate::tasks::record::Task;
use crate::time::Day;
use crate::work::kind::Difficulty;

/// Open tasks first, the most overdue at the top; then finished ones, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskList {
    /// `None` for everybody the asker may see.
    pub assignee: Option<PersonId>,
    pub client: Option<ClientId>,
    pub show: TaskFilter,
    pub search: String,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskFilter {
    Open,
    Overdue,
    /// Written by the asker for somebody else.
    GivenByMe,
    Finished,
    All,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskPage {
    pub total: u32,
    pub offset: u32,
    pub lines: Vec<TaskLine>,
}

/// Also what one opened task shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskLine {
    pub task: Task,
    pub assignee_name: String,
    pub created_by_name: String,
    pub client_name: String,
    /// Empty for a built-in kind, which every language has a name for.
    pub kind_name: String,
    /// Its own, or its kind's.
    pub difficulty: Difficulty,
    /// Minutes.
    pub estimate: u32,
    /// Who has it now, after it was handed over.
    pub handed_to: Vec<(RecordRef, String)>,
    /// Days past due; negative before.
    pub overdue_days: Option<i32>,
    pub may_edit: bool,
    /// Whether the asker answers for its assignee, and can give it to somebody else.
    pub may_hand_over: bool,
    pub mark: Mark,
    /// Two people wrote one field of it, and nobody has picked yet.
    pub contested: bool,
}

impl TaskLine {
    /// More time written down than estimated.
    #[must_use]
    pub fn is_overrun(&self) -> bool {
        self.task.logged > self.estimate
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskEventLine {
    pub event: TaskEvent,
    pub by_name: String,
    /// Of somebody who has taken it over.
    pub to_name: String,
}

/// Days from `due` to `today`.
#[must_use]
pub fn overdue_days(due: Option<Day>, today: Day) -> Option<i32> {
    i32::try_from(days_between(due?, today)).ok()
}
