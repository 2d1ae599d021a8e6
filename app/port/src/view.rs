//! What the engine knows of itself: session, sync, storage, undo.

use caravan_domain::command::RecordRef;
use caravan_domain::id::{BatchId, WorkspaceId};
use caravan_domain::label::CommandLabel;
use caravan_domain::people::query::Me;
use caravan_domain::time::Instant;
use caravan_sync::frame::{Rejection, Trouble};
use caravan_sync::join::LostDevice;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Session {
    /// Nobody has joined on this device.
    New,
    Joined(Box<Me>),
    /// The device was revoked and has wiped its data.
    Revoked,
    /// What is stored here is encrypted, and waits for its person.
    Locked(Box<Locked>),
}

/// All that a locked device says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    /// It was offline for too long: it can only be unlocked with the relay.
    pub lease_over: bool,
    pub passkey: Option<Passkey>,
}

/// What to ask a passkey for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    #[serde(with = "serde_bytes")]
    pub credential: Vec<u8>,
    pub salt: [u8; 32],
}

/// How this device's storage is protected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockView {
    /// What is stored is encrypted.
    pub sealed: bool,
    /// Without use.
    pub stays_open_minutes: u32,
    /// Until then it can be unlocked without the relay.
    pub lease_until: Option<Instant>,
    pub passkey: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Connection {
    Offline,
    Connecting,
    Live,
    /// The relay answers, but will not serve.
    Trouble(Trouble),
}

/// One line: "offline · 3 waiting · received 14:02 · 1 needs attention".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncLine {
    pub connection: Connection,
    /// Saved on this phone and not yet received by the relay, sent or not.
    pub waiting: u32,
    pub needs_attention: u32,
    pub last_received_at: Option<Instant>,
    /// Documents still to come of a first sync or a large catch-up.
    pub remaining: u32,
    /// This device's data is in use a second time: somebody must sign in before its edits are taken.
    pub copied: bool,
    /// This browser had lost its storage, and the person has not read it yet.
    pub lost: Option<LostDevice>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SyncView {
    pub line: SyncLine,
    pub last_contact_at: Option<Instant>,
    /// What waits, the oldest first; at most 200.
    pub outbox: Vec<OutboxLine>,
    /// What the relay refused, the latest first.
    pub attention: Vec<AttentionLine>,
    /// The relay was restored from a backup: so many envelopes are left to give back to it.
    pub giving_back: Option<u32>,
    pub photos_waiting: u32,
    pub photo_bytes_waiting: u64,
    /// Relay's clock minus this device's, in milliseconds, at the last contact.
    pub clock_skew_millis: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutboxLine {
    pub sequence: u64,
    pub label: CommandLabel,
    pub record: Option<RecordRef>,
    /// The client's or the person's name, or the task's title, as this device knows it.
    pub subject: String,
    pub written_at: Instant,
    pub sent: bool,
    pub bytes: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttentionLine {
    pub sequence: u64,
    pub label: CommandLabel,
    pub record: Option<RecordRef>,
    pub subject: String,
    pub written_at: Instant,
    pub refused_at: Instant,
    pub reason: Rejection,
}

/// What was written in something that was refused, so that nothing typed is lost with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RefusedWords {
    pub words: Vec<RefusedWord>,
    /// Whether it can be written once more, on top of what is there now.
    pub can_write_again: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedWord {
    /// The last step of its place in the document: `name`, `note`; empty when it is not known.
    pub place: String,
    /// As it was written; empty for what was removed.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StorageView {
    /// The browser's promise not to evict; `None` while it was not asked.
    pub persisted: Option<bool>,
    /// Bytes, as the browser estimates them.
    pub used: Option<u64>,
    pub quota: Option<u64>,
    pub clients: u32,
    pub documents: u32,
    pub photos: u32,
    pub photo_bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UndoLine {
    pub undo: u64,
    pub label: CommandLabel,
    pub subject: String,
    pub written_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportedBatch {
    pub batch: BatchId,
    pub clients: u32,
    pub archived: u32,
    pub imported_at: Instant,
}
