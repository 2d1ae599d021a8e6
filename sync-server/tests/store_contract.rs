//! What every store must keep, run against each of them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use caravan_domain::clients::erasure::{Erased, ErasureReason};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{Fact, FactChange, FactKey, Team};
use caravan_domain::id::{BlobHash, DeviceId, Id, PersonId, TeamId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_relay::audit::{self, RelayKey};
use caravan_relay::store::{
    BlobRow, Conflict, Credential, DeviceKey, Held, LogStore, MemoryStore, SessionRow, SqliteStore,
    StoreError, Write, WriteBatch,
};
use caravan_sync::envelope::Hash;
use caravan_sync::frame::{Rejection, Snapshot};
use caravan_sync::join::PublicKey;
use caravan_sync::relay::{
    Limit, LogEntry, Refill, SequencedFact, StoredSnapshot, VisibilityChange,
};

const OURS: WorkspaceId = WorkspaceId(Id::from_bytes([1; 16]));
const THEIRS: WorkspaceId = WorkspaceId(Id::from_bytes([2; 16]));
const NOW: Instant = Instant::from_millis(1_790_000_000_000);
const ALL: Limit = Limit {
    entries: 10_000,
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
fn entry(sequence: u64, writer: u8, device_sequence: u64) -> LogEntry {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&sequence.to_be_bytes());
    LogEntry {
        sequence,
        document: client(writer),
        hash: Hash(hash),
        device: device(writer),
        device_sequence,
        received_at: NOW.plus_millis(sequence.cast_signed()),
        refusal: (sequence == 3).then_some(Rejection::NotAllowed),
        envelope: vec![7; usize::try_from(sequence).unwrap()],
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
    let to = entries.last().map_or(0, |entry| entry.sequence);
    let from = to - entries.len() as u64;
    let mut writes = vec![Write::Advance { from, to }];
    writes.extend(entries.into_iter().map(Write::Entry));
    commit(store, OURS, writes).await.unwrap();
}

fn sequences(entries: &[LogEntry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.sequence).collect()
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
        let all: Vec<_> = (1..=5)
            .map(|sequence| entry(sequence, 1, sequence))
            .collect();
        written(&*store, all.clone()).await;
        let page = |after, limit| store.entries(OURS, after, limit).unwrap();
        assert_eq!(page(0, ALL), all);
        assert_eq!(sequences(&page(3, ALL)), [4, 5]);
        let few = Limit { entries: 2, ..ALL };
        assert_eq!(sequences(&page(1, few)), [2, 3]);
        let small = Limit { bytes: 6, ..ALL };
        assert_eq!(sequences(&page(0, small)), [1, 2, 3]);
        // One that is larger than the page comes alone rather than never.
        let tiny = Limit { bytes: 1, ..ALL };
        assert_eq!(sequences(&page(4, tiny)), [5]);
        assert_eq!(page(5, ALL), []);
    })
    .await;
}

#[tokio::test]
async fn a_workspace_sees_only_its_own() {
    on_each_store(|store| async move {
        founded(&*store).await;
        written(&*store, vec![entry(1, 1, 1)]).await;
        assert_eq!(store.entries(THEIRS, 0, ALL).unwrap(), []);
        assert_eq!(store.document_entries(THEIRS, client(1), 0).unwrap(), []);
        assert_eq!(store.pushed(THEIRS, device(1), 1).unwrap(), None);
        let rows = store.workspaces().unwrap();
        let heads: Vec<_> = rows
            .iter()
            .map(|row| (row.workspace, row.epoch, row.head))
            .collect();
        assert_eq!(heads, [(OURS, u64::MAX, 1), (THEIRS, u64::MAX, 0)]);
    })
    .await;
}

#[tokio::test]
async fn entries_are_found_by_document_and_by_the_devices_own_number() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let all = vec![
            entry(1, 1, 1),
            entry(2, 2, 1),
            entry(3, 1, 2),
            entry(4, 1, 3),
        ];
        written(&*store, all.clone()).await;
        let of_one = |after| store.document_entries(OURS, client(1), after).unwrap();
        assert_eq!(sequences(&of_one(0)), [1, 3, 4]);
        assert_eq!(sequences(&of_one(1)), [3, 4]);
        let second = store.pushed(OURS, device(1), 2).unwrap();
        assert_eq!(second.as_ref(), Some(&all[2]));
        assert_eq!(store.pushed(OURS, device(1), 4).unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_conflict_leaves_nothing_of_its_batch() {
    on_each_store(|store| async move {
        founded(&*store).await;
        written(&*store, vec![entry(1, 1, 1)]).await;
        let twice = vec![
            Write::Advance { from: 1, to: 2 },
            Write::Fact(team(2, Some("north"))),
            Write::Entry(entry(2, 1, 1)),
        ];
        let refused = commit(&*store, OURS, twice).await;
        assert_eq!(refused, Err(Conflict::DeviceSequence));
        let late = vec![
            Write::Advance { from: 0, to: 1 },
            Write::Fact(team(1, Some("north"))),
        ];
        assert_eq!(commit(&*store, OURS, late).await, Err(Conflict::Sequence));
        assert_eq!(store.restore(OURS).unwrap().facts, []);
        assert_eq!(store.workspaces().unwrap()[0].head, 1);
        let again = vec![Write::Workspace { epoch: 1 }];
        let refused = commit(&*store, OURS, again).await;
        assert_eq!(refused, Err(Conflict::WorkspaceExists));
        let nowhere = WorkspaceId(Id::from_bytes([9; 16]));
        let lost = vec![Write::Epoch(1)];
        let refused = commit(&*store, nowhere, lost).await;
        assert_eq!(refused, Err(Conflict::NoWorkspace));
    })
    .await;
}

fn team(sequence: u64, name: Option<&str>) -> SequencedFact {
    SequencedFact {
        sequence,
        change: FactChange {
            key: FactKey::Team(TeamId(Id::ZERO)),
            fact: name.map(|name| {
                Fact::Team(Team {
                    name: name.to_owned(),
                    closed: false,
                })
            }),
        },
    }
}

#[tokio::test]
async fn a_fact_is_replaced_and_its_removal_remembered() {
    on_each_store(|store| async move {
        founded(&*store).await;
        for fact in [team(1, Some("north")), team(2, None)] {
            commit(&*store, OURS, vec![Write::Fact(fact.clone())])
                .await
                .unwrap();
            assert_eq!(store.restore(OURS).unwrap().facts, [fact]);
        }
    })
    .await;
}

#[tokio::test]
async fn the_last_change_of_visibility_counts() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let change = |sequence, number, gained| VisibilityChange {
            sequence,
            person: person(1),
            document: client(number),
            gained,
        };
        let changes = [change(4, 1, true), change(5, 2, true), change(9, 1, false)];
        commit(&*store, OURS, changes.map(Write::Visibility).into())
            .await
            .unwrap();
        let restored = store.restore(OURS).unwrap().visibility;
        assert_eq!(restored, [changes[1], changes[2]]);
    })
    .await;
}

#[tokio::test]
async fn a_device_is_restored_with_its_key_and_its_last_entry() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let bound = |number| DeviceKey {
            device: device(number),
            key: PublicKey(vec![number; 65]),
        };
        let keys = [bound(1), bound(2)].map(Write::DeviceKey);
        commit(&*store, OURS, keys.into()).await.unwrap();
        let all = vec![entry(1, 1, 1), entry(2, 1, 2), entry(3, 1, 3)];
        written(&*store, all.clone()).await;
        let restored = store.restore(OURS).unwrap();
        assert_eq!(restored.position, 3);
        let devices: Vec<_> = restored
            .devices
            .iter()
            .map(|known| (known.device, known.key.0[0], known.sequence, known.hash))
            .collect();
        let expected = [
            (device(1), 1, 3, all[2].hash),
            (device(2), 2, 0, Hash::NONE),
        ];
        assert_eq!(devices, expected);
    })
    .await;
}

#[tokio::test]
async fn a_log_that_was_restored_remembers_its_gaps() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let bound = DeviceKey {
            device: device(1),
            key: PublicKey(vec![1; 65]),
        };
        let refill = Refill {
            facts_of: None,
            since: 1,
            until: Instant::from_millis(77),
        };
        let writes = vec![Write::DeviceKey(bound), Write::Refill(refill)];
        commit(&*store, OURS, writes).await.unwrap();
        // The second one has not come back, and the fourth came before the third.
        let all = vec![entry(1, 1, 1), entry(2, 1, 4), entry(3, 1, 3)];
        written(&*store, all.clone()).await;
        let restored = store.restore(OURS).unwrap();
        assert_eq!(restored.refill, Some(refill));
        let known = restored.devices.iter().find(|it| it.device == device(1));
        let known = known.unwrap();
        assert_eq!((known.sequence, known.hash), (1, all[0].hash));
        let ahead: Vec<_> = known.ahead.iter().map(|it| it.sequence).collect();
        assert_eq!(ahead, [3, 4]);
    })
    .await;
}

#[tokio::test]
async fn a_device_key_never_changes() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let put = |byte| {
            let key = DeviceKey {
                device: device(1),
                key: PublicKey(vec![byte; 65]),
            };
            commit(&*store, OURS, vec![Write::DeviceKey(key)])
        };
        put(4).await.unwrap();
        put(4).await.unwrap();
        assert_eq!(put(5).await, Err(Conflict::DeviceKey));
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
        let session = SessionRow {
            workspace: OURS,
            device: device(1),
            since: NOW,
        };
        let writes = vec![
            Write::Credential(credential("old")),
            Write::Credential(credential("new")),
            Write::Session {
                token: [1; 32],
                session,
            },
        ];
        commit(&*store, OURS, writes).await.unwrap();
        let found = store.credential(OURS, person(1)).unwrap();
        assert_eq!(found, Some(credential("new")));
        assert_eq!(store.credential(THEIRS, person(1)).unwrap(), None);
        assert_eq!(store.session([1; 32]).unwrap(), Some(session));
        assert_eq!(store.session([2; 32]).unwrap(), None);

        let other = SessionRow {
            device: device(2),
            ..session
        };
        let sessions = [([2; 32], other), ([3; 32], session)];
        let writes = sessions.map(|(token, session)| Write::Session { token, session });
        commit(&*store, OURS, writes.to_vec()).await.unwrap();
        assert_eq!(store.session([1; 32]).unwrap(), None, "a device has one");
        assert_eq!(store.session([2; 32]).unwrap(), Some(other));
        assert_eq!(store.session([3; 32]).unwrap(), Some(session));
    })
    .await;
}

#[tokio::test]
async fn a_founding_link_needs_no_workspace_and_works_once() {
    on_each_store(|store| async move {
        let link = Write::Founding {
            token: [5; 32],
            expires_at: NOW,
        };
        commit(&*store, OURS, vec![link]).await.unwrap();
        assert_eq!(store.founding([5; 32]).unwrap(), Some(NOW));
        let used = || vec![Write::Workspace { epoch: 1 }, Write::Founded([5; 32])];
        commit(&*store, OURS, used()).await.unwrap();
        assert_eq!(store.founding([5; 32]).unwrap(), None);
        let again = commit(&*store, THEIRS, used()).await;
        assert_eq!(again, Err(Conflict::LinkUsed));
        assert_eq!(store.workspaces().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_document_that_outgrew_its_snapshot_is_found() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let all = (1..=4).map(|sequence| entry(sequence, 1, sequence));
        written(&*store, all.collect()).await;
        let snapshot = StoredSnapshot {
            upto: 2,
            snapshot: Snapshot {
                document: client(1),
                chunks: vec![1, 2, 3],
                received: Vec::new(),
            },
        };
        assert_eq!(store.overgrown(OURS, 4, 9).unwrap(), [client(1)]);
        commit(&*store, OURS, vec![Write::Snapshot(snapshot.clone())])
            .await
            .unwrap();
        assert_eq!(store.snapshot(OURS, client(1)).unwrap(), Some(snapshot));
        assert_eq!(store.overgrown(OURS, 3, 9).unwrap(), []);
        assert_eq!(store.overgrown(OURS, 2, 9).unwrap(), [client(1)]);
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
        let shown = |number| Write::BlobDocument {
            hash,
            document: client(number),
        };
        let writes = vec![Write::Blob(row.clone()), shown(1), shown(2), shown(1)];
        commit(&*store, OURS, writes).await.unwrap();
        assert_eq!(store.blob(OURS, hash).unwrap(), Some(row));
        assert_eq!(store.blob(THEIRS, hash).unwrap(), None);
        let documents = store.blob_documents(OURS, hash).unwrap();
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
        assert_eq!(store.workspaces().unwrap()[0].epoch, 7);
        store.probe().await.unwrap();
    })
    .await;
}

/// The same writes lead to the same root, whichever store keeps them and however they are grouped.
#[tokio::test]
async fn every_commit_ends_with_a_signed_checkpoint() {
    let roots = Arc::<Mutex<Vec<Hash>>>::default();
    on_each_store(|store| {
        let roots = roots.clone();
        async move {
            assert_eq!(store.checkpoint(OURS).unwrap(), None);
            founded(&*store).await;
            let seed = store.secret(audit::SECRET, [0; 32]).await.unwrap();
            let key = RelayKey::from_seed(&seed).public();
            let signed = || {
                let newest = store.checkpoint(OURS).unwrap().unwrap();
                assert!(newest.is_signed_by(&key) && newest.workspace == OURS);
                newest
            };
            let begun = signed();
            assert_eq!((begun.size, begun.sequence, begun.kept), (1, 0, true));
            // Decisions: what is encrypted comes out otherwise each time.
            let all = (1..=4).map(|sequence| LogEntry {
                document: DocumentId::WORKSPACE,
                ..entry(sequence, 1, sequence)
            });
            written(&*store, all.collect()).await;
            // The third was refused: the verdict is a leaf of its own.
            let newest = signed();
            assert_eq!((newest.size, newest.sequence, newest.kept), (6, 4, false));
            assert_eq!(newest.previous, begun.hash());
            let bound = DeviceKey {
                device: device(1),
                key: PublicKey(vec![1; 65]),
            };
            let writes = vec![
                Write::Fact(team(5, Some("north"))),
                Write::DeviceKey(bound),
                Write::Epoch(7),
            ];
            commit(&*store, OURS, writes).await.unwrap();
            let newest = signed();
            assert_eq!(newest.size, 9);
            // A batch that is refused leaves no leaf behind.
            let refused = vec![
                Write::Fact(team(5, Some("south"))),
                Write::Entry(entry(4, 1, 4)),
            ];
            commit(&*store, OURS, refused).await.unwrap_err();
            assert_eq!(signed(), newest);
            roots.lock().unwrap().push(newest.root);
        }
    })
    .await;
    let roots = roots.lock().unwrap();
    assert_eq!(roots.len(), 2);
    assert_eq!(roots[0], roots[1]);
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
    assert_eq!(store.entries(OURS, 0, ALL).unwrap(), [entry(1, 1, 1)]);
}

#[tokio::test]
async fn many_at_once_share_commits_and_a_conflict_hurts_nobody_else() {
    const COMMITS: u64 = 1000;
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("relay.sqlite")).unwrap();
    founded(&store).await;
    let mut from = 0;
    let commits: Vec<_> = (0..COMMITS)
        .map(|number| {
            // Every tenth comes too late.
            let late = u64::from(number % 10 == 9);
            let at = from - late;
            from += 1 - late;
            let writes = vec![
                Write::Advance {
                    from: at,
                    to: at + 1,
                },
                Write::Entry(entry(at + 1, 1, at + 1)),
            ];
            store.commit(WriteBatch {
                workspace: OURS,
                writes,
            })
        })
        .collect();
    let outcomes = futures_util::future::join_all(commits).await;
    let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    assert_eq!(refused, 100);
    assert_eq!(store.workspaces().unwrap()[0].head, 900);
    assert_eq!(store.entries(OURS, 0, ALL).unwrap().len(), 900);
}

/// So that no acknowledgement has to wait for it.
#[tokio::test]
async fn the_log_is_moved_into_the_database_while_nobody_asks_for_anything() {
    const ENTRIES: u64 = 2_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.sqlite");
    let store = SqliteStore::open(&path).unwrap();
    founded(&store).await;
    let size = || std::fs::metadata(&path).unwrap().len();
    let before = size();
    let entries = (1..=ENTRIES).map(|number| entry(number, 1, number));
    written(&store, entries.collect()).await;
    assert_eq!(size(), before, "while the answer was waited for");
    let moved = async {
        while size() == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), moved)
        .await
        .unwrap();
    let last = store.entries(OURS, ENTRIES - 1, ALL).unwrap();
    assert_eq!(last, [entry(ENTRIES, 1, ENTRIES)]);
}

fn erased(sequence: u64, document: DocumentId) -> Write {
    let fact = Fact::Erased(Erased {
        at: NOW,
        by: person(1),
        reason: ErasureReason::Asked,
    });
    Write::Fact(SequencedFact {
        sequence,
        change: FactChange {
            key: FactKey::Erased(document),
            fact: Some(fact),
        },
    })
}

fn without_envelope(entry: LogEntry) -> LogEntry {
    LogEntry {
        envelope: Vec::new(),
        ..entry
    }
}

#[tokio::test]
async fn what_is_erased_can_be_read_no_more_and_the_rest_can() {
    on_each_store(|store| async move {
        founded(&*store).await;
        written(&*store, vec![entry(1, 1, 1), entry(2, 2, 1)]).await;
        for number in [1, 2] {
            let snapshot = Snapshot {
                document: client(number),
                chunks: vec![number],
                received: Vec::new(),
            };
            let upto = 2;
            let stored = StoredSnapshot { upto, snapshot };
            commit(&*store, OURS, vec![Write::Snapshot(stored)])
                .await
                .unwrap();
        }
        // In one batch with a late edit.
        let writes = vec![
            Write::Advance { from: 2, to: 4 },
            erased(3, client(1)),
            Write::Entry(entry(4, 1, 2)),
        ];
        commit(&*store, OURS, writes).await.unwrap();
        let late = vec![
            Write::Advance { from: 4, to: 5 },
            Write::Entry(entry(5, 1, 3)),
        ];
        commit(&*store, OURS, late).await.unwrap();
        assert_eq!(
            store.entries(OURS, 0, ALL).unwrap(),
            [
                without_envelope(entry(1, 1, 1)),
                entry(2, 2, 1),
                without_envelope(entry(4, 1, 2)),
                without_envelope(entry(5, 1, 3)),
            ]
        );
        assert_eq!(store.snapshot(OURS, client(1)).unwrap(), None);
        assert!(store.snapshot(OURS, client(2)).unwrap().is_some());
        let pushed = store.pushed(OURS, device(1), 3).unwrap().unwrap();
        assert!(pushed.is_erased() && pushed.hash == entry(5, 1, 3).hash);
        let of_it = store.document_entries(OURS, client(1), 0).unwrap();
        assert!(of_it.len() == 3 && of_it.iter().all(LogEntry::is_erased));
        // Nothing of it is worth a snapshot, nor is one taken.
        assert_eq!(store.overgrown(OURS, 1, 9).unwrap(), []);
        let snapshot = Snapshot {
            document: client(1),
            chunks: vec![1],
            received: Vec::new(),
        };
        let stored = StoredSnapshot { upto: 5, snapshot };
        commit(&*store, OURS, vec![Write::Snapshot(stored)])
            .await
            .unwrap();
        assert_eq!(store.snapshot(OURS, client(1)).unwrap(), None);
        // The same client of another workspace is another one.
        let writes = vec![
            Write::Advance { from: 0, to: 1 },
            Write::Entry(entry(1, 1, 1)),
        ];
        commit(&*store, THEIRS, writes).await.unwrap();
        assert_eq!(store.entries(THEIRS, 0, ALL).unwrap(), [entry(1, 1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_picture_goes_with_the_last_document_that_shows_it() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let (one, both) = (BlobHash([1; 32]), BlobHash([2; 32]));
        let shows = |hash, document| vec![Write::BlobDocument { hash, document }];
        let key = |hash| store.blob_key(OURS, hash).unwrap();
        for hash in [one, both] {
            assert!(matches!(key(hash), Held::Unknown));
            store.make_blob_key(OURS, hash).unwrap();
            commit(&*store, OURS, shows(hash, client(1))).await.unwrap();
        }
        commit(&*store, OURS, shows(both, client(2))).await.unwrap();
        let erase = |from, number| {
            vec![
                Write::Advance { from, to: from + 1 },
                erased(from + 1, client(number)),
            ]
        };
        commit(&*store, OURS, erase(0, 1)).await.unwrap();
        assert!(matches!(key(one), Held::Destroyed));
        assert!(matches!(key(both), Held::Key(_)));
        assert_eq!(store.erased_blobs(OURS).unwrap(), [one]);
        // What comes in late for it does not count, and neither does a file whose key is gone.
        let late = commit(&*store, OURS, shows(both, client(1))).await;
        assert_eq!(late, Err(Conflict::Erased));
        let late = commit(&*store, OURS, shows(one, client(2))).await;
        assert_eq!(late, Err(Conflict::Erased));
        let refused = commit(&*store, OURS, vec![Write::ForgetBlob(both)]).await;
        assert_eq!(refused, Err(Conflict::Erased));
        commit(&*store, OURS, vec![Write::ForgetBlob(one)])
            .await
            .unwrap();
        assert_eq!(store.erased_blobs(OURS).unwrap(), []);
        // The same picture of somebody else's begins anew.
        store.make_blob_key(OURS, one).unwrap();
        commit(&*store, OURS, shows(one, client(2))).await.unwrap();
        commit(&*store, OURS, erase(1, 2)).await.unwrap();
        for hash in [one, both] {
            assert!(matches!(key(hash), Held::Destroyed));
        }
    })
    .await;
}

#[tokio::test]
async fn an_erasure_that_was_cut_is_carried_out_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.sqlite");
    let kept = folder.path().join("keys.kept");
    {
        let store = SqliteStore::open(&path).unwrap();
        founded(&store).await;
        written(&store, vec![entry(1, 1, 1), entry(2, 2, 1)]).await;
        caravan_relay::store::copy_database(&folder.path().join("keys.db"), &kept).unwrap();
        let writes = vec![Write::Advance { from: 2, to: 3 }, erased(3, client(1))];
        commit(&store, OURS, writes).await.unwrap();
    }
    // As if it had been cut between the commit and the keys.
    std::fs::remove_file(folder.path().join("erased")).unwrap();
    for name in ["keys.db-wal", "keys.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::rename(&kept, folder.path().join("keys.db")).unwrap();
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(
        store.entries(OURS, 0, ALL).unwrap(),
        [without_envelope(entry(1, 1, 1)), entry(2, 2, 1)]
    );
    let list = std::fs::read_to_string(folder.path().join("erased")).unwrap();
    assert_eq!(list.lines().count(), 1);
}

#[tokio::test]
async fn a_database_without_its_keys_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.sqlite");
    {
        let store = SqliteStore::open(&path).unwrap();
        founded(&store).await;
        written(&store, vec![entry(1, 1, 1)]).await;
    }
    let (keys, kept) = (folder.path().join("keys.db"), folder.path().join("kept"));
    caravan_relay::store::copy_database(&keys, &kept).unwrap();
    std::fs::remove_file(&keys).unwrap();
    let opened = SqliteStore::open(&path);
    assert!(matches!(opened, Err(StoreError::NoKeys(_))), "{opened:?}");
    for name in ["keys.db-wal", "keys.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::rename(&kept, &keys).unwrap();
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.entries(OURS, 0, ALL).unwrap(), [entry(1, 1, 1)]);
}

/// A workspace with many decisions has no document that could be compacted.
#[tokio::test]
async fn decisions_are_never_worth_a_snapshot() {
    on_each_store(|store| async move {
        founded(&*store).await;
        let decisions = (1..=3).map(|sequence| LogEntry {
            document: DocumentId::WORKSPACE,
            ..entry(sequence, 1, sequence)
        });
        written(&*store, decisions.collect()).await;
        assert_eq!(store.overgrown(OURS, 1, 9).unwrap(), []);
        written(&*store, vec![entry(4, 2, 1)]).await;
        assert_eq!(store.overgrown(OURS, 1, 9).unwrap(), [client(2)]);
    })
    .await;
}

/// In the files of a folder, as they are while the store is open.
fn is_found(folder: &std::path::Path, bytes: &[u8]) -> bool {
    let mut files = std::fs::read_dir(folder).unwrap();
    files.any(|file| {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        content.windows(bytes.len()).any(|window| window == bytes)
    })
}

/// The key is destroyed, and its bytes are still in the write-ahead log of the key store.
#[tokio::test]
async fn a_start_finishes_what_was_cut_between_the_key_and_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let (live, cut) = (folder.path().join("live"), folder.path().join("cut"));
    for folder in [&live, &cut] {
        std::fs::create_dir(folder).unwrap();
    }
    let store = SqliteStore::open(&live.join("relay.sqlite")).unwrap();
    founded(&store).await;
    written(&store, vec![entry(1, 1, 1), entry(2, 2, 1)]).await;
    let keys = rusqlite::Connection::open(live.join("keys.db")).unwrap();
    let sql = "SELECT key FROM keys WHERE holder = ?1";
    let holder = client(1).to_bytes();
    let key: [u8; 32] = keys.query_row(sql, [holder], |row| row.get(0)).unwrap();
    let sql = "UPDATE keys SET key = zeroblob(32) WHERE holder = ?1";
    keys.execute(sql, [holder]).unwrap();
    for name in ["relay.sqlite", "relay.sqlite-wal", "keys.db", "keys.db-wal"] {
        std::fs::copy(live.join(name), cut.join(name)).unwrap();
    }
    assert!(is_found(&cut, &key));
    let store = SqliteStore::open(&cut.join("relay.sqlite")).unwrap();
    assert!(!is_found(&cut, &key));
    assert_eq!(store.entries(OURS, 1, ALL).unwrap(), [entry(2, 2, 1)]);
}
