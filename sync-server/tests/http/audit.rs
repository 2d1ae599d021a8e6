//! `caravan audit`: whatever is changed in a relay's database is found and named.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use caravan_documents::Document;
use caravan_domain::edit::Edit;
use caravan_relay::audit::{AuditError, Checkpoint, Damage, PublicKey, Question, Report, verify};
use caravan_relay::clock;
use caravan_relay::merger::Merger;
use caravan_relay::metrics::Metrics;
use caravan_relay::store::{SqliteStore, StoreError, copy_database, keys_beside, newest_version};
use caravan_relay::workspace::Workspaces;
use caravan_sync::envelope::Payload;
use rusqlite::Connection;

use crate::support::{Device, Running, client_document};

const HOUR: i64 = 60 * 60 * 1000;
/// Changes of one document: enough for a snapshot.
const CHANGES: usize = 70;

struct Made {
    folder: tempfile::TempDir,
    /// Of a relay that has stopped.
    database: PathBuf,
}

/// A relay's database with everything in it that the log covers: two devices, an entry that was
/// refused, a document with a snapshot.
async fn made() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(&folder.path().join("relay")).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut manager = Device::join(relay.client(), token).await;
    let theirs = client_document();
    let envelope = director.name_client(theirs, "昆明花市");
    director.push(vec![envelope]).await;
    let envelope = manager.name_client(theirs, "mine now");
    manager.exchange(vec![envelope]).await;
    let names = renamed(&mut manager);
    manager.push(names).await;
    let metrics = Arc::<Metrics>::default();
    let workspaces = Workspaces::open(relay.store.clone(), metrics, Merger::here());
    for workspace in workspaces.await.unwrap().all() {
        // Once all of it was looked into.
        while workspace.compact_some().await.unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    let database = folder.path().join("made.sqlite");
    copy_database(&folder.path().join("relay/relay.sqlite"), &database).unwrap();
    let keys = keys_beside(&database);
    copy_database(&folder.path().join("relay/keys.db"), &keys).unwrap();
    relay.stop().await;
    Made { folder, database }
}

fn renamed(device: &mut Device) -> Vec<caravan_sync::envelope::Envelope> {
    let id = client_document();
    let mut document = Document::new(id);
    let names = (0..CHANGES).map(|number| {
        let edit = Edit::put(
            id,
            &["profile", "name"],
            format!("大理茶厂 {number}").as_str(),
        );
        let change = document.commit(device.id, clock::now(), &[edit]);
        device.envelope(id, Payload::Change(change.unwrap().unwrap().bytes))
    });
    names.collect()
}

impl Made {
    /// A copy that somebody has been at.
    fn tampered(&self, name: &str, sql: &str) -> PathBuf {
        let copy = self.folder.path().join(name);
        copy_database(&self.database, &copy).unwrap();
        let connection = Connection::open(&copy).unwrap();
        connection
            .pragma_update(None, "ignore_check_constraints", true)
            .unwrap();
        connection
            .pragma_update(None, "foreign_keys", false)
            .unwrap();
        connection.execute_batch(sql).unwrap();
        copy
    }

    fn checkpoint(&self) -> Checkpoint {
        let report = asked(&self.database, &Question::default());
        report.workspaces[0].newest.clone().unwrap()
    }
}

fn asked(database: &Path, question: &Question) -> Report {
    verify(database, question).unwrap()
}

fn first(database: &Path) -> String {
    let report = asked(database, &Question::default());
    report
        .findings
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
}

#[tokio::test]
async fn what_a_relay_has_written_passes() {
    let made = made().await;
    let report = asked(&made.database, &Question::default());
    assert_eq!(report.findings, []);
    let [examined] = report.workspaces.as_slice() else {
        panic!("one workspace was founded");
    };
    assert_eq!(
        (examined.entries, examined.refused),
        (CHANGES as u64 + 3, 1)
    );
    assert_eq!((examined.snapshots, examined.clocks.before), (1, 0));
    assert!(
        examined.rows > 8 && examined.checkpoints > 1,
        "{examined:?}"
    );
    // Where it lay while the relay ran it is the same, the file beside it included.
    let lay = made.folder.path().join("relay/relay.sqlite");
    assert_eq!(asked(&lay, &Question::default()).findings, []);
}

#[tokio::test]
async fn whatever_is_changed_is_found_and_named() {
    let made = made().await;
    let flipped = |column: &str| format!("(~({column} & 1)) & ({column} | 1)");
    let cases = [
        (
            "UPDATE log SET envelope = CAST(substr(envelope, 1, 40) || x'5a' || substr(envelope, 42) AS BLOB)
             WHERE seq = 9"
                .to_owned(),
            "entry 9 is not what was written",
        ),
        (
            format!("UPDATE log SET received_at = {} WHERE seq = 12", flipped("received_at")),
            "entry 12 is not what was written",
        ),
        (
            "UPDATE log SET refusal = NULL WHERE refusal IS NOT NULL".to_owned(),
            "the verdict on entry 5 is missing",
        ),
        (
            "UPDATE log SET refusal = x'0101' WHERE seq = 10".to_owned(),
            "the verdict on entry 10 is not in the Merkle log",
        ),
        ("DELETE FROM log WHERE seq = 20".to_owned(), "entry 20 is missing"),
        (
            "UPDATE log SET seq = -1 WHERE seq = 20; UPDATE log SET seq = 20 WHERE seq = 21;
             UPDATE log SET seq = 21 WHERE seq = -1"
                .to_owned(),
            "entry 20 is not what was written",
        ),
        ("DELETE FROM log WHERE seq > 60".to_owned(), "entry 61 is missing"),
        (
            "DELETE FROM log WHERE seq > 60; DELETE FROM leaves WHERE number >=
               (SELECT number FROM leaves WHERE kind = 2 ORDER BY number DESC LIMIT 1 OFFSET 14)"
                .to_owned(),
            "leaf ",
        ),
        (
            "INSERT INTO log SELECT workspace, 900, document, hash, device, 900, received_at, refusal, envelope
             FROM log WHERE seq = 9"
                .to_owned(),
            "entry 900 is not in the Merkle log",
        ),
        ("UPDATE workspaces SET checkpoint = NULL".to_owned(), "there is no newest checkpoint"),
        ("DELETE FROM checkpoints".to_owned(), "a checkpoint before the one at "),
        ("UPDATE workspaces SET head = head + 1".to_owned(), "the log's newest sequence is "),
        (
            "UPDATE leaves SET content = randomblob(32) WHERE number = 3".to_owned(),
            " is not what was written",
        ),
        ("DELETE FROM leaves WHERE number = 3".to_owned(), "leaf 3 of the Merkle log is missing"),
        ("UPDATE workspaces SET edge = zeroblob(length(edge))".to_owned(), "do not lead to the root"),
        (
            "UPDATE snapshots SET upto = upto - 1".to_owned(),
            "the snapshot of document ",
        ),
        (
            "UPDATE facts SET seq = seq + 1 WHERE key = (SELECT min(key) FROM facts)".to_owned(),
            "fact 01",
        ),
        (
            "DELETE FROM facts WHERE key = (SELECT min(key) FROM facts)".to_owned(),
            "fact 01",
        ),
        ("UPDATE visibility SET gained = 1 - gained".to_owned(), "who may read what"),
        (
            "UPDATE device_keys SET key = randomblob(65) WHERE device = (SELECT max(device) FROM device_keys)"
                .to_owned(),
            "the key of device ",
        ),
        ("UPDATE credentials SET password = 'x'".to_owned(), "the password of person "),
        ("UPDATE workspaces SET epoch = epoch + 1".to_owned(), "the epoch is not what was written"),
        ("UPDATE secrets SET value = randomblob(32)".to_owned(), "is not signed by this relay's key"),
        ("UPDATE workspaces SET id = 77".to_owned(), "rows of a workspace that does not exist"),
    ];
    for (place, (sql, expected)) in cases.iter().enumerate() {
        let told = first(&made.tampered(&format!("{place}.sqlite"), sql));
        assert!(told.contains(expected), "{sql}\n{told}");
    }
}

/// Somebody who has the key signs a log of their own: the checkpoint in the auditor's drawer, or the
/// key of another relay, tells.
#[tokio::test]
async fn a_log_that_was_written_anew_is_not_the_one_of_a_kept_checkpoint() {
    let made = made().await;
    let kept = made.checkpoint();
    // A later migration of the same rows signs anew: here after an entry was changed.
    let forged = made.tampered("forged.sqlite", BEFORE_THE_MERKLE_LOG);
    let connection = Connection::open(&forged).unwrap();
    connection
        .execute(
            "UPDATE log SET received_at = received_at + 1 WHERE seq = 4",
            [],
        )
        .unwrap();
    connection
        .execute("INSERT INTO secrets SELECT 'audit', zeroblob(32)", [])
        .unwrap();
    drop(connection);
    drop(SqliteStore::open(&forged).unwrap());
    assert_eq!(first(&forged), "");
    let question = Question {
        checkpoint: Some(kept.clone()),
        ..Question::default()
    };
    let told = asked(&forged, &question).findings;
    let other =
        |damage: &Damage| matches!(damage, Damage::OtherLog { .. } | Damage::Signature { .. });
    assert!(
        told.iter().any(|finding| other(&finding.damage)),
        "{told:?}"
    );
    assert_eq!(asked(&made.database, &question).findings, []);
    let question = Question {
        key: Some(PublicKey([3; 32])),
        ..Question::default()
    };
    let told = asked(&made.database, &question).findings;
    assert!(
        matches!(told[0].damage, Damage::Signature { .. }),
        "{told:?}"
    );
}

const BEFORE_THE_MERKLE_LOG: &str = "
    DROP TABLE leaves; DROP TABLE checkpoints;
    ALTER TABLE workspaces DROP COLUMN checkpoint; ALTER TABLE workspaces DROP COLUMN edge;
    ALTER TABLE workspaces DROP COLUMN refill_since; ALTER TABLE workspaces DROP COLUMN refill_until;
    ALTER TABLE workspaces DROP COLUMN facts_of;
    DROP TABLE bases; DROP TABLE witnesses; DROP TABLE shares;
    DELETE FROM secrets WHERE name = 'audit';
    PRAGMA user_version = 5;";

#[tokio::test]
async fn a_database_of_an_earlier_relay_begins_its_log_when_it_is_opened() {
    let made = made().await;
    let earlier = made.tampered("earlier.sqlite", BEFORE_THE_MERKLE_LOG);
    let refused = verify(&earlier, &Question::default());
    assert!(matches!(refused, Err(AuditError::Version { found: 5, .. })));
    drop(SqliteStore::open(&earlier).unwrap());
    let report = asked(&earlier, &Question::default());
    assert_eq!(report.findings, []);
    assert_eq!(report.workspaces[0].entries, CHANGES as u64 + 3);
    assert_eq!(newest_version(), 9);
}

/// The end of the write-ahead log is gone, and with it what was acknowledged: the database is whole
/// and only shorter.
#[tokio::test]
async fn a_database_that_ends_too_early_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(folder.path()).await;
    let mut device = relay.founder().await;
    let envelope = device.name_client(client_document(), "kept");
    device.push(vec![envelope]).await;
    let shorter = tempfile::tempdir().unwrap();
    let database = shorter.path().join("relay.sqlite");
    copy_database(&folder.path().join("relay.sqlite"), &database).unwrap();
    let envelope = device.name_client(client_document(), "gone");
    device.push(vec![envelope]).await;
    relay.stop().await;
    let reach = ["relay.reach"].map(|name| (folder.path().join(name), shorter.path().join(name)));
    for (from, to) in reach {
        std::fs::copy(from, to).unwrap();
    }
    let told = first(&database);
    assert!(told.contains("the first that is missing is 3"), "{told}");
    let opened = SqliteStore::open(&database);
    assert!(
        matches!(opened, Err(StoreError::Behind { .. })),
        "{opened:?}"
    );
}

#[tokio::test]
async fn a_database_whose_newest_checkpoint_is_not_the_relays_is_not_opened() {
    let made = made().await;
    for (name, sql) in [
        (
            "key",
            "UPDATE secrets SET value = randomblob(32) WHERE name = 'audit'",
        ),
        (
            "edge",
            "UPDATE workspaces SET edge = zeroblob(length(edge))",
        ),
        ("gone", "UPDATE workspaces SET checkpoint = NULL"),
    ] {
        let opened = SqliteStore::open(&made.tampered(name, sql));
        assert!(
            matches!(opened, Err(StoreError::Damaged(_))),
            "{name}: {opened:?}"
        );
    }
}

#[tokio::test]
async fn what_a_clock_said_is_kept_as_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(folder.path()).await;
    let mut device = relay.founder().await;
    for (name, ahead) in [("now", 0), ("backdated", -50 * HOUR), ("not yet", 3 * HOUR)] {
        device.ahead = ahead;
        let envelope = device.name_client(client_document(), name);
        device.push(vec![envelope]).await;
    }
    relay.stop().await;
    let database = folder.path().join("relay.sqlite");
    let report = asked(&database, &Question::default());
    assert_eq!(report.findings, []);
    let clocks = &report.workspaces[0].clocks;
    assert_eq!((clocks.before, clocks.after), (1, 1));
    let worst: Vec<_> = clocks
        .worst
        .iter()
        .map(|offset| offset.millis / HOUR)
        .collect();
    assert_eq!(worst, [50, -2]);
}

#[tokio::test]
async fn the_program_says_it_and_ends_accordingly() {
    let made = made().await;
    let run = |database: &Path, args: &[&str]| {
        let data = database.with_extension("data");
        std::fs::create_dir_all(&data).unwrap();
        std::fs::copy(database, data.join("relay.sqlite")).unwrap();
        std::fs::copy(keys_beside(database), data.join("keys.db")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_caravan"));
        command.arg("audit").args(args).arg("--data").arg(&data);
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.success(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let (passed, said, _) = run(&made.database, &["verify"]);
    assert!(passed && said.contains("73 entries (1 refused)"), "{said}");
    let kept = made.checkpoint();
    assert!(said.contains(&kept.to_text()), "{said}");
    let (_, key, _) = run(&made.database, &["key"]);
    let kept = kept.to_text();
    let args = ["verify", "--key", key.trim(), "--checkpoint", &kept];
    let (passed, said, told) = run(&made.database, &args);
    assert!(passed, "{said}{told}");
    let broken = made.tampered("broken.sqlite", "DELETE FROM log WHERE seq = 20");
    let (passed, _, told) = run(&broken, &["verify"]);
    assert!(!passed && told.contains("entry 20 is missing"), "{told}");
    let (passed, _, told) = run(
        &made.database,
        &["verify", "--workspace", "01J00000000000000000000000"],
    );
    assert!(!passed && told.contains("there is no workspace"), "{told}");
}
