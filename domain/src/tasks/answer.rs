//! Pages of the task list.

use core::cmp::Reverse;
use core::ops::RangeInclusive;

use crate::command::RecordRef;
use crate::conflict::{Contestable, is_contested};
use crate::document::DocumentId;
use crate::id::{Id, PersonId, TaskId};
use crate::policy;
use crate::query::Sources;
use crate::role::Role;
use crate::search;
use crate::tasks::list::{TaskFilter, TaskLine, TaskList, TaskPage, overdue_days};
use crate::tasks::record::Task;
use crate::tasks::row::of;
use crate::time::{Day, Instant};
use crate::window::window;
use crate::work::kind::rule;
use crate::work::load::worth;

pub(crate) fn page(list: &TaskList, from: &Sources<'_>) -> TaskPage {
    let search = search::Query::parse(&list.search);
    let mut found = Vec::new();
    // Places and not tasks: all that ever were may be among them.
    let mut add = |task: &Task| {
        let clients = list.client.is_none_or(|it| task.draft.client == Some(it));
        let fits = |search: &search::Query| search.matches(&haystack(task, from));
        if clients && passes(task, list.show, from) && search.as_ref().is_none_or(fits) {
            found.push((order(task), (task.draft.assignee, task.id)));
        }
    };
    match list.show {
        TaskFilter::Open | TaskFilter::Overdue => {
            open_tasks_of(list.assignee, from).for_each(&mut add);
        }
        TaskFilter::GivenByMe | TaskFilter::Finished | TaskFilter::All => {
            let tasks = from.rows.tasks.range(places_of(list.assignee));
            tasks.for_each(|row| add(&row.task));
        }
    }
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let shown = window(found, list.offset, list.limit, |(one, _), (other, _)| {
        one.cmp(other)
    });
    let shown = shown.into_iter();
    TaskPage {
        total,
        offset: list.offset,
        lines: shown
            .filter_map(|(_, (assignee, task))| line_of(assignee, task, from))
            .collect(),
    }
}

pub(crate) fn line_of(assignee: PersonId, task: TaskId, from: &Sources<'_>) -> Option<TaskLine> {
    let key = (assignee, task);
    match from.rows.index.open_tasks.get(&key) {
        Some(task) => Some(line(task, from)),
        None => Some(line(&from.rows.tasks.get(&key)?.task, from)),
    }
}

pub(crate) fn line(task: &Task, from: &Sources<'_>) -> TaskLine {
    let assignee = task.draft.assignee;
    let (difficulty, estimate) = worth(task, from.facts);
    let may_edit = policy::may_write(from.me, DocumentId::from(assignee), from.facts);
    TaskLine {
        assignee_name: from.name_of(assignee),
        created_by_name: from.name_of(task.created_by),
        client_name: client_name(task, from).unwrap_or_default().to_owned(),
        overdue_days: overdue_days(task.draft.due, from.now.day()),
        may_edit,
        may_hand_over: may_edit && leads(from),
        kind_name: rule(task.draft.kind, from.facts).name,
        difficulty,
        estimate,
        handed_to: task
            .handed_to()
            .map(|(to, task)| (RecordRef::Task(to, task), from.name_of(to)))
            .collect(),
        mark: from.marks.mark(RecordRef::Task(assignee, task.id)),
        contested: is_contested(Contestable::Task(assignee, task.id), from),
        task: task.clone(),
    }
}

/// Whether the asker answers for anybody besides themselves.
pub(crate) fn leads(from: &Sources<'_>) -> bool {
    let has = |role| from.facts.has_role(from.me, role);
    has(Role::Director) || has(Role::TeamManager)
}

pub(crate) fn open_tasks_of<'a>(
    assignee: Option<PersonId>,
    from: &Sources<'a>,
) -> impl Iterator<Item = &'a Task> + use<'a> {
    let open = &from.rows.index.open_tasks;
    open.range(places_of(assignee)).map(|(_, task)| task)
}

fn places_of(assignee: Option<PersonId>) -> RangeInclusive<(PersonId, TaskId)> {
    let everybody =
        || (PersonId(Id::ZERO), TaskId(Id::ZERO))..=(PersonId(Id::MAX), TaskId(Id::MAX));
    assignee.map_or_else(everybody, of)
}

/// Open ones by due day, those without one after them; then finished ones, the latest first.
type Order = (bool, bool, Option<Day>, Reverse<Instant>, TaskId);

pub(crate) fn order(task: &Task) -> Order {
    if task.is_open() {
        let due = task.draft.due;
        (
            false,
            due.is_none(),
            due,
            Reverse(Instant::default()),
            task.id,
        )
    } else {
        let finished_at = task.done_at.unwrap_or(task.created_at);
        (true, false, None, Reverse(finished_at), task.id)
    }
}

fn passes(task: &Task, show: TaskFilter, from: &Sources<'_>) -> bool {
    match show {
        TaskFilter::Open => task.is_open(),
        TaskFilter::Overdue => {
            task.is_open() && task.draft.due.is_some_and(|due| due < from.now.day())
        }
        TaskFilter::GivenByMe => task.created_by == from.me && task.draft.assignee != from.me,
        TaskFilter::Finished => !task.is_open(),
        TaskFilter::All => true,
    }
}

/// Made on the spot: a person has hundreds of tasks where there are thousands of clients.
fn haystack(task: &Task, from: &Sources<'_>) -> String {
    let mut haystack = search::HaystackBuilder::new();
    haystack.name(&task.draft.title);
    haystack.name(client_name(task, from).unwrap_or_default());
    haystack.text(&task.draft.detail);
    haystack.finish()
}

fn client_name<'a>(task: &Task, from: &Sources<'a>) -> Option<&'a str> {
    let client = from.rows.clients.get(&task.draft.client?)?;
    Some(&client.name)
}
