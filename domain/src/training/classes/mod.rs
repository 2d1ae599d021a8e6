//! Classes: dated sittings of a lesson, who is invited, who comes and who was there (R31, R10).
//!
//! All of it is decided by the relay: the last seat is given once, and nobody marks themselves.

pub mod answer;
pub mod decision;
pub mod view;
