//! The few documents that were opened last.

use std::collections::BTreeMap;

use caravan_domain::document::DocumentId;

use crate::open::Opened;

/// About 20 KB each.
const DOCUMENTS_MAX: usize = 64;

#[derive(Debug, Default)]
pub(crate) struct Cache {
    clock: u64,
    documents: BTreeMap<DocumentId, (u64, Opened)>,
}

impl Cache {
    pub(crate) fn get(&mut self, document: DocumentId) -> Option<&Opened> {
        self.clock += 1;
        let (used, opened) = self.documents.get_mut(&document)?;
        *used = self.clock;
        Some(opened)
    }

    pub(crate) fn insert(&mut self, document: DocumentId, opened: Opened) {
        self.clock += 1;
        self.documents.insert(document, (self.clock, opened));
        if self.documents.len() > DOCUMENTS_MAX {
            let oldest = self.documents.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.documents.remove(&oldest);
            }
        }
    }

    pub(crate) fn remove(&mut self, document: DocumentId) {
        self.documents.remove(&document);
    }

    pub(crate) fn contains(&self, document: DocumentId) -> bool {
        self.documents.contains_key(&document)
    }
}
