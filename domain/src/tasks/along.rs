//! What happens on the way: time is written down, help is asked for, somebody else takes over (R26).

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::id::{PersonId, TaskId};
use crate::policy;
use crate::tasks::command::{HandOver, entry, stored};
use crate::tasks::event::{TaskEvent, TaskEventKind};
use crate::tasks::record::{Task, TaskStatus};
use crate::value::{Map, Value, filled, map_of};
use crate::work::kind::ESTIMATE_MAX;

/// Words beside an event, in characters.
pub(super) const WORDS_MAX: usize = 2_000;
/// Tasks handed over or made at once.
pub(crate) const BATCH_MAX: usize = 200;
/// Events that go with a task when it is handed over: the latest.
const EARLIER_MAX: usize = 200;

pub(super) fn log_time(
    assignee: PersonId,
    task: TaskId,
    minutes: i32,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let before = stored(assignee, task, cx)?;
    let logged = i64::from(before.logged) + i64::from(minutes);
    if minutes == 0 || !(0..=i64::from(ESTIMATE_MAX)).contains(&logged) {
        return Err(CommandError::malformed(Field::Estimate));
    }
    let mut edits = vec![event(
        assignee,
        task,
        "time",
        [("minutes", i64::from(minutes).into())],
        "",
        cx,
    )];
    if before.status == TaskStatus::Open {
        let key = task.to_string();
        let status = TaskStatus::UnderWay.word();
        edits.push(Edit::put(assignee, &["tasks", &key, "status"], status));
    }
    Ok(Outcome::of(edits))
}

pub(super) fn ask_for_help(
    assignee: PersonId,
    task: TaskId,
    words: &str,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    check(words)?;
    if !stored(assignee, task, cx)?.is_open() {
        return Err(CommandError::AlreadyDone);
    }
    Ok(Outcome::of([event(assignee, task, "help", [], words, cx)]))
}

pub(super) fn settle_help(
    assignee: PersonId,
    task: TaskId,
    words: &str,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    check(words)?;
    let before = stored(assignee, task, cx)?;
    let call = before.help.ok_or(CommandError::AlreadyDone)?;
    let settles = [("settles", call.id.to_string().into())];
    Ok(Outcome::of([event(
        assignee, task, "help", settles, words, cx,
    )]))
}

/// A new task with the whole history in the other's document, and the old one closed; all or none.
pub(super) fn hand_over(
    tasks: &[HandOver],
    words: &str,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    check(words)?;
    if tasks.len() > BATCH_MAX {
        return Err(CommandError::TooMany);
    }
    let mut outcome = Outcome::default();
    for one in tasks {
        hand_over_one(one, words, cx, &mut outcome)?;
    }
    if tasks.len() != 1 {
        outcome.created = None;
    }
    Ok(outcome)
}

fn hand_over_one(
    one: &HandOver,
    words: &str,
    cx: &mut Context<'_>,
    outcome: &mut Outcome,
) -> Result<(), CommandError> {
    let before = stored(one.assignee, one.task, cx)?;
    let task = move_one(&before, one.to, words, cx, &mut outcome.edits)?;
    outcome.created = Some(RecordRef::Task(one.to, task));
    Ok(())
}

/// Closes a task and opens it at somebody else; the new one's id.
pub(crate) fn move_one(
    before: &Task,
    to: PersonId,
    words: &str,
    cx: &mut Context<'_>,
    edits: &mut Vec<Edit>,
) -> Result<TaskId, CommandError> {
    let one = HandOver {
        assignee: before.draft.assignee,
        task: before.id,
        to,
    };
    if !before.is_open() || one.to == one.assignee {
        return Err(CommandError::AlreadyDone);
    }
    cx.facts.active(one.to).ok_or(CommandError::NotFound)?;
    if !policy::holds(one.to, cx.me, cx.facts) {
        return Err(CommandError::NotAllowed);
    }
    let task = TaskId(cx.ids.mint());
    let given = [
        ("to", one.to.to_string().into()),
        ("task", task.to_string().into()),
    ];
    let key = one.task.to_string();
    let status = TaskStatus::HandedOver.word();
    edits.extend([
        Edit::put(
            one.to,
            &["tasks", &task.to_string()],
            continued(before, &one, task, words, cx),
        ),
        event(one.assignee, one.task, "handed", given, words, cx),
        Edit::put(one.assignee, &["tasks", &key, "status"], status),
    ]);
    Ok(task)
}

/// The task as it begins at whoever takes it over.
fn continued(before: &Task, one: &HandOver, task: TaskId, words: &str, cx: &Context<'_>) -> Map {
    let mut draft = before.draft.clone();
    draft.assignee = one.to;
    let mut map = entry(&draft, cx);
    let mut put = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
    if before.progress > 0 {
        put("progress", i64::from(before.progress).into());
    }
    put("status", before.status.word().into());
    put("from", format!("{}/{}", one.assignee, one.task).into());
    let handed = TaskEvent {
        at: cx.now,
        by: cx.me,
        what: TaskEventKind::HandedOver {
            from: one.assignee,
            to: one.to,
            task,
        },
        words: words.trim().to_owned(),
    };
    let skipped = (before.events.len() + 1).saturating_sub(EARLIER_MAX);
    let events = before.events.iter().chain([&handed]).skip(skipped);
    let earlier = (0..).zip(events);
    let earlier = earlier.map(|(place, event)| (format!("{place:03}"), event.earlier().into()));
    put("earlier", Value::Map(earlier.collect()));
    map
}

fn check(words: &str) -> Result<(), CommandError> {
    match words.chars().count() > WORDS_MAX {
        true => Err(CommandError::too_long(Field::Note, WORDS_MAX)),
        false => Ok(()),
    }
}

fn event<const N: usize>(
    assignee: PersonId,
    task: TaskId,
    collection: &str,
    more: [(&str, Value); N],
    words: &str,
    cx: &mut Context<'_>,
) -> Edit {
    let mut event = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("words", filled(words)),
    ]);
    event.extend(more.map(|(key, value)| (key.to_owned(), value)));
    let id = cx.ids.mint().to_string();
    Edit::put(
        DocumentId::from(assignee),
        &["tasks", &task.to_string(), collection, &id],
        event,
    )
}
