//! What a store keeps besides what the relay core gives it.

use caravan_domain::id::{BlobHash, DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::Signature;
use caravan_sync::join::PublicKey;

/// SHA-256 of a secret that was handed out; the secret itself is never stored.
pub type TokenHash = [u8; 32];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkspaceRow {
    pub workspace: WorkspaceId,
    /// Changes when the relay lost or restored its log.
    pub epoch: u64,
    /// The newest sequence; 0 when nothing has happened.
    pub head: Sequence,
}

/// The public half of the key a device was bound with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceKey {
    pub device: DeviceId,
    pub key: PublicKey,
}

/// What a device has signed, as somebody else kept it: whose key it was can be seen from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    pub device: DeviceId,
    pub signed: Vec<u8>,
    pub signature: Signature,
}

/// What lets a person sign in on another device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub person: PersonId,
    /// PHC string of Argon2id.
    pub password: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRow {
    pub workspace: WorkspaceId,
    pub device: DeviceId,
    pub since: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    pub hash: BlobHash,
    pub size: u64,
    pub media_type: String,
    pub received_at: Instant,
}
