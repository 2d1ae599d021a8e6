//! The store as the core sees it: one workspace's log.

use std::sync::Mutex;

use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::Snapshot;
use caravan_sync::relay::{Limit, Log, LogEntry, StoredSnapshot};

use super::Room;
use super::recent::Recent;
use crate::store::{LogStore, StoreError};

pub struct WorkspaceLog<'a> {
    workspace: WorkspaceId,
    store: &'a dyn LogStore,
    recent: &'a Mutex<Recent>,
}

impl Room {
    pub(super) fn log(&self) -> WorkspaceLog<'_> {
        WorkspaceLog {
            workspace: self.id,
            store: &*self.store,
            recent: &self.recent,
        }
    }
}

impl Log for WorkspaceLog<'_> {
    type Error = StoreError;

    fn entries(&self, after: Sequence, limit: Limit) -> Result<Vec<LogEntry>, StoreError> {
        let recent = self.recent.lock().ok();
        match recent.and_then(|recent| recent.above(after, limit)) {
            Some(entries) => Ok(entries),
            None => self.store.entries(self.workspace, after, limit),
        }
    }

    fn document_entries(
        &self,
        document: DocumentId,
        after: Sequence,
    ) -> Result<Vec<LogEntry>, StoreError> {
        self.store.document_entries(self.workspace, document, after)
    }

    fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, StoreError> {
        self.store.snapshot(self.workspace, document)
    }

    fn base(&self, document: DocumentId) -> Result<Option<Snapshot>, StoreError> {
        self.store.base(self.workspace, document)
    }

    fn pushed(
        &self,
        device: DeviceId,
        device_sequence: u64,
    ) -> Result<Option<LogEntry>, StoreError> {
        self.store.pushed(self.workspace, device, device_sequence)
    }
}
