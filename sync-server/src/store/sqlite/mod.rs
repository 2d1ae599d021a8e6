//! The embedded store. One thread writes and commits many batches at once; a few connections read.
//! WAL lets both go on together; `synchronous=FULL` makes a commit survive a power cut.

mod connection;
mod convert;
mod copy;
mod migrations;
mod query;
mod readers;
mod restore;
mod seal;
mod secret;
mod writer;

use std::path::Path;

use caravan_domain::document::DocumentId;
use caravan_domain::id::{BlobHash, DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::relay::{Limit, LogEntry, Restored, StoredSnapshot};

use super::{
    BlobRow, Credential, LogStore, SessionRow, StoreError, TokenHash, WorkspaceRow, WriteBatch,
    Written,
};
use crate::audit::Checkpoint;
pub(crate) use connection::open_to_read;
pub use copy::copy_database;
pub use migrations::newest_version;
use readers::Readers;
use seal::Seal;
use writer::{Job, Writer};

/// Cheap to clone. The writing thread ends, after what was handed in, with the last clone.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens the database, making or migrating it first.
    ///
    /// # Errors
    /// When the folder cannot be used, or the database is damaged or of a newer relay, or does not
    /// come up to what was acknowledged.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connection::open_to_write(path)?;
        migrations::migrate(&mut connection)?;
        let seal = Seal::open(&connection, path)?;
        Ok(Self {
            writer: Writer::start(connection, seal)?,
            readers: Readers::open(path)?,
        })
    }
}

impl LogStore for SqliteStore {
    fn commit(&self, batch: WriteBatch) -> Written<()> {
        self.writer.submit(|done| Job::Commit(batch, done))
    }

    fn secret(&self, name: &'static str, made: [u8; 32]) -> Written<[u8; 32]> {
        self.writer.submit(|done| Job::Secret(name, made, done))
    }

    fn probe(&self) -> Written<()> {
        self.writer.submit(Job::Probe)
    }

    fn workspaces(&self) -> Result<Vec<WorkspaceRow>, StoreError> {
        self.readers.read(query::workspaces)
    }

    fn restore(&self, workspace: WorkspaceId) -> Result<Restored, StoreError> {
        self.readers
            .read(|connection| restore::restore(connection, workspace))
    }

    fn entries(
        &self,
        workspace: WorkspaceId,
        after: Sequence,
        limit: Limit,
    ) -> Result<Vec<LogEntry>, StoreError> {
        self.readers
            .read(|connection| query::entries(connection, workspace, after, limit))
    }

    fn document_entries(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        after: Sequence,
    ) -> Result<Vec<LogEntry>, StoreError> {
        self.readers
            .read(|connection| query::document_entries(connection, workspace, document, after))
    }

    fn pushed(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        device_sequence: u64,
    ) -> Result<Option<LogEntry>, StoreError> {
        self.readers
            .read(|connection| query::pushed(connection, workspace, device, device_sequence))
    }

    fn snapshot(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<StoredSnapshot>, StoreError> {
        self.readers
            .read(|connection| query::snapshot(connection, workspace, document))
    }

    fn overgrown(
        &self,
        workspace: WorkspaceId,
        entries: u32,
        limit: u32,
    ) -> Result<Vec<DocumentId>, StoreError> {
        self.readers
            .read(|connection| query::overgrown(connection, workspace, entries, limit))
    }

    fn checkpoint(&self, workspace: WorkspaceId) -> Result<Option<Checkpoint>, StoreError> {
        self.readers
            .read(|connection| seal::checkpoint(connection, workspace))
    }

    fn credential(
        &self,
        workspace: WorkspaceId,
        person: PersonId,
    ) -> Result<Option<Credential>, StoreError> {
        self.readers
            .read(|connection| query::credential(connection, workspace, person))
    }

    fn session(&self, token: TokenHash) -> Result<Option<SessionRow>, StoreError> {
        self.readers
            .read(|connection| query::session(connection, token))
    }

    fn blob(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<Option<BlobRow>, StoreError> {
        self.readers
            .read(|connection| query::blob(connection, workspace, hash))
    }

    fn blob_documents(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<Vec<DocumentId>, StoreError> {
        self.readers
            .read(|connection| query::blob_documents(connection, workspace, hash))
    }

    fn founding(&self, token: TokenHash) -> Result<Option<Instant>, StoreError> {
        self.readers
            .read(|connection| query::founding(connection, token))
    }
}
