//! One document: made, loaded, saved, and grown by changes of this and other devices.

use automerge::{Automerge, Change, ReadDoc};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::DeviceId;
use caravan_domain::value::Value;

use crate::chunk::{self, Chunk};
use crate::error::DocumentError;
use crate::guard::guard;
use crate::{actor, genesis, view};

/// SHA-256 by which Automerge knows a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeHash(pub [u8; 32]);

/// A document in memory.
///
/// Automerge draws a random actor whenever it makes a document. It never shows: every change is
/// written under the actor given to [`Document::commit`].
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) id: DocumentId,
    pub(crate) inner: Automerge,
    /// Automerge panicked while changing `inner`.
    damaged: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// The document has grown, by this change and by those that waited for it.
    Merged,
    /// The change was here before.
    Known,
    /// Kept, without effect until these changes have come.
    Waiting { missing: Vec<ChangeHash> },
}

/// A change as it stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChange {
    pub device: DeviceId,
    /// The device's count of changes in this document, from 1.
    pub sequence: u64,
    pub hash: ChangeHash,
    /// One uncompressed chunk.
    pub bytes: Vec<u8>,
}

impl Document {
    /// The hashes of the changes that every document of this kind begins with, oldest first.
    #[must_use]
    pub fn genesis(kind: DocumentKind) -> Vec<ChangeHash> {
        let changes = genesis::changes(kind);
        changes.iter().map(|it| ChangeHash(it.hash().0)).collect()
    }

    /// A document in which nobody has written yet.
    #[must_use]
    pub fn new(id: DocumentId) -> Self {
        Self {
            id,
            inner: genesis::document(id.kind).clone(),
            damaged: false,
        }
    }

    /// Reads what [`Document::save`] or [`Document::snapshot`] gave, or plain changes one after
    /// the other in any order, or the first followed by the second. The genesis need not be there.
    ///
    /// # Errors
    /// `Malformed` or `Rejected` when the bytes are something else, `Damaged` when Automerge
    /// choked on them.
    pub fn load(id: DocumentId, chunks: &[u8]) -> Result<Self, DocumentError> {
        let chunks = chunk::split(chunks)?;
        let (mut inner, changes) = match chunks.split_first() {
            Some((Chunk::Document(saved), changes)) => {
                let inner = guard(|| Ok(Automerge::load(saved)?))?;
                (inner, changes)
            }
            _ => (genesis::document(id.kind).clone(), chunks.as_slice()),
        };
        let changes = changes
            .iter()
            .map(|chunk| match chunk {
                Chunk::Change(chunk) => chunk::parse(chunk),
                Chunk::Document(_) => Err(DocumentError::Malformed),
            })
            .chain(genesis::changes(id.kind).into_iter().map(Ok))
            .collect::<Result<Vec<_>, _>>()?;
        guard(|| Ok(inner.apply_changes(changes)?))?;
        Ok(Self {
            id,
            inner,
            damaged: false,
        })
    }

    #[must_use]
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// The whole document in Automerge's compact form, waiting changes included.
    ///
    /// # Errors
    /// `Damaged`, of a document that was.
    pub fn save(&self) -> Result<Vec<u8>, DocumentError> {
        self.read(|inner| Ok(inner.save()))
    }

    /// Takes in one uncompressed change of another device, in any order, as often as it comes.
    ///
    /// # Errors
    /// The document is as it was, except after `Damaged`.
    pub fn apply(&mut self, change: &[u8]) -> Result<Applied, DocumentError> {
        let change = chunk::change(change)?;
        actor::device(change.actor_id()).ok_or(DocumentError::ForeignActor)?;
        let hash = change.hash();
        self.write(|inner| {
            if inner.get_change_meta_by_hash(&hash).is_some() {
                return Ok(Applied::Known);
            }
            inner.apply_changes([change])?;
            if inner.get_change_meta_by_hash(&hash).is_some() {
                return Ok(Applied::Merged);
            }
            let missing = inner.get_missing_deps(&[]).into_iter();
            Ok(Applied::Waiting {
                missing: missing.map(ChangeHash::from).collect(),
            })
        })
    }

    /// The document as plain values.
    ///
    /// # Errors
    /// `Damaged`, of a document that was, or that cannot be read.
    pub fn tree(&self) -> Result<Value, DocumentError> {
        self.read(view::tree)
    }

    /// The changes that no other rests on: equal heads are equal documents.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        let heads = self.inner.get_heads().into_iter();
        heads.map(ChangeHash::from).collect()
    }

    /// Every change that was ever sent, each after those it rests on; waiting ones are left out.
    ///
    /// # Errors
    /// `Damaged`, of a document that was.
    pub fn changes_since_genesis(
        &self,
    ) -> Result<impl Iterator<Item = StoredChange> + use<>, DocumentError> {
        let changes = self.read(|inner| Ok(inner.get_changes(&[])))?;
        Ok(changes.into_iter().filter_map(|change| {
            Some(StoredChange {
                device: actor::device(change.actor_id())?,
                sequence: change.seq(),
                hash: change.hash().into(),
                bytes: change.raw_bytes().to_vec(),
            })
        }))
    }

    /// This document as if `refused` had never been written, nor anything that rests on it: what
    /// a device goes back to when the relay has refused its change.
    ///
    /// # Errors
    /// `Damaged`, of a document that was.
    pub fn without(&self, refused: &[ChangeHash]) -> Result<Self, DocumentError> {
        let mut dropped: Vec<_> = refused
            .iter()
            .map(|hash| automerge::ChangeHash(hash.0))
            .collect();
        let mut kept: Vec<Change> = Vec::new();
        for change in self.read(|inner| Ok(inner.get_changes(&[])))? {
            let rests = change.deps().iter().any(|hash| dropped.contains(hash));
            if rests || dropped.contains(&change.hash()) {
                dropped.push(change.hash());
            } else {
                kept.push(change);
            }
        }
        let mut document = Self::new(self.id);
        document.write(|inner| Ok(inner.apply_changes(kept)?))?;
        Ok(document)
    }

    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Automerge) -> Result<T, DocumentError>,
    ) -> Result<T, DocumentError> {
        if self.damaged {
            return Err(DocumentError::Damaged);
        }
        guard(|| read(&self.inner))
    }

    pub(crate) fn write<T>(
        &mut self,
        write: impl FnOnce(&mut Automerge) -> Result<T, DocumentError>,
    ) -> Result<T, DocumentError> {
        if self.damaged {
            return Err(DocumentError::Damaged);
        }
        let done = guard(|| write(&mut self.inner));
        self.damaged = matches!(done, Err(DocumentError::Damaged));
        done
    }
}

impl From<automerge::ChangeHash> for ChangeHash {
    fn from(hash: automerge::ChangeHash) -> Self {
        Self(hash.0)
    }
}
