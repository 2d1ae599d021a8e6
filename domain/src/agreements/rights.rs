//! What may be put where, of agreements, and who acts for the company.

use crate::facts::Facts;
use crate::id::PersonId;
use crate::role::Role;
use crate::value::Value;

/// In the company's document, below `agreements`. What was published stays as it was.
pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    match steps {
        [_] | [_, "versions", _] => !exists,
        [_, "archived_at"] => true,
        [_, "draft", field] => matches!(
            *field,
            "zh_title" | "zh_text" | "en_title" | "en_text" | "note"
        ),
        _ => false,
    }
}

/// Who is said to have written what stands there, if it says.
pub(crate) fn claimed<'a>(steps: &[&str], written: &'a Value) -> Option<&'a Value> {
    match steps {
        [_] => written.at(&["created_by"]),
        [_, "versions", _] => written.at(&["by"]),
        _ => None,
    }
}

/// Who signs for the company.
#[must_use]
pub(crate) fn may_countersign(person: PersonId, facts: &Facts) -> bool {
    facts.has_role(person, Role::Director) || facts.has_role(person, Role::Hr)
}
