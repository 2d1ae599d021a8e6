//! One client opened: who, what next, and everything that happened (R53, R54, R56).

mod actions;
mod assign;
mod contacts;
mod erase;
mod facts;
mod interaction;
mod page;
mod timeline;

pub(super) use page::ClientPage;
