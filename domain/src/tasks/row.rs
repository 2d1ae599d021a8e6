//! What lists need of a task: all of it.

use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::id::{Id, PersonId, TaskId};
use crate::packed::Entry;
use crate::tasks::record::Task;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskRow {
    pub task: Task,
}

impl Entry for TaskRow {
    type Key = (PersonId, TaskId);

    fn key(&self) -> Self::Key {
        (self.task.draft.assignee, self.task.id)
    }
}

/// The places of somebody's tasks.
pub(crate) fn of(assignee: PersonId) -> RangeInclusive<(PersonId, TaskId)> {
    (assignee, TaskId(Id::ZERO))..=(assignee, TaskId(Id::MAX))
}

#[must_use]
pub fn rows(assignee: PersonId, tree: &Value) -> Vec<TaskRow> {
    Task::read_all(assignee, tree)
        .into_iter()
        .map(|task| TaskRow { task })
        .collect()
}
