//! A backup from before an erasure does not know of it: the relay is told before it starts.

use caravan_sync::relay::RelayCore;

use super::desk::{admission_writes, last_sequence};
use crate::store::{ErasedList, LogStore, StoreError, Write, WriteBatch};

/// Decides once more what is on the list, where the store does not know of it; how many documents
/// that were. To be called while no relay runs.
///
/// # Errors
/// The store's.
pub async fn erase_again(store: &dyn LogStore, list: &ErasedList) -> Result<usize, StoreError> {
    let mut count = 0;
    for row in store.workspaces()? {
        let mut core = RelayCore::restore(row.workspace, store.restore(row.workspace)?);
        let mut pending = core.begin();
        let (mut to, mut writes) = (row.head, Vec::new());
        for line in list.iter().filter(|line| line.workspace == row.workspace) {
            let admission = core.erase_again(&mut pending, line.document, line.erased);
            count += usize::from(!admission.facts.is_empty());
            to = to.max(last_sequence(&admission));
            writes.extend(admission_writes(admission));
        }
        if writes.is_empty() {
            continue;
        }
        let from = row.head;
        writes.insert(0, Write::Advance { from, to });
        let workspace = row.workspace;
        store.commit(WriteBatch { workspace, writes }).await?;
    }
    Ok(count)
}
