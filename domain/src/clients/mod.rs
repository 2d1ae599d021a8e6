//! Clients: one file per client with profile, contacts and an append-only timeline (R53–R57).

pub mod answer;
mod change;
pub mod command;
mod contacts;
pub mod due;
pub mod erasure;
pub mod file;
pub(crate) mod found;
mod import;
pub mod list;
pub mod open;
pub mod ownership;
pub mod record;
pub mod row;
pub mod similar;
mod timeline;
