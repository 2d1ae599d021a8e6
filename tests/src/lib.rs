//! What tests the whole rather than a part: the simulator ([`simulator`]), the soaks ([`soak`]) that
//! kill, fill, cut and garble, the demo workspace ([`demo`]), and binaries that run these or measure the relay. The journeys in a
//! browser are in `e2e/`, the comparisons in `peers/`.

pub mod demo;
mod dice;
pub mod fuzz;
mod injury;
pub mod native;
pub mod simulator;
pub mod soak;

pub use injury::injured;
