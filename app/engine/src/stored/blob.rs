//! What is known of a picture without reading it.

use caravan_domain::document::DocumentId;
use caravan_domain::id::BlobHash;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BlobNote {
    pub(crate) hash: BlobHash,
    pub(crate) bytes: u64,
    /// The document that shows it; `None` until a command names it.
    pub(crate) document: Option<DocumentId>,
    /// The relay has all of it.
    pub(crate) uploaded: bool,
}

impl Stored for BlobNote {}
