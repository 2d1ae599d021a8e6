//! Documents: how edits become changes and changes become trees. The only crate that touches
//! Automerge; everybody else sees [`caravan_domain::value::Value`]s and bytes.
//!
//! What it leaves out: envelopes and signatures (`sync`), which edits are allowed (`domain`), and
//! where the bytes are kept (engine and relay). It has no clock and its randomness never shows:
//! the same calls give the same bytes on every machine.

mod actor;
mod chunk;
mod commit;
mod conflict;
mod document;
mod error;
mod examine;
mod genesis;
mod guard;
mod inverse;
mod snapshot;
mod view;

pub use commit::NewChange;
pub use conflict::{Origin, RawConflict, WrittenValue};
pub use document::{Applied, ChangeHash, Document, StoredChange};
pub use error::DocumentError;
pub use examine::{Finding, Touch, words};
