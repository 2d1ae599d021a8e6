//! Pages: the rows of 64 documents and what the device notes about each, in one value, so that a
//! cold start reads some 160 values for 10,000 clients and opens no document.

use caravan_domain::document::DocumentId;
use caravan_domain::facts::Grant;
use caravan_domain::id::Id;
use caravan_domain::row::{DocumentRows, ROWS_VERSION};
use caravan_domain::time::Instant;
use caravan_domain::written::{self, NotRows, Written};
use serde::{Deserialize, Serialize};

use super::{Stored, Unreadable};

pub(crate) const DOCUMENTS_PER_PAGE: usize = 64;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Page {
    pub(crate) notes: Vec<Note>,
    rows_version: u8,
    /// For each note its [`DocumentRows`] if they were projected, in postcard of [`ROWS_VERSION`]:
    /// apart, because notes must be readable when rows no longer are.
    #[serde(with = "serde_bytes")]
    rows: Vec<u8>,
}

/// What a device notes about a document besides its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) document: DocumentId,
    /// Whether there is a copy on this device; without one there is only a grant.
    pub(crate) held: bool,
    /// The number of the next part.
    pub(crate) next_part: u32,
    /// Stored parts since the document was last written whole.
    pub(crate) loose_parts: u32,
    pub(crate) grant: Option<Grant>,
    /// The relay's time of receipt of the last change of anybody.
    pub(crate) received_at: Option<Instant>,
    /// The same for visits and tasks that were written here.
    pub(crate) records: Vec<(Id, Instant)>,
}

impl Stored for Page {}

impl From<NotRows> for Unreadable {
    fn from(NotRows: NotRows) -> Self {
        Self::Damaged
    }
}

impl Page {
    pub(crate) fn new(notes: Vec<Note>, rows: &[Option<DocumentRows>]) -> Self {
        Self {
            notes,
            rows_version: ROWS_VERSION,
            rows: written::write(rows),
        }
    }

    /// For each note its rows, one document after the other; `None` for what has to be projected anew.
    pub(crate) fn each(
        self,
        mut take: impl FnMut(Note, Option<DocumentRows>),
    ) -> Result<(), Unreadable> {
        if self.rows_version != ROWS_VERSION {
            self.notes.into_iter().for_each(|note| take(note, None));
            return Ok(());
        }
        let rows = Written::of(&self.rows)?;
        if rows.left() != self.notes.len() {
            return Err(Unreadable::Damaged);
        }
        for (note, rows) in self.notes.into_iter().zip(rows) {
            take(note, rows?);
        }
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn of_rows_version(mut self, version: u8) -> Self {
        self.rows_version = version;
        self
    }
}

impl Note {
    pub(crate) fn new(document: DocumentId) -> Self {
        Self {
            document,
            held: false,
            next_part: 0,
            loose_parts: 0,
            grant: None,
            received_at: None,
            records: Vec::new(),
        }
    }
}
