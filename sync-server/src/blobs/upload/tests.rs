use std::convert::Infallible;

use caravan_domain::id::Id;
use futures_util::{FutureExt, TryStreamExt, stream};

use super::*;
use crate::config::StorageConfig;
use crate::store::{LogStore, MemoryStore, Write, WriteBatch, Written};

const PHOTO: &[u8] = b"a photo of a shop front";

struct Bench {
    blobs: Blobs,
    folder: tempfile::TempDir,
}

fn keys() -> Arc<dyn LogStore> {
    let store = MemoryStore::default();
    let founded = store.commit(WriteBatch {
        workspace: WorkspaceId(Id::from_bytes([1; 16])),
        writes: vec![Write::Workspace { epoch: 1 }],
    });
    done(founded);
    Arc::new(store)
}

/// Writes in memory are done when they are asked for.
fn done(written: Written<()>) {
    written.now_or_never().unwrap().unwrap();
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let storage = StorageConfig {
        data: folder.path().to_owned(),
    };
    Bench {
        blobs: Blobs::open(&storage, 1024, keys()).unwrap(),
        folder,
    }
}

fn key(device: u8, content: &[u8]) -> UploadKey {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, content).as_ref());
    UploadKey {
        workspace: WorkspaceId(Id::from_bytes([1; 16])),
        device: DeviceId(Id::from_bytes([device; 16])),
        hash: BlobHash(hash),
    }
}

async fn append(
    bench: &Bench,
    key: UploadKey,
    offset: usize,
    bytes: &'static [u8],
) -> Result<Upload, BlobError> {
    let chunks = bytes
        .chunks(5)
        .map(|part| Ok::<_, Infallible>(Bytes::from_static(part)));
    let length = PHOTO.len() as u64;
    let chunks = stream::iter(chunks.collect::<Vec<_>>());
    bench.blobs.append(key, offset as u64, length, chunks).await
}

#[tokio::test]
async fn an_upload_that_was_cut_goes_on_where_it_stopped() {
    let bench = bench();
    let key = key(1, PHOTO);
    let first = append(&bench, key, 0, &PHOTO[..9]).await.unwrap();
    assert_eq!(first, Upload::Partial(9));
    assert_eq!(bench.blobs.progress(key).await.unwrap(), 9);
    assert!(matches!(
        append(&bench, key, 4, &PHOTO[4..]).await,
        Err(BlobError::Offset(9))
    ));
    let last = append(&bench, key, 9, &PHOTO[9..]).await.unwrap();
    assert_eq!(last, Upload::Complete(PHOTO.len() as u64));
    let stream = bench.blobs.read(key.workspace, key.hash).await.unwrap();
    let chunks: Vec<Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(chunks.concat(), PHOTO);
    assert_eq!(bench.blobs.progress(key).await.unwrap(), 0);
}

#[tokio::test]
async fn other_bytes_than_the_hash_names_are_never_given_out() {
    let bench = bench();
    let key = key(1, b"something else entirely");
    assert!(matches!(
        append(&bench, key, 0, PHOTO).await,
        Err(BlobError::HashMismatch)
    ));
    assert!(matches!(
        bench.blobs.read(key.workspace, key.hash).await,
        Err(BlobError::NotFound)
    ));
    assert_eq!(bench.blobs.progress(key).await.unwrap(), 0);
}

#[tokio::test]
async fn more_than_was_announced_or_allowed_is_refused() {
    let bench = bench();
    let key = key(1, PHOTO);
    append(&bench, key, 0, &PHOTO[..9]).await.unwrap();
    assert!(matches!(
        append(&bench, key, 9, PHOTO).await,
        Err(BlobError::TooLarge)
    ));
    let nothing = stream::iter(Vec::<Result<Bytes, Infallible>>::new());
    assert!(matches!(
        bench.blobs.append(key, 0, 1025, nothing).await,
        Err(BlobError::TooLarge)
    ));
}

#[tokio::test]
async fn one_device_cannot_spoil_the_upload_of_another() {
    let bench = bench();
    let (mine, theirs) = (key(1, PHOTO), key(2, PHOTO));
    append(&bench, theirs, 0, b"garbage").await.unwrap();
    let mine = append(&bench, mine, 0, PHOTO).await.unwrap();
    assert_eq!(mine, Upload::Complete(PHOTO.len() as u64));
}

#[tokio::test]
async fn only_abandoned_uploads_are_swept() {
    let bench = bench();
    let key = key(1, PHOTO);
    append(&bench, key, 0, &PHOTO[..9]).await.unwrap();
    bench.blobs.sweep(Duration::from_secs(60)).await.unwrap();
    assert_eq!(bench.blobs.progress(key).await.unwrap(), 9);
    tokio::time::sleep(Duration::from_millis(20)).await;
    bench.blobs.sweep(Duration::ZERO).await.unwrap();
    assert_eq!(bench.blobs.progress(key).await.unwrap(), 0);
}

fn files(bench: &Bench) -> Vec<Vec<u8>> {
    let all = walk(bench.folder.path());
    all.iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .flat_map(|entry| match entry.file_type().unwrap().is_dir() {
            true => walk(&entry.path()),
            false => vec![entry.path()],
        })
        .collect()
}

fn holds_photo(bytes: &[u8]) -> bool {
    bytes.windows(PHOTO.len()).any(|window| window == PHOTO)
}

async fn read_all(bench: &Bench, key: UploadKey) -> Result<Vec<u8>, BlobError> {
    let stream = bench.blobs.read(key.workspace, key.hash).await?;
    let chunks: Vec<Bytes> = stream.try_collect().await?;
    Ok(chunks.concat())
}

#[tokio::test]
async fn a_finished_blob_lies_encrypted() {
    let bench = bench();
    let key = key(1, PHOTO);
    append(&bench, key, 0, &PHOTO[..9]).await.unwrap();
    append(&bench, key, 9, &PHOTO[9..]).await.unwrap();
    assert_eq!(files(&bench).len(), 1);
    assert!(!files(&bench).iter().any(|bytes| holds_photo(bytes)));
    bench.blobs.forget(key.workspace, key.hash).await.unwrap();
    assert_eq!(files(&bench).len(), 1, "its key is there");
}

#[tokio::test]
async fn pictures_of_any_length_come_back_and_no_piece_may_be_missing() {
    for length in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
        let bench = bench();
        let photo: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let key = key(1, &photo);
        let file = bench.folder.path().join("photo");
        std::fs::write(&file, &photo).unwrap();
        let (workspace, hash) = (key.workspace, key.hash);
        bench.blobs.publish(workspace, hash, &file).await.unwrap();
        assert!(read_all(&bench, key).await.unwrap() == photo, "{length}");
        let stored = walk(&bench.folder.path().join("blobs")).remove(0);
        let whole = std::fs::read(&stored).unwrap();
        let mut flipped = whole.clone();
        flipped[length / 2 + 9] ^= 1;
        let cut = &whole[..whole.len().saturating_sub(PIECE + TAG).max(9)];
        for damaged in [&flipped[..], cut, &whole[..whole.len() - 1]] {
            std::fs::write(&stored, damaged).unwrap();
            assert!(read_all(&bench, key).await.is_err(), "{length}");
        }
    }
}

#[tokio::test]
async fn what_an_earlier_relay_stored_is_read_and_then_encrypted() {
    let bench = bench();
    let key = key(1, PHOTO);
    let name = key.hash.to_string();
    let folder = bench.folder.path().join("blobs");
    let folder = folder.join(key.workspace.to_string()).join(&name[..2]);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(&name), PHOTO).unwrap();
    assert_eq!(read_all(&bench, key).await.unwrap(), PHOTO);
    assert!(files(&bench).iter().any(|bytes| holds_photo(bytes)));
    for expected in [1, 0] {
        assert_eq!(bench.blobs.encrypt_old().await.unwrap(), expected);
        assert!(!files(&bench).iter().any(|bytes| holds_photo(bytes)));
        assert_eq!(read_all(&bench, key).await.unwrap(), PHOTO);
    }
}
