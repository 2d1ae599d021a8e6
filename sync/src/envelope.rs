//! The envelope: one change or one decision, signed by the device that wrote it.

use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_domain::time::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::change::{self, NotAChange};

/// Written before everything else that is signed; a new layout gets a new one.
const SIGNED_AS: &[u8] = b"caravan envelope v1\0";

/// The version of an envelope at rest.
const STORED_AS: u8 = 1;

/// Payloads above this are refused before anything looks inside them, in bytes.
pub const PAYLOAD_MAX: usize = 1 << 20;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Before a device's first envelope.
    pub const NONE: Self = Self([0; 32]);

    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl core::fmt::Debug for Hash {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0[..6]
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// ECDSA over P-256 with SHA-256, the two numbers one after the other as WebCrypto writes them.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(#[serde(with = "serde_bytes")] pub [u8; 64]);

impl core::fmt::Debug for Signature {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Signature(…)")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub document: DocumentId,
    /// The author; also the actor of the change inside.
    pub device: DeviceId,
    /// 1 for the device's first envelope, then one more each: a gap is a loss, a repeat a replay.
    pub sequence: u64,
    /// [`Envelope::hash`] of the device's previous envelope.
    pub previous: Hash,
    /// The device's clock: evidence, never order.
    pub written_at: Instant,
    pub payload: Payload,
    pub signature: Signature,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payload {
    /// One uncompressed Automerge change chunk.
    Change(#[serde(with = "serde_bytes")] Vec<u8>),
    /// One [`caravan_domain::decision::Decision`], in postcard.
    Decision(#[serde(with = "serde_bytes")] Vec<u8>),
}

impl Payload {
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Change(bytes) | Self::Decision(bytes) => bytes,
        }
    }

    /// The change's own hash, as Automerge counts it; of a decision, SHA-256 of its bytes.
    ///
    /// # Errors
    /// When a change's bytes do not even begin like one.
    pub fn hash(&self) -> Result<Hash, NotAChange> {
        match self {
            Self::Change(bytes) => change::hash(bytes),
            Self::Decision(bytes) => Ok(Hash::of(bytes)),
        }
    }

    #[must_use]
    pub fn of_decision(decision: &Decision) -> Self {
        let bytes = postcard::to_allocvec(decision);
        Self::Decision(bytes.expect("decisions hold nothing that postcard cannot write"))
    }

    /// The decision inside; `None` for a change, and for bytes that are not exactly one decision.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let Self::Decision(bytes) = self else {
            return None;
        };
        match postcard::take_from_bytes(bytes) {
            Ok((decision, [])) => Some(decision),
            _ => None,
        }
    }

    const fn tag(&self) -> u8 {
        match self {
            Self::Change(_) => 0,
            Self::Decision(_) => 1,
        }
    }
}

impl Envelope {
    /// What the device signs: tag, workspace, document, payload kind and hash, device, sequence,
    /// previous envelope, clock; integers big-endian.
    ///
    /// # Errors
    /// When a change's bytes do not even begin like one.
    pub fn signed_bytes(&self, workspace: WorkspaceId) -> Result<Vec<u8>, NotAChange> {
        let mut bytes = Vec::with_capacity(192);
        bytes.extend_from_slice(SIGNED_AS);
        bytes.extend_from_slice(workspace.0.as_bytes());
        bytes.extend_from_slice(&self.document.to_bytes());
        bytes.push(self.payload.tag());
        bytes.extend_from_slice(&self.payload.hash()?.0);
        bytes.extend_from_slice(self.device.0.as_bytes());
        bytes.extend_from_slice(&self.sequence.to_be_bytes());
        bytes.extend_from_slice(&self.previous.0);
        bytes.extend_from_slice(&self.written_at.millis().to_be_bytes());
        Ok(bytes)
    }

    /// As it is kept: a version, then postcard.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![STORED_AS])
            .expect("a vector takes any number of bytes, and every field can be written")
    }

    /// `None` for bytes that [`Envelope::to_bytes`] did not write.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, body) = bytes.split_first()?;
        match postcard::take_from_bytes(body) {
            Ok((envelope, [])) if *version == STORED_AS => Some(envelope),
            _ => None,
        }
    }

    /// What the device's next envelope names as its previous one. The signature is left out:
    /// ECDSA allows two for the same bytes.
    ///
    /// # Errors
    /// As [`Envelope::signed_bytes`].
    pub fn hash(&self, workspace: WorkspaceId) -> Result<Hash, NotAChange> {
        Ok(Hash::of(&self.signed_bytes(workspace)?))
    }
}
