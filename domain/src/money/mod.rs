//! Money: whole fen, never a float. A line is rounded once, half away from zero, so that what is
//! given back is what was given; what is split loses nothing.

mod fen;
mod part;
mod quantity;

pub use fen::Fen;
pub use part::{BasisPoints, split};
pub use quantity::Quantity;
