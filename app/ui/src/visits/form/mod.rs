//! The visit form: planned anew, begun on the spot, or planned again. What is typed is kept as a draft.

mod fields;
mod new;
mod replan;
mod typed;

pub(super) use new::NewVisitPage;
pub(super) use replan::ReplanPage;
