//! What may be put where, of courses and of what was learned.

use crate::id::PersonId;
use crate::value::Value;

/// In the company's document, below `courses`.
pub(crate) fn may_put_course(steps: &[&str], exists: bool) -> bool {
    match steps {
        [_] => !exists,
        [_, "title" | "topic" | "about" | "archived_at"] => true,
        [_, "lessons" | "questions", _] => true,
        [_, "lessons", _, "title" | "mode" | "text" | "link"] => true,
        [_, "questions", _, "text" | "choices" | "right" | "why"] => true,
        _ => false,
    }
}

/// In a person's document, below `training`.
pub(crate) fn may_put_learned(steps: &[&str], exists: bool) -> bool {
    steps.len() == 1 && !exists
}

/// Nobody learns for another.
pub(crate) fn is_place_of(author: PersonId, subject: PersonId) -> bool {
    author == subject
}

/// Who is said to have written what stands there, if it says.
pub(crate) fn claimed<'a>(steps: &[&str], written: &'a Value) -> Option<&'a Value> {
    match steps {
        ["courses" | "library", _] => written.at(&["created_by"]),
        ["training", _] => written.at(&["by"]),
        _ => None,
    }
}
