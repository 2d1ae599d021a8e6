//! Grades: the ladder of a workspace, where everybody stands on it, and how they come up (R45).
//!
//! A ladder is versioned data: its grades and what each asks for are numbers that a director has published, and nothing
//! is asked before the first version is. Where somebody stands is the relay's decision. What a criterion comes to is counted
//! from the same records as reviews and goals, on the device that shows it; a proposal keeps what its author saw. Left out: what
//! a grade pays, which is the pay plan's.

pub(crate) mod answer;
pub mod command;
pub mod criterion;
pub mod decision;
pub mod ladder;
pub mod list;
pub(crate) mod progress;
pub mod rights;
pub mod standing;
pub mod usual;
