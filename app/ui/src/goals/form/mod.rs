//! The SMART form (R18): a new goal, or other terms for one that is there.

mod change;
mod fields;
mod hint;
mod new;
mod typed;

pub(super) use change::ChangeGoalPage;
pub(super) use new::NewGoalPage;
