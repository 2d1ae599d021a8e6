//! Everything a device stores, as bytes: a version, then postcard. A reader knows every version
//! that was ever released; what a newer app has written is [`Unreadable::Newer`], never guessed at.

mod answered;
mod attention;
mod blob;
mod chain;
mod glimpse;
mod identity;
mod kept;
mod lock;
mod outgoing;
mod page;
mod part;
mod progress;
mod repair;
mod undo;

pub(crate) use answered::Answered;
pub use answered::CommandId;
pub(crate) use attention::{Attention, KEPT_FROM};
pub(crate) use blob::BlobNote;
pub(crate) use chain::Chain;
pub(crate) use glimpse::Glimpse;
pub(crate) use identity::Identity;
pub(crate) use kept::{Kept, whose};
pub(crate) use lock::{By, Lock, Use, Way};
pub(crate) use outgoing::Outgoing;
pub(crate) use page::{DOCUMENTS_PER_PAGE, Note, Page};
pub(crate) use part::Part;
pub(crate) use progress::Progress;
pub(crate) use repair::Repair;
pub(crate) use undo::Undoable;

use std::collections::BTreeSet;

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactKey};
use caravan_sync::join::LostDevice;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that is kept on the device.
pub(crate) trait Stored: Serialize + DeserializeOwned {
    /// Counts up with every change of its layout; its fixture then joins the tests.
    const VERSION: u8 = 1;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("a newer version of the app has written this")]
    Newer,
    #[error("a stored value is damaged")]
    Damaged,
}

pub(crate) fn write<T: Stored>(value: &T) -> Vec<u8> {
    let bytes = postcard::to_extend(value, vec![T::VERSION]);
    bytes.expect("stored types hold nothing that postcard cannot write")
}

pub(crate) fn read<T: Stored>(bytes: &[u8]) -> Result<T, Unreadable> {
    match bytes.split_first() {
        Some((version, body)) if *version == T::VERSION => {
            postcard::from_bytes(body).map_err(|_| Unreadable::Damaged)
        }
        Some((version, _)) if *version > T::VERSION => Err(Unreadable::Newer),
        _ => Err(Unreadable::Damaged),
    }
}

impl Stored for (FactKey, Fact) {}
impl Stored for LostDevice {}
impl Stored for BTreeSet<DocumentId> {}

/// Keys of [`crate::storage::Store::Meta`].
pub(crate) const IDENTITY: &[u8] = b"identity";
pub(crate) const CHAIN: &[u8] = b"chain";
pub(crate) const PROGRESS: &[u8] = b"progress";
/// The browser's promise not to evict, as the interface reported it.
pub(crate) const PERSISTED: &[u8] = b"persisted";
/// Another holds this device's place in its chain; see [`crate::exchange`].
pub(crate) const COPIED: &[u8] = b"copied";
/// How far a relay that has lost some of its log was given it back; see [`crate::exchange`].
pub(crate) const REPAIR: &[u8] = b"repair";
/// What its browser was before it lost its storage, until the person has read it.
pub(crate) const LOST: &[u8] = b"lost";
/// Documents that left something here when they had to wait for a signature.
pub(crate) const PUT_BY: &[u8] = b"put-by";
/// Left behind by a revocation, so that the screen can say why it is empty.
pub(crate) const REVOKED: &[u8] = b"revoked";

/// How the rest is opened; [`crate::lock`].
pub(crate) const LOCK: &[u8] = b"lock";
/// The relay's share of it, for as long as the lease goes.
pub(crate) const SHARE: &[u8] = b"share";
/// What a relay gave beside it, because it was rebuilt: it is to be told the one that opens the device; [`crate::lock`].
pub(crate) const OTHER_SHARE: &[u8] = b"other-share";
pub(crate) const USE: &[u8] = b"use";

/// A part's key: the document, then the part's number.
pub(crate) fn part_key(document: DocumentId, part: u32) -> Vec<u8> {
    [document.to_bytes().as_slice(), &part.to_be_bytes()].concat()
}

pub(crate) fn fact_key(key: FactKey) -> Vec<u8> {
    postcard::to_allocvec(&key).expect("a fact's key is written by postcard")
}

#[cfg(test)]
mod tests;
