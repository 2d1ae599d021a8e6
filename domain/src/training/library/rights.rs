//! What may be put where, below `library` in the company's document.

pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    match steps {
        [_] => !exists,
        [_, "title" | "topic" | "text" | "link" | "archived_at"] => true,
        _ => false,
    }
}
