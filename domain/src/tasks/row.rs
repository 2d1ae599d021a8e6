//! What lists need of a task: all of it.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::tasks::record::Task;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskRow {
    pub task: Task,
}

#[must_use]
pub fn rows(assignee: PersonId, tree: &Value) -> Vec<TaskRow> {
    Task::read_all(assignee, tree)
        .into_iter()
        .map(|task| TaskRow { task })
        .collect()
}
