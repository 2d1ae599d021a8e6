//! What lies ahead, as events of any calendar.

use caravan_domain::{
    command::RecordRef,
    query::{Answer, Query},
    time::Instant,
    today::reminders::{Reminder, ReminderKind},
};
use caravan_files::{export::ExportReminder, message::FilesRequest};
use caravan_port::ask::{Ask, Told};
use leptos::prelude::*;

use super::save::{ExportFailure, FileKind};
use crate::engine::Engine;

/// Translated words of a calendar, taken before the work begins.
#[derive(Debug, Clone)]
pub(super) struct CalendarWords {
    name: String,
    visit: String,
    task: String,
    follow_up: String,
    birthday: String,
}

/// To be called while a component is being built.
pub(super) fn use_words() -> Signal<CalendarWords> {
    let (name, visit, task) = (tr!(export.calendar), tr!(export.visit), tr!(export.task));
    let (follow_up, birthday) = (tr!(export.follow_up), tr!(export.birthday));
    Signal::derive(move || CalendarWords {
        name: name.get(),
        visit: visit.get(),
        task: task.get(),
        follow_up: follow_up.get(),
        birthday: birthday.get(),
    })
}

/// # Errors
/// When nothing lies ahead.
pub(super) async fn calendar(
    engine: Engine,
    days: u32,
    words: CalendarWords,
    now: Instant,
) -> Result<FilesRequest, ExportFailure> {
    let ask = Ask::Rows(Query::Reminders { days });
    let reminders = engine.ask(ask, reminders_told).await.unwrap_or_default();
    if reminders.is_empty() {
        return Err(ExportFailure::Nothing);
    }
    Ok(FilesRequest::WriteCalendar {
        reminders: reminders
            .into_iter()
            .map(|reminder| exported(reminder, &words))
            .collect(),
        name: words.name,
        now,
    })
}

fn reminders_told(reminders: Vec<Reminder>) -> Told {
    Told::Rows(Answer::Reminders(reminders))
}

fn exported(reminder: Reminder, words: &CalendarWords) -> ExportReminder {
    let kind = match reminder.kind {
        ReminderKind::Visit => &words.visit,
        ReminderKind::Task => &words.task,
        ReminderKind::FollowUp => &words.follow_up,
        ReminderKind::Birthday => &words.birthday,
    };
    ExportReminder {
        uid: uid(&reminder),
        title: format!("{kind} · {}", reminder.title),
        detail: reminder.detail,
        on: reminder.on,
        at: reminder.at,
    }
}

/// Without its day, so that what is put off moves in the calendar; but a birthday comes every year, and a client's
/// contacts have one each.
fn uid(reminder: &Reminder) -> String {
    let record = match reminder.record {
        RecordRef::Client(client) => client.to_string(),
        RecordRef::Visit(_, visit) => visit.to_string(),
        RecordRef::Task(_, task) => task.to_string(),
        RecordRef::Order(_, order) => order.to_string(),
        RecordRef::Person(person) => person.to_string(),
        RecordRef::Course(course) => course.to_string(),
        RecordRef::Class(class) => class.to_string(),
        RecordRef::Agreement(agreement) => agreement.to_string(),
        RecordRef::Round(round) => round.to_string(),
        RecordRef::Goal(goal) => goal.goal.to_string(),
        RecordRef::Pay(_, id) | RecordRef::Post(_, id) => id.to_string(),
        RecordRef::Review(person, period) => format!("{person}-{period}"),
        RecordRef::Reply(person, reply) => format!("{person}-{reply}"),
    };
    match reminder.kind {
        ReminderKind::Visit => format!("visit-{record}"),
        ReminderKind::Task => format!("task-{record}"),
        ReminderKind::FollowUp => format!("follow-up-{record}"),
        ReminderKind::Birthday => format!("birthday-{record}-{}-{}", reminder.on, reminder.title),
    }
}

pub(super) fn file_kind(stem: &str, now: Instant) -> FileKind {
    FileKind {
        name: format!("{stem}-{}.ics", now.day()),
        kind: "text/calendar;charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{ClientId, Id};
    use jiff::civil::date;

    use super::*;

    fn reminder(kind: ReminderKind, title: &str, day: i8) -> Reminder {
        Reminder {
            kind,
            record: ClientId(Id::ZERO).into(),
            title: title.to_owned(),
            detail: String::new(),
            on: date(2026, 11, day),
            at: String::new(),
        }
    }

    #[test]
    fn what_is_put_off_is_the_same_event() {
        let uid = |kind, title, day| uid(&reminder(kind, title, day));
        let follow_up = ReminderKind::FollowUp;
        assert_eq!(uid(follow_up, "云帆", 22), uid(follow_up, "云帆茶业", 29));
        let birthday = ReminderKind::Birthday;
        assert_ne!(uid(birthday, "王丽", 22), uid(birthday, "周浩", 22));
        assert_ne!(uid(follow_up, "云帆", 22), uid(birthday, "云帆", 22));
    }
}
