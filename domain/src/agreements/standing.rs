//! Where a person stands with an agreement, and what it keeps from them. Reckoned from what the relay has decided.

use serde::{Deserialize, Serialize};

use crate::agreements::decision::{Requirement, Waits, signed};
use crate::calendar::plus_days;
use crate::facts::{Facts, Person};
use crate::id::{AgreementId, PersonId};
use crate::time::{Day, Instant};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Nobody asks this person to sign.
    NotAsked,
    /// To be signed until the end of this day.
    Due(#[serde(with = "crate::calendar::written")] Day),
    Overdue(#[serde(with = "crate::calendar::written")] Day),
    /// The version that is asked for now, or the latest when none is.
    Signed,
}

#[must_use]
pub fn standing(person: PersonId, agreement: AgreementId, facts: &Facts, now: Instant) -> Standing {
    let Some(requirement) = facts.requirements.get(&agreement) else {
        return Standing::NotAsked;
    };
    let current = requirement.current();
    let signatures = signed(person, agreement, facts);
    if signatures
        .iter()
        .any(|it| current.is_some_and(|current| current.digest == it.version))
    {
        return Standing::Signed;
    }
    let known = facts.active(person).filter(|it| requirement.is_of(it));
    let Some(due) = known.and_then(|known| due(requirement, known)) else {
        return Standing::NotAsked;
    };
    match now.day() <= due {
        true => Standing::Due(due),
        false => Standing::Overdue(due),
    }
}

fn due(requirement: &Requirement, person: &Person) -> Option<Day> {
    let version = requirement.current()?;
    let from = person.joined_at.max(requirement.since).max(version.since);
    let days = i64::from(requirement.terms.within_days);
    Some(plus_days(from.day(), days))
}

/// Whether no client data reaches this person before they have signed something.
#[must_use]
pub fn waits(person: PersonId, facts: &Facts) -> bool {
    let mut asked = facts.requirements.keys();
    asked.any(|agreement| waits_for(person, *agreement, facts))
}

/// Whether it is this agreement that keeps client data from them. Any version opens the way: what is on the phone is not taken
/// away because the text has changed.
#[must_use]
pub fn waits_for(person: PersonId, agreement: AgreementId, facts: &Facts) -> bool {
    let requirement = facts.requirements.get(&agreement);
    let known = requirement.zip(facts.people.get(&person));
    known.is_some_and(|(requirement, known)| requirement.keeps_waiting(known))
        && signed(person, agreement, facts).is_empty()
}

/// Whether somebody is so late to sign that they are given no new clients.
#[must_use]
pub fn is_held_back(person: PersonId, facts: &Facts, now: Instant) -> bool {
    let mut binding = facts
        .requirements
        .iter()
        .filter(|(_, it)| it.terms.waits != Waits::Nobody);
    binding.any(|(agreement, _)| {
        let standing = standing(person, *agreement, facts, now);
        matches!(standing, Standing::Overdue(_))
    })
}
