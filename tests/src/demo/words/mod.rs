//! What the demo is made of: names, places, trades and sentences. Everything is made up, except the
//! districts and their streets.

pub(super) mod people;
pub(super) mod places;
pub(super) mod talk;
pub(super) mod trades;
