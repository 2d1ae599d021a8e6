//! What may be written where in a person's document about skills and hours, by those who may write in it at all.

use crate::value::Value;

/// A rating is written once; hours are marks.
pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    match steps {
        ["skills", _, _] => !exists,
        ["calendar", _, _] => true,
        _ => false,
    }
}

pub(crate) fn is_minted(steps: &[&str]) -> bool {
    matches!(steps, ["skills", _, _])
}

/// Who a rating says has given it.
pub(crate) fn claimed<'a>(steps: &[&str], written: &'a Value) -> Option<&'a Value> {
    match steps {
        ["skills", _, _] => written.at(&["by"]),
        _ => None,
    }
}
