//! What the relay signs after a commit: so far the log had come, and this is its root.

use caravan_domain::id::WorkspaceId;
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::{Hash, Signature};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::key::{PublicKey, RelayKey};

/// Written before everything else that is signed; a new layout gets a new one.
const SIGNED_AS: &[u8] = b"caravan checkpoint v1\0";
/// The version of a checkpoint at rest.
const STORED_AS: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub workspace: WorkspaceId,
    /// Leaves of the tree.
    pub size: u64,
    pub root: Hash,
    /// The workspace's newest sequence.
    pub sequence: Sequence,
    /// The relay's clock.
    pub at: Instant,
    /// Whether it stays when newer ones come.
    pub kept: bool,
    /// [`Checkpoint::hash`] of the last one before it that stays; zeros before the first.
    pub previous: Hash,
    pub signature: Signature,
}

impl Checkpoint {
    pub(super) fn sign(&mut self, key: &RelayKey) {
        self.signature = Signature(key.sign(&self.signed_bytes()));
    }

    #[must_use]
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.verify(&self.signed_bytes(), &self.signature.0)
    }

    /// What the next ones name as `previous`.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(&self.signed_bytes())
    }

    /// As it is kept: a version, then postcard.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![STORED_AS])
            .expect("a vector takes any number of bytes, and every field can be written")
    }

    /// `None` for bytes that [`Checkpoint::to_bytes`] did not write, bit by bit.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (_, body) = bytes.split_first()?;
        let read: Self = postcard::from_bytes(body).ok()?;
        (read.to_bytes() == bytes).then_some(read)
    }

    /// A line for an auditor to keep elsewhere.
    #[must_use]
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.to_bytes())
    }

    /// `None` for a line that [`Checkpoint::to_text`] did not write.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::from_bytes(&BASE64URL_NOPAD.decode(text.trim().as_bytes()).ok()?)
    }

    fn signed_bytes(&self) -> Vec<u8> {
        let mut bytes = SIGNED_AS.to_vec();
        bytes.extend(self.workspace.0.as_bytes());
        bytes.extend(self.size.to_be_bytes());
        bytes.extend(self.root.0);
        bytes.extend(self.sequence.to_be_bytes());
        bytes.extend(self.at.millis().to_be_bytes());
        bytes.push(u8::from(self.kept));
        bytes.extend(self.previous.0);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::Id;
    use data_encoding::HEXLOWER;

    use super::*;

    fn signed() -> Checkpoint {
        let mut checkpoint = Checkpoint {
            workspace: WorkspaceId(Id::from_bytes([1; 16])),
            size: 300,
            root: Hash([2; 32]),
            sequence: 200,
            at: Instant::from_millis(1_790_000_000_000),
            kept: true,
            previous: Hash([3; 32]),
            signature: Signature([0; 64]),
        };
        checkpoint.sign(&RelayKey::from_seed(&[4; 32]));
        checkpoint
    }

    /// Bytes of version 1 that are in people's databases and in auditors' drawers.
    #[test]
    fn what_version_1_wrote_is_still_read() {
        let written = concat!(
            "0101010101010101010101010101010101ac02020202020202020202020202020202020202020202",
            "0202020202020202020202c80180b083c59868010303030303030303030303030303030303030303",
            "0303030303030303030303034006e9d0be273e2e602923d5745a307dc54c63e14e559cb517f153a1",
            "7932ca34c3ba46379efc727a6da2d16cdc3b7912a44e6a0ea6c3076627d4e851262ecbd406"
        );
        assert_eq!(HEXLOWER.encode(&signed().to_bytes()), written);
        let bytes = HEXLOWER.decode(written.as_bytes()).unwrap();
        let read = Checkpoint::from_bytes(&bytes).unwrap();
        assert!(read.is_signed_by(&RelayKey::from_seed(&[4; 32]).public()));
        assert!(!read.is_signed_by(&RelayKey::from_seed(&[5; 32]).public()));
        assert_eq!(Checkpoint::from_text(&read.to_text()), Some(read));
    }

    #[test]
    fn no_bit_of_it_can_be_another() {
        let (bytes, key) = (signed().to_bytes(), RelayKey::from_seed(&[4; 32]).public());
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let read = Checkpoint::from_bytes(&bytes);
            assert!(!read.is_some_and(|read| read.is_signed_by(&key)), "{bit}");
        }
    }
}
