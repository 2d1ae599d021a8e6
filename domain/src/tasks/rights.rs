//! What may be written where in a person's tasks, by those who may write in the document at all.

use crate::value::Value;

/// A task as a whole is written once, as is who made it and what it came with; so is each entry of its history.
pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    match steps {
        ["tasks", _]
        | ["tasks", _, "created_by" | "created_at" | "from"]
        | ["tasks", _, "time" | "help" | "handed", _] => !exists,
        ["tasks", _, "time" | "help" | "handed" | "earlier"] => false,
        ["tasks", _, _] => true,
        _ => false,
    }
}

pub(crate) fn is_minted(steps: &[&str]) -> bool {
    matches!(
        steps,
        ["tasks", _] | ["tasks", _, "time" | "help" | "handed", _]
    )
}

/// Who is said to have written it.
pub(crate) fn claimed<'a>(steps: &[&str], written: &'a Value) -> Option<&'a Value> {
    match steps {
        ["tasks", _, "created_by"] => Some(written),
        ["tasks", _] => written.at(&["created_by"]),
        ["tasks", _, "time" | "help" | "handed", _] => written.at(&["by"]),
        _ => None,
    }
}
