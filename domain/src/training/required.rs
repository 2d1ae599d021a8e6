//! A course required of one person until a day, beside what is required of their roles (R16).

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{CourseId, PersonId};
use crate::policy;
use crate::time::{Day, Instant};
use crate::training::fact::{TrainingFact, TrainingKey};

/// It is met by passing after `at`: whoever had passed before is asked to do so again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Required {
    pub by: PersonId,
    /// By the relay's clock.
    pub at: Instant,
    #[serde(with = "crate::calendar::written")]
    pub due: Day,
}

/// Who requires of a person, scores and marks them: whoever reads their reviews, and never the person themself.
#[must_use]
pub fn answers_for(actor: PersonId, person: PersonId, facts: &Facts) -> bool {
    actor != person && policy::may_read(actor, DocumentId::reviews(person), facts)
}

/// As long as it is not met.
#[must_use]
pub fn required(person: PersonId, course: CourseId, facts: &Facts) -> Option<Required> {
    let asked = facts.training.required.get(&(person, course)).copied()?;
    let passed = facts.certificates.get(&(person, course));
    let met = passed.is_some_and(|passed| passed.passed_at >= asked.at);
    (!met).then_some(asked)
}

pub(crate) fn require(
    person: PersonId,
    course: CourseId,
    due: Day,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    may_require(person, actor, facts)?;
    if due < at.day() {
        return Err(Refusal::OutOfRange);
    }
    // Another day for what is still open asks for nothing new.
    let at = required(person, course, facts).map_or(at, |before| before.at);
    let fact = TrainingFact::Required(Required { by: actor, at, due });
    Ok(vec![change(
        TrainingKey::Required(person, course),
        Some(fact),
    )])
}

pub(crate) fn release(
    person: PersonId,
    course: CourseId,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    may_require(person, actor, facts)?;
    if !facts.training.required.contains_key(&(person, course)) {
        return Err(Refusal::NotFound);
    }
    Ok(vec![change(TrainingKey::Required(person, course), None)])
}

fn may_require(person: PersonId, actor: PersonId, facts: &Facts) -> Result<(), Refusal> {
    facts.active(person).ok_or(Refusal::NotActive)?;
    let may = answers_for(actor, person, facts);
    may.then_some(()).ok_or(Refusal::NotAllowed)
}

pub(crate) fn change(key: TrainingKey, fact: Option<TrainingFact>) -> FactChange {
    FactChange {
        key: FactKey::Training(key),
        fact: fact.map(Fact::Training),
    }
}
