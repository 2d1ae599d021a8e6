//! What can be written, as values: a workspace collects them and commits them in one batch.

use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactKey;
use caravan_domain::id::{BlobHash, DeviceId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::{Quarantine, Snapshot};
use caravan_sync::relay::{LogEntry, Refill, SequencedFact, StoredSnapshot, VisibilityChange};

use super::rows::{BlobRow, Credential, DeviceKey, SessionRow, TokenHash, Witness};

/// Written whole or not at all.
#[derive(Debug, Clone)]
pub struct WriteBatch {
    pub workspace: WorkspaceId,
    pub writes: Vec<Write>,
}

#[derive(Debug, Clone)]
pub enum Write {
    /// Founds the workspace. Must come before anything else of it.
    Workspace {
        epoch: u64,
    },
    /// Takes the workspace from its newest sequence to the next ones. Whatever has a sequence comes
    /// after it in the batch; with another newest sequence than `from` the batch is a conflict.
    Advance {
        from: Sequence,
        to: Sequence,
    },
    Entry(LogEntry),
    /// An entry that was accepted has no effect after all.
    Quarantine {
        sequence: Sequence,
        reason: Quarantine,
    },
    /// Everything up to here was looked into and may be passed on.
    Release(Sequence),
    /// Replaces the fact with the same key.
    Fact(SequencedFact),
    /// What a store that encrypts makes of [`Write::Fact`] with words in it.
    EncryptedFact {
        key: FactKey,
        value: Vec<u8>,
        sequence: Sequence,
    },
    /// Replaces what was known of this person and document.
    Visibility(VisibilityChange),
    /// Replaces the document's snapshot.
    Snapshot(StoredSnapshot),
    /// What a store that encrypts makes of [`Write::Snapshot`].
    EncryptedSnapshot {
        document: DocumentId,
        upto: Sequence,
        bytes: Vec<u8>,
    },
    /// Replaces the person's password.
    Credential(Credential),
    /// The key a device signs with; never replaced.
    DeviceKey(DeviceKey),
    /// Replaces the device's session.
    Session {
        token: TokenHash,
        session: SessionRow,
    },
    Blob(BlobRow),
    BlobDocument {
        hash: BlobHash,
        document: DocumentId,
    },
    /// The picture's file is gone: no document shows it but what was erased.
    ForgetBlob(BlobHash),
    /// A link that founds a workspace. The workspace need not exist.
    Founding {
        token: TokenHash,
        expires_at: Instant,
    },
    /// The link is used, by this batch only.
    Founded(TokenHash),
    /// The log came from a backup or was lost in part: devices must compare.
    Epoch(u64),
    /// Devices fill up what came after `since`, until then.
    Refill(Refill),
    /// What a log begins with that is rebuilt from a device; never replaced.
    Base(Snapshot),
    /// What a store that encrypts makes of [`Write::Base`].
    EncryptedBase {
        document: DocumentId,
        bytes: Vec<u8>,
    },
    /// By which a device can be known again whose key the relay has lost.
    Witness(Witness),
    /// The share that a device had of a relay before this one. The first one stays.
    Share {
        device: DeviceId,
        share: [u8; 32],
    },
}
