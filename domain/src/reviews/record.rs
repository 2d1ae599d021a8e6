//! A review as a record: one for each person and period, in the person's Reviews document at `reviews/{period}`. Whoever
//! begins it, it is the same one. All in it is entries under minted ids that are never rewritten:
//! `ratings/{id}{by, at, measure, level, evidence}`, `feedback/{id}`, `interviews/{id}`, `objections/{id}` (the
//! person's), `answers/{id}` `{by, at, text}`, `frozen/{id}` ([`super::frozen`]),
//! `plans/{id}{by, at, gaps, text, recheck, tasks, courses}`, `checks/{id}{by, at, plan, outcome, text}`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::clients::record::words;
use crate::id::{CourseId, Id, PersonId, TaskId};
use crate::order::{gathered, sort_by};
use crate::reviews::frozen::Frozen;
use crate::reviews::measure::Measure;
use crate::reviews::score::{Figure, Figures};
use crate::time::{Day, Instant};
use crate::value::Value;

pub const LEVEL_MAX: u8 = 5;

/// What one reviewer says of one thing that no record tells (R13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub measure: Measure,
    /// 0–5; `None` takes back what the same person said before.
    pub level: Option<u8>,
    pub evidence: String,
}

/// Feedback, notes of a talk, an objection or the answer to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub text: String,
}

/// What is done about gaps, and when it is looked at again (R16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Improvement {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub gaps: BTreeSet<Measure>,
    pub text: String,
    #[serde(with = "crate::calendar::written")]
    pub recheck: Day,
    pub tasks: Vec<TaskId>,
    pub courses: Vec<CourseId>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Improved {
    #[default]
    Yes,
    Partly,
    No,
}

words!(Improved {
    Yes = "yes",
    Partly = "partly",
    No = "no",
});

/// What the look at a plan has shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub plan: Id,
    pub improved: Improved,
    pub text: String,
}

/// All entries the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub period: Period,
    pub ratings: Vec<Rating>,
    pub feedback: Vec<Said>,
    pub interviews: Vec<Said>,
    pub objections: Vec<Said>,
    pub answers: Vec<Said>,
    pub frozen: Vec<Frozen>,
    pub plans: Vec<Improvement>,
    pub checks: Vec<Check>,
}

impl Review {
    /// `None` where the key is no period.
    #[must_use]
    pub fn read(person: PersonId, key: &str, entry: &Value) -> Option<Self> {
        let period = key.parse().ok()?;
        Some(Self {
            period,
            ratings: sorted(entry, "ratings", read_rating, |it| (it.at, it.id)),
            feedback: said(entry, "feedback"),
            interviews: said(entry, "interviews"),
            objections: said(entry, "objections"),
            answers: said(entry, "answers"),
            frozen: sorted(
                entry,
                "frozen",
                |key, entry| Frozen::read(person, period, key, entry),
                |it| (it.at, it.id),
            ),
            plans: sorted(entry, "plans", read_plan, |it| (it.at, it.id)),
            checks: sorted(entry, "checks", read_check, |it| (it.at, it.id)),
        })
    }

    #[must_use]
    pub fn read_all(person: PersonId, tree: &Value) -> Vec<Self> {
        tree.entries(&["reviews"])
            .filter_map(|(key, entry)| Self::read(person, key, entry))
            .collect()
    }

    #[must_use]
    pub fn frozen(&self, id: Id) -> Option<&Frozen> {
        self.frozen.iter().find(|it| it.id == id)
    }

    /// The latest check of a plan, if it was looked at.
    #[must_use]
    pub fn check_of(&self, plan: Id) -> Option<&Check> {
        self.checks.iter().rev().find(|it| it.plan == plan)
    }
}

/// Of each who said something the latest counts; who took it back says nothing.
#[must_use]
pub fn standing_ratings(ratings: &[Rating]) -> Vec<&Rating> {
    let mut latest: BTreeMap<(Measure, PersonId), &Rating> = BTreeMap::new();
    for rating in ratings {
        let place = latest.entry((rating.measure, rating.by)).or_insert(rating);
        if (place.at, place.id) < (rating.at, rating.id) {
            *place = rating;
        }
    }
    let standing = latest.into_values();
    standing.filter(|rating| rating.level.is_some()).collect()
}

/// Of each author the latest, the earliest of these first.
#[must_use]
pub fn standing_words(said: &[Said]) -> Vec<&Said> {
    let mut latest: BTreeMap<PersonId, &Said> = BTreeMap::new();
    for one in said {
        let place = latest.entry(one.by).or_insert(one);
        if (place.at, place.id) < (one.at, one.id) {
            *place = one;
        }
    }
    let mut standing: Vec<_> = latest.into_values().collect();
    standing.retain(|it| !it.text.is_empty());
    sort_by(&mut standing, |one, other| {
        (one.at, one.id).cmp(&(other.at, other.id))
    });
    standing
}

/// The mean of all who rated, in hundredths of a level, half up.
#[must_use]
pub fn rated(ratings: &[Rating]) -> Figures {
    let mut sums: BTreeMap<Measure, (i64, u32)> = BTreeMap::new();
    for rating in standing_ratings(ratings) {
        let sum = sums.entry(rating.measure).or_default();
        sum.0 += i64::from(rating.level.unwrap_or_default()) * 100;
        sum.1 += 1;
    }
    let figures = sums.into_iter().map(|(measure, (sum, sample))| {
        let value = (sum * 2 + i64::from(sample)) / (i64::from(sample) * 2);
        (measure, Figure { value, sample })
    });
    gathered(figures)
}

fn sorted<T>(
    entry: &Value,
    place: &str,
    read: impl Fn(&str, &Value) -> Option<T>,
    age: impl Fn(&T) -> (Instant, Id),
) -> Vec<T> {
    let mut all: Vec<_> = entry
        .entries(&[place])
        .filter_map(|(key, value)| read(key, value))
        .collect();
    sort_by(&mut all, |one, other| age(one).cmp(&age(other)));
    all
}

fn said(entry: &Value, place: &str) -> Vec<Said> {
    sorted(entry, place, read_said, |it| (it.at, it.id))
}

pub(super) fn read_said(key: &str, entry: &Value) -> Option<Said> {
    Some(Said {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        text: entry.string(&["text"]),
    })
}

pub(super) fn read_rating(key: &str, entry: &Value) -> Option<Rating> {
    let measure: Measure = entry.parsed(&["measure"])?;
    let level = entry.int(&["level"]);
    let level = level.and_then(|level| u8::try_from(level.clamp(0, LEVEL_MAX.into())).ok());
    measure.is_rated().then_some(Rating {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        measure,
        level,
        evidence: entry.string(&["evidence"]),
    })
}

fn read_plan(key: &str, entry: &Value) -> Option<Improvement> {
    let words = |place| entry.text(&[place]).unwrap_or_default().split_whitespace();
    Some(Improvement {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        gaps: gathered(words("gaps").filter_map(|word| word.parse::<Measure>().ok())),
        text: entry.string(&["text"]),
        recheck: entry.day(&["recheck"])?,
        tasks: words("tasks").filter_map(|id| id.parse().ok()).collect(),
        courses: words("courses").filter_map(|id| id.parse().ok()).collect(),
    })
}

fn read_check(key: &str, entry: &Value) -> Option<Check> {
    Some(Check {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        plan: entry.parsed(&["plan"])?,
        improved: entry.parsed(&["improved"])?,
        text: entry.string(&["text"]),
    })
}
