//! Visits: planned, checked in and out, with evidence (position, photos, both clocks).

pub mod command;
pub mod list;
pub mod record;
pub mod row;
mod steps;
