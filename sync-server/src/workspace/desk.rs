//! The one place where a workspace changes. Whatever has queued up is prepared together, committed
//! together, and answered once it is durable. When the commit fails, nothing has happened.

use std::sync::Arc;
use std::time::{Duration, Instant};

use caravan_domain::facts::FactKey;
use caravan_sync::relay::{Admission, LogEntry, Pending, RelayCore, RelayError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use super::log::WorkspaceLog;
use super::{Room, Workspace, WorkspaceError};
use crate::store::{StoreError, Write, WriteBatch};

pub(super) const QUEUE: usize = 256;
/// Jobs in one commit.
const GROUP: usize = 32;
/// How long a job that may wait does so.
const LINGER: Duration = Duration::from_millis(5);

/// What a job comes to: the core's admission, what else must be written with it, and the answer
/// for whoever asked.
#[derive(Debug)]
pub struct Change<T> {
    pub answer: T,
    pub admission: Admission,
    pub also: Vec<Write>,
}

impl<T> Change<T> {
    /// Nothing changes.
    pub fn none(answer: T) -> Self {
        Self {
            answer,
            admission: Admission::default(),
            also: Vec::new(),
        }
    }
}

type Answer = Box<dyn FnOnce(Result<(), WorkspaceError>) + Send>;
type Prepared = Result<(Admission, Vec<Write>), WorkspaceError>;
type Work =
    Box<dyn FnOnce(&RelayCore, &mut Pending, &WorkspaceLog<'_>) -> (Prepared, Answer) + Send>;

pub(super) struct Job {
    haste: Haste,
    work: Work,
}

/// Whether a commit is made for a job alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Haste {
    AtOnce,
    /// Nobody waits for an answer: it may wait a moment for others to share their trip to the disk, or who comes right after
    /// it waits for two.
    MayWait,
}

impl Workspace {
    /// Has `work` prepare a change over the pending state, and resolves when it is durable.
    ///
    /// # Errors
    /// When it could not be prepared or written; nothing has happened then.
    pub async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(
            &RelayCore,
            &mut Pending,
            &WorkspaceLog<'_>,
        ) -> Result<Change<T>, RelayError<StoreError>>
        + Send
        + 'static,
    ) -> Result<T, WorkspaceError> {
        change(&self.jobs, Haste::AtOnce, work).await
    }
}

/// As [`Workspace::change`], for whoever must not keep the desk open.
pub(super) async fn change<T: Send + 'static>(
    jobs: &mpsc::Sender<Job>,
    haste: Haste,
    work: impl FnOnce(
        &RelayCore,
        &mut Pending,
        &WorkspaceLog<'_>,
    ) -> Result<Change<T>, RelayError<StoreError>>
    + Send
    + 'static,
) -> Result<T, WorkspaceError> {
    let (tell, told) = oneshot::channel();
    let work: Work = Box::new(move |core, pending, log| {
        let (prepared, outcome) = match work(core, pending, log) {
            Ok(change) => (Ok((change.admission, change.also)), Ok(change.answer)),
            Err(error) => {
                let error = WorkspaceError::from(error);
                (Err(error.clone()), Err(error))
            }
        };
        // Whoever asked may be gone; the write stands all the same.
        let answer: Answer = Box::new(move |written| drop(tell.send(written.and(outcome))));
        (prepared, answer)
    });
    let queued = jobs.send(Job { haste, work }).await;
    queued.map_err(|_| StoreError::Stopped)?;
    told.await.map_err(|_| StoreError::Stopped)?
}

/// Until the last handle of the workspace is gone.
pub(super) async fn work(
    room: Arc<Room>,
    mut queue: mpsc::Receiver<Job>,
    announce: watch::Sender<u64>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut group, GROUP).await > 0 {
        if group.iter().all(|job| job.haste == Haste::MayWait) {
            // Nobody may come, or the queue may have closed: both is well.
            let _ = timeout(LINGER, queue.recv_many(&mut group, GROUP)).await;
        }
        let jobs = std::mem::replace(&mut group, Vec::with_capacity(GROUP));
        do_together(&room, jobs, &announce).await;
    }
}

struct Batch {
    pending: Pending,
    outcome: Result<Vec<Write>, WorkspaceError>,
    answers: Vec<Answer>,
}

async fn do_together(room: &Arc<Room>, jobs: Vec<Job>, announce: &watch::Sender<u64>) {
    let preparing = {
        let room = room.clone();
        // Signatures are verified and the log is read here: not on a socket's thread.
        tokio::task::spawn_blocking(move || prepare(&room, jobs))
    };
    let Ok(batch) = preparing.await else {
        // The jobs, and with them those who wait for an answer, went down with the panic.
        tracing::error!("a job panicked; nothing of its group was written");
        return;
    };
    let Batch {
        pending,
        outcome,
        answers,
    } = batch;
    let written = match outcome {
        Ok(writes) if writes.is_empty() => Ok(()),
        Ok(writes) => commit(room, pending, writes, announce).await,
        Err(error) => Err(error),
    };
    if let Err(error) = &written {
        let error = error as &dyn std::error::Error;
        tracing::error!(error, "nothing of a group was written");
    }
    for answer in answers {
        answer(written.clone());
    }
}

fn prepare(room: &Room, jobs: Vec<Job>) -> Batch {
    let mut pending = room.core_mut().begin();
    let core = room.core();
    let log = room.log();
    let from = core.position();
    let mut to = from;
    let mut writes = Vec::new();
    let mut failed = None;
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        let (prepared, answer) = (job.work)(&core, &mut pending, &log);
        match prepared {
            Ok((admission, also)) => {
                to = to.max(last_sequence(&admission));
                writes.extend(also);
                writes.extend(admission_writes(admission));
            }
            // The pending state may be half changed: the whole group is dropped with it.
            Err(error) => failed = Some(error),
        }
        answers.push(answer);
    }
    if to > from {
        writes.insert(0, Write::Advance { from, to });
    }
    Batch {
        pending,
        outcome: failed.map_or(Ok(writes), Err),
        answers,
    }
}

async fn commit(
    room: &Room,
    pending: Pending,
    writes: Vec<Write>,
    announce: &watch::Sender<u64>,
) -> Result<(), WorkspaceError> {
    let entries: Vec<LogEntry> = writes
        .iter()
        .filter_map(|write| match write {
            Write::Entry(entry) => Some(entry.clone()),
            _ => None,
        })
        .map(|entry| without_erased(entry, &pending))
        .collect();
    let erased: Vec<_> = writes
        .iter()
        .filter_map(|write| match write {
            Write::Fact(fact) => match fact.change.key {
                FactKey::Erased(document) => Some(document),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let quarantined: Vec<_> = writes
        .iter()
        .filter_map(|write| match write {
            Write::Quarantine { sequence, reason } => Some((*sequence, *reason)),
            _ => None,
        })
        .collect();
    let begun = Instant::now();
    let batch = WriteBatch {
        workspace: room.id,
        writes,
    };
    room.store.commit(batch).await?;
    let seconds = begun.elapsed().as_secs_f64();
    room.metrics.commit_seconds.observe(seconds);
    {
        // Before the core: a reader that sees the new position must find its entries.
        let mut recent = room.recent();
        entries.into_iter().for_each(|entry| recent.push(entry));
        for (sequence, reason) in quarantined {
            recent.quarantine(sequence, reason);
        }
        erased.into_iter().for_each(|id| recent.erase(id));
    }
    let mut core = room.core_mut();
    let before = unreleased(&core);
    core.commit(pending);
    room.metrics.unreleased.inc_by(unreleased(&core) - before);
    announce.send_replace(core.position());
    Ok(())
}

/// Late edits of what was erased are kept for their hash alone, here as in the store.
fn without_erased(mut entry: LogEntry, pending: &Pending) -> LogEntry {
    if pending.facts().is_erased(entry.document) {
        entry.envelope = Vec::new();
    }
    entry
}

/// How far what may be passed on is behind what was received.
pub(super) fn unreleased(core: &RelayCore) -> i64 {
    core.position()
        .saturating_sub(core.released())
        .cast_signed()
}

pub(super) fn last_sequence(admission: &Admission) -> u64 {
    let entries = admission.appends.iter().map(|entry| entry.sequence);
    let facts = admission.facts.iter().map(|fact| fact.sequence);
    entries.chain(facts).max().unwrap_or(0)
}

pub(super) fn admission_writes(admission: Admission) -> impl Iterator<Item = Write> {
    let entries = admission.appends.into_iter().map(Write::Entry);
    let facts = admission.facts.into_iter().map(Write::Fact);
    let visibility = admission.visibility.into_iter().map(Write::Visibility);
    let quarantined = admission.quarantined.into_iter();
    let quarantined = quarantined.map(|found| Write::Quarantine {
        sequence: found.sequence,
        reason: found.reason,
    });
    let released = admission.released.map(Write::Release);
    entries
        .chain(facts)
        .chain(visibility)
        .chain(quarantined)
        .chain(released)
}
