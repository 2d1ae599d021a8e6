//! Which places of a plan are whose: the person's and of whoever reviews them. What is written stays as it was written.

use crate::facts::Facts;
use crate::id::PersonId;
use crate::reviews::rights::may_review;
use crate::value::Value;

#[must_use]
pub fn may_develop(person: PersonId, author: PersonId, facts: &Facts) -> bool {
    (person == author && facts.active(author).is_some()) || may_review(author, person, facts)
}

/// Under an id of its author's making.
pub(crate) fn is_place(steps: &[&str]) -> bool {
    matches!(steps, ["plans", _])
}

/// Nobody writes in another's name.
pub(crate) fn may_claim(written: &Value, author: PersonId) -> bool {
    written.text(&["by"]) == Some(&author.to_string())
}
