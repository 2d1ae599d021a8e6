//! What tests the whole rather than a part: the simulator ([`simulator`]), and binaries that
//! measure the relay. The journeys in a browser are in `e2e/`, the comparisons in `peers/`.

mod dice;
pub mod native;
pub mod simulator;
