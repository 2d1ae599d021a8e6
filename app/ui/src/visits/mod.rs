//! Visits: the day's plan, one visit from check-in to check-out, the form.

mod words;

pub(crate) use words::{VisitKindNames, VisitStateBadge, action_name};
