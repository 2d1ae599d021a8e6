//! Kinds, states and due days of tasks in the reader's words.

use caravan_domain::{
    tasks::{kind::TaskKind, list::TaskLine, record::TaskStatus},
    time::Day,
    work::kind::Difficulty,
};
use leptos::prelude::*;

use crate::{
    format::{today, use_format},
    ui::Tone,
};

#[derive(Clone, Copy)]
pub(crate) struct TaskKindNames([Signal<String>; 4]);

/// To be called while a component is being built, as everything here.
impl TaskKindNames {
    pub(crate) fn new() -> Self {
        Self([
            tr!(tasks.kind_follow_up),
            tr!(tasks.kind_new_client),
            tr!(tasks.kind_research),
            tr!(tasks.kind_other),
        ])
    }

    /// `given` is the name that the workspace has given it, if any.
    pub(crate) fn name(self, kind: TaskKind, given: &str) -> String {
        match kind {
            TaskKind::FollowUp => self.0[0].get(),
            TaskKind::NewClient => self.0[1].get(),
            TaskKind::Research => self.0[2].get(),
            TaskKind::Custom(_) if !given.is_empty() => given.to_owned(),
            TaskKind::Other | TaskKind::Custom(_) => self.0[3].get(),
        }
    }
}

/// 1.5 of 15 tenths, 2 of 20.
pub(crate) fn times(difficulty: Difficulty) -> String {
    match (difficulty.tenths() / 10, difficulty.tenths() % 10) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest}"),
    }
}

pub(super) fn status_badge(status: TaskStatus) -> (Signal<String>, Tone) {
    match status {
        TaskStatus::Open => (tr!(tasks.status_open), Tone::Neutral),
        TaskStatus::UnderWay => (tr!(tasks.status_under_way), Tone::Info),
        TaskStatus::Done => (tr!(tasks.status_done), Tone::Good),
        TaskStatus::Cancelled => (tr!(tasks.status_cancelled), Tone::Neutral),
        TaskStatus::HandedOver => (tr!(tasks.status_handed_over), Tone::Neutral),
    }
}

/// Late, due, or how long there is.
#[derive(Clone, Copy)]
pub(crate) struct DueWords {
    due_on: Signal<String>,
    overdue_by: Signal<String>,
    late: bool,
}

impl DueWords {
    /// `None` without a due day.
    pub(crate) fn of(line: &TaskLine) -> Option<Self> {
        let due = line.task.draft.due?;
        let format = use_format();
        let days = Signal::derive(move || days_late(due));
        Some(Self {
            due_on: tr!(tasks.due_on, day = format.near_day(due)),
            overdue_by: tr!(tasks.overdue_by, days = days.get()),
            late: line.task.is_open() && line.overdue_days.is_some_and(|days| days > 0),
        })
    }

    pub(crate) fn words(self) -> Signal<String> {
        if self.late {
            self.overdue_by
        } else {
            self.due_on
        }
    }

    pub(crate) fn tone(self) -> Tone {
        if self.late { Tone::Bad } else { Tone::Neutral }
    }
}

fn days_late(due: Day) -> i64 {
    caravan_domain::calendar::days_between(due, today())
}
