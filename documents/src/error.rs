//! Why a document could not be read or written.

use caravan_domain::document::DocumentId;

#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The bytes are not changes or a saved document, or are cut short.
    #[error("the bytes are not a document")]
    Malformed,
    /// Automerge read the bytes and would not have them.
    #[error("the change does not fit the document")]
    Rejected(#[source] Box<automerge::AutomergeError>),
    /// The change claims to come from no device.
    #[error("the change has no device for its actor")]
    ForeignActor,
    /// Automerge stopped in the middle. This copy is of no more use: load it again from what was
    /// stored, without the change that did it.
    #[error("the document is damaged and must be loaded again")]
    Damaged,
    #[error("an edit for {0:?} was given to another document")]
    WrongDocument(DocumentId),
    /// An edit's path is too short, too deep, or leads through something that is not a map.
    #[error("an edit's path leads nowhere")]
    BadPath,
}

impl From<automerge::AutomergeError> for DocumentError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Rejected(Box::new(error))
    }
}
