//! What lies encrypted in the tables, as far as its key is there.

use caravan_domain::document::DocumentId;
use caravan_sync::cursor::Sequence;

use super::Work;
use super::finding::Damage;
use crate::cipher;
use crate::store::{Held, Holder};

pub(super) enum Content {
    Plain(Vec<u8>),
    /// The document was erased: its key is gone, and should be.
    Erased,
    /// No keys were given.
    Locked,
    /// It is not what this key encrypted, or the key is missing and should not be.
    Damaged,
}

impl Work<'_> {
    pub(super) fn envelope(
        &self,
        document: DocumentId,
        sequence: Sequence,
        stored: &[u8],
    ) -> Content {
        let place = cipher::entry(self.workspace, document, sequence);
        self.content(document, &place, stored)
    }

    pub(super) fn snapshot_bytes(
        &self,
        document: DocumentId,
        upto: Sequence,
        stored: &[u8],
    ) -> Content {
        let place = cipher::snapshot(self.workspace, document, upto);
        self.content(document, &place, stored)
    }

    pub(super) fn base_bytes(&self, document: DocumentId, stored: &[u8]) -> Content {
        let place = cipher::base(self.workspace, document);
        self.content(document, &place, stored)
    }

    fn content(&self, document: DocumentId, place: &cipher::Place, stored: &[u8]) -> Content {
        if stored.first() != Some(&cipher::VERSION) {
            // A decision; everything else is encrypted.
            return match cipher::is_kept_secret(document) {
                true => Content::Damaged,
                false => Content::Plain(stored.to_vec()),
            };
        }
        if self.erased.contains(&document) {
            return Content::Erased;
        }
        let Some(keys) = self.keys else {
            return Content::Locked;
        };
        match keys.held((self.workspace, Holder::Document(document))) {
            Ok(Held::Key(key)) => match key.decrypt(place, stored.to_vec()) {
                Some(plain) => Content::Plain(plain),
                None => Content::Damaged,
            },
            Ok(Held::Destroyed | Held::Unknown) | Err(_) => Content::Damaged,
        }
    }

    /// What was erased must not be readable any more.
    pub(super) fn erased_keys(&mut self) {
        let Some(keys) = self.keys else { return };
        let there = |document: &&DocumentId| {
            let held = keys.held((self.workspace, Holder::Document(**document)));
            matches!(held, Ok(Held::Key(_)))
        };
        let there: Vec<_> = self.erased.iter().filter(there).copied().collect();
        for document in there {
            self.found(u64::MAX, Damage::KeyOfErased(document));
        }
    }
}
