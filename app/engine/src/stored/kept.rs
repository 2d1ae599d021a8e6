//! An envelope that the relay has, kept for the day on which it has lost it.

use caravan_domain::document::DocumentId;
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use caravan_sync::envelope::Envelope;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// By the relay's clock.
    pub(crate) received_at: Instant,
    pub(crate) envelope: Envelope,
}

impl Stored for Kept {}

impl Kept {
    pub(crate) fn key(&self) -> Vec<u8> {
        let Envelope {
            document,
            device,
            sequence,
            ..
        } = &self.envelope;
        kept_key(*document, *device, *sequence)
    }
}

/// The document first: with it goes what is kept of it.
pub(crate) fn kept_key(document: DocumentId, device: DeviceId, sequence: u64) -> Vec<u8> {
    let number = sequence.to_be_bytes();
    [&document.to_bytes()[..], device.0.as_bytes(), &number].concat()
}

/// Whose envelope is kept under this key, and which of theirs.
pub(crate) fn whose(key: &[u8]) -> Option<(DeviceId, u64)> {
    let (_, rest) = key.split_first_chunk::<17>()?;
    let (device, rest) = rest.split_first_chunk::<16>()?;
    let device = DeviceId(caravan_domain::id::Id::from_bytes(*device));
    Some((device, u64::from_be_bytes(rest.try_into().ok()?)))
}
