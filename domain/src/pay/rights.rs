//! Who has which part in somebody's pay: the payee, whoever writes and whoever approves are never one
//! (R68). And who writes what in the payee's document.

use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::facts::Facts;
use crate::id::PersonId;
use crate::policy;
use crate::role::Role;
use crate::value::Value;

/// Who writes the plan: its numbers are no secret, and nobody's pay stands in it.
#[must_use]
pub fn may_plan(person: PersonId, facts: &Facts) -> bool {
    [Role::Director, Role::Administrator, Role::Hr, Role::Finance]
        .into_iter()
        .any(|role| facts.has_role(person, role))
}

/// Who sees every order, and so may say how all of them compare.
#[must_use]
pub fn sees_every_order(person: PersonId, facts: &Facts) -> bool {
    facts.has_role(person, Role::Director) || facts.has_role(person, Role::Finance)
}

/// Whoever reads somebody's pay may put down an adjustment to it, but not the payee.
#[must_use]
pub fn may_propose(person: PersonId, payee: PersonId, facts: &Facts) -> bool {
    person != payee && policy::may_read(person, DocumentId::pay(payee), facts)
}

/// Statements are drawn up by directors, who see all they are made of; a director's own, which another
/// director may not be there for, by finance.
///
/// # Errors
/// `NotSeparate` for the payee, `NotAllowed` for everybody else who may not.
pub fn may_draw_up(person: PersonId, payee: PersonId, facts: &Facts) -> Result<(), Refusal> {
    if person == payee {
        return Err(Refusal::NotSeparate);
    }
    let directs = facts.has_role(person, Role::Director);
    let instead = facts.has_role(person, Role::Finance) && facts.has_role(payee, Role::Director);
    (directs || instead)
        .then_some(())
        .ok_or(Refusal::NotAllowed)
}

/// Directors and finance approve and lock what somebody else has written.
///
/// # Errors
/// `NotSeparate` for the payee and for the author, `NotAllowed` for everybody else who may not.
pub fn may_approve(
    person: PersonId,
    payee: PersonId,
    author: PersonId,
    facts: &Facts,
) -> Result<(), Refusal> {
    if person == payee || person == author {
        return Err(Refusal::NotSeparate);
    }
    sees_every_order(person, facts)
        .then_some(())
        .ok_or(Refusal::NotAllowed)
}

/// Everything is written once.
pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    is_minted(steps) && !exists
}

pub(crate) fn is_place_of(
    author: PersonId,
    document: DocumentId,
    steps: &[&str],
    facts: &Facts,
) -> bool {
    let payee = PersonId(document.id);
    match steps {
        ["statements", _] => may_draw_up(author, payee, facts).is_ok(),
        ["adjustments", _] => may_propose(author, payee, facts),
        ["disputes", _] => author == payee,
        ["disputes", _, "answers", _] => policy::may_read(author, document, facts),
        _ => false,
    }
}

pub(crate) fn is_minted(steps: &[&str]) -> bool {
    matches!(
        steps,
        ["statements" | "adjustments" | "disputes", _] | ["disputes", _, "answers", _]
    )
}

/// Nobody writes in another's name, and with a dispute comes no answer.
pub(crate) fn may_claim(steps: &[&str], written: &Value, author: PersonId) -> bool {
    let own = written.text(&["by"]) == Some(&author.to_string());
    match steps {
        ["disputes", _] => own && written.at(&["answers"]).is_none(),
        ["statements" | "adjustments", _] | ["disputes", _, "answers", _] => own,
        _ => true,
    }
}
