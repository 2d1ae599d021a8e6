//! The engine over storage in memory, against the relay's core.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod access;
mod crash;
mod erasure;
mod exchange;
mod glimpse;
mod import;
mod local;
mod rebuild;
mod refill;
mod roster;
mod sealed;
mod support;
mod unsent;
mod vault;
