//! A team of four people with five devices, a relay and a bad network, all in one thread and all
//! drawn from one seed.
//!
//! The devices are the real engine over its storage in memory, the relay is the real core over a
//! log in memory; what is simulated is what lies between and beneath: messages are lost, doubled,
//! overtaken and cut off, devices and relay lose their power before, between and after their
//! commits, clocks go wrong. People meanwhile work, and are moved, promoted and removed. In the
//! end the network heals, and everything must agree ([`check`]).
//!
//! Chance alone seldom refuses anything, so [`episode`]s see to it that people write out of reach
//! what they may not write any more when it arrives, and an [`intruder`] on a known device sends
//! what no engine would.
//!
//! Seen to be caught, by breaking each and putting it back: a purge that is skipped; an outbox entry
//! that is not stored with its change; a receipt before the commit; a relay that steps over the
//! entry at the cursor; a device that does not store its cursor; a refused change that stays in the
//! document; a change accepted that rests on a refused one; a relay that forgets at its restart what
//! was refused; managers who read every team; entries sent to whoever asks; losses that are not
//! noted; refusals that are not stored; a refused envelope that is received when it comes again; undo
//! and drafts kept of what was purged; signatures that are not checked; devices that keep nothing for a relay that is restored; clients that wait
//! for no signature; classes with more seats than room.
//!
//! Once in a while there is no backup when the log is lost, and the director's phone gives the workspace back.
//!
//! What it leaves out: pictures' bytes, sign-in by password, well-signed changes that are rotten
//! inside, and devices that a backup does not know.

mod act;
mod all;
mod away;
mod check;
mod episode;
mod forge;
mod give_back;
mod handset;
mod heal;
mod intruder;
mod network;
mod people;
mod phone;
mod quiet;
mod relay;
mod rights;
mod socket;
mod story;
mod tally;
mod target;
mod word;
mod work;
mod world;

pub use all::{Played, run_all};
pub use away::{Away, away};
pub use story::{Outline, run};
pub use tally::Tally;
pub use target::Target;

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
