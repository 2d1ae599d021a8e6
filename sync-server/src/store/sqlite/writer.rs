//! The one thread that writes. Whatever has arrived while the last commit was on its way to the
//! disk goes into the next one together (group commit); each batch stands or falls by itself.

use std::thread;

use futures_util::future::FutureExt;
use rusqlite::{Connection, DropBehavior, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::backfill::Backfill;
use super::erasing::Erasing;
use super::seal::{Seal, Sealing};
use super::secret;
use crate::store::{StoreError, WriteBatch, Written};

mod apply;

/// Requests waiting before those who send must wait too.
const QUEUE: usize = 1024;
/// Requests in one commit: enough to share the disk's latency, few enough to keep it short.
const GROUP: usize = 512;
/// What a probe writes: more than an ordinary push, or a full disk would still have room for the one
/// and not for the other. Of random bytes: pages that stay as they are would not be written.
const PROBE_BYTES: u32 = 64 << 10;

pub(super) type Done<T> = oneshot::Sender<Result<T, StoreError>>;

#[derive(Debug)]
pub(super) enum Job {
    Commit(WriteBatch, Done<()>),
    Secret(&'static str, [u8; 32], Done<[u8; 32]>),
    Probe(Done<()>),
}

impl Job {
    fn rows(&self) -> usize {
        match self {
            Self::Commit(batch, _) => batch.writes.len(),
            Self::Secret(..) | Self::Probe(_) => 1,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Writer(mpsc::Sender<Job>);

impl Writer {
    pub(super) fn start(
        connection: Connection,
        seal: Seal,
        erasing: Erasing,
        backfill: Backfill,
    ) -> Result<Self, StoreError> {
        let (sender, jobs) = mpsc::channel(QUEUE);
        thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || run(connection, seal, erasing, backfill, jobs))
            .map_err(|error| StoreError::Folder(error.into()))?;
        Ok(Self(sender))
    }

    /// Order of calls is order of writing: a job enters the queue at once when there is room.
    pub(super) fn submit<T: Send + 'static>(&self, job: impl FnOnce(Done<T>) -> Job) -> Written<T> {
        let (done, answer) = oneshot::channel();
        let waiting = match self.0.try_send(job(done)) {
            Ok(()) => None,
            Err(mpsc::error::TrySendError::Full(job)) => Some((self.0.clone(), job)),
            Err(mpsc::error::TrySendError::Closed(_)) => {
                return async { Err(StoreError::Stopped) }.boxed();
            }
        };
        async move {
            if let Some((queue, job)) = waiting {
                queue.send(job).await.map_err(|_| StoreError::Stopped)?;
            }
            answer.await.map_err(|_| StoreError::Stopped)?
        }
        .boxed()
    }
}

fn run(
    mut connection: Connection,
    mut seal: Seal,
    mut erasing: Erasing,
    mut backfill: Backfill,
    mut jobs: mpsc::Receiver<Job>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
        let rows = group.iter().map(Job::rows).sum();
        commit_or_fail(&mut connection, &mut seal, &mut erasing, &mut group);
        backfill.note(rows);
    }
}

fn commit_or_fail(
    connection: &mut Connection,
    seal: &mut Seal,
    erasing: &mut Erasing,
    group: &mut Vec<Job>,
) {
    if let Err(error) = commit_group(connection, seal, erasing, group) {
        tracing::error!(%error, "a commit failed");
        // Dropping a job's sender would say "stopped"; say what really happened.
        for job in group.drain(..) {
            fail(job, &error);
        }
    }
}

/// Sends answers only after the commit that carries them. On an error `group` still holds the jobs
/// nobody has answered.
fn commit_group(
    connection: &mut Connection,
    seal: &mut Seal,
    erasing: &mut Erasing,
    group: &mut Vec<Job>,
) -> Result<(), StoreError> {
    // The keys are durable before anything they encrypt.
    erasing.encrypt(group.iter_mut().filter_map(|job| match job {
        Job::Commit(batch, _) => Some(batch),
        _ => None,
    }))?;
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut sealing = seal.begin();
    let mut outcomes = Vec::with_capacity(group.len());
    if let [job] = group.as_slice() {
        // It needs no savepoint, which would copy every page that it touches.
        let outcome = run_job(&transaction, &mut sealing, erasing, job)?;
        if let Outcome::Refused(error) = outcome {
            transaction.rollback()?;
            group.drain(..).for_each(|job| fail(job, &error));
            return Ok(());
        }
        outcomes.push(outcome);
    } else {
        for job in group.iter() {
            let mut savepoint = transaction.savepoint()?;
            let outcome = run_job(&savepoint, &mut sealing, erasing, job)?;
            match outcome {
                Outcome::Refused(_) => savepoint.set_drop_behavior(DropBehavior::Rollback),
                _ => savepoint.set_drop_behavior(DropBehavior::Commit),
            }
            savepoint.finish()?;
            outcomes.push(outcome);
        }
    }
    let sealed = sealing.seal(&transaction)?;
    transaction.commit()?;
    // Before anybody hears of it.
    seal.reached(sealed);
    for (job, outcome) in group.iter().zip(&outcomes) {
        if let (Job::Commit(batch, _), Outcome::Done) = (job, outcome) {
            erasing.note(batch);
        }
    }
    erasing.carry_out(connection);
    for (job, outcome) in group.drain(..).zip(outcomes) {
        answer(job, outcome);
    }
    Ok(())
}

enum Outcome {
    Done,
    Secret([u8; 32]),
    /// Nothing of the job may stay.
    Refused(StoreError),
}

/// A conflict ends this job alone; any other failure the whole group.
fn run_job(
    connection: &Connection,
    sealing: &mut Sealing<'_>,
    erasing: &Erasing,
    job: &Job,
) -> Result<Outcome, StoreError> {
    Ok(match job {
        Job::Commit(batch, _) => match erasing
            .check(connection, batch)
            .and_then(|()| apply::batch(connection, batch))
        {
            Ok(()) => {
                sealing.add(connection, batch)?;
                Outcome::Done
            }
            Err(refused @ StoreError::Conflict(_)) => Outcome::Refused(refused),
            Err(error) => return Err(error),
        },
        Job::Secret(name, made, _) => Outcome::Secret(secret::kept(connection, name, *made)?),
        Job::Probe(_) => {
            connection.execute(
                "INSERT INTO probe (id, at, room) VALUES (1, unixepoch(), randomblob(?1))
                 ON CONFLICT (id) DO UPDATE SET at = excluded.at, room = excluded.room",
                [PROBE_BYTES],
            )?;
            Outcome::Done
        }
    })
}

fn answer(job: Job, outcome: Outcome) {
    // Who asked may be gone, a socket that closed: the write stands all the same.
    match (job, outcome) {
        (Job::Commit(_, done) | Job::Probe(done), Outcome::Done) => drop(done.send(Ok(()))),
        (Job::Commit(_, done), Outcome::Refused(error)) => drop(done.send(Err(error))),
        (Job::Secret(_, _, done), Outcome::Secret(secret)) => drop(done.send(Ok(secret))),
        (job, _) => fail(job, &StoreError::Stopped),
    }
}

fn fail(job: Job, error: &StoreError) {
    match job {
        Job::Commit(_, done) | Job::Probe(done) => drop(done.send(Err(error.clone()))),
        Job::Secret(_, _, done) => drop(done.send(Err(error.clone()))),
    }
}
