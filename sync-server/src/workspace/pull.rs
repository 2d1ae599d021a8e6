//! Putting together what a device is owed, a batch at a time.

use caravan_domain::id::DeviceId;
use caravan_sync::cursor::{CatchUp, Cursor, Epoch};
use caravan_sync::frame::Reply;

use super::{Workspace, WorkspaceError};
use crate::store::StoreError;

impl Workspace {
    /// The next batch for a device that stands at `cursor` in `epoch`. Stretches of the log with
    /// nothing for this person are passed over, so an empty reply means that nothing is owed.
    ///
    /// # Errors
    /// When the store cannot be read, or the device is not known.
    pub async fn pull(
        &self,
        device: DeviceId,
        epoch: Epoch,
        cursor: Cursor,
    ) -> Result<Reply, WorkspaceError> {
        // In another life of the log a cursor means nothing.
        let cursor = match epoch == self.epoch() {
            true => cursor,
            false => Cursor::default(),
        };
        let mut reply = if self.is_level(cursor) {
            Reply {
                cursor,
                ..Reply::default()
            }
        } else {
            let room = self.room.clone();
            let pulling = tokio::task::spawn_blocking(move || {
                let (core, log) = (room.core(), room.log());
                let mut reply = core.pull(device, cursor, &log)?;
                while reply.more && is_empty(&reply) {
                    reply = core.pull(device, reply.cursor, &log)?;
                }
                Ok::<_, WorkspaceError>(reply)
            });
            pulling.await.map_err(|_| StoreError::Stopped)??
        };
        reply.epoch = self.epoch();
        Ok(reply)
    }

    fn is_level(&self, cursor: Cursor) -> bool {
        // What waits to be looked into is nobody's yet.
        let end = self.look(caravan_sync::relay::RelayCore::released);
        cursor.catch_up == CatchUp::Done && cursor.sequence == end
    }
}

/// Whether it brings nothing but a newer cursor.
#[must_use]
pub fn is_empty(reply: &Reply) -> bool {
    reply.receipts.is_empty()
        && reply.snapshots.is_empty()
        && reply.entries.is_empty()
        && reply.facts.is_empty()
        && reply.purges.is_empty()
}
