//! The joint development plan of a person (R80): aims, steps with a day and somebody who takes them, agreed by both sides.
//!
//! Every part is written once and none is ever written over: whatever two people write at once stands side by side. Left
//! out: the tasks that come of a step, and what a review makes of it.

pub(crate) mod answer;
pub mod command;
pub mod list;
pub mod record;
pub mod rights;
pub mod row;
