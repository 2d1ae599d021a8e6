//! Parts: a document is what its parts say together, one after the other. Writing appends a part;
//! now and then all are replaced by one.

use caravan_sync::frame::ReceivedChange;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Automerge chunks: the document as saved, or changes; empty when only receipts came.
    #[serde(with = "serde_bytes")]
    pub(crate) chunks: Vec<u8>,
    /// When the relay received which change.
    pub(crate) received: Vec<ReceivedChange>,
}

impl Stored for Part {}
