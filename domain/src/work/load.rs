//! How much each has to do in a week, and how much they can (R25, R27). A week is the seven days from its first on, so that
//! Friday's answer does not look empty because Saturday is near.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{plus_days, written};
use crate::document::DocumentId;
use crate::facts::{Employment, Facts};
use crate::id::PersonId;
use crate::query::Sources;
use crate::row::Rows;
use crate::tasks::record::Task;
use crate::time::Day;
use crate::work::hours;
use crate::work::kind::{Difficulty, rule};

const DAYS: i64 = 7;

/// Difficulty × estimate, in tenths of a minute of ordinary work, so that sums are exact.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Weight(pub u64);

impl Weight {
    #[must_use]
    pub fn of(difficulty: Difficulty, estimate: u32) -> Self {
        Self(u64::from(difficulty.tenths()) * u64::from(estimate))
    }

    /// Of ordinary work.
    #[must_use]
    pub fn minutes(self) -> u32 {
        u32::try_from(self.0.div_ceil(10)).unwrap_or(u32::MAX)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    #[serde(with = "written")]
    pub first: Day,
    #[serde(with = "written")]
    pub last: Day,
}

impl Week {
    #[must_use]
    pub fn from(first: Day) -> Self {
        Self {
            first,
            last: plus_days(first, DAYS - 1),
        }
    }

    /// The coming week, or that which ends on a day further away.
    #[must_use]
    pub fn for_due(due: Option<Day>, today: Day) -> Self {
        let coming = Self::from(today);
        match due.filter(|due| *due > coming.last) {
            Some(due) => Self::from(plus_days(due, 1 - DAYS)),
            None => coming,
        }
    }

    pub fn days(self) -> impl Iterator<Item = Day> {
        (0..DAYS).map(move |day| plus_days(self.first, day))
    }

    /// What is late, and what nobody has set a day for, has to be done now.
    fn has(self, task: &Task, today: Day) -> bool {
        match task.draft.due {
            Some(due) if due > self.last => false,
            Some(due) if due >= self.first => true,
            _ => self.first <= today,
        }
    }
}

/// What a task is worth: its own numbers, or its kind's.
#[must_use]
pub fn worth(task: &Task, facts: &Facts) -> (Difficulty, u32) {
    let draft = &task.draft;
    match (draft.difficulty, draft.estimate) {
        (Some(difficulty), Some(estimate)) => (difficulty, estimate),
        (difficulty, estimate) => {
            let rule = rule(draft.kind, facts);
            let difficulty = difficulty.unwrap_or(rule.difficulty);
            (difficulty, estimate.unwrap_or(rule.estimate))
        }
    }
}

/// One person's open tasks of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    pub weight: Weight,
    /// Estimates as they are: what a limit counts.
    pub minutes: u32,
    pub open: u32,
    pub hard: u32,
    pub overdue: u32,
    /// More time written down than estimated.
    pub overrun: u32,
    pub asks_for_help: u32,
}

impl Tally {
    fn add(&mut self, task: &Task, today: Day, facts: &Facts) {
        let (difficulty, estimate) = worth(task, facts);
        self.weight.0 += Weight::of(difficulty, estimate).0;
        self.minutes = self.minutes.saturating_add(estimate);
        self.open += 1;
        self.hard += u32::from(difficulty.is_hard());
        self.overdue += u32::from(task.draft.due.is_some_and(|due| due < today));
        self.overrun += u32::from(task.logged > estimate);
        self.asks_for_help += u32::from(task.help.is_some());
    }
}

/// Of everybody in one pass over the tasks; nobody without open tasks is in it.
pub(crate) fn tallies(week: Week, from: &Sources<'_>) -> BTreeMap<PersonId, Tally> {
    let today = from.now.day();
    let mut tallies = BTreeMap::<_, Tally>::new();
    let open = from.rows.index.open_tasks.values();
    for task in open.filter(|task| week.has(task, today)) {
        let tally = tallies.entry(task.draft.assignee).or_default();
        tally.add(task, today, from.facts);
    }
    tallies
}

/// Whether `task` is counted in `week`.
pub(crate) fn counts(task: &Task, week: Week, today: Day) -> bool {
    task.is_open() && week.has(task, today)
}

/// Minutes on each day of the week.
pub(crate) fn available(person: PersonId, week: Week, rows: &Rows, facts: &Facts) -> Vec<u32> {
    let said = rows.work.of(DocumentId::from(person)).first();
    let said = said.map_or(&[][..], |row| &row.hours);
    let known = facts.people.get(&person);
    let employment = known.map_or(Employment::FullTime, |known| known.employment);
    let limits = facts.work_limits.unwrap_or_default();
    week.days()
        .map(|day| {
            let weekday = day.weekday().since(jiff::civil::Weekday::Monday);
            let usual = limits.usual(employment, usize::from(weekday.unsigned_abs()));
            hours::minutes_on(day, said, usual)
        })
        .collect()
}

/// What part-time work would come to, beyond what the workspace allows (R27). All in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverLimit {
    pub week: u32,
    pub week_limit: u32,
    /// The average of the days on which the person works.
    pub day: u32,
    pub day_limit: u32,
}

/// What the workspace allows somebody who is employed part-time. All in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartTimeLimit {
    pub week: u32,
    pub day: u32,
    /// On which the person works in the week; at least one.
    pub days: u32,
}

impl PartTimeLimit {
    /// `None` while neither limit is passed.
    #[must_use]
    pub fn over(self, planned: u32) -> Option<OverLimit> {
        let over = OverLimit {
            week: planned,
            week_limit: self.week,
            day: planned.div_ceil(self.days.max(1)),
            day_limit: self.day,
        };
        (over.week > over.week_limit || over.day > over.day_limit).then_some(over)
    }
}

/// `None` for whoever is not employed part-time.
pub(crate) fn part_time_limit(
    person: PersonId,
    days: &[u32],
    facts: &Facts,
) -> Option<PartTimeLimit> {
    let known = facts.people.get(&person)?;
    if known.employment != Employment::PartTime {
        return None;
    }
    let limits = facts.work_limits.unwrap_or_default();
    let worked = days.iter().filter(|minutes| **minutes > 0).count();
    Some(PartTimeLimit {
        week: limits.part_time_week,
        day: limits.part_time_day,
        days: u32::try_from(worked).unwrap_or(1).max(1),
    })
}

pub(crate) fn over_limit(
    person: PersonId,
    planned: u32,
    days: &[u32],
    facts: &Facts,
) -> Option<OverLimit> {
    part_time_limit(person, days, facts)?.over(planned)
}
