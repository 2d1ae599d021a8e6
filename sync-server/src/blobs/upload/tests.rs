use std::convert::Infallible;

use caravan_domain::id::Id;
use futures_util::{TryStreamExt, stream};

use super::*;
use crate::config::StorageConfig;

const PHOTO: &[u8] = b"a photo of a shop front";

struct Bench {
    blobs: Blobs,
    _folder: tempfile::TempDir,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let storage = StorageConfig {
        data: folder.path().to_owned(),
    };
    Bench {
        blobs: Blobs::open(&storage, 1024).unwrap(),
        _folder: folder,
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
