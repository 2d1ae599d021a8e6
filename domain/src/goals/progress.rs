//! How far a goal is, held against the straight line from nothing on its first day to the target at its deadline.

use core::ops::Range;

use serde::{Deserialize, Serialize};

use crate::calendar::{Period, Span, days_between, plus_days, start_of};
use crate::goals::agreement::Agreement;
use crate::goals::deeds::{Doers, count, counted};
use crate::goals::place::GoalPlace;
use crate::goals::record::{Goal, Terms};
use crate::policy;
use crate::query::Sources;
use crate::role::Role;
use crate::time::{Day, Instant};

/// How much of what a number is about this device holds: a number says so when it is not all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Coverage {
    pub seen: u32,
    pub of: u32,
}

/// In the order in which they want looking at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Below the share of the straight line that its terms name.
    AtRisk,
    /// The deadline has passed.
    Missed,
    /// Not agreed yet: there is nothing to be late for.
    Proposed,
    OnTrack,
    /// Some of those it is about are not on this device: it cannot be judged here.
    Unseen,
    NotBegun,
    Reached,
    Dropped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub actual: u32,
    /// Where the straight line was at the end of yesterday.
    pub line: u32,
    pub standing: Standing,
    pub coverage: Coverage,
}

/// One place on the progress line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    #[serde(with = "crate::calendar::written")]
    pub day: Day,
    /// By the end of the day; `None` for days that have not come.
    pub actual: Option<u32>,
    pub line: u32,
}

impl Coverage {
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.seen >= self.of
    }

    /// Of those whose records make up a place's figures: everybody there who works with clients.
    #[must_use]
    pub fn of(place: GoalPlace, from: &Sources<'_>) -> Self {
        let concerned = |known: &crate::facts::Person| match place {
            GoalPlace::Company => true,
            GoalPlace::Team(team) => known.team == Some(team),
            GoalPlace::Person(_) => false,
        };
        let works = |roles: &crate::role::Roles| {
            [Role::AccountManager, Role::TeamManager]
                .iter()
                .any(|role| roles.contains(role))
        };
        let (mut seen, mut of) = (0, 0);
        for (id, known) in &from.facts.people {
            let counts = match place {
                GoalPlace::Person(person) => *id == person,
                _ => concerned(known) && works(&known.roles) && from.facts.active(*id).is_some(),
            };
            if counts {
                of += 1;
                seen += u32::from(policy::may_read(from.me, (*id).into(), from.facts));
            }
        }
        Self { seen, of }
    }
}

/// From the first day of the period to the deadline, as instants.
#[must_use]
pub fn counting(goal: &Goal, terms: &Terms) -> Range<Instant> {
    start_of(goal.period.first())..start_of(plus_days(terms.deadline, 1))
}

pub(crate) fn progress(
    goal: &Goal,
    doers: &Doers,
    coverage: Coverage,
    from: &Sources<'_>,
) -> Progress {
    let today = from.now.day();
    let current = goal.current();
    let terms = &current.terms;
    let (actual, coverage) = match goal.metric.is_counted() {
        true => (
            count(goal.metric, doers, &counting(goal, terms), from),
            coverage,
        ),
        false => (
            said(goal, Instant::from_millis(i64::MAX)),
            Coverage { seen: 1, of: 1 },
        ),
    };
    Progress {
        actual,
        line: line(goal.period, terms, plus_days(today, -1)),
        standing: match (goal.agreement(), goal.in_force()) {
            (Agreement::Dropped, _) => Standing::Dropped,
            (_, None) => Standing::Proposed,
            (_, Some(_)) => standing(goal.period, terms, actual, coverage, today),
        },
        coverage,
    }
}

/// The last value that was told before `until`, of a goal counted by hand.
fn said(goal: &Goal, until: Instant) -> u32 {
    let told = goal.updates.iter().filter(|update| update.at < until);
    told.filter_map(|update| update.value)
        .next_back()
        .unwrap_or_default()
}

fn standing(
    period: Period,
    terms: &Terms,
    actual: u32,
    coverage: Coverage,
    today: Day,
) -> Standing {
    if actual >= terms.target {
        return Standing::Reached;
    }
    if !coverage.is_whole() {
        return Standing::Unseen;
    }
    if today > terms.deadline {
        return Standing::Missed;
    }
    if today < period.first() {
        return Standing::NotBegun;
    }
    // By the whole steps the line has made: one client in a month is not late on its second day.
    let wanted = u64::from(line(period, terms, plus_days(today, -1)));
    match u64::from(actual) * 100 < wanted * u64::from(terms.alert_below) {
        true => Standing::AtRisk,
        false => Standing::OnTrack,
    }
}

/// Where the straight line is at the end of `day`, rounded down.
#[must_use]
pub fn line(period: Period, terms: &Terms, day: Day) -> u32 {
    let (gone, all) = days(period, terms, day);
    u32::try_from(u64::from(terms.target) * gone / all).unwrap_or(u32::MAX)
}

/// Days from the first to the end of `day`, and to the deadline.
fn days(period: Period, terms: &Terms, day: Day) -> (u64, u64) {
    let until = |day| days_between(period.first(), day) + 1;
    let all = until(terms.deadline).max(1);
    let gone = until(day).clamp(0, all);
    (gone.unsigned_abs(), all.unsigned_abs())
}

/// Day by day in a month, week by week in a quarter, month by month in a year; the deadline last.
pub(crate) fn points(goal: &Goal, from: &Sources<'_>) -> Vec<Point> {
    let terms = &goal.current().terms;
    let today = from.now.day();
    let doers = Doers::of(goal.place, from);
    let deeds = counted(goal.metric, &doers, &counting(goal, terms), from);
    let actual_by = |day: Day| {
        let end = start_of(plus_days(day, 1));
        match goal.metric.is_counted() {
            true => {
                let before = deeds.iter().take_while(|deed| deed.at < end);
                goal.metric.value(before.map(|deed| deed.part).sum())
            }
            false => said(goal, end),
        }
    };
    let mut days = Vec::new();
    let mut day = first_mark(goal.period);
    while day < terms.deadline {
        days.push(day);
        // The line goes on to this very day.
        let next = next_mark(goal.period.span(), day);
        if day < today && today < next && today < terms.deadline {
            days.push(today);
        }
        day = next;
    }
    days.push(terms.deadline);
    days.into_iter()
        .map(|day| Point {
            day,
            actual: (day <= today).then(|| actual_by(day)),
            line: line(goal.period, terms, day),
        })
        .collect()
}

fn first_mark(period: Period) -> Day {
    match period.span() {
        Span::Month => period.first(),
        Span::Quarter => plus_days(period.first(), 6),
        Span::Year => Period::of(Span::Month, period.first()).last(),
    }
}

fn next_mark(span: Span, day: Day) -> Day {
    match span {
        Span::Month => plus_days(day, 1),
        Span::Quarter => plus_days(day, 7),
        Span::Year => Period::of(Span::Month, plus_days(day, 1)).last(),
    }
}
