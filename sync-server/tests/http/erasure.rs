//! A client erased for good: what is left of it in the relay's files, and in its backups.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use axum::body::Body;
use axum::http::{Method, StatusCode};
use caravan_documents::Document;
use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::id::ClientId;
use caravan_domain::people::decision::PeopleDecision;
use caravan_relay::audit::{Question, verify};
use caravan_relay::identity::hash_token;
use caravan_relay::store::{LogStore, SqliteStore};
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{Rejection, Verdict};
use caravan_sync::relay::Limit;

use crate::support::{Answer, Device, Running, client_document};

/// Legitimately readable: the workspace's name is a fact and a decision.
const IN_A_DECISION: &str = "驼铃贸易-marker-6f2d";
const NAME: &str = "张三商贸-marker-81c4";
const PHONE: &str = "13800138000-marker-9e07";
const OTHERS: &str = "李四茶厂-marker-2b5a";
const PHOTO: &[u8] = b"a photo of a shop front-marker-77d1";
const HALF: &[u8] = b"half of a photo-marker-4c11";
const OF_IT: [&[u8]; 4] = [NAME.as_bytes(), PHONE.as_bytes(), PHOTO, HALF];
/// Changes of one document: enough for a snapshot.
const CHANGES: usize = 70;

struct Scene {
    folder: tempfile::TempDir,
    relay: Running,
    director: Device,
    author: Device,
    opened: Document,
    erased: DocumentId,
    kept: DocumentId,
}

impl Scene {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Two clients of an account manager's, written by two devices, with pictures and snapshots.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = Running::start(&folder.path().join("data")).await;
        relay.tend();
        let mut director = relay.founder().await;
        let name = IN_A_DECISION.to_owned();
        let rename = Decision::People(PeopleDecision::RenameWorkspace { name });
        let rename = director.decide(&rename);
        director.push(vec![rename]).await;
        let token = director.invite().await;
        let mut author = Device::join(relay.client(), token).await;
        let (erased, kept) = (client_document(), client_document());
        let mut opened = Document::new(erased);
        let envelopes = phones(&mut author, &mut opened);
        author.push(envelopes).await;
        let mut other = Document::new(kept);
        let edit = Edit::put(kept, &["profile", "name"], OTHERS);
        let envelope = author.edit(&mut other, edit);
        author.push(vec![envelope]).await;
        let envelope = director.name_client(erased, NAME);
        director.push(vec![envelope]).await;
        relay.settled().await;
        while relay.compact().await == 0 {}
        for document in [erased, kept] {
            let photo = [PHOTO, OTHERS.as_bytes()][usize::from(document == kept)];
            let sent = upload(&author, document, photo, photo.len()).await;
            assert_eq!(sent.status, StatusCode::CREATED);
        }
        let sent = upload(&author, erased, HALF, HALF.len() + 1).await;
        assert_eq!(sent.status, StatusCode::ACCEPTED);
        Self {
            folder,
            relay,
            director,
            author,
            opened,
            erased,
            kept,
        }
    }

    async fn erase(&mut self) {
        let envelope = self.director.decide(&Decision::Erase(EraseClient {
            client: ClientId(self.erased.id),
            reason: ErasureReason::Asked,
        }));
        self.director.push(vec![envelope]).await;
    }

    /// The other client, its picture and the decision are as they were.
    async fn check_the_rest(&mut self) {
        let found = get(&self.author, OTHERS.as_bytes()).await;
        assert_eq!(&found.body[..], OTHERS.as_bytes());
        self.director.cursor = caravan_sync::cursor::Cursor::default();
        let reply = self.director.exchange(Vec::new()).await;
        let documents = reply.snapshots.iter().map(|it| it.document);
        assert_eq!(documents.collect::<Vec<_>>(), [self.kept]);
        let document = Document::load(self.kept, &reply.snapshots[0].chunks).unwrap();
        let name = document.tree().unwrap();
        assert_eq!(name.text(&["profile", "name"]).unwrap(), OTHERS);
    }
}

fn phones(device: &mut Device, opened: &mut Document) -> Vec<Envelope> {
    let id = opened.id();
    let phones = (0..CHANGES).map(|number| {
        let note = format!("{PHONE} {number}");
        device.edit(opened, Edit::put(id, &["profile", "note"], note.as_str()))
    });
    phones.collect()
}

fn picture(bytes: &[u8]) -> String {
    let hex = data_encoding::HEXLOWER.encode(&hash_token(bytes));
    format!("/api/blobs/{hex}")
}

async fn upload(device: &Device, document: DocumentId, bytes: &[u8], length: usize) -> Answer {
    let length = length.to_string();
    let headers = [
        ("upload-offset", "0"),
        ("upload-length", length.as_str()),
        ("content-type", "image/jpeg"),
    ];
    let path = format!("{}?document={document}", picture(bytes));
    let body = Body::from(bytes.to_vec());
    device.ask(Method::PATCH, &path, &headers, body).await
}

async fn get(device: &Device, bytes: &[u8]) -> Answer {
    let path = picture(bytes);
    device.ask(Method::GET, &path, &[], Body::empty()).await
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .flat_map(|entry| match entry.file_type().unwrap().is_dir() {
            true => files(&entry.path()),
            false => vec![entry.path()],
        })
        .collect()
}

fn holds(bytes: &[u8], marker: &[u8]) -> bool {
    bytes.windows(marker.len()).any(|window| window == marker)
}

/// The files in which a marker stands in the clear.
fn hits(folder: &Path, marker: &[u8]) -> Vec<PathBuf> {
    let mut files = files(folder);
    files.retain(|file| fs::read(file).is_ok_and(|bytes| holds(&bytes, marker)));
    files
}

/// Again when a file comes or goes meanwhile: a store that was dropped still tidies up its write-ahead log.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for _ in 0..100 {
        let files = files(from);
        let targets = files
            .iter()
            .map(|file| to.join(file.strip_prefix(from).unwrap()));
        let targets: Vec<_> = targets.collect();
        let copied = files.iter().zip(&targets).all(|(file, target)| {
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(file, target).is_ok()
        });
        if copied && files == self::files(from) {
            return;
        }
        for target in targets {
            let _ = fs::remove_file(target);
        }
    }
    panic!("{} does not come to rest", from.display());
}

/// Everything that can be read with the keys of a folder, as whoever has taken it would.
fn decrypted(folder: &Path) -> Vec<u8> {
    let copied = tempfile::tempdir().unwrap();
    copy(folder, copied.path());
    let store = SqliteStore::open(&copied.path().join("relay.sqlite")).unwrap();
    let all = Limit {
        entries: 10_000,
        bytes: 100 << 20,
    };
    let mut bytes = Vec::new();
    for row in store.workspaces().unwrap() {
        for entry in store.entries(row.workspace, 0, all).unwrap() {
            bytes.extend(entry.envelope);
        }
    }
    bytes
}

/// The key of a document, out of the key store.
fn key_of(folder: &Path, document: DocumentId) -> [u8; 32] {
    let keys = rusqlite::Connection::open(folder.join("keys.db")).unwrap();
    let sql = "SELECT key FROM keys WHERE holder = ?1";
    keys.query_row(sql, [document.to_bytes()], |row| row.get(0))
        .unwrap()
}

fn caravan(args: &[&str], paths: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caravan"));
    command.args(args).env("CARAVAN_LOG", "warn");
    for (flag, path) in paths {
        command.arg(flag).arg(path);
    }
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {told}");
    output
}

fn refusal(verdict: &Verdict) -> Option<Rejection> {
    match verdict {
        Verdict::Refused { reason, .. } => Some(*reason),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_erased_client_is_left_in_the_relays_files() {
    let mut scene = Scene::new().await;
    let data = scene.data();
    // What the scan looks for can be found: in the clear where it belongs, and by the keys.
    assert!(!hits(&data, IN_A_DECISION.as_bytes()).is_empty());
    assert_eq!(hits(&data, HALF).len(), 1, "an upload under way");
    let before = decrypted(&data);
    for marker in [NAME, PHONE, OTHERS] {
        assert!(holds(&before, marker.as_bytes()), "{marker}");
        assert_eq!(hits(&data, marker.as_bytes()), Vec::<PathBuf>::new());
    }
    let key = key_of(&data, scene.erased);
    assert!(!hits(&data, &key).is_empty());
    scene.erase().await;
    // Before anybody opens the store, which would finish what is not done.
    assert_eq!(hits(&data, &key), Vec::<PathBuf>::new());
    let after = decrypted(&data);
    assert!(holds(&after, OTHERS.as_bytes()));
    for marker in OF_IT {
        assert!(!holds(&after, marker));
    }
    // Uploads under way and the pictures' files go a moment later; their keys are gone already.
    let pictures = || files(&data.join("blobs")).len() + files(&data.join("uploads")).len();
    while pictures() > 1 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let gone = get(&scene.director, PHOTO).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);

    // A late edit and a late picture change nothing, and leave nothing.
    let edit = Edit::put(scene.erased, &["profile", "note"], PHONE);
    let late = scene.author.edit(&mut scene.opened, edit);
    let reply = scene.author.exchange(vec![late]).await;
    let told = reply.receipts.last().and_then(|it| refusal(&it.verdict));
    assert_eq!(told, Some(Rejection::Erased));
    assert!(reply.purges.contains(&scene.erased));
    let late = upload(&scene.author, scene.erased, PHOTO, PHOTO.len()).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);

    for restarted in [false, true] {
        for marker in OF_IT {
            assert_eq!(hits(&data, marker), Vec::<PathBuf>::new(), "{restarted}");
        }
        assert!(!holds(&decrypted(&data), PHONE.as_bytes()), "{restarted}");
        assert!(!hits(&data, IN_A_DECISION.as_bytes()).is_empty());
        scene.check_the_rest().await;
        if !restarted {
            scene.relay.stop().await;
            let report = verify(&data.join("relay.sqlite"), &Question::default()).unwrap();
            assert_eq!(report.findings, []);
            let examined = &report.workspaces[0];
            assert_eq!(examined.erased, CHANGES as u64 + 2);
            assert_eq!(examined.locked, 0);
            scene.relay = Running::start(&data).await;
            for device in [&mut scene.director, &mut scene.author] {
                device.client.address = scene.relay.address;
                device.client.origin = scene.relay.client().origin;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_in_earlier_backups_are_destroyed_by_one_command() {
    let mut scene = Scene::new().await;
    let (data, first, second) = (scene.data(), scene.at("first"), scene.at("second"));
    let keys = scene.at("keys");
    caravan(&["backup"], &[("--data", &data), ("--to", &first)]);
    let places = [("--data", &*data), ("--to", &*second), ("--keys", &*keys)];
    caravan(&["backup"], &places);
    assert!(!second.join("keys.db").exists() && keys.join("keys.db").exists());
    scene.erase().await;
    for backup in [&first, &second] {
        for marker in OF_IT {
            assert_eq!(hits(backup, marker), Vec::<PathBuf>::new());
        }
    }
    // The key is still there, and with it everything.
    assert!(holds(&decrypted(&first), PHONE.as_bytes()));
    let key = key_of(&first, scene.erased);
    assert!(!hits(&first, &key).is_empty() && !hits(&keys, &key).is_empty());
    let args = ["erase-keys", "--data"];
    let places = [("--backup", &*first), ("--backup", &*keys)];
    let data_flag = data.to_string_lossy().into_owned();
    caravan(&[args[0], args[1], &data_flag], &places);
    for folder in [&first, &second, &keys] {
        assert_eq!(hits(folder, &key), Vec::<PathBuf>::new());
    }
    let together = scene.at("together");
    copy(&second, &together);
    copy(&keys, &together);
    for folder in [&first, &together] {
        let left = decrypted(folder);
        assert!(!holds(&left, PHONE.as_bytes()) && !holds(&left, NAME.as_bytes()));
        assert!(holds(&left, OTHERS.as_bytes()));
        caravan(&["audit", "verify"], &[("--data", folder)]);
    }
    let said = caravan(&["audit", "verify"], &[("--data", &second)]).stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.contains("were not looked into"), "{said}");
}

/// The backup knows nothing of the erasure: the list does.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_backup_is_erased_again_when_it_is_restored() {
    let mut scene = Scene::new().await;
    let (data, backup, restored) = (scene.data(), scene.at("backup"), scene.at("restored"));
    caravan(&["backup"], &[("--data", &data), ("--to", &backup)]);
    // Written down after the backup: it has never heard of this one at all.
    let young = client_document();
    let envelope = scene.author.name_client(young, NAME);
    scene.author.push(vec![envelope.clone()]).await;
    scene.erase().await;
    let erased = std::mem::replace(&mut scene.erased, young);
    scene.erase().await;
    scene.relay.stop().await;
    let places = [
        ("--data", &*restored),
        ("--from", &*backup),
        ("--erased-from", &*data),
    ];
    caravan(&["restore"], &places);
    let left = decrypted(&restored);
    assert!(!holds(&left, PHONE.as_bytes()) && holds(&left, OTHERS.as_bytes()));
    caravan(&["audit", "verify"], &[("--data", &restored)]);

    scene.relay = Running::start(&restored).await;
    scene.relay.tend();
    for device in [&mut scene.director, &mut scene.author] {
        device.client.address = scene.relay.address;
        device.client.origin = scene.relay.client().origin;
    }
    // The author's phone still has both and sends again what the relay has lost.
    let edit = Edit::put(erased, &["profile", "note"], PHONE);
    let late = scene.author.edit(&mut scene.opened, edit);
    let reply = scene.author.exchange(vec![envelope, late]).await;
    let told: Vec<_> = reply
        .receipts
        .iter()
        .map(|it| refusal(&it.verdict))
        .collect();
    assert_eq!(told, [Some(Rejection::Erased); 2]);
    let mut facts = reply.facts.iter().map(|fact| fact.key);
    assert!(facts.any(|key| key == caravan_domain::facts::FactKey::Erased(young)));
    assert!(reply.purges.contains(&erased));
    while files(&restored.join("blobs")).len() > 1 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    for marker in OF_IT {
        assert_eq!(hits(&restored, marker), Vec::<PathBuf>::new());
    }
    assert!(!holds(&decrypted(&restored), NAME.as_bytes()));
}

/// As an earlier relay has left it: everything in the clear.
fn in_the_clear(data: &Path, to: &Path) {
    copy(data, to);
    let path = to.join("relay.sqlite");
    let store = SqliteStore::open(&path).unwrap();
    let all = Limit {
        entries: 10_000,
        bytes: 100 << 20,
    };
    let workspace = store.workspaces().unwrap()[0].workspace;
    let entries = store.entries(workspace, 0, all).unwrap();
    drop(store);
    let connection = rusqlite::Connection::open(&path).unwrap();
    for entry in entries {
        let sql = "UPDATE log SET envelope = ?1 WHERE seq = ?2";
        let sequence = entry.sequence.cast_signed();
        connection.execute(sql, (entry.envelope, sequence)).unwrap();
    }
    for table in ["bases", "witnesses", "shares"] {
        let sql = format!("DROP TABLE {table}");
        connection.execute(&sql, []).unwrap();
    }
    for column in ["refill_since", "refill_until", "facts_of"] {
        let sql = format!("ALTER TABLE workspaces DROP COLUMN {column}");
        connection.execute(&sql, []).unwrap();
    }
    connection.pragma_update(None, "user_version", 6).unwrap();
    fs::remove_file(to.join("keys.db")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_relays_database_is_encrypted_when_it_is_opened() {
    let scene = Scene::new().await;
    let (data, earlier) = (scene.data(), scene.at("earlier"));
    scene.relay.stop().await;
    in_the_clear(&data, &earlier);
    for marker in [NAME, PHONE, OTHERS] {
        assert!(!hits(&earlier, marker.as_bytes()).is_empty(), "{marker}");
    }
    drop(SqliteStore::open(&earlier.join("relay.sqlite")).unwrap());
    for marker in [NAME, PHONE, OTHERS] {
        assert_eq!(hits(&earlier, marker.as_bytes()), Vec::<PathBuf>::new());
        assert!(holds(&decrypted(&earlier), marker.as_bytes()), "{marker}");
    }
    let report = verify(&earlier.join("relay.sqlite"), &Question::default()).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!(report.workspaces[0].locked, 0);
}
