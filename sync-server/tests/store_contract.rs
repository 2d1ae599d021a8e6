//! What every store must keep, run against each of them.

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::{BlobHash, DeviceId, Id, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_relay::store::{
    BlobRow, Conflict, Credential, DeviceKeyRow, FactRow, LogEntry, LogStore, MemoryStore, Page,
    SessionRow, SqliteStore, StoreError, VisibilityRow, Write, WriteBatch,
};

const OURS: WorkspaceId = WorkspaceId(Id::from_bytes([1; 16]));
const THEIRS: WorkspaceId = WorkspaceId(Id::from_bytes([2; 16]));
const NOW: Instant = Instant::from_millis(1_790_000_000_000);
const ALL: Page = Page {
    entries: 1000,
    bytes: 1 << 20,
};

fn device(number: u8) -> DeviceId {
    DeviceId(Id::from_bytes([number; 16]))
}

fn person(number: u8) -> PersonId {
    PersonId(Id::from_bytes([number; 16]))
}

fn client(number: u8) -> DocumentId {
    DocumentId {
        kind: DocumentKind::Client,
        id: Id::from_bytes([number; 16]),
    }
}

/// The envelope's bytes are as many as the sequence, so that pages can be told apart by size.
fn entry(seq: u64, writer: u8, device_seq: u64) -> LogEntry {
    LogEntry {
        seq,
        document: client(writer),
        hash: [u8::try_from(seq).unwrap(); 32],
        device: device(writer),
        device_seq,
        received_at: NOW.plus_millis(seq.cast_signed()),
        refusal: (seq == 3).then(|| Bytes::from_static(b"no")),
        envelope: vec![7; usize::try_from(seq).unwrap()].into(),
    }
}

async fn commit(
    store: &dyn LogStore,
    workspace: WorkspaceId,
    writes: Vec<Write>,
) -> Result<(), Conflict> {
    match store.commit(WriteBatch { workspace, writes }).await {
        Ok(()) => Ok(()),
        Err(StoreError::Conflict(conflict)) => Err(conflict),
        Err(other) => panic!("{other}"),
    }
}

async fn founded(store: &dyn LogStore) {
    for workspace in [OURS, THEIRS] {
        commit(store, workspace, vec![Write::Workspace { epoch: u64::MAX }])
            .await
            .unwrap();
    }
}

async fn written(store: &dyn LogStore, entries: Vec<LogEntry>) {
    let to = entries.last().map_or(0, |entry| entry.seq);
    let from = to - entries.len() as u64;
    let mut writes = vec![Write::Advance { from, to }];
    writes.extend(entries.into_iter().map(Write::Entry));
    commit(store, OURS, writes).await.unwrap();
}

fn sequences(entries: &[LogEntry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.seq).collect()
}

async fn on_each_store<F: Future<Output = ()>>(check: impl Fn(Arc<dyn LogStore>) -> F) {
    check(Arc::new(MemoryStore::default())).await;
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("relay.sqlite")).unwrap();
    check(Arc::new(store)).await;
}

#[tokio::test]
async fn entries_come_back_whole_in_order_and_by_the_page() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let all: Vec<_> = (1..=5).map(|seq| entry(seq, 1, seq)).collect();
        written(&*store, all.clone()).await;
        assert_eq!(store.entries(OURS, 0, ALL).await.unwrap(), all);
        let later = store.entries(OURS, 3, ALL).await.unwrap();
        assert_eq!(sequences(&later), [4, 5]);
        let few = Page { entries: 2, ..ALL };
        assert_eq!(sequences(&store.entries(OURS, 1, few).await.unwrap()), [2, 3]);
        let small = Page { bytes: 6, ..ALL };
        assert_eq!(sequences(&store.entries(OURS, 0, small).await.unwrap()), [1, 2, 3]);
        // One that is larger than the page comes alone rather than never.
        let tiny = Page { bytes: 1, ..ALL };
        assert_eq!(sequences(&store.entries(OURS, 4, tiny).await.unwrap()), [5]);
        assert_eq!(store.entries(OURS, 5, ALL).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_workspace_sees_only_its_own() {
    on_each_store(|store| async move {
        founded(&*store).await;
        written(&*store, vec![entry(1, 1, 1)]).await;
        assert_eq!(store.entries(THEIRS, 0, ALL).await.unwrap(), []);
        assert_eq!(store.device_heads(THEIRS).await.unwrap(), []);
        assert_eq!(store.device_entry(THEIRS, device(1), 1).await.unwrap(), None);
        let rows = store.workspaces().await.unwrap();
        let heads: Vec<_> = rows.iter().map(|row| (row.workspace, row.epoch, row.head)).collect();
        assert_eq!(heads, [(OURS, u64::MAX, 1), (THEIRS, u64::MAX, 0)]);
    })
    .await;
}

#[tokio::test]
async fn entries_of_documents_come_by_document() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let all = vec![entry(1, 1, 1), entry(2, 2, 1), entry(3, 1, 2), entry(4, 3, 1)];
        written(&*store, all).await;
        let wanted = vec![client(2), client(1), client(9)];
        let found = store.documents_entries(OURS, wanted, ALL).await.unwrap();
        assert_eq!(sequences(&found), [2, 1, 3]);
    })
    .await;
}

#[tokio::test]
async fn a_device_is_known_by_its_last_entry_and_each_before() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let all = vec![entry(1, 1, 1), entry(2, 2, 1), entry(3, 1, 2)];
        written(&*store, all.clone()).await;
        let heads = store.device_heads(OURS).await.unwrap();
        let heads: Vec<_> = heads
            .iter()
            .map(|head| (head.device, head.device_seq, head.hash))
            .collect();
        assert_eq!(heads, [(device(1), 2, [3; 32]), (device(2), 1, [2; 32])]);
        let found = store.device_entry(OURS, device(1), 1).await.unwrap();
        assert_eq!(found.as_ref(), Some(&all[0]));
    })
    .await;
}

#[tokio::test]
async fn a_conflict_leaves_nothing_of_its_batch() {
    on_each_store(|store| async move {
        founded(&*store).await;
        written(&*store, vec![entry(1, 1, 1)]).await;
        let fact = FactRow {
            seq: 2,
            key: Bytes::from_static(b"key"),
            value: Some(Bytes::from_static(b"value")),
        };
        let twice = vec![
            Write::Advance { from: 1, to: 2 },
            Write::Fact(fact.clone()),
            Write::Entry(entry(2, 1, 1)),
        ];
        assert_eq!(commit(&*store, OURS, twice).await, Err(Conflict::DeviceSequence));
        let late = vec![Write::Advance { from: 0, to: 1 }, Write::Fact(fact)];
        assert_eq!(commit(&*store, OURS, late).await, Err(Conflict::Sequence));
        assert_eq!(store.facts(OURS).await.unwrap(), []);
        assert_eq!(store.workspaces().await.unwrap()[0].head, 1);
        let again = vec![Write::Workspace { epoch: 1 }];
        assert_eq!(commit(&*store, OURS, again).await, Err(Conflict::WorkspaceExists));
        let nowhere = WorkspaceId(Id::from_bytes([9; 16]));
        let lost = vec![Write::Epoch(1), Write::EndSessions(device(1))];
        assert_eq!(commit(&*store, nowhere, lost).await, Err(Conflict::NoWorkspace));
    })
    .await;
}

#[tokio::test]
async fn a_fact_is_replaced_and_its_removal_remembered() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let fact = |seq, value: Option<&'static [u8]>| FactRow {
            seq,
            key: Bytes::from_static(b"key"),
            value: value.map(Bytes::from_static),
        };
        commit(&*store, OURS, vec![Write::Fact(fact(1, Some(b"value")))]).await.unwrap();
        assert_eq!(store.facts(OURS).await.unwrap(), [fact(1, Some(b"value"))]);
        commit(&*store, OURS, vec![Write::Fact(fact(2, None))]).await.unwrap();
        assert_eq!(store.facts(OURS).await.unwrap(), [fact(2, None)]);
    })
    .await;
}

#[tokio::test]
async fn visibility_keeps_the_order_of_writing() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let row = |seq, gained| VisibilityRow {
            seq,
            person: person(1),
            document: client(1),
            gained,
        };
        let rows = [row(4, true), row(4, false), row(9, true)];
        commit(&*store, OURS, rows.map(Write::Visibility).into()).await.unwrap();
        assert_eq!(store.visibility(OURS).await.unwrap(), rows);
    })
    .await;
}

#[tokio::test]
async fn a_device_key_never_changes() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let row = |key| DeviceKeyRow {
            device: device(1),
            key: [key; 65],
        };
        let put = |key| commit(&*store, OURS, vec![Write::DeviceKey(row(key))]);
        put(4).await.unwrap();
        put(4).await.unwrap();
        assert_eq!(put(5).await, Err(Conflict::DeviceKey));
        assert_eq!(store.device_keys(OURS).await.unwrap(), [row(4)]);
    })
    .await;
}

#[tokio::test]
async fn passwords_and_sessions() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let credential = |password: &str| Credential {
            person: person(1),
            password: password.to_owned(),
        };
        let session = |number| SessionRow {
            workspace: OURS,
            device: device(number),
            since: NOW,
        };
        let writes = vec![
            Write::Credential(credential("old")),
            Write::Credential(credential("new")),
            Write::Session { token: [1; 32], session: session(1) },
            Write::Session { token: [2; 32], session: session(2) },
            Write::EndSessions(device(1)),
        ];
        commit(&*store, OURS, writes).await.unwrap();
        let found = store.credential(OURS, person(1)).await.unwrap();
        assert_eq!(found, Some(credential("new")));
        assert_eq!(store.credential(THEIRS, person(1)).await.unwrap(), None);
        assert_eq!(store.session([1; 32]).await.unwrap(), None);
        assert_eq!(store.session([2; 32]).await.unwrap(), Some(session(2)));
    })
    .await;
}

#[tokio::test]
async fn a_founding_link_needs_no_workspace_and_works_once() {
    on_each_store(|store| async move {
        let link = Write::Founding { token: [5; 32], expires_at: NOW };
        commit(&*store, OURS, vec![link]).await.unwrap();
        assert_eq!(store.founding([5; 32]).await.unwrap(), Some(NOW));
        commit(&*store, OURS, vec![Write::Founded([5; 32])]).await.unwrap();
        assert_eq!(store.founding([5; 32]).await.unwrap(), None);
        let again = vec![Write::Workspace { epoch: 1 }, Write::Founded([5; 32])];
        assert_eq!(commit(&*store, OURS, again).await, Err(Conflict::LinkUsed));
        assert_eq!(store.workspaces().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn blobs_and_the_documents_that_show_them() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let hash = BlobHash([3; 32]);
        let row = BlobRow {
            hash,
            size: 12,
            media_type: "image/webp".to_owned(),
            received_at: NOW,
        };
        let shown = |number| Write::BlobDocument { hash, document: client(number) };
        let writes = vec![Write::Blob(row.clone()), shown(1), shown(2), shown(1)];
        commit(&*store, OURS, writes).await.unwrap();
        assert_eq!(store.blob(OURS, hash).await.unwrap(), Some(row));
        assert_eq!(store.blob(THEIRS, hash).await.unwrap(), None);
        let documents = store.blob_documents(OURS, hash).await.unwrap();
        assert_eq!(documents, [client(1), client(2)]);
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_made_once_and_epochs_are_replaced() {
    on_each_store(|store| async move {
        founded(&*store).await;
        assert_eq!(store.secret("challenges", [1; 32]).await.unwrap(), [1; 32]);
        assert_eq!(store.secret("challenges", [2; 32]).await.unwrap(), [1; 32]);
        commit(&*store, OURS, vec![Write::Epoch(7)]).await.unwrap();
        assert_eq!(store.workspaces().await.unwrap()[0].epoch, 7);
        store.probe().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.sqlite");
    {
        let store = SqliteStore::open(&path).unwrap();
        founded(&store).await;
        written(&store, vec![entry(1, 1, 1)]).await;
    }
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.entries(OURS, 0, ALL).await.unwrap(), [entry(1, 1, 1)]);
}

#[tokio::test]
async fn many_at_once_share_commits_and_a_conflict_hurts_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("relay.sqlite")).unwrap();
    founded(&store).await;
    let commits: Vec<_> = (0..2000u64)
        .map(|number| {
            // Every tenth comes too late.
            let from = number - number / 10 - u64::from(number % 10 == 9);
            let to = from + 1;
            let mut sent = entry(1, 1, to);
            sent.seq = to;
            store.commit(WriteBatch {
                workspace: OURS,
                writes: vec![Write::Advance { from, to }, Write::Entry(sent)],
            })
        })
        .collect();
    let outcomes = futures_util::future::join_all(commits).await;
    let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    assert_eq!(refused, 200);
    let kept = store.entries(OURS, 0, Page { entries: 5000, ..ALL }).await.unwrap();
    assert_eq!(kept.len(), 1800);
}
