//! A goal as a record. It lives in the document of the company, of a team or of a person at `goals/{id}`, of which
//! every part is written once and none is ever written over:
//! `about` (`by`, `at`, `metric`, `unit`, `period`), `versions/{id}`, `setter/{id}` and `bearer/{id}` (the signatures
//! of either side), `updates/{id}`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::goals::metric::Metric;
use crate::goals::place::{GoalPlace, GoalRef};
use crate::id::{GoalEntryId, GoalId, GoalVersionId, PersonId};
use crate::order::{gathered, sort_by};
use crate::time::{Day, Instant};
use crate::value::Value;

/// Both sides sign (R20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// Who asks for it: a manager or director of a person, a director of a team or the company.
    Setter,
    /// Who is to reach it: the person, or the team's manager.
    Bearer,
}

impl Side {
    /// The step under which its signatures stand.
    #[must_use]
    pub const fn step(self) -> &'static str {
        match self {
            Self::Setter => "setter",
            Self::Bearer => "bearer",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Setter => Self::Bearer,
            Self::Bearer => Self::Setter,
        }
    }
}

/// What can be agreed anew (R21). What is measured, and over which period, makes the goal itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What exactly is to be reached.
    pub what: String,
    pub target: u32,
    /// In the period.
    #[serde(with = "crate::calendar::written")]
    pub deadline: Day,
    /// The wider or longer goal it serves.
    pub parent: Option<GoalRef>,
    /// Days between updates; 0 for none.
    pub update_every: u32,
    /// Percent of the straight line below which it is at risk.
    pub alert_below: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub id: GoalVersionId,
    pub by: PersonId,
    /// The phone's clock.
    pub at: Instant,
    /// The versions its author saw and replaced by this one.
    pub after: BTreeSet<GoalVersionId>,
    pub terms: Terms,
    pub reason: String,
    /// Given up from here on.
    pub dropped: bool,
}

/// Counts for the version it names and no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub id: GoalEntryId,
    pub side: Side,
    pub by: PersonId,
    pub at: Instant,
    pub version: GoalVersionId,
}

/// Where it stands, in its bearer's or setter's words (R22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    pub id: GoalEntryId,
    pub by: PersonId,
    pub at: Instant,
    /// Of a goal counted by hand.
    pub value: Option<u32>,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub id: GoalId,
    pub place: GoalPlace,
    pub metric: Metric,
    /// Of a goal counted by hand; empty else.
    pub unit: String,
    pub period: Period,
    pub by: PersonId,
    pub at: Instant,
    /// At least one; the earliest first, as all entries here.
    pub versions: Vec<Version>,
    pub signatures: Vec<Signature>,
    pub updates: Vec<Update>,
}

impl Goal {
    /// `None` when the entry lacks what every goal has.
    #[must_use]
    pub fn read(place: GoalPlace, key: &str, entry: &Value) -> Option<Self> {
        let about = entry.at(&["about"])?;
        let period = about.parsed(&["period"])?;
        let versions = read_all(entry, "versions", |key, entry| {
            read_version(period, key, entry)
        });
        let mut signatures = Vec::new();
        for side in [Side::Setter, Side::Bearer] {
            let of_side = entry.entries(&[side.step()]);
            signatures.extend(of_side.filter_map(|(key, entry)| read_signature(side, key, entry)));
        }
        sort_by(&mut signatures, |one, other| {
            (one.at, one.id).cmp(&(other.at, other.id))
        });
        (!versions.is_empty()).then_some(Self {
            id: key.parse().ok()?,
            place,
            metric: about.parsed(&["metric"])?,
            unit: about.string(&["unit"]),
            period,
            by: about.parsed(&["by"])?,
            at: about.instant(&["at"])?,
            versions: sorted(versions, |version| (version.at, version.id.0)),
            signatures,
            updates: sorted(read_all(entry, "updates", read_update), |update| {
                (update.at, update.id.0)
            }),
        })
    }

    #[must_use]
    pub fn name(&self) -> GoalRef {
        GoalRef {
            place: self.place,
            goal: self.id,
        }
    }

    /// Every goal in a document.
    #[must_use]
    pub fn read_all(place: GoalPlace, tree: &Value) -> Vec<Self> {
        tree.entries(&["goals"])
            .filter_map(|(key, entry)| Self::read(place, key, entry))
            .collect()
    }
}

fn read_all<T>(entry: &Value, step: &str, read: impl Fn(&str, &Value) -> Option<T>) -> Vec<T> {
    let entries = entry.entries(&[step]);
    entries
        .filter_map(|(key, entry)| read(key, entry))
        .collect()
}

fn sorted<T>(mut entries: Vec<T>, key: impl Fn(&T) -> (Instant, crate::id::Id)) -> Vec<T> {
    sort_by(&mut entries, |one, other| key(one).cmp(&key(other)));
    entries
}

fn read_version(period: Period, key: &str, entry: &Value) -> Option<Version> {
    let number = |step| {
        let number = entry
            .int(&[step])
            .and_then(|number| u32::try_from(number).ok());
        number.unwrap_or_default()
    };
    let after = entry.entries(&["after"]);
    Some(Version {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        after: gathered(after.filter_map(|(version, _)| version.parse::<GoalVersionId>().ok())),
        terms: Terms {
            what: entry.string(&["what"]),
            target: number("target"),
            deadline: entry
                .day(&["deadline"])
                .filter(|day| period.contains(*day))
                .unwrap_or_else(|| period.last()),
            parent: entry.parsed(&["parent"]),
            update_every: number("update_every"),
            alert_below: u8::try_from(number("alert_below").min(100)).unwrap_or_default(),
        },
        reason: entry.string(&["reason"]),
        dropped: entry.flag(&["dropped"]),
    })
}

fn read_signature(side: Side, key: &str, entry: &Value) -> Option<Signature> {
    Some(Signature {
        id: key.parse().ok()?,
        side,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        version: entry.parsed(&["version"])?,
    })
}

fn read_update(key: &str, entry: &Value) -> Option<Update> {
    Some(Update {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        value: entry
            .int(&["value"])
            .and_then(|value| u32::try_from(value).ok()),
        note: entry.string(&["note"]),
    })
}
