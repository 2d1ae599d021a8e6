//! Tasks: what a person has to do, by when, and how far it is (R03, R24).

pub mod answer;
pub mod command;
pub mod list;
pub mod record;
pub mod row;
