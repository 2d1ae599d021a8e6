//! Questions about tasks and their answers.

use serde::{Deserialize, Serialize};

use crate::calendar::days_between;
use crate::id::{ClientId, PersonId};
use crate::mark::Mark;
use crate::tasks::record::Task;
use crate::time::Day;

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
    /// Days past due; negative before.
    pub overdue_days: Option<i32>,
    pub may_edit: bool,
    pub mark: Mark,
}

/// Days from `due` to `today`.
#[must_use]
pub fn overdue_days(due: Option<Day>, today: Day) -> Option<i32> {
    i32::try_from(days_between(due?, today)).ok()
}
