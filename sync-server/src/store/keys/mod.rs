//! The keys that documents and pictures are encrypted with, in a database of their own beside the
//! relay's, so that a backup can keep them apart and an erasure can reach them.
//!
//! A key is durable before anything encrypted with it is. One that was destroyed leaves its row with
//! zeros in the key's place: they are written over the key where it stands, because a row that is
//! never removed is never moved either, and no second copy of a key comes to be in the file. The
//! test below looks for one.

mod cache;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use caravan_domain::document::DocumentId;
use caravan_domain::id::{BlobHash, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{ErasedList, StoreError};
use crate::cipher::DataKey;
use crate::clock;
use cache::Cache;

const SCHEMA: &str = include_str!("schema.sql");
/// Counts up with the schema.
const SCHEMA_VERSION: u32 = 1;
/// `caravan erase-keys` or a backup may hold the lock for a moment.
const BUSY: Duration = Duration::from_secs(5);
const DESTROYED: [u8; 32] = [0; 32];

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    Document(DocumentId),
    Blob(BlobHash),
}

pub type Owner = (WorkspaceId, Holder);

/// What is known of a key.
#[derive(Debug, Clone)]
pub enum Held {
    Key(Arc<DataKey>),
    /// There was one, and it is gone for good.
    Destroyed,
    /// There never was one here.
    Unknown,
}

/// Cheap to clone; all clones share one connection and the keys used last.
#[derive(Debug, Clone)]
pub struct Keys(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connection: Mutex<Connection>,
    cache: Mutex<Cache>,
}

impl Holder {
    /// Told apart by their length.
    fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Document(document) => document.to_bytes().to_vec(),
            Self::Blob(hash) => hash.0.to_vec(),
        }
    }
}

/// Beside the database.
#[must_use]
pub fn keys_beside(database: &Path) -> PathBuf {
    database.with_file_name("keys.db")
}

impl Keys {
    /// Opens the key store, making it first.
    ///
    /// # Errors
    /// When it cannot be used, or is of a newer relay.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", true)?;
        let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => connection.execute_batch(SCHEMA)?,
            SCHEMA_VERSION => {}
            newer => return Err(StoreError::Newer(newer)),
        }
        Ok(Self::of(connection))
    }

    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::of(super::open_to_read(path)?))
    }

    fn of(connection: Connection) -> Self {
        Self(Arc::new(Inner {
            connection: Mutex::new(connection),
            cache: Mutex::default(),
        }))
    }

    /// # Errors
    /// The key store's, as for all that follow.
    pub fn held(&self, owner: Owner) -> Result<Held, StoreError> {
        if let Some(key) = self.cache().get(&owner) {
            return Ok(Held::Key(key));
        }
        let connection = self.connection();
        let held = find(&connection, owner)?;
        if let Held::Key(key) = &held {
            // Before the connection is let go, or a key that is destroyed meanwhile would come back.
            self.cache().insert(owner, Arc::clone(key));
        }
        Ok(held)
    }

    /// Makes the keys that are missing, in one transaction, durable when this returns. One that was
    /// destroyed stays destroyed.
    pub fn make(&self, owners: &[Owner]) -> Result<(), StoreError> {
        let mut made = Vec::with_capacity(owners.len());
        let connection = self.write(owners, |transaction, owner| {
            let key = clock::random::<32>();
            let rows = transaction
                .prepare_cached(
                    "INSERT INTO keys (workspace, holder, key) VALUES (?1, ?2, ?3)
                     ON CONFLICT (workspace, holder) DO NOTHING",
                )?
                .execute(params![owner.0.0.as_bytes(), owner.1.to_bytes(), key])?;
            made.extend((rows > 0).then(|| (*owner, Arc::new(DataKey::new(&key)))));
            Ok(rows)
        })?;
        let mut cache = self.cache();
        for (owner, key) in made {
            cache.insert(owner, key);
        }
        // Not before, or a key that is destroyed meanwhile would come back.
        drop(connection);
        Ok(())
    }

    /// Makes those of the keys that are not known to be there.
    pub fn make_missing(&self, mut owners: Vec<Owner>) -> Result<(), StoreError> {
        let mut missing = Vec::new();
        owners.sort_unstable();
        owners.dedup();
        for owner in owners {
            if matches!(self.held(owner)?, Held::Unknown) {
                missing.push(owner);
            }
        }
        match missing.as_slice() {
            [] => Ok(()),
            missing => self.make(missing),
        }
    }

    /// A key for a picture: a new one where one was destroyed, because the same picture may belong
    /// to somebody else later.
    pub fn make_for_blob(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<Arc<DataKey>, StoreError> {
        let owner = (workspace, Holder::Blob(hash));
        if !matches!(self.held(owner)?, Held::Key(_)) {
            let written = self.write(&[owner], |transaction, owner| {
                transaction.execute(
                    "INSERT INTO keys (workspace, holder, key) VALUES (?1, ?2, ?3)
                     ON CONFLICT (workspace, holder) DO UPDATE SET key = excluded.key
                     WHERE key = ?4",
                    params![
                        owner.0.0.as_bytes(),
                        owner.1.to_bytes(),
                        clock::random::<32>(),
                        DESTROYED
                    ],
                )
            });
            drop(written?);
        }
        match self.held(owner)? {
            Held::Key(key) => Ok(key),
            Held::Destroyed | Held::Unknown => Err(StoreError::Damaged("key")),
        }
    }

    /// Destroys keys for good: when this returns their bytes are in no file of the key store, nor
    /// among the keys in memory. Safe to repeat.
    pub fn destroy(&self, owners: &[Owner]) -> Result<(), StoreError> {
        if owners.is_empty() {
            return Ok(());
        }
        let connection = self.write(owners, |transaction, owner| {
            transaction
                .prepare_cached(
                    "INSERT INTO keys (workspace, holder, key) VALUES (?1, ?2, ?3)
                     ON CONFLICT (workspace, holder) DO UPDATE SET key = excluded.key",
                )?
                .execute(params![owner.0.0.as_bytes(), owner.1.to_bytes(), DESTROYED])
        })?;
        let mut cache = self.cache();
        owners.iter().for_each(|owner| cache.remove(owner));
        drop(cache);
        empty_the_log(&connection)
    }

    /// Empties the write-ahead log, in which destroyed keys may still be.
    pub fn forget_the_past(&self) -> Result<(), StoreError> {
        empty_the_log(&self.connection())
    }

    /// Destroys the keys of everything on a list, in a key store that may be older than the list; how
    /// many there were. The whole file is written anew: somebody may have copied it in such a way that
    /// its pages hold keys a second time.
    pub fn destroy_listed(&self, list: &ErasedList) -> Result<usize, StoreError> {
        let mut owners = Vec::new();
        for line in list.iter() {
            let owner = (line.workspace, Holder::Document(line.document));
            if matches!(self.held(owner)?, Held::Key(_)) {
                owners.push(owner);
            }
        }
        for picture in list.pictures() {
            let owner = (picture.workspace, Holder::Blob(picture.hash));
            if matches!(self.held(owner)?, Held::Key(key) if key.name() == picture.key) {
                owners.push(owner);
            }
        }
        self.destroy(&owners)?;
        let connection = self.connection();
        // Not by way of a file elsewhere.
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.execute_batch("VACUUM")?;
        empty_the_log(&connection)?;
        Ok(owners.len())
    }

    /// How many keys there are, without those that were destroyed.
    pub fn count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM keys WHERE key <> ?1";
        let count: i64 = self
            .connection()
            .query_row(sql, [DESTROYED], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    /// In one transaction, which is durable when this returns.
    fn write(
        &self,
        owners: &[Owner],
        mut write: impl FnMut(&Transaction<'_>, &Owner) -> rusqlite::Result<usize>,
    ) -> Result<MutexGuard<'_, Connection>, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for owner in owners {
            write(&transaction, owner)?;
        }
        transaction.commit()?;
        Ok(connection)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A transaction that was not committed is rolled back with its guard.
        let connection = self.0.connection.lock();
        connection.unwrap_or_else(PoisonError::into_inner)
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.0.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find(connection: &Connection, owner: Owner) -> Result<Held, StoreError> {
    let key: Option<[u8; 32]> = connection
        .prepare_cached("SELECT key FROM keys WHERE workspace = ?1 AND holder = ?2")?
        .query_row(params![owner.0.0.as_bytes(), owner.1.to_bytes()], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(match key {
        None => Held::Unknown,
        Some(DESTROYED) => Held::Destroyed,
        Some(key) => Held::Key(Arc::new(DataKey::new(&key))),
    })
}

/// The write-ahead log still holds the pages as they were before.
fn empty_the_log(connection: &Connection) -> Result<(), StoreError> {
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    match busy {
        false => Ok(()),
        true => Err(StoreError::Busy),
    }
}

#[cfg(test)]
mod tests;
