//! Has the merger look into what was received, in the log's order, and lets it be passed on. What
//! fails is quarantined; nothing waits for it longer than it takes to find that out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use caravan_domain::document::DocumentId;
use caravan_sync::change::{self, ChangeHeader};
use caravan_sync::envelope::{Envelope, Hash, Payload};
use caravan_sync::frame::Quarantine;
use caravan_sync::relay::{Examined, Limit, LogEntry, Quarantined, assemble};
use serde_bytes::ByteBuf;
use tokio::sync::{mpsc, watch};

use super::desk::{Job, change};
use super::{Change, Room, WorkspaceError};
use crate::merger::{Merger, NoMerger, Report, Request, judge};
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
    loop {
        match look_into_next(&room, &merger, &jobs).await {
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

/// Whether there was anything.
async fn look_into_next(
    room: &Arc<Room>,
    merger: &Merger,
    jobs: &mpsc::WeakSender<Job>,
) -> Result<bool, MergeError> {
    let reading = room.clone();
    let stretch = tokio::task::spawn_blocking(move || Stretch::read(&reading));
    let stretch = stretch.await.map_err(|_| StoreError::Stopped);
    let Some(stretch) = stretch.map_err(WorkspaceError::from)?? else {
        return Ok(false);
    };
    let examined = stretch.examine(room, merger).await?;
    let count = examined.quarantined.len();
    let Some(jobs) = jobs.upgrade() else {
        return Ok(false);
    };
    let released = change(&jobs, move |core, pending, log| {
        let admission = core.release(pending, examined, log)?;
        Ok(Change {
            answer: (),
            admission,
            also: Vec::new(),
        })
    });
    released.await?;
    room.metrics.quarantined.inc_by(count as u64);
    Ok(true)
}

/// A piece of the log that nobody else has been given.
struct Stretch {
    upto: u64,
    /// In the log's order.
    changes: Vec<Received>,
    /// Each document they are about, as everybody has it.
    documents: BTreeMap<DocumentId, Vec<u8>>,
}

struct Received {
    entry: LogEntry,
    header: ChangeHeader,
    bytes: ByteBuf,
}

impl Stretch {
    fn read(room: &Room) -> Result<Option<Self>, WorkspaceError> {
        let log = room.log();
        let core = room.core();
        let (entries, upto) = core.unreleased(STRETCH, &log)?;
        let released = core.released();
        if upto == released {
            return Ok(None);
        }
        drop(core);
        let changes: Vec<_> = entries.into_iter().filter_map(Received::of).collect();
        let mut documents = BTreeMap::new();
        for received in &changes {
            let id = received.entry.document;
            if !documents.contains_key(&id) {
                let whole = assemble(id, released, &log)?;
                documents.insert(id, whole.snapshot.chunks);
            }
        }
        Ok(Some(Self {
            upto,
            changes,
            documents,
        }))
    }

    async fn examine(mut self, room: &Room, merger: &Merger) -> Result<Examined, NoMerger> {
        let mut reports = BTreeMap::new();
        for (id, document) in std::mem::take(&mut self.documents) {
            let changes = self.changes.iter().filter(|it| it.entry.document == id);
            let request = Request {
                id,
                document,
                changes: changes.map(|it| it.bytes.clone()).collect(),
            };
            let report: Report = merger.examine(request).await?;
            reports.insert(id, report.into_iter());
        }
        let mut dropped: BTreeSet<Hash> = BTreeSet::new();
        let mut quarantined = Vec::new();
        let core = room.core();
        for received in &self.changes {
            let entry = &received.entry;
            let found = reports.get_mut(&entry.document).and_then(Iterator::next);
            let rests_on_dropped = received
                .header
                .dependencies
                .iter()
                .any(|hash| dropped.contains(hash));
            let verdict = match found {
                _ if rests_on_dropped => Err(Quarantine::Unfounded),
                Some(found) => judge(entry.device, entry.document.kind, found, core.facts()),
                None => Err(Quarantine::Unsound),
            };
            if let Err(reason) = verdict {
                dropped.insert(received.header.hash);
                let sequence = entry.sequence;
                tracing::warn!(sequence, ?reason, "a change was quarantined");
                quarantined.push(Quarantined { sequence, reason });
            }
        }
        let upto = self.upto;
        Ok(Examined { upto, quarantined })
    }
}

impl Received {
    /// `None` for decisions, and for what was refused when it came.
    fn of(entry: LogEntry) -> Option<Self> {
        if entry.refusal.is_some() {
            return None;
        }
        let Payload::Change(bytes) = Envelope::from_bytes(&entry.envelope)?.payload else {
            return None;
        };
        Some(Self {
            header: change::header(&bytes).ok()?,
            bytes: ByteBuf::from(bytes),
            entry,
        })
    }
}
