//! Classes: called, answered, and marked with one thumb (R31, R10).

mod form;
mod list;
mod page;
mod register;
mod row;
mod words;

pub(super) use form::HoldClassPage;
pub(super) use list::ClassesPage;
pub(super) use page::ClassPage;
pub(crate) use row::ClassRow;
use row::seat_badge;
