//! Kinds, states and due days of tasks in the reader's words.

use caravan_domain::{
    tasks::{
        list::TaskLine,
        record::{TaskKind, TaskStatus},
    },
    time::Day,
};
use leptos::prelude::*;

use crate::{
    format::{now, use_format},
    ui::Tone,
};

#[derive(Clone, Copy)]
pub(super) struct TaskKindNames([Signal<String>; 4]);

/// To be called while a component is being built, as everything here.
impl TaskKindNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(tasks.kind_follow_up),
            tr!(tasks.kind_new_client),
            tr!(tasks.kind_research),
            tr!(tasks.kind_other),
        ])
    }

    pub(super) fn name(self, kind: TaskKind) -> String {
        let place = TaskKind::ALL.iter().position(|known| *known == kind);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(super) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            TaskKind::ALL
                .iter()
                .map(|kind| (kind.word().to_owned(), self.name(*kind)))
                .collect()
        })
    }
}

pub(super) fn status_badge(status: TaskStatus) -> (Signal<String>, Tone) {
    match status {
        TaskStatus::Open => (tr!(tasks.status_open), Tone::Neutral),
        TaskStatus::UnderWay => (tr!(tasks.status_under_way), Tone::Info),
        TaskStatus::Done => (tr!(tasks.status_done), Tone::Good),
        TaskStatus::Cancelled => (tr!(tasks.status_cancelled), Tone::Neutral),
    }
}

/// Late, due, or how long there is.
#[derive(Clone, Copy)]
pub(super) struct DueWords {
    due_on: Signal<String>,
    overdue_by: Signal<String>,
    late: bool,
}

impl DueWords {
    /// `None` without a due day.
    pub(super) fn of(line: &TaskLine) -> Option<Self> {
        let due = line.task.draft.due?;
        let format = use_format();
        let days = Signal::derive(move || days_late(due));
        Some(Self {
            due_on: tr!(tasks.due_on, day = format.near_day(due)),
            overdue_by: tr!(tasks.overdue_by, days = days.get()),
            late: line.task.is_open() && line.overdue_days.is_some_and(|days| days > 0),
        })
    }

    pub(super) fn words(self) -> Signal<String> {
        if self.late {
            self.overdue_by
        } else {
            self.due_on
        }
    }

    pub(super) fn tone(self) -> Tone {
        if self.late { Tone::Bad } else { Tone::Neutral }
    }
}

fn days_late(due: Day) -> i64 {
    caravan_domain::calendar::days_between(due, now().day())
}
