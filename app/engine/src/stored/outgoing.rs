//! An envelope that waits for the relay, and what the person sees of it.

use caravan_domain::command::RecordRef;
use caravan_domain::document::DocumentId;
use caravan_domain::label::CommandLabel;
use caravan_sync::envelope::Envelope;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outgoing {
    pub(crate) envelope: Envelope,
    pub(crate) label: CommandLabel,
    pub(crate) record: Option<RecordRef>,
    /// The record's name when it was written: the record itself may be purged before it is sent.
    pub(crate) subject: String,
}

impl Outgoing {
    /// Its subject may be the document's name.
    pub(crate) fn is_about(&self, document: DocumentId) -> bool {
        let record = self.record.map(RecordRef::document);
        self.envelope.document == document || record == Some(document)
    }
}

impl Stored for Outgoing {}
