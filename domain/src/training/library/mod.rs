//! The library: what is worth reading again, with words of its own and a link, found by text and pinyin (R35). In the
//! company's document, so that it is on every phone.

pub mod answer;
pub mod command;
pub mod record;
pub(crate) mod rights;
