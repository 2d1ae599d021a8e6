//! Why the engine could not do something. The interface gets [`RunError`] and [`ActError`].

use caravan_documents::DocumentError;
use caravan_domain::command::CommandError;
use caravan_port::act::ActError;
use caravan_port::codec;
use caravan_port::message::RunError;
use caravan_sync::change::NotAChange;

use crate::platform::KeyError;
use crate::storage::StorageError;
use crate::stored::Unreadable;

#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Command(#[from] CommandError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error("a change that was just made cannot be read")]
    Change(#[from] NotAChange),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("a stored value is damaged")]
    Damaged,
    #[error("a newer version of the app has written here")]
    NewerData,
    #[error("this device has not joined a workspace")]
    NotJoined,
    #[error("this can no longer be undone")]
    CannotUndo,
    #[error("nothing by that id is on this device")]
    NotFound,
}

impl From<Unreadable> for EngineError {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Newer => Self::NewerData,
            Unreadable::Damaged => Self::Damaged,
        }
    }
}

impl From<codec::Unreadable> for EngineError {
    fn from(_: codec::Unreadable) -> Self {
        Self::Damaged
    }
}

impl From<EngineError> for RunError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Command(error) => Self::Command(error),
            EngineError::Storage(StorageError::Full) => Self::StorageFull,
            EngineError::Storage(StorageError::Failed) | EngineError::Key(_) => Self::StorageFailed,
            EngineError::NotJoined => Self::NotJoined,
            EngineError::NotFound => Self::Command(CommandError::NotFound),
            EngineError::Document(_)
            | EngineError::Change(_)
            | EngineError::Damaged
            | EngineError::NewerData
            | EngineError::CannotUndo => Self::Damaged,
        }
    }
}

impl From<EngineError> for ActError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Storage(StorageError::Full) => Self::StorageFull,
            EngineError::NotJoined => Self::NotJoined,
            EngineError::CannotUndo | EngineError::Command(_) => Self::CannotUndo,
            EngineError::NotFound => Self::NotFound,
            EngineError::Storage(StorageError::Failed)
            | EngineError::Document(_)
            | EngineError::Change(_)
            | EngineError::Key(_)
            | EngineError::Damaged
            | EngineError::NewerData => Self::StorageFailed,
        }
    }
}
