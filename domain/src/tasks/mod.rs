//! Tasks: what a person has to do, by when, and how far it is (R03, R24).

pub(crate) mod along;
pub mod answer;
pub mod command;
pub mod event;
pub(crate) mod history;
pub mod kind;
pub mod list;
pub mod record;
pub(crate) mod rights;
pub mod row;
