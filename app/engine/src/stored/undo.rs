//! What would take a command back.

use std::collections::BTreeSet;

use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::label::CommandLabel;
use caravan_domain::time::Instant;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Undoable {
    pub(crate) undo: u64,
    pub(crate) label: CommandLabel,
    pub(crate) subject: String,
    pub(crate) written_at: Instant,
    /// Writes back what was there before.
    pub(crate) edits: Vec<Edit>,
    /// What stood in the places of `edits` once the command was done, in their order. Where something else stands by
    /// now, somebody has written since, and taking back would take theirs.
    pub(crate) left: Vec<Edit>,
}

impl Undoable {
    /// It holds the name and values of what it would write back.
    pub(crate) fn is_about(&self, documents: &BTreeSet<DocumentId>) -> bool {
        self.edits
            .iter()
            .any(|edit| documents.contains(&edit.document))
    }
}

impl Stored for Undoable {
    const VERSION: u8 = 2;
}
