//! The relay's side of an exchange, without I/O: what happens to a push ([`RelayCore::admit`]),
//! what a device is sent ([`RelayCore::pull`]) and how devices come in ([`join`]). The same calls
//! give the same answers, so the simulator runs exactly this.
//!
//! The shell around it holds the store, the clock, the sockets and the signatures' arithmetic. It
//! works in this order, one writer per workspace:
//!
//! 1. [`RelayCore::begin`] a [`Pending`] state; run any number of pushes and joins over it;
//! 2. write what they return to the store, in one transaction;
//! 3. when that is durable, [`RelayCore::commit`] the pending state and send the receipts. When it
//!    failed, drop the pending state: nothing has happened.
//!
//! Pulls see only what was committed and [released](RelayCore::release): each change is looked into
//! by somebody who can load a document, before anybody else is given it.

mod admit;
mod audience;
mod authentic;
mod batch;
mod core;
mod index;
pub mod join;
mod judge;
mod log;
pub mod memory;
mod pending;
mod pull;
pub mod rebuild;
mod recent;
mod refill;
mod release;
mod snapshot;

pub use self::core::{Ahead, RelayCore, RelayError, Restored, RestoredDevice, Standing};
pub use admit::{Admission, Quarantined, Verify};
pub use index::{SequencedFact, VisibilityChange};
pub use log::{Limit, Log, LogEntry, StoredSnapshot};
pub use pending::Pending;
pub use recent::FactsThen;
pub use refill::{DERIVED, Refill};
pub use release::{Examined, Waiting};
pub use snapshot::{assemble, changes_in};

#[cfg(test)]
mod tests;
