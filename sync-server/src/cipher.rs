//! What people wrote lies encrypted: each document under a key of its own, so that destroying 32
//! bytes makes everything of it unreadable, wherever a copy of the rest may be.
//!
//! AES-256-GCM with random nonces: a restored relay gives out a sequence a second time, so that a
//! nonce made of it would come again under the same key.

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::WorkspaceId;
use caravan_sync::cursor::Sequence;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest;

use crate::clock;

/// The first byte of everything that is encrypted. What was written before this was thought of
/// begins with 1.
pub(crate) const VERSION: u8 = 0xC1;
const HEADER: usize = 1 + NONCE_LEN;
pub(crate) const TAG: usize = 16;

/// Of one document, or of one picture.
pub struct DataKey {
    key: LessSafeKey,
    name: [u8; 8],
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey")
    }
}

/// Where the bytes belong: they cannot be read in another place.
pub(crate) type Place = [u8; 42];

const ENTRY: u8 = 1;
const SNAPSHOT: u8 = 2;
/// 3 is that of pictures.
const FACT: u8 = 4;
const BASE: u8 = 5;

/// The envelope of an entry.
pub(crate) fn entry(workspace: WorkspaceId, document: DocumentId, sequence: Sequence) -> Place {
    place(ENTRY, workspace, document, sequence)
}

/// A snapshot that reaches up to `upto`.
pub(crate) fn snapshot(workspace: WorkspaceId, document: DocumentId, upto: Sequence) -> Place {
    place(SNAPSHOT, workspace, document, upto)
}

/// A fact with words in it, set at `sequence` and kept with a document.
pub(crate) fn fact(workspace: WorkspaceId, document: DocumentId, sequence: Sequence) -> Place {
    place(FACT, workspace, document, sequence)
}

/// What a rebuilt log begins with.
pub(crate) fn base(workspace: WorkspaceId, document: DocumentId) -> Place {
    place(BASE, workspace, document, 0)
}

fn place(what: u8, workspace: WorkspaceId, document: DocumentId, number: u64) -> Place {
    let mut place = [what; 42];
    place[1..17].copy_from_slice(workspace.0.as_bytes());
    place[17..34].copy_from_slice(&document.to_bytes());
    place[34..].copy_from_slice(&number.to_be_bytes());
    place
}

/// Whether a document of this kind has a key. Decisions and what follows from them stay readable:
/// they are the evidence, and hold nothing of what was written in a document.
pub(crate) fn is_kept_secret(document: DocumentId) -> bool {
    document.kind != DocumentKind::Workspace
}

impl DataKey {
    pub(crate) fn new(bytes: &[u8; 32]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, bytes);
        let mut name = [0; 8];
        let mut named = digest::Context::new(&digest::SHA256);
        named.update(b"caravan key's name v1\0");
        named.update(bytes);
        name.copy_from_slice(&named.finish().as_ref()[..8]);
        Self {
            key: LessSafeKey::new(key.expect("any 32 bytes are a key of AES-256")),
            name,
        }
    }

    /// Another one for another key, and nothing by which the key could be found.
    pub(crate) fn name(&self) -> [u8; 8] {
        self.name
    }

    /// One that nobody keeps: what is encrypted with it is gone.
    pub(crate) fn thrown_away() -> Self {
        Self::new(&clock::random())
    }

    /// Version, nonce, ciphertext and tag.
    pub(crate) fn encrypt(&self, place: &Place, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = clock::random();
        let mut bytes = Vec::with_capacity(HEADER + plain.len() + TAG);
        bytes.push(VERSION);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(plain);
        let tag = self.seal(nonce, place, &mut bytes[HEADER..]);
        bytes.extend_from_slice(&tag);
        bytes
    }

    /// `None` for what this key did not encrypt for this place.
    pub(crate) fn decrypt(&self, place: &Place, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        let (header, body) = bytes.split_at_mut_checked(HEADER)?;
        let nonce = *header[1..].first_chunk()?;
        let length = self.open(nonce, place, body)?.len();
        if header[0] != VERSION {
            return None;
        }
        bytes.copy_within(HEADER..HEADER + length, 0);
        bytes.truncate(length);
        Some(bytes)
    }

    pub(crate) fn seal(&self, nonce: [u8; NONCE_LEN], with: &[u8], plain: &mut [u8]) -> [u8; TAG] {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self
            .key
            .seal_in_place_separate_tag(nonce, Aad::from(with), plain)
            .expect("only more than 64 GiB at once are too many");
        let mut bytes = [0; TAG];
        bytes.copy_from_slice(tag.as_ref());
        bytes
    }

    pub(crate) fn open<'a>(
        &self,
        nonce: [u8; NONCE_LEN],
        with: &[u8],
        bytes: &'a mut [u8],
    ) -> Option<&'a mut [u8]> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        self.key.open_in_place(nonce, Aad::from(with), bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{ClientId, Id};
    use data_encoding::HEXLOWER;

    use super::*;

    const WORKSPACE: WorkspaceId = WorkspaceId(Id::from_bytes([1; 16]));

    fn document(n: u8) -> DocumentId {
        ClientId(Id::from_bytes([n; 16])).into()
    }

    /// Bytes of this version that are in people's databases: they must be readable for ever.
    #[test]
    fn what_was_written_before_is_still_read() {
        let written = concat!(
            "c10202020202020202020202027b949f6e2882c1035d1c3934f52727e9da769a",
            "b2f56fd3"
        );
        let key = DataKey::new(&[7; 32]);
        let place = entry(WORKSPACE, document(3), 258);
        let bytes = HEXLOWER.decode(written.as_bytes()).unwrap();
        assert_eq!(key.decrypt(&place, bytes).unwrap(), b"a visit");
    }

    #[test]
    fn nothing_is_read_in_another_place_or_with_another_key() {
        let (key, other) = (DataKey::new(&[7; 32]), DataKey::new(&[8; 32]));
        let place = entry(WORKSPACE, document(3), 258);
        let bytes = key.encrypt(&place, b"a visit");
        assert!(!bytes.windows(5).any(|window| window == b"visit"));
        assert_ne!(bytes, key.encrypt(&place, b"a visit"), "a nonce came twice");
        let elsewhere = [
            entry(WORKSPACE, document(3), 259),
            entry(WORKSPACE, document(4), 258),
            entry(WorkspaceId(Id::from_bytes([2; 16])), document(3), 258),
            snapshot(WORKSPACE, document(3), 258),
        ];
        assert_eq!(key.decrypt(&place, bytes.clone()).unwrap(), b"a visit");
        assert_eq!(other.decrypt(&place, bytes.clone()), None);
        for place in elsewhere {
            assert_eq!(key.decrypt(&place, bytes.clone()), None);
        }
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key.decrypt(&place, bytes), None, "{bit}");
        }
        for length in 0..bytes.len() {
            assert_eq!(key.decrypt(&place, bytes[..length].to_vec()), None);
        }
    }
}
