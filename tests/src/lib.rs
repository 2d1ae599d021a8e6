//! What tests the whole rather than a part: the simulator ([`simulator`]), the soaks ([`soak`]) that
//! kill, fill, cut and garble, and binaries that run both or measure the relay. The journeys in a
//! browser are in `e2e/`, the comparisons in `peers/`.

mod dice;
pub mod native;
pub mod simulator;
pub mod soak;
