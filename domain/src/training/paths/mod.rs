//! Paths: courses in their order, for newcomers, for going on, for being certified (R30).

pub mod answer;
pub mod decision;
pub mod progress;
pub mod view;
