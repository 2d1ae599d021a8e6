//! Visits: planned, checked in and out, with evidence (position, photos, both clocks).

pub mod answer;
pub mod command;
pub mod list;
pub mod open;
pub mod record;
pub mod row;
mod steps;
