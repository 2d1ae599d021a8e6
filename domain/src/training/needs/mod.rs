//! What people would like to learn (R28): a round asks about topics, each answers for themselves how sure they are of them
//! and how much they matter to their work, and whoever answers for them sees where the two lie apart.
//!
//! A round is decided by the relay, and so is that somebody has answered it: it has a clock that nobody turns back. What was
//! answered lies in the person's reviews and rests on that decision (decision 0016).

pub mod answer;
pub mod cell;
pub mod command;
pub mod gap;
mod map;
pub mod record;
pub(crate) mod rights;
pub mod round;
pub mod view;
