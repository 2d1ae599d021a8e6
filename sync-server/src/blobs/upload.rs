//! One upload under way: a file that grows until its hash is right.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use caravan_domain::id::{BlobHash, DeviceId, WorkspaceId};
use futures_util::{Stream, StreamExt};
use object_store::{ObjectStoreExt, WriteMultipart};
use ring::digest;
use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::encrypted::{PIECE, Pieces};
use super::{BlobError, Blobs, encrypted_place};
use crate::cipher::TAG;
use crate::store::read;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UploadKey {
    pub workspace: WorkspaceId,
    pub device: DeviceId,
    pub hash: BlobHash,
}

/// How far an upload has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upload {
    Partial(u64),
    /// The blob is whole and was verified; its size.
    Complete(u64),
}

#[derive(Debug, Clone, Default)]
pub(super) struct Busy(Arc<Mutex<HashSet<UploadKey>>>);

/// While it lives no other request writes the same upload.
struct Claim {
    busy: Busy,
    key: UploadKey,
}

impl Busy {
    fn claim(&self, key: UploadKey) -> Result<Claim, BlobError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !held.insert(key) {
            return Err(BlobError::Busy);
        }
        Ok(Claim {
            busy: self.clone(),
            key,
        })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut held = self.busy.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.key);
    }
}

impl Blobs {
    /// How many bytes of an unfinished upload have arrived.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn progress(&self, key: UploadKey) -> Result<u64, BlobError> {
        match fs::metadata(self.upload_file(key)).await {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Appends what `chunks` bring. At `length` bytes the hash decides: the blob is finished, or
    /// the upload is dropped.
    ///
    /// # Errors
    /// `Offset` when the upload stands elsewhere. What had arrived before an error stays, except
    /// after `HashMismatch` and `TooLarge`.
    pub async fn append<E>(
        &self,
        key: UploadKey,
        offset: u64,
        length: u64,
        chunks: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<Upload, BlobError> {
        if length > self.limit {
            return Err(BlobError::TooLarge);
        }
        let _claim = self.busy.claim(key)?;
        let here = self.progress(key).await?;
        if here != offset {
            return Err(BlobError::Offset(here));
        }
        let arrived = self.store_chunks(key, offset, length, chunks).await?;
        if arrived < length {
            return Ok(Upload::Partial(arrived));
        }
        self.finish(key).await?;
        Ok(Upload::Complete(length))
    }

    async fn store_chunks<E>(
        &self,
        key: UploadKey,
        mut arrived: u64,
        length: u64,
        mut chunks: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<u64, BlobError> {
        let path = self.upload_file(key);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).await?;
        }
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .await?;
        while let Some(chunk) = chunks.next().await {
            let Ok(chunk) = chunk else {
                file.flush().await?;
                return Err(BlobError::Cut);
            };
            arrived += chunk.len() as u64;
            if arrived > length {
                drop(file);
                fs::remove_file(&path).await?;
                return Err(BlobError::TooLarge);
            }
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        Ok(arrived)
    }

    /// Into the blob store; what does not fit its name is never published.
    async fn finish(&self, key: UploadKey) -> Result<(), BlobError> {
        let path = self.upload_file(key);
        let right = hash_of(&path).await? == key.hash.0;
        if right {
            self.publish(key.workspace, key.hash, &path).await?;
        }
        fs::remove_file(&path).await?;
        right.then_some(()).ok_or(BlobError::HashMismatch)
    }

    /// Encrypts a file whose hash is right into the blob store.
    pub(super) async fn publish(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
        file: &Path,
    ) -> Result<(), BlobError> {
        let key = read(&self.keys, move |keys| keys.make_blob_key(workspace, hash)).await?;
        let target = encrypted_place(workspace, hash, &key);
        let mut pieces = Pieces::new(key, workspace, hash);
        let mut copy = WriteMultipart::new(self.finished.put_multipart(&target).await?);
        copy.write(&pieces.header());
        let mut file = File::open(file).await?;
        let mut next = piece(&mut file).await?;
        loop {
            let mut this = next;
            next = piece(&mut file).await?;
            let last = next.is_empty();
            pieces.encrypt(&mut this, last);
            copy.wait_for_capacity(1).await?;
            copy.write(&this);
            if last {
                break;
            }
        }
        copy.finish().await?;
        Ok(())
    }

    /// Removes uploads that nobody has continued for `age`.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn sweep(&self, age: Duration) -> Result<(), BlobError> {
        let mut workspaces = fs::read_dir(&self.uploads).await?;
        while let Some(workspace) = workspaces.next_entry().await? {
            let mut uploads = fs::read_dir(workspace.path()).await?;
            while let Some(upload) = uploads.next_entry().await? {
                let touched = upload.metadata().await?.modified()?;
                let idle = SystemTime::now().duration_since(touched);
                if idle.is_ok_and(|idle| idle > age) {
                    fs::remove_file(upload.path()).await?;
                }
            }
        }
        Ok(())
    }

    fn upload_file(&self, key: UploadKey) -> PathBuf {
        let folder = self.uploads.join(key.workspace.to_string());
        folder.join(format!("{}-{}", key.hash, key.device))
    }
}

/// The next bytes of a file, as many as one piece holds; fewer only at the end.
async fn piece(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE + TAG);
    file.take(PIECE as u64).read_to_end(&mut piece).await?;
    Ok(piece)
}

async fn hash_of(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut hasher = digest::Context::new(&digest::SHA256);
    let mut file = File::open(path).await?;
    let mut buffer = vec![0; PIECE];
    loop {
        match file.read(&mut buffer).await? {
            0 => break,
            count => hasher.update(&buffer[..count]),
        }
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(hasher.finish().as_ref());
    Ok(hash)
}

#[cfg(test)]
mod tests;
