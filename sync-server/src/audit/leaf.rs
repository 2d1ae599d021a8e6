//! What the tree is made of: one leaf for each row as it was written.
//!
//! A leaf names its row and carries the row's digest. The newest leaf of a row is what must be in
//! the table; older ones stay in the tree as evidence that there was something else. What may
//! change later without the rest, the verdict on an entry, is a row by itself here.

use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactKey;
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::Rejection;
use caravan_sync::relay::{LogEntry, VisibilityChange};

use super::row::RowDigest;
use crate::store::{Credential, DeviceKey, Write, encoded};

/// The first byte of every leaf.
const VERSION: u8 = 1;

/// What kind of row. The numbers are stored and hashed: they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Epoch = 1,
    Entry = 2,
    Refusal = 3,
    Fact = 4,
    Visibility = 5,
    DeviceKey = 6,
    Snapshot = 7,
    Credential = 8,
    /// What a rebuilt log begins with.
    Base = 9,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Epoch,
        Self::Entry,
        Self::Refusal,
        Self::Fact,
        Self::Visibility,
        Self::DeviceKey,
        Self::Snapshot,
        Self::Credential,
        Self::Base,
    ];

    pub(crate) fn from_number(number: i64) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| *kind as i64 == number)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) kind: Kind,
    /// Which row: the columns of its primary key one after the other, integers big-endian.
    pub(crate) key: Vec<u8>,
    /// SHA-256 of the row.
    pub(crate) content: [u8; 32],
}

impl Leaf {
    /// What is hashed into the tree.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(6 + self.key.len() + self.content.len());
        bytes.extend([VERSION, self.kind as u8]);
        // Keys are a few dozen bytes long.
        bytes.extend(
            u32::try_from(self.key.len())
                .unwrap_or(u32::MAX)
                .to_be_bytes(),
        );
        bytes.extend(&self.key);
        bytes.extend(self.content);
        bytes
    }

    /// What a write adds, in order. Sessions, links, secrets, what is known of pictures and how far
    /// the log was looked into are not part of it.
    pub(crate) fn of(write: &Write) -> Vec<Self> {
        match write {
            Write::Workspace { epoch } | Write::Epoch(epoch) => vec![Self::epoch(*epoch)],
            Write::Entry(entry) => {
                let refusal = entry.refusal.as_ref();
                let refusal = refusal.map(|reason| Self::refusal(entry.sequence, Some(reason)));
                [Self::entry(entry)].into_iter().chain(refusal).collect()
            }
            Write::Quarantine { sequence, reason } => {
                let reason = Rejection::Quarantined(*reason);
                vec![Self::refusal(*sequence, Some(&reason))]
            }
            Write::Fact(fact) => {
                let value = fact.change.fact.as_ref().map(encoded);
                vec![Self::fact(
                    &fact.change.key,
                    value.as_deref(),
                    fact.sequence,
                )]
            }
            Write::EncryptedFact {
                key,
                value,
                sequence,
            } => vec![Self::fact(key, Some(value), *sequence)],
            Write::Visibility(change) => vec![Self::visibility(change)],
            Write::DeviceKey(held) => vec![Self::device_key(held)],
            Write::Snapshot(stored) => {
                let bytes = encoded(&stored.snapshot);
                vec![Self::snapshot(
                    stored.snapshot.document,
                    stored.upto,
                    &bytes,
                )]
            }
            Write::EncryptedSnapshot {
                document,
                upto,
                bytes,
            } => vec![Self::snapshot(*document, *upto, bytes)],
            Write::Credential(credential) => vec![Self::credential(credential)],
            Write::Base(base) => vec![Self::base(base.document, &encoded(base))],
            Write::EncryptedBase { document, bytes } => vec![Self::base(*document, bytes)],
            Write::Advance { .. }
            | Write::Release(_)
            | Write::Session { .. }
            | Write::Blob(_)
            | Write::BlobDocument { .. }
            | Write::ForgetBlob(_)
            | Write::Founding { .. }
            | Write::Founded(_)
            | Write::Refill(_)
            | Write::Witness(_)
            | Write::Share { .. } => Vec::new(),
        }
    }

    fn epoch(epoch: u64) -> Self {
        Self {
            kind: Kind::Epoch,
            key: Vec::new(),
            content: RowDigest::new().integer(epoch.cast_signed()).finish(),
        }
    }

    /// All of an entry but the verdict.
    fn entry(entry: &LogEntry) -> Self {
        let row = RowDigest::new()
            .integer(entry.sequence.cast_signed())
            .blob(&entry.document.to_bytes())
            .blob(&entry.hash.0)
            .blob(entry.device.0.as_bytes())
            .integer(entry.device_sequence.cast_signed())
            .integer(entry.received_at.millis())
            .blob(&entry.envelope);
        Self {
            kind: Kind::Entry,
            key: entry.sequence.to_be_bytes().to_vec(),
            content: row.finish(),
        }
    }

    /// A verdict given or changed. One that was never given has no leaf.
    pub(crate) fn refusal(sequence: Sequence, reason: Option<&Rejection>) -> Self {
        let reason = reason.map(encoded);
        let row = RowDigest::new()
            .integer(sequence.cast_signed())
            .blob_or_null(reason.as_deref());
        Self {
            kind: Kind::Refusal,
            key: sequence.to_be_bytes().to_vec(),
            content: row.finish(),
        }
    }

    fn fact(key: &FactKey, value: Option<&[u8]>, sequence: Sequence) -> Self {
        let key = encoded(key);
        let row = RowDigest::new()
            .blob(&key)
            .blob_or_null(value)
            .integer(sequence.cast_signed());
        Self {
            kind: Kind::Fact,
            content: row.finish(),
            key,
        }
    }

    fn visibility(change: &VisibilityChange) -> Self {
        let (person, document) = (change.person.0, change.document.to_bytes());
        let row = RowDigest::new()
            .blob(person.as_bytes())
            .blob(&document)
            .integer(i64::from(change.gained))
            .integer(change.sequence.cast_signed());
        Self {
            kind: Kind::Visibility,
            key: [&person.as_bytes()[..], &document].concat(),
            content: row.finish(),
        }
    }

    fn device_key(held: &DeviceKey) -> Self {
        let device = held.device.0.as_bytes();
        Self {
            kind: Kind::DeviceKey,
            key: device.to_vec(),
            content: RowDigest::new().blob(device).blob(&held.key.0).finish(),
        }
    }

    /// `bytes` are those of the column.
    fn snapshot(document: DocumentId, upto: Sequence, bytes: &[u8]) -> Self {
        let document = document.to_bytes();
        let row = RowDigest::new()
            .blob(&document)
            .integer(upto.cast_signed())
            .blob(bytes);
        Self {
            kind: Kind::Snapshot,
            key: document.to_vec(),
            content: row.finish(),
        }
    }

    /// `bytes` are those of the column.
    fn base(document: DocumentId, bytes: &[u8]) -> Self {
        let document = document.to_bytes();
        Self {
            kind: Kind::Base,
            key: document.to_vec(),
            content: RowDigest::new().blob(&document).blob(bytes).finish(),
        }
    }

    fn credential(credential: &Credential) -> Self {
        let person = credential.person.0.as_bytes();
        let row = RowDigest::new().blob(person).text(&credential.password);
        Self {
            kind: Kind::Credential,
            key: person.to_vec(),
            content: row.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{DeviceId, Id};
    use caravan_domain::time::Instant;
    use caravan_sync::envelope::Hash;
    use data_encoding::HEXLOWER;

    use super::*;

    /// Bytes of version 1 that people's checkpoints rest on: they must never come out otherwise.
    #[test]
    fn a_leaf_of_version_1_stays_what_it_is() {
        let entry = LogEntry {
            sequence: 258,
            document: DocumentId::WORKSPACE,
            hash: Hash([1; 32]),
            device: DeviceId(Id::from_bytes([2; 16])),
            device_sequence: 3,
            received_at: Instant::from_millis(1_790_000_000_000),
            refusal: Some(Rejection::NotAllowed),
            envelope: vec![4; 5],
        };
        let leaves = Leaf::of(&Write::Entry(entry));
        let written: Vec<_> = leaves
            .iter()
            .map(|leaf| HEXLOWER.encode(&leaf.to_bytes()))
            .collect();
        assert_eq!(
            written,
            [
                "0102000000080000000000000102395d672fb2914e871b7c1a3935b87aa625f83c61f45c110dd93605a9547f7de7",
                "010300000008000000000000010273743fc2703fddbeac6702ee20a337c78d1af177b91b182ae5099258c55333e5",
            ]
        );
    }
}
