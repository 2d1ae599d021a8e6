//! The embedded store. One thread writes and commits many batches at once; a few connections read.
//! WAL lets both go on together; `synchronous=FULL` makes a commit survive a power cut.

mod ahead;
mod backfill;
mod connection;
mod convert;
mod copy;
mod encrypting;
mod erasing;
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
use caravan_sync::frame::Snapshot;
use caravan_sync::relay::{Limit, LogEntry, Restored, StoredSnapshot};

use super::{
    BlobRow, Credential, ErasedLine, Held, Holder, Keys, LogStore, SessionRow, StoreError,
    TokenHash, Witness, WorkspaceRow, WriteBatch, Written, keys_beside,
};
use std::sync::Arc;

use crate::audit::Checkpoint;
use crate::cipher::{self, DataKey};
use ahead::KeysAhead;
use backfill::Backfill;
pub(crate) use connection::open_to_read;
pub use copy::copy_database;
use erasing::Erasing;
pub(crate) use erasing::decided as erased_by;
pub use migrations::newest_version;
use readers::Readers;
use seal::Seal;
use writer::{Job, Writer};

/// Cheap to clone. The writing thread ends, after what was handed in, with the last clone.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    keys: Keys,
    ahead: KeysAhead,
}

impl SqliteStore {
    /// Opens the database, making or migrating it first.
    ///
    /// # Errors
    /// When the folder cannot be used, or the database is damaged or of a newer relay, or does not
    /// come up to what was acknowledged.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connection::open_to_write(path)?;
        let keys_path = keys_beside(path);
        let keys = Keys::open(&keys_path)?;
        migrations::migrate(&mut connection, &keys)?;
        let seal = Seal::open(&connection, path)?;
        if !encrypting::fits(&connection, &keys)? {
            return Err(StoreError::NoKeys(keys_path.display().to_string()));
        }
        let erasing = Erasing::open(&connection, keys.clone(), path)?;
        Ok(Self {
            writer: Writer::start(connection, seal, erasing, Backfill::start(path)?)?,
            readers: Readers::open(path)?,
            ahead: KeysAhead::start(keys.clone())?,
            keys,
        })
    }

    /// Everything that was decided to be erased.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn erased(&self) -> Result<Vec<ErasedLine>, StoreError> {
        self.readers.read(erasing::decided)
    }

    /// As it was before it was encrypted; without its envelope when the document was erased.
    fn decrypted(
        &self,
        workspace: WorkspaceId,
        mut entry: LogEntry,
    ) -> Result<LogEntry, StoreError> {
        decrypt(&self.keys, workspace, &mut entry)?;
        Ok(entry)
    }

    fn all_decrypted(
        &self,
        workspace: WorkspaceId,
        mut entries: Vec<LogEntry>,
    ) -> Result<Vec<LogEntry>, StoreError> {
        for entry in &mut entries {
            decrypt(&self.keys, workspace, entry)?;
        }
        Ok(entries)
    }
}

/// What cannot be decrypted stays as it is: it is no envelope, and whoever needs it says so.
fn decrypt(keys: &Keys, workspace: WorkspaceId, entry: &mut LogEntry) -> Result<(), StoreError> {
    if entry.envelope.first() != Some(&cipher::VERSION) {
        return Ok(());
    }
    match keys.held((workspace, Holder::Document(entry.document)))? {
        Held::Destroyed => entry.envelope = Vec::new(),
        Held::Unknown => {}
        Held::Key(key) => {
            let place = cipher::entry(workspace, entry.document, entry.sequence);
            let bytes = std::mem::take(&mut entry.envelope);
            entry.envelope = key.decrypt(&place, bytes).unwrap_or(vec![cipher::VERSION]);
        }
    }
    Ok(())
}

impl LogStore for SqliteStore {
    fn commit(&self, batch: WriteBatch) -> Written<()> {
        self.writer.submit(|done| Job::Commit(batch, done))
    }

    fn expect(&self, workspace: WorkspaceId, documents: Vec<DocumentId>) -> Written<()> {
        let secret = documents
            .into_iter()
            .filter(|id| cipher::is_kept_secret(*id));
        let owner = |id| (workspace, Holder::Document(id));
        self.ahead.make(secret.map(owner).collect())
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
            .read(|connection| restore::restore(connection, &self.keys, workspace))
    }

    fn entries(
        &self,
        workspace: WorkspaceId,
        after: Sequence,
        limit: Limit,
    ) -> Result<Vec<LogEntry>, StoreError> {
        self.readers.read(|connection| {
            query::entries(connection, workspace, after, limit, |entry| {
                decrypt(&self.keys, workspace, entry)
            })
        })
    }

    fn document_entries(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        after: Sequence,
    ) -> Result<Vec<LogEntry>, StoreError> {
        let entries = self
            .readers
            .read(|connection| query::document_entries(connection, workspace, document, after))?;
        self.all_decrypted(workspace, entries)
    }

    fn pushed(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        device_sequence: u64,
    ) -> Result<Option<LogEntry>, StoreError> {
        let entry = self
            .readers
            .read(|connection| query::pushed(connection, workspace, device, device_sequence))?;
        entry
            .map(|entry| self.decrypted(workspace, entry))
            .transpose()
    }

    fn snapshot(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<StoredSnapshot>, StoreError> {
        let stored = self
            .readers
            .read(|connection| query::snapshot(connection, workspace, document))?;
        let Some((upto, bytes)) = stored else {
            return Ok(None);
        };
        encrypting::read_snapshot(&self.keys, workspace, document, upto, bytes)
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

    fn blob_key(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<Held, StoreError> {
        self.keys.held((workspace, Holder::Blob(hash)))
    }

    fn make_blob_key(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<Arc<DataKey>, StoreError> {
        self.keys.make_for_blob(workspace, hash)
    }

    fn drop_blob_key(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<(), StoreError> {
        match self.blob_documents(workspace, hash)?.is_empty() {
            true => self.keys.destroy(&[(workspace, Holder::Blob(hash))]),
            false => Ok(()),
        }
    }

    fn erased_blobs(&self, workspace: WorkspaceId) -> Result<Vec<BlobHash>, StoreError> {
        self.readers
            .read(|connection| erasing::erased_blobs(connection, workspace))
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

    fn base(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<Snapshot>, StoreError> {
        let stored = self
            .readers
            .read(|connection| query::base(connection, workspace, document))?;
        match stored {
            Some(bytes) => encrypting::read_base(&self.keys, workspace, document, bytes),
            None => Ok(None),
        }
    }

    fn witnesses(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Vec<Witness>, StoreError> {
        self.readers
            .read(|connection| query::witnesses(connection, workspace, device))
    }

    fn share(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Option<[u8; 32]>, StoreError> {
        self.readers
            .read(|connection| query::share(connection, workspace, device))
    }
}
