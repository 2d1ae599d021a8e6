//! What would take a command back.

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
}

impl Stored for Undoable {}
