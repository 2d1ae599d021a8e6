//! Which values share a data key, and how a sealed value looks: version, length of the group, group, and what
//! [`Cipher::seal`](crate::storage::cipher::Cipher::seal) made.

use crate::storage::{Key, Store};

const VERSION: u8 = 1;
/// Of a [`DocumentId`](caravan_domain::document::DocumentId).
const DOCUMENT_BYTES: usize = 17;
const PICTURE_BYTES: usize = 32;

/// Named by bytes of different lengths, so that none is taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Group(Key);

impl Group {
    /// Of everything that is neither a document nor a picture: rows, what waits, what is being typed.
    pub(super) fn common() -> Self {
        Self(b"common".to_vec())
    }

    /// `None` where nothing is encrypted: whose device it is must be known before it is unlocked.
    pub(super) fn of(store: Store, key: &[u8]) -> Option<Self> {
        match store {
            Store::Meta | Store::Keys => None,
            Store::Documents => Some(Self(key.get(..DOCUMENT_BYTES).unwrap_or(key).to_vec())),
            Store::Blobs => Some(Self(key.to_vec())),
            _ => Some(Self::common()),
        }
    }

    /// The group that goes when these keys of `store` are removed; its key goes with it.
    pub(super) fn removed_with(store: Store, prefix: &[u8]) -> Option<Self> {
        let whole = match store {
            Store::Documents => DOCUMENT_BYTES,
            Store::Blobs => PICTURE_BYTES,
            _ => return None,
        };
        (prefix.len() == whole).then(|| Self(prefix.to_vec()))
    }

    /// Whether it is one of those that go when all of `store` is removed.
    pub(super) fn is_of(&self, store: Store) -> bool {
        match store {
            Store::Documents => self.0.len() == DOCUMENT_BYTES,
            Store::Blobs => self.0.len() == PICTURE_BYTES,
            _ => false,
        }
    }

    pub(super) fn named(key: Key) -> Self {
        Self(key)
    }

    pub(super) fn name(&self) -> &[u8] {
        &self.0
    }

    /// What a value is sealed for: it cannot be put in the place of one of another store or group.
    pub(super) fn about(&self, store: Store) -> Vec<u8> {
        let store = store.name().as_bytes();
        [b"caravan value v1\0", store, b"\0", self.name()].concat()
    }

    /// What its data key is sealed for.
    pub(super) fn about_key(&self) -> Vec<u8> {
        [b"caravan data key v1\0", self.name()].concat()
    }
}

pub(super) fn write(group: &Group, sealed: &[u8]) -> Vec<u8> {
    let length = u8::try_from(group.0.len()).unwrap_or(u8::MAX);
    [&[VERSION, length], group.name(), sealed].concat()
}

pub(super) fn read(value: &[u8]) -> Option<(Group, &[u8])> {
    let (version, rest) = value.split_first()?;
    let (length, rest) = rest.split_first().filter(|_| *version == VERSION)?;
    let (name, sealed) = rest.split_at_checked(usize::from(*length))?;
    Some((Group(name.to_vec()), sealed))
}

#[cfg(test)]
mod tests {
    use caravan_domain::document::DocumentId;

    use super::*;

    #[test]
    fn a_value_tells_its_group() {
        let group = Group::of(Store::Blobs, &[7; PICTURE_BYTES]);
        let group = group.expect("pictures are sealed");
        let written = write(&group, b"sealed");
        assert_eq!(read(&written), Some((group, &b"sealed"[..])));
        for wrong in [&[][..], &[1], &[1, 9, 0], &[2, 0, 0]] {
            assert_eq!(read(wrong), None);
        }
    }

    #[test]
    fn the_parts_of_a_document_share_a_key() {
        let id = DocumentId::WORKSPACE.to_bytes();
        let part = crate::stored::part_key(DocumentId::WORKSPACE, 3);
        assert_eq!(
            Group::of(Store::Documents, &part),
            Group::removed_with(Store::Documents, &id)
        );
        assert_ne!(
            Group::of(Store::Documents, &part),
            Group::of(Store::Pages, &part)
        );
    }
}
