//! Keeps documents with a long history short for devices that begin: what the log says of them is
//! compacted once in a while, in the background. The log stays as it is.

use caravan_documents::Document;
use caravan_domain::document::DocumentId;
use caravan_sync::relay::{StoredSnapshot, assemble};

use super::{Workspace, WorkspaceError};
use crate::store::{StoreError, Write, WriteBatch};

/// A document is worth it from this many entries on.
const ENTRIES: u32 = 64;
/// At most this many documents a round, so that a round stays short.
const DOCUMENTS: u32 = 32;

impl Workspace {
    /// Compacts some documents; how many.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn compact_some(&self) -> Result<usize, WorkspaceError> {
        let room = self.room.clone();
        let compacting = tokio::task::spawn_blocking(move || {
            let documents = room.store.overgrown(room.id, ENTRIES, DOCUMENTS)?;
            let position = room.core().released();
            let mut snapshots = Vec::with_capacity(documents.len());
            for document in documents {
                let whole = assemble(document, position, &room.log())?;
                snapshots.extend(compacted(document, whole));
            }
            Ok::<_, WorkspaceError>(snapshots)
        });
        let snapshots = compacting.await.map_err(|_| StoreError::Stopped)??;
        let count = snapshots.len();
        if count > 0 {
            let batch = WriteBatch {
                workspace: self.id(),
                writes: snapshots.into_iter().map(Write::Snapshot).collect(),
            };
            self.room.store.commit(batch).await?;
        }
        Ok(count)
    }
}

/// `None` when the document cannot be read here: then it goes out as the log has it, and every
/// device judges for itself.
fn compacted(document: DocumentId, mut whole: StoredSnapshot) -> Option<StoredSnapshot> {
    let loaded = Document::load(document, &whole.snapshot.chunks);
    match loaded.and_then(|loaded| loaded.snapshot()) {
        Ok(chunks) => {
            whole.snapshot.chunks = chunks;
            Some(whole)
        }
        Err(error) => {
            tracing::warn!(%error, "a document could not be compacted");
            None
        }
    }
}
