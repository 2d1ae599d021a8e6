//! Where somebody stands on the ladder, and everything that led there: kept for ever.

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::grades::criterion::Judged;
use crate::id::{PersonId, PromotionId, RungId};
use crate::time::{Day, Instant};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GradeStanding {
    /// In the order of the decisions.
    pub held: Vec<Held>,
    /// In the order in which they were proposed.
    pub promotions: Vec<Promotion>,
    /// The person would like to be considered.
    pub wish: Option<Wish>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub rung: RungId,
    /// The version of the ladder by which it was given.
    pub ladder: u32,
    #[serde(with = "crate::calendar::written")]
    pub since: Day,
    /// `None` where it was set.
    pub promotion: Option<PromotionId>,
    pub by: PersonId,
    pub at: Instant,
    /// Why it was set; empty where a promotion says it.
    pub reason: String,
}

/// A proposal, with the criteria as its author saw them. Also of a lower grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    pub id: PromotionId,
    pub rung: RungId,
    pub ladder: u32,
    /// From when it is meant to hold.
    #[serde(with = "crate::calendar::written")]
    pub since: Day,
    pub reason: String,
    pub criteria: Vec<Judged>,
    pub by: PersonId,
    pub at: Instant,
    pub state: PromotionState,
}

/// New ones are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromotionState {
    Proposed,
    /// By its author.
    Withdrawn {
        at: Instant,
    },
    Accepted(Answered),
    Declined(Answered),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub by: PersonId,
    pub at: Instant,
    pub reply: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub at: Instant,
    pub text: String,
}

impl GradeStanding {
    /// The grade held on a day: of those that have begun, the one decided last.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<&Held> {
        let mut latest = self.held.iter().rev();
        latest.find(|held| held.since <= day)
    }

    /// The one that waits to be decided.
    #[must_use]
    pub fn open(&self) -> Option<&Promotion> {
        let mut all = self.promotions.iter();
        all.find(|it| it.state == PromotionState::Proposed)
    }

    #[must_use]
    pub fn promotion(&self, id: PromotionId) -> Option<&Promotion> {
        self.promotions.iter().find(|it| it.id == id)
    }
}

/// The grade a person holds on a day.
#[must_use]
pub fn held_on(person: PersonId, day: Day, facts: &Facts) -> Option<&Held> {
    facts.grades.get(&person)?.on(day)
}
