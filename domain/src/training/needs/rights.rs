//! Which places below `ratings` of a person's reviews are answers, and whose.

use crate::document::DocumentId;
use crate::facts::Facts;
use crate::id::PersonId;

/// Each writes their own, and only what the relay has taken note of while the round was open (decision 0016).
pub(crate) fn is_place_of(
    author: PersonId,
    document: DocumentId,
    steps: &[&str],
    facts: &Facts,
) -> bool {
    let person = PersonId(document.id);
    let ["ratings", answer] = steps else {
        return false;
    };
    let taken = |answer| facts.training.is_answer_of(person, answer);
    author == person && answer.parse().is_ok_and(taken)
}
