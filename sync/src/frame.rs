//! What device and relay say to each other. One [`Reply`] serves WebSocket and HTTP alike.

use caravan_domain::decision::Refusal;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactChange;
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use serde::{Deserialize, Serialize};

use crate::cursor::{Cursor, Epoch, Sequence};
use crate::envelope::{Envelope, Signature};

/// Frames above this are refused unread, in bytes, deflated or not.
pub const FRAME_MAX: usize = 4 << 20;
/// A relay ends a batch about here and goes on in the next, in bytes before deflating.
pub const BATCH_TARGET: usize = 256 << 10;
/// Envelopes in one push.
pub const PUSH_MAX: usize = 512;

/// What a device presents to begin: in the upgrade's query over WebSocket, in the body over HTTP.
/// The session cookie alone counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    pub device: DeviceId,
    /// The one the relay gave last; all zeros asks for one.
    pub challenge: Challenge,
    /// By the device's key over [`Credentials::signed_bytes`].
    pub signature: Signature,
    pub epoch: Epoch,
    pub cursor: Cursor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Challenge(pub [u8; 16]);

impl Reply {
    /// With the receipts of a push before those it has.
    #[must_use]
    pub fn to_push(mut self, receipts: Vec<Receipt>) -> Self {
        self.receipts.splice(0..0, receipts);
        self
    }
}

impl Credentials {
    /// What the device signs to prove that it still holds its key.
    #[must_use]
    pub fn signed_bytes(device: DeviceId, challenge: Challenge) -> Vec<u8> {
        let mut bytes = b"caravan session v1\0".to_vec();
        bytes.extend_from_slice(device.0.as_bytes());
        bytes.extend_from_slice(&challenge.0);
        bytes
    }
}

/// What a device presents with a request that is no exchange, such as one for a picture: as a frame
/// in base 64, URL alphabet, in the header [`PROOF_HEADER`]. It counts once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestProof {
    /// The one the relay gave last; it is not spent by this.
    pub challenge: Challenge,
    /// By the device's key over [`RequestProof::signed_bytes`].
    pub signature: Signature,
}

pub const PROOF_HEADER: &str = "caravan-proof";
/// In the answer to a request without a proof that counts: the challenge to sign, as a frame in
/// base 64.
pub const CHALLENGE_HEADER: &str = "caravan-challenge";

impl RequestProof {
    /// What the device signs: exactly this request. `path` goes with its query.
    #[must_use]
    pub fn signed_bytes(
        device: DeviceId,
        challenge: Challenge,
        method: &str,
        path: &str,
    ) -> Vec<u8> {
        let mut bytes = b"caravan request v1\0".to_vec();
        bytes.extend_from_slice(device.0.as_bytes());
        bytes.extend_from_slice(&challenge.0);
        bytes.extend_from_slice(method.as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(path.as_bytes());
        bytes
    }
}

/// The body of `POST /api/exchange`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRequest {
    pub credentials: Credentials,
    pub outbox: Vec<Envelope>,
}

/// From the device, over WebSocket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceFrame {
    /// In the order of their sequence; answered by a [`Reply`] that accounts for each.
    Push(Vec<Envelope>),
    /// The device has stored everything up to here: the relay may send the next batch.
    Continue(Cursor),
}

/// From the relay, over WebSocket or as the answer to an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelayFrame {
    Reply(Box<Reply>),
    /// The challenge was unknown or spent: sign this one and try again. Nothing was read.
    Challenge(Challenge),
    /// This device was revoked, or its person is no longer active: wipe everything.
    Revoked,
    /// The relay cannot serve the device now.
    Refused(Trouble),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// No such device, session or workspace.
    Unknown,
    /// The frame could not be read, or is too large.
    BadFrame,
    /// Too often; try again later.
    TooMany,
    /// The relay speaks only newer versions of the protocol: the app must be updated.
    Outdated,
    /// The relay cannot write just now; nothing was accepted.
    Unavailable,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reply {
    pub epoch: Epoch,
    /// The relay's clock.
    pub now: Instant,
    /// To be signed at the next beginning, so that a reconnect costs one round trip.
    pub next_challenge: Challenge,
    /// What became of each pushed envelope, in order; then of those that were quarantined since.
    pub receipts: Vec<Receipt>,
    /// Whole documents: new to this device, or far behind.
    pub snapshots: Vec<Snapshot>,
    /// Other devices' changes in documents this device holds, and its own that were quarantined.
    pub entries: Vec<Entry>,
    pub facts: Vec<FactChange>,
    /// Documents this person may no longer hold.
    pub purges: Vec<DocumentId>,
    /// Where the device stands once it has stored all this.
    pub cursor: Cursor,
    /// More is waiting behind `cursor`.
    pub more: bool,
    /// Clients left of a large catch-up, for a progress line.
    pub remaining: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The envelope's, per device.
    pub sequence: u64,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Durable. Given again, with the first time, for an envelope that is pushed twice.
    Received { at: Instant, position: Sequence },
    /// Kept in the log as evidence, without effect.
    Refused { at: Instant, reason: Rejection },
    /// Not looked at: an earlier envelope of this device is missing. Push from there on.
    OutOfOrder { expected: u64 },
    /// Not taken yet: the relay is being refilled, and what this rests on, or the right to it, may
    /// still come. Offer it again later, calmly.
    Waits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rejection {
    /// A decision was refused under the policy.
    Decision(Refusal),
    /// The person may not write in this document.
    NotAllowed,
    /// The signature does not fit the envelope.
    BadSignature,
    /// The actor of the change is not the device.
    WrongActor,
    /// The payload is not one change, or not one decision.
    Malformed,
    /// Another envelope with this sequence number was received before: the device is a copy.
    Forked,
    /// The payload is larger than allowed.
    TooLarge,
    /// The change, or one it rests on, was refused before: nobody else will ever have that one.
    RestsOnRefused,
    /// The same change counts already, out of another envelope.
    Repeated,
    /// Received, looked into afterwards, and passed on to nobody.
    Quarantined(Quarantine),
    /// The document was erased for good. Nothing of the change is kept but its hash.
    Erased,
}

/// What was found when a change was looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quarantine {
    /// The document would not be whole after it, or it takes more memory or time than any may.
    Unsound,
    /// It writes where its author may not, over what is written once, or in somebody else's name.
    NotAllowed,
    /// It rests on a change that was quarantined, or that never came.
    Unfounded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub document: DocumentId,
    /// Automerge chunks one after the other: a saved document, or plain changes, or both.
    #[serde(with = "serde_bytes")]
    pub chunks: Vec<u8>,
    /// When the relay received each change inside, so far as it matters as evidence.
    pub received: Vec<ReceivedChange>,
}

/// A change is known by its actor and the actor's count of changes in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedChange {
    pub device: DeviceId,
    pub sequence: u64,
    pub at: Instant,
}

/// An envelope of another device as the relay passes it on, signature and chain included. Where its
/// own signature does not fit, the proof is the envelope after it, which the log has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub received_at: Instant,
    pub envelope: Envelope,
}
