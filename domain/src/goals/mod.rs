//! Goals of the company, of teams and of people (R18–R22): what is to be reached by when, agreed by two, measured by the
//! records themselves.

mod agreement;
pub mod answer;
pub mod command;
pub mod deeds;
pub(crate) mod file;
mod hint;
pub mod list;
pub mod metric;
pub mod place;
pub mod progress;
pub mod record;
pub mod rights;
pub mod row;
pub(crate) mod tally;
mod tree;

pub use agreement::Agreement;
