//! A task's whole history, whoever has it now (R26).

use std::collections::BTreeSet;

use crate::id::{PersonId, TaskId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::tasks::event::{TaskEvent, TaskEventKind};
use crate::tasks::list::TaskEventLine;

/// What came before lies in the task itself; what came after at whoever has taken it over, as far as the asker may read
/// that. What lies in both is told once.
pub(crate) fn history(assignee: PersonId, task: TaskId, from: &Sources<'_>) -> Vec<TaskEventLine> {
    let mut events: Vec<TaskEvent> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = vec![(assignee, task)];
    while let Some(place) = next.pop() {
        let row = from.rows.tasks.get(&place);
        let Some(row) = row.filter(|_| seen.insert(place)) else {
            continue;
        };
        next.extend(row.task.handed_to());
        let fresh = row.task.events.into_iter();
        let fresh: Vec<_> = fresh.filter(|event| !events.contains(event)).collect();
        events.extend(fresh);
    }
    sort_by(&mut events, |one, other| {
        (one.at, one.what, one.by).cmp(&(other.at, other.what, other.by))
    });
    let lines = events.into_iter().map(|event| TaskEventLine {
        by_name: from.name_of(event.by),
        to_name: match event.what {
            TaskEventKind::HandedOver { to, .. } => from.name_of(to),
            _ => String::new(),
        },
        event,
    });
    lines.collect()
}
