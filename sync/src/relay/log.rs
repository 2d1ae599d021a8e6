//! The workspace's log as the shell's store offers it.

use caravan_domain::document::DocumentId;
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;

use super::core::Ahead;
use crate::cursor::Sequence;
use crate::envelope::{Envelope, Hash, Payload};
use crate::frame::{Rejection, Snapshot, Verdict};

/// One envelope where the relay put it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    pub sequence: Sequence,
    pub document: DocumentId,
    /// [`Envelope::hash`]: a repeat has the same, a forked device another.
    pub hash: Hash,
    pub device: DeviceId,
    /// The device's own count.
    pub device_sequence: u64,
    pub received_at: Instant,
    /// Why it is without effect; `None` for what was accepted.
    pub refusal: Option<Rejection>,
    /// [`Envelope::to_bytes`]; empty when the document was erased: nobody can read it any more.
    pub envelope: Vec<u8>,
}

impl LogEntry {
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.refusal {
            None => Verdict::Received {
                at: self.received_at,
                position: self.sequence,
            },
            Some(reason) => Verdict::Refused {
                at: self.received_at,
                reason,
            },
        }
    }

    /// Whether the envelope is gone for good, with the document it belonged to.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.envelope.is_empty()
    }

    /// The hash of the change inside, if it was refused in such a way that no other may rest on
    /// it. A store that is opened again collects these: [`super::Restored::refused`].
    #[must_use]
    pub fn refused_change(&self) -> Option<Hash> {
        let reason = self.refusal?;
        let nobody_has_it = matches!(
            reason,
            Rejection::NotAllowed | Rejection::RestsOnRefused | Rejection::Quarantined(_)
        );
        if !nobody_has_it {
            return None;
        }
        self.change()
    }

    /// Whose it is, if it goes back there; a store that is opened again collects these, too:
    /// [`super::Restored::quarantined`].
    #[must_use]
    pub fn quarantined(&self) -> Option<(DeviceId, Sequence)> {
        matches!(self.refusal, Some(Rejection::Quarantined(_)))
            .then_some((self.device, self.sequence))
    }

    /// Where it hangs in its device's chain.
    #[must_use]
    pub fn link(&self) -> Ahead {
        Ahead {
            sequence: self.device_sequence,
            hash: self.hash,
            previous: Envelope::from_bytes(&self.envelope).map(|envelope| envelope.previous),
        }
    }

    /// The hash of the change inside; `None` of a decision.
    #[must_use]
    pub fn change(&self) -> Option<Hash> {
        match Envelope::from_bytes(&self.envelope)?.payload {
            payload @ Payload::Change(_) => payload.hash().ok(),
            Payload::Decision(_) => None,
        }
    }
}

/// Whichever is reached first; at least one entry is given if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub entries: usize,
    /// Of envelopes.
    pub bytes: usize,
}

/// A document as it stood once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSnapshot {
    /// The last sequence it contains.
    pub upto: Sequence,
    pub snapshot: Snapshot,
}

/// Reads what is durable. Entries that the core has not committed yet may show; it passes them over.
pub trait Log {
    type Error;

    /// Entries above `after`, in order.
    ///
    /// # Errors
    /// The store's.
    fn entries(&self, after: Sequence, limit: Limit) -> Result<Vec<LogEntry>, Self::Error>;

    /// Every entry of one document above `after`, in order.
    ///
    /// # Errors
    /// The store's.
    fn document_entries(
        &self,
        document: DocumentId,
        after: Sequence,
    ) -> Result<Vec<LogEntry>, Self::Error>;

    /// # Errors
    /// The store's.
    fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, Self::Error>;

    /// What the log begins with of a document, if it was rebuilt from a device: plain changes one after the other.
    ///
    /// # Errors
    /// The store's.
    fn base(&self, document: DocumentId) -> Result<Option<Snapshot>, Self::Error>;

    /// What a device pushed under this number of its own.
    ///
    /// # Errors
    /// The store's.
    fn pushed(
        &self,
        device: DeviceId,
        device_sequence: u64,
    ) -> Result<Option<LogEntry>, Self::Error>;
}
