//! Dashboards (R79): a month of a person, a team or the company on one screen. Everything is a question over rows; every
//! number is counted by the module whose number it is, and opens the records that it was counted from.
//!
//! Left out: numbers of its own. What is not a goal's, a review's, a task's or a statement's is not here.

pub(crate) mod answer;
pub(crate) mod clients;
pub mod list;
pub(crate) mod part;
pub(crate) mod pay;
pub(crate) mod records;
pub mod rights;
