//! One document opened: its contents and when the relay received what.

use std::collections::BTreeMap;

use caravan_documents::{Document, DocumentError};
use caravan_domain::conflict::{FoundConflict, WrittenValue, contested};
use caravan_domain::document::DocumentId;
use caravan_domain::id::DeviceId;
use caravan_domain::row::{self, DocumentRows};
use caravan_domain::time::Instant;
use caravan_sync::frame::ReceivedChange;

use crate::error::EngineError;
use crate::stored::{self, Part};

#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) document: Document,
    pub(crate) received: BTreeMap<(DeviceId, u64), Instant>,
}

impl Opened {
    pub(crate) fn new(id: DocumentId) -> Self {
        Self {
            document: Document::new(id),
            received: BTreeMap::new(),
        }
    }

    /// From its parts, in their order.
    pub(crate) fn load(id: DocumentId, parts: &[Vec<u8>]) -> Result<Self, EngineError> {
        let mut chunks = Vec::new();
        let mut received = BTreeMap::new();
        for part in parts {
            let part: Part = stored::read(part)?;
            chunks.extend(part.chunks);
            received.extend(
                part.received
                    .iter()
                    .map(|it| ((it.device, it.sequence), it.at)),
            );
        }
        Ok(Self {
            document: Document::load(id, &chunks)?,
            received,
        })
    }

    /// From what the relay sent.
    pub(crate) fn load_snapshot(id: DocumentId, chunks: &[u8]) -> Result<Self, DocumentError> {
        Ok(Self {
            document: Document::load(id, chunks)?,
            received: BTreeMap::new(),
        })
    }

    pub(crate) fn note_received(&mut self, received: &[ReceivedChange]) {
        self.received
            .extend(received.iter().map(|it| ((it.device, it.sequence), it.at)));
    }

    /// The document as one part.
    pub(crate) fn whole(&self) -> Result<Part, DocumentError> {
        Ok(Part {
            chunks: self.document.save()?,
            received: self
                .received
                .iter()
                .map(|((device, sequence), at)| ReceivedChange {
                    device: *device,
                    sequence: *sequence,
                    at: *at,
                })
                .collect(),
        })
    }

    pub(crate) fn rows(&self) -> Result<DocumentRows, DocumentError> {
        let id = self.document.id();
        let contested = contested(id, &self.conflicts()?);
        Ok(row::project(id, &self.document.tree()?, &contested))
    }

    pub(crate) fn conflicts(&self) -> Result<Vec<FoundConflict>, DocumentError> {
        let found = self.document.conflicts()?.into_iter();
        Ok(found
            .map(|conflict| FoundConflict {
                path: conflict.path,
                values: conflict
                    .values
                    .into_iter()
                    .map(|written| WrittenValue {
                        value: written.value,
                        by: written.origin.device,
                        at: written.origin.written_at,
                    })
                    .collect(),
            })
            .collect())
    }

    /// The relay's time of receipt of the change that wrote what stands at `path`.
    pub(crate) fn received_at(&self, path: &[&str]) -> Option<Instant> {
        let path: Vec<_> = path.iter().map(|step| (*step).to_owned()).collect();
        let origin = self.document.origin(&path).ok().flatten()?;
        self.received
            .get(&(origin.device, origin.sequence))
            .copied()
    }
}
