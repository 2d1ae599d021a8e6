//! Reviews: how people are scored, what came of it and what they say to it (R04–R17, R43).
//!
//! A score is a pure function of a plan's version and of figures, and figures are one of rows: asked again, it says the
//! same on every device. Where a review stands is the relay's decision; what is said in it is entries that are never
//! rewritten. Left out: paying the bonus, which is the payroll's.

pub mod answer;
pub mod command;
pub mod decision;
mod due;
pub mod figures;
pub(crate) mod file;
pub mod frozen;
pub mod list;
pub mod measure;
pub mod plan;
pub mod record;
pub mod reported;
pub mod rights;
pub mod row;
pub mod score;
mod spread;
pub mod written;
