//! The Merkle log: what the relay has written, so that nobody can change it afterwards unseen.
//!
//! Every write that matters becomes a [`Leaf`] of one append-only tree per workspace (RFC 6962), and
//! every commit ends with a [`Checkpoint`] over it, signed with the relay's own key. Only the right
//! edge of the tree is kept for the next commit; [`verify`] builds all of it again, offline, and
//! compares it with what lies in the tables. [`Reach`] says beside the database how far it had come,
//! for the one loss that leaves no trace inside: an end that is gone whole.
//!
//! What is covered and what is not: `docs/decisions/0007-merkle-log.md`.

mod checkpoint;
mod key;
mod leaf;
mod ledger;
mod reach;
mod row;
mod table;
mod tree;
mod verify;

pub use checkpoint::Checkpoint;
pub use key::{PublicKey, RelayKey, SECRET};
pub(crate) use leaf::{Kind, Leaf};
pub(crate) use ledger::Ledger;
pub(crate) use reach::{Reach, Reached};
pub(crate) use table::TABLES;
pub use verify::{
    AuditError, Clocks, Damage, EnvelopeFault, Examined, Finding, Offset, Question, Report,
    Subject, examine, verify,
};
