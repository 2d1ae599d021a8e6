//! Who publishes the ladder, who sets, proposes and decides a grade. Nobody decides their own, and nobody what they have
//! proposed themselves.

use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::facts::Facts;
use crate::grades::standing::Promotion;
use crate::id::PersonId;
use crate::policy;
use crate::role::Role;

#[must_use]
pub fn may_publish(actor: PersonId, facts: &Facts) -> bool {
    facts.has_role(actor, Role::Director)
}

/// A first grade, or one put right: directors and HR.
#[must_use]
pub fn may_set(person: PersonId, actor: PersonId, facts: &Facts) -> bool {
    let keeps = facts.has_role(actor, Role::Director) || facts.has_role(actor, Role::Hr);
    keeps && actor != person
}

/// The manager of the person's team, or a director.
#[must_use]
pub fn may_propose(person: PersonId, actor: PersonId, facts: &Facts) -> bool {
    actor != person && policy::holds(person, actor, facts)
}

/// Whether a proposal is this person's to decide.
///
/// # Errors
/// `NotAllowed` for whoever is no director, `NotSeparate` for one who proposed it or whom it is about.
pub fn must_decide(
    person: PersonId,
    promotion: &Promotion,
    actor: PersonId,
    facts: &Facts,
) -> Result<(), Refusal> {
    if !facts.has_role(actor, Role::Director) {
        return Err(Refusal::NotAllowed);
    }
    match actor == person || actor == promotion.by {
        true => Err(Refusal::NotSeparate),
        false => Ok(()),
    }
}

/// The person, whoever manages them, directors and HR: whoever reads their reviews.
#[must_use]
pub fn may_see(person: PersonId, actor: PersonId, facts: &Facts) -> bool {
    policy::may_read(actor, DocumentId::reviews(person), facts)
}

/// Whether anybody has a grade at all: whoever works with clients.
#[must_use]
pub fn is_graded(person: PersonId, facts: &Facts) -> bool {
    crate::reviews::rights::is_reviewed(person, facts)
}
