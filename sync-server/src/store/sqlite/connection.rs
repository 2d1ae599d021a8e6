//! How the database is opened, for writing and for reading.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::store::StoreError;

/// Another process may hold the lock for a moment: the backup command, or a relay that drains.
const BUSY: Duration = Duration::from_secs(5);

/// 64 MiB of log without a pause in which it could begin anew: a commit then waits until what [`super::backfill`] has not
/// yet moved is in the database.
const CHECKPOINT_PAGES: u32 = 16_384;

pub(super) fn open_to_write(path: &Path) -> Result<Connection, StoreError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::Folder(Arc::new(error)))?;
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    keep_statements(&connection)?;
    Ok(connection)
}

pub(crate) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    keep_statements(&connection)?;
    Ok(connection)
}

/// Statements are parsed once: without the guarantee SQLite plans a range anew for every value that
/// is bound to it, which costs four times as much as looking up a document.
fn keep_statements(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
