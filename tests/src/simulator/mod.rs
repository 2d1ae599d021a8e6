//! A team of four people with five devices, a relay and a bad network, all in one thread and all
//! drawn from one seed.
//!
//! The devices are the real engine over its storage in memory, the relay is the real core over a
//! log in memory; what is simulated is what lies between and beneath: messages are lost, doubled,
//! overtaken and cut off, devices and relay lose their power before, between and after their
//! commits, clocks go wrong. People meanwhile work, and are moved, promoted and removed. In the
//! end the network heals, and everything must agree ([`check`]).
//!
//! What it leaves out: pictures' bytes, sign-in by password, and a relay that lost its log.

mod check;
mod dice;
mod handset;
mod network;
mod people;
mod phone;
mod relay;
mod socket;
mod story;
mod work;
mod world;

pub use story::{Outline, run};

/// What went wrong, and with which seed it does again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "seed {seed}: {what}\nagain: cargo run -p caravan-tests --bin simulate -- --from {seed} --seeds 1 --verbose"
)]
pub struct Failed {
    pub seed: u64,
    pub what: String,
    /// One line for each thing that happened.
    pub told: Vec<String>,
}
