//! What the relay asks its child. Both are the same binary, so the layout needs no version.

use caravan_domain::document::DocumentId;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    pub id: DocumentId,
    /// The document as everybody has it: chunks one after the other.
    #[serde(with = "serde_bytes")]
    pub document: Vec<u8>,
    /// Changes that were received since, in order.
    pub changes: Vec<ByteBuf>,
}
