//! Who reviews whom, and which places of a review are whose. Nobody reviews themselves.

use crate::document::DocumentId;
use crate::facts::Facts;
use crate::fold::is_blank;
use crate::id::PersonId;
use crate::policy;
use crate::role::Role;
use crate::value::Value;

/// The manager of the person's team, or a director.
#[must_use]
pub fn may_review(reviewer: PersonId, person: PersonId, facts: &Facts) -> bool {
    reviewer != person && policy::holds(person, reviewer, facts)
}

/// Whether somebody is scored at all: whoever works with clients.
#[must_use]
pub fn is_reviewed(person: PersonId, facts: &Facts) -> bool {
    facts.has_role(person, Role::AccountManager) || facts.has_role(person, Role::TeamManager)
}

/// Who says how people are scored.
#[must_use]
pub fn may_plan(person: PersonId, facts: &Facts) -> bool {
    facts.has_role(person, Role::Director) || facts.has_role(person, Role::Hr)
}

const OF_REVIEWERS: [&str; 7] = [
    "ratings",
    "feedback",
    "interviews",
    "answers",
    "frozen",
    "plans",
    "checks",
];
const OF_THE_PERSON: &str = "objections";

/// Everything is written once, under an id of its author's making.
pub(crate) fn is_place(steps: &[&str]) -> bool {
    matches!(steps, ["reviews", _, place, _]
        if OF_REVIEWERS.contains(place) || *place == OF_THE_PERSON)
}

pub(crate) fn is_place_of(
    author: PersonId,
    document: DocumentId,
    steps: &[&str],
    facts: &Facts,
) -> bool {
    let person = PersonId(document.id);
    match steps {
        ["reviews", _, place, _] if *place == OF_THE_PERSON => author == person,
        ["reviews", ..] => may_review(author, person, facts),
        _ => false,
    }
}

/// Nobody writes in another's name, and nothing is frozen without a word to the person (R15).
pub(crate) fn may_claim(steps: &[&str], written: &Value, author: PersonId) -> bool {
    let by = || written.text(&["by"]) == Some(&author.to_string());
    match steps {
        ["reviews", _, "frozen", _] => {
            let mut said = written.entries(&["feedback"]);
            by() && said.any(|(_, entry)| entry.text(&["text"]).is_some_and(|it| !is_blank(it)))
        }
        ["reviews", _, _, _] => by(),
        _ => true,
    }
}
