//! What the relay keeps, behind one trait: the log of envelopes, the facts that follow from it,
//! and the little it must know about keys, passwords, sessions and blobs.
//!
//! A store knows order and durability. What envelopes mean, who may read them and which sequence
//! comes next is the relay core's affair (`caravan_sync::relay`); the store only refuses a batch
//! that does not follow from what it has. Nothing is acknowledged before it is durable.

mod encode;
mod erased;
mod keys;
mod memory;
mod paged;
mod rows;
mod sqlite;
mod write;

use std::sync::Arc;

use caravan_domain::document::DocumentId;
use caravan_domain::id::{BlobHash, DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::Snapshot;
use caravan_sync::relay::{Limit, LogEntry, Restored, StoredSnapshot};
use futures_util::future::BoxFuture;

use crate::audit::Checkpoint;
use crate::cipher::DataKey;

pub(crate) use encode::{decoded, encoded};
pub use erased::{ErasedLine, ErasedList, ErasedPicture};
pub use keys::{Held, Holder, Keys, Owner, keys_beside};
pub use memory::MemoryStore;
pub use rows::{BlobRow, Credential, DeviceKey, SessionRow, TokenHash, Witness, WorkspaceRow};
pub use sqlite::{SqliteStore, copy_database, newest_version};
pub(crate) use sqlite::{erased_by, open_to_read};
pub use write::{Write, WriteBatch};

/// What a write resolves to; it does not borrow the store.
pub type Written<T> = BoxFuture<'static, Result<T, StoreError>>;

#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The batch does not follow from what is stored; nothing of it was written.
    #[error("the batch does not follow from what is stored: {0}")]
    Conflict(Conflict),
    #[error("the store failed")]
    Database(#[source] Arc<rusqlite::Error>),
    /// Something that this relay wrote cannot be read back.
    #[error("a stored {0} is damaged")]
    Damaged(&'static str),
    #[error("the database was written by a newer relay (version {0})")]
    Newer(u32),
    #[error(
        "workspace {workspace} ends at write {found} of the Merkle log, and {reached} had been \
         acknowledged: the end is gone. Restore a backup, or this folder into an empty one, with \
         `caravan restore`: phones send again what is missing"
    )]
    Behind {
        workspace: WorkspaceId,
        found: u64,
        reached: u64,
    },
    /// Another process reads a store that something is to be erased from.
    #[error("the key store is busy")]
    Busy,
    #[error(
        "the database is encrypted and the key store {0} is missing or another one's: put back the \
         one that belongs to it"
    )]
    NoKeys(String),
    #[error("the store cannot use its folder")]
    Folder(#[source] Arc<std::io::Error>),
    #[error("the store has stopped")]
    Stopped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    #[error("the workspace exists already")]
    WorkspaceExists,
    #[error("there is no such workspace")]
    NoWorkspace,
    #[error("the workspace has moved on")]
    Sequence,
    #[error("the device has used this number before")]
    DeviceSequence,
    #[error("the founding link was used")]
    LinkUsed,
    #[error("the device has another key")]
    DeviceKey,
    #[error("the document, or the picture with its last one, was erased")]
    Erased,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

/// SQLite and memory keep the same contract: see `tests/store_contract.rs`.
///
/// Writes resolve when they are durable. Reads block on the disk for a moment: in a task, ask for
/// them through [`read`].
pub trait LogStore: Send + Sync + std::fmt::Debug + 'static {
    /// Writes all of `batch` or nothing of it. Batches are written in the order of the calls.
    fn commit(&self, batch: WriteBatch) -> Written<()>;

    /// Told which documents a batch is going to write in, the store prepares for it while others are being committed. What
    /// fails here will fail in [`LogStore::commit`].
    fn expect(&self, workspace: WorkspaceId, documents: Vec<DocumentId>) -> Written<()>;

    /// A secret of this relay that outlives restarts; `made` is kept when there is none yet.
    fn secret(&self, name: &'static str, made: [u8; 32]) -> Written<[u8; 32]>;

    /// Proves by writing that the store can still be written.
    fn probe(&self) -> Written<()>;

    /// # Errors
    /// The store's, as for all that follow.
    fn workspaces(&self) -> Result<Vec<WorkspaceRow>, StoreError>;

    /// What a core starts from.
    fn restore(&self, workspace: WorkspaceId) -> Result<Restored, StoreError>;

    /// Entries above `after`, in order.
    fn entries(
        &self,
        workspace: WorkspaceId,
        after: Sequence,
        limit: Limit,
    ) -> Result<Vec<LogEntry>, StoreError>;

    /// Every entry of one document above `after`, in order.
    fn document_entries(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        after: Sequence,
    ) -> Result<Vec<LogEntry>, StoreError>;

    /// The entry a device pushed under this number of its own.
    fn pushed(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        device_sequence: u64,
    ) -> Result<Option<LogEntry>, StoreError>;

    fn snapshot(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<StoredSnapshot>, StoreError>;

    /// Documents with at least `entries` newer than their snapshot, at most `limit` of them; decisions
    /// are in none that a snapshot could be of.
    fn overgrown(
        &self,
        workspace: WorkspaceId,
        entries: u32,
        limit: u32,
    ) -> Result<Vec<DocumentId>, StoreError>;

    /// The newest signed root over all that was written; every commit ends with one.
    fn checkpoint(&self, workspace: WorkspaceId) -> Result<Option<Checkpoint>, StoreError>;

    fn credential(
        &self,
        workspace: WorkspaceId,
        person: PersonId,
    ) -> Result<Option<Credential>, StoreError>;

    fn session(&self, token: TokenHash) -> Result<Option<SessionRow>, StoreError>;

    fn blob(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<Option<BlobRow>, StoreError>;

    /// The key that a blob is encrypted with.
    fn blob_key(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<Held, StoreError>;

    /// The same, made when there is none; durable when this returns.
    fn make_blob_key(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<Arc<DataKey>, StoreError>;

    /// Destroys the key of a blob that no document shows, not even an erased one.
    fn drop_blob_key(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<(), StoreError>;

    /// Blobs that nothing shows any more but what was erased.
    fn erased_blobs(&self, workspace: WorkspaceId) -> Result<Vec<BlobHash>, StoreError>;

    /// The documents that show a blob, as far as uploads have declared.
    fn blob_documents(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<Vec<DocumentId>, StoreError>;

    /// When the unused founding link with this token ends, if there is one.
    fn founding(&self, token: TokenHash) -> Result<Option<Instant>, StoreError>;

    /// What a log that was rebuilt begins with of a document; `None` also when that was erased.
    fn base(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<Snapshot>, StoreError>;

    fn witnesses(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Vec<Witness>, StoreError>;

    /// The share that a device had of an earlier relay.
    fn share(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Option<[u8; 32]>, StoreError>;
}

/// Reads on a thread that may block.
///
/// # Errors
/// The store's.
pub async fn read<T: Send + 'static>(
    store: &Arc<dyn LogStore>,
    query: impl FnOnce(&dyn LogStore) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = store.clone();
    let reading = tokio::task::spawn_blocking(move || query(&*store));
    reading.await.map_err(|_| StoreError::Stopped)?
}
