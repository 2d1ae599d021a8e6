//! How a relay that has lost everything gets a workspace back from a director's device: `POST /api/rebuild`. How the other
//! devices then prove who they are: `POST /api/return`, because nobody but they has their keys. The reasons are in
//! `docs/decisions/0024-a-relay-that-lost-everything.md`.

use caravan_domain::facts::FactChange;
use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_domain::time::Instant;
use serde::{Deserialize, Serialize};

use crate::codec::{self, CodecError};
use crate::envelope::{Envelope, Hash, Signature};
use crate::frame::{Challenge, Snapshot};
use crate::join::PublicKey;

/// A whole request, in bytes.
pub const BODY_MAX: usize = 256 << 20;
/// About what a frame of it holds, in bytes before it is deflated.
pub const PART_TARGET: usize = 2 << 20;
/// Frames of a request: so many times [`FRAME_MAX`](crate::frame::FRAME_MAX) is the most it can inflate to.
pub const PARTS_MAX: usize = 256;
/// Envelopes of one device by which it can be known again.
pub const WITNESSES_MAX: usize = 3;

const LENGTH: usize = 4;
const SIGNATURE: usize = 64;

/// Who gives the workspace back: the first frame of the request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// From the operator's link.
    pub token: [u8; 16],
    pub workspace: WorkspaceId,
    pub device: DeviceId,
    pub key: PublicKey,
    /// The last that the device has heard of the relay that is gone, by that relay's clock: what was decided until then stands
    /// in its facts.
    pub facts_of: Instant,
    /// By which the giver signs in on other devices.
    pub password: String,
}

/// What follows, in any number and order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Part {
    Facts(Vec<FactChange>),
    /// Plain changes, each after those it rests on.
    Documents(Vec<Snapshot>),
    /// The newest envelopes of each device, at most [`WITNESSES_MAX`], by which it can show later that its key is its own.
    Witnesses(Vec<Envelope>),
}

/// A request while it is put together.
#[derive(Debug)]
pub struct Body(Vec<u8>);

impl Body {
    /// # Errors
    /// `TooLarge`.
    pub fn begin(claim: &Claim) -> Result<Self, CodecError> {
        let mut body = Self(Vec::new());
        body.add(claim)?;
        Ok(body)
    }

    /// # Errors
    /// `TooLarge` for a part that does not fit into a frame.
    pub fn part(&mut self, part: &Part) -> Result<(), CodecError> {
        self.add(part)
    }

    fn add(&mut self, frame: &impl Serialize) -> Result<(), CodecError> {
        let frame = codec::encode(frame)?;
        let length = u32::try_from(frame.len()).map_err(|_| CodecError::TooLarge)?;
        self.0.extend(length.to_be_bytes());
        self.0.extend(frame);
        Ok(())
    }

    /// What the device's key signs.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        signed_bytes(&self.0)
    }

    #[must_use]
    pub fn finish(mut self, signature: &Signature) -> Vec<u8> {
        self.0.extend(signature.0);
        self.0
    }
}

/// A request as it was read; nothing in it is believed yet.
#[derive(Debug)]
pub struct Rebuild {
    pub claim: Claim,
    pub facts: Vec<FactChange>,
    pub documents: Vec<Snapshot>,
    pub witnesses: Vec<Envelope>,
    pub signed: Vec<u8>,
    pub signature: Signature,
}

/// Whose it is, as soon as enough has come; the rest need not be waited for when it is nobody's.
///
/// # Errors
/// That it is no request.
pub fn claim_of(begun: &[u8]) -> Result<Option<Claim>, CodecError> {
    match frame(begun)? {
        Some((frame, _)) => codec::decode(frame).map(Some),
        None => Ok(None),
    }
}

/// # Errors
/// That it is no whole request.
pub fn read(body: &[u8]) -> Result<Rebuild, CodecError> {
    let signed = body.len().checked_sub(SIGNATURE);
    let (frames, signature) = body.split_at(signed.ok_or(CodecError::Malformed)?);
    let signature = signature.try_into().map_err(|_| CodecError::Malformed)?;
    let (first, mut rest) = frame(frames)?.ok_or(CodecError::Malformed)?;
    let mut rebuild = Rebuild {
        claim: codec::decode(first)?,
        facts: Vec::new(),
        documents: Vec::new(),
        witnesses: Vec::new(),
        signed: signed_bytes(frames),
        signature: Signature(signature),
    };
    let mut parts = 0;
    while !rest.is_empty() {
        let (part, after) = frame(rest)?.ok_or(CodecError::Malformed)?;
        rest = after;
        parts += 1;
        if parts > PARTS_MAX {
            return Err(CodecError::TooLarge);
        }
        match codec::decode(part)? {
            Part::Facts(facts) => rebuild.facts.extend(facts),
            Part::Documents(documents) => rebuild.documents.extend(documents),
            Part::Witnesses(witnesses) => rebuild.witnesses.extend(witnesses),
        }
    }
    Ok(rebuild)
}

/// A frame and what follows it.
type Split<'a> = (&'a [u8], &'a [u8]);

/// The first frame; `None` when it is not whole.
fn frame(bytes: &[u8]) -> Result<Option<Split<'_>>, CodecError> {
    let Some((length, rest)) = bytes.split_first_chunk::<LENGTH>() else {
        return Ok(None);
    };
    let length = u32::from_be_bytes(*length) as usize;
    if length > crate::frame::FRAME_MAX + 2 {
        return Err(CodecError::TooLarge);
    }
    Ok(rest.split_at_checked(length))
}

fn signed_bytes(frames: &[u8]) -> Vec<u8> {
    [&b"caravan rebuild v1\0"[..], &Hash::of(frames).0].concat()
}

/// `POST /api/return`: a device that a rebuilt log knows without its key. The answer is a
/// [`SessionAnswer`](crate::join::SessionAnswer).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRequest {
    pub workspace: WorkspaceId,
    pub device: DeviceId,
    pub key: PublicKey,
    /// As in [`SessionRequest`](crate::join::SessionRequest).
    pub challenge: Challenge,
    /// By the device's key over [`ReturnRequest::signed_bytes`].
    pub signature: Signature,
}

impl ReturnRequest {
    #[must_use]
    pub fn signed_bytes(workspace: WorkspaceId, device: DeviceId, challenge: Challenge) -> Vec<u8> {
        let mut bytes = b"caravan return v1\0".to_vec();
        bytes.extend_from_slice(workspace.0.as_bytes());
        bytes.extend_from_slice(device.0.as_bytes());
        bytes.extend_from_slice(&challenge.0);
        bytes
    }
}

impl core::fmt::Debug for Claim {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Claim")
            .field("workspace", &self.workspace)
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::Id;
    use proptest::prelude::*;

    use super::*;

    fn claim() -> Claim {
        Claim {
            token: [1; 16],
            workspace: WorkspaceId(Id::from_bytes([2; 16])),
            device: DeviceId(Id::from_bytes([3; 16])),
            key: PublicKey(vec![4; 65]),
            facts_of: Instant::from_millis(5),
            password: "correct horse".into(),
        }
    }

    #[test]
    fn it_is_read_as_it_was_put_together_and_whole_only() {
        let mut body = Body::begin(&claim()).unwrap();
        body.part(&Part::Facts(Vec::new())).unwrap();
        let signed = body.signed_bytes();
        let body = body.finish(&Signature([9; 64]));
        let read = super::read(&body).unwrap();
        assert_eq!((read.claim, read.signed), (claim(), signed));
        assert_eq!(claim_of(&body[..3]).unwrap(), None);
        assert_eq!(claim_of(&body).unwrap(), Some(claim()));
        for cut in [1, 64, 65, body.len() - 1] {
            assert!(super::read(&body[..body.len() - cut]).is_err(), "{cut}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
            let _ = super::read(&bytes);
            let _ = claim_of(&bytes);
        }
    }
}
