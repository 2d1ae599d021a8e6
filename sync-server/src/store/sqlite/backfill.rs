//! Moves SQLite's log into the database beside the writing, so that no acknowledgement waits for it. The log begins anew
//! once all of it has been moved and the next commit finds it so: in a pause, or when it has grown so long that the
//! writer moves the rest itself ([`super::connection`]).

use std::path::Path;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread;

use rusqlite::Connection;

use super::connection::open_to_write;
use crate::store::StoreError;

/// Rows written, about a megabyte of log: for less it is not worth the trip to the disk.
const WORTH_IT: usize = 1024;

#[derive(Debug)]
pub(super) struct Backfill {
    call: SyncSender<()>,
    /// Rows since it was last called.
    written: usize,
}

impl Backfill {
    /// On a thread of its own, which ends with this.
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let connection = open_to_write(path)?;
        let (call, calls) = sync_channel(1);
        thread::Builder::new()
            .name("store-backfill".to_owned())
            .spawn(move || {
                for () in calls {
                    if let Err(error) = checkpoint(&connection) {
                        tracing::warn!(%error, "the log could not be moved into the database");
                    }
                }
            })
            .map_err(|error| StoreError::Folder(error.into()))?;
        Ok(Self { call, written: 0 })
    }

    pub(super) fn note(&mut self, rows: usize) {
        self.written += rows;
        // While one is under way, the next waits; a thread that is gone leaves it to the writer.
        if self.written >= WORTH_IT
            && !matches!(self.call.try_send(()), Err(TrySendError::Full(())))
        {
            self.written = 0;
        }
    }
}

/// As much of it as no reader still needs, without keeping anybody from writing.
fn checkpoint(connection: &Connection) -> Result<(), StoreError> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    Ok(())
}
