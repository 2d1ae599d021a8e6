//! Durable appends through the relay's store alone: what the disk and SQLite allow.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::{DeviceId, IdSource, WorkspaceId};
use caravan_relay::store::{LogStore, SqliteStore, Write, WriteBatch};
use caravan_sync::envelope::Hash;
use caravan_sync::relay::LogEntry;

use crate::report::{Report, Target, quantile};
use caravan_tests::native::{Ids, now};

const BATCHES: usize = 1_000;
/// About what an envelope of a new client takes, in bytes.
const ENVELOPE: usize = 700;

pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    for batch in [1, 100] {
        let folder = tempfile::tempdir()?;
        let store = Arc::new(SqliteStore::open(&folder.path().join("bench.sqlite"))?);
        let workspace = WorkspaceId(Ids.mint());
        let device = DeviceId(Ids.mint());
        store
            .commit(batch_of(workspace, vec![Write::Workspace { epoch: 1 }]))
            .await?;
        let (start, mut acks) = (Instant::now(), Vec::with_capacity(BATCHES));
        let mut sequence = 0;
        for _ in 0..BATCHES {
            let writes = (0..batch).map(|_| {
                sequence += 1;
                Write::Entry(entry(sequence, device))
            });
            let writes = writes.collect();
            let began = Instant::now();
            store.commit(batch_of(workspace, writes)).await?;
            acks.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        let appends = (BATCHES * batch) as f64 / start.elapsed().as_secs_f64();
        let case = format!("{batch} a commit");
        let target = |target| (batch > 1).then_some(target);
        report.ours(
            "store-appends",
            case.as_str(),
            &[appends],
            "per second",
            target(Target::AtLeast(10_000.0)),
        );
        report.ours(
            "store-commit-p99",
            case.as_str(),
            &[quantile(&acks, 0.99)],
            "ms",
            target(Target::AtMost(10.0)),
        );
        // One that comes upon a checkpoint of SQLite's log is far beyond the others.
        report.ours(
            "store-commit-slowest",
            case.as_str(),
            &[quantile(&acks, 1.0)],
            "ms",
            None,
        );
    }
    Ok(())
}

fn batch_of(workspace: WorkspaceId, writes: Vec<Write>) -> WriteBatch {
    WriteBatch { workspace, writes }
}

fn entry(sequence: u64, device: DeviceId) -> LogEntry {
    let id = Ids.mint();
    let mut hash = [0; 32];
    hash[..16].copy_from_slice(id.as_bytes());
    LogEntry {
        sequence,
        document: DocumentId {
            kind: DocumentKind::Client,
            id,
        },
        hash: Hash(hash),
        device,
        device_sequence: sequence,
        received_at: now(),
        envelope: vec![7; ENVELOPE],
        refusal: None,
    }
}
