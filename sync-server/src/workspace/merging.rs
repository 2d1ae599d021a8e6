//! Has the merger look into what was received, in the log's order, and lets it be passed on. What
//! fails is quarantined; nothing waits for it longer than it takes to find that out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use caravan_sync::relay::{FactsThen, Limit};
use tokio::sync::{mpsc, watch};

use super::desk::{Haste, Job, change};
use super::{Change, Room, WorkspaceError};
use crate::merger::{Merger, NoMerger, Stretch};
use crate::store::StoreError;

/// Of the log at once: what comes meanwhile is looked into together.
const STRETCH: Limit = Limit {
    entries: 256,
    bytes: 2 << 20,
};
/// Before the next attempt, when there is no merger or the store fails.
const PAUSE: Duration = Duration::from_secs(1);

#[derive(Debug, thiserror::Error)]
enum MergeError {
    #[error(transparent)]
    NoMerger(#[from] NoMerger),
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

/// Until the desk has closed.
pub(super) async fn work(
    room: Arc<Room>,
    merger: Merger,
    jobs: mpsc::WeakSender<Job>,
    mut head: watch::Receiver<u64>,
) {
    let mut then = None;
    loop {
        match look_into_next(&room, &merger, &jobs, &mut then).await {
            Ok(true) => {}
            Ok(false) => {
                if head.changed().await.is_err() {
                    return;
                }
            }
            Err(error) => {
                warn(&error);
                tokio::time::sleep(PAUSE).await;
                if jobs.strong_count() == 0 {
                    return;
                }
            }
        }
    }
}

fn warn(error: &MergeError) {
    let error = error as &dyn std::error::Error;
    tracing::error!(error, "what was received is not passed on yet");
}

/// Whether there was anything. `then` is kept from one stretch to the next.
async fn look_into_next(
    room: &Arc<Room>,
    merger: &Merger,
    jobs: &mpsc::WeakSender<Job>,
    then: &mut Option<FactsThen>,
) -> Result<bool, MergeError> {
    let reading = room.clone();
    let next = tokio::task::spawn_blocking(move || {
        // Documents are put together without the core's lock, which every push waits for.
        let waiting = reading.core().waiting();
        Stretch::read(waiting, STRETCH, &reading.log())
    });
    let next = next.await.map_err(|_| StoreError::Stopped);
    let next = next.map_err(WorkspaceError::from)?;
    let Some((stretch, requests)) = next.map_err(WorkspaceError::from)? else {
        return Ok(false);
    };
    let documents: Vec<_> = requests.iter().map(|request| request.id).collect();
    let reports = merger.examine(requests).await?;
    let reports: BTreeMap<_, _> = documents.into_iter().zip(reports).collect();
    let mut facts = room.core().facts_then(then.take());
    let examined = stretch.judge(reports, &mut facts);
    *then = Some(facts);
    let count = examined.quarantined.len();
    let Some(jobs) = jobs.upgrade() else {
        return Ok(false);
    };
    let released = change(&jobs, Haste::MayWait, move |core, pending, log| {
        let admission = core.release(pending, examined, log)?;
        Ok(Change {
            answer: (),
            admission,
            also: Vec::new(),
        })
    });
    released.await?;
    if count > 0 {
        tracing::warn!(count, "changes were quarantined");
        room.metrics.quarantined.inc_by(count as u64);
    }
    Ok(true)
}
