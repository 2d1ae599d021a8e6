//! Photos and files, named by the SHA-256 of their bytes. An upload may be cut anywhere and goes on
//! where it stopped; only whole blobs with the right hash are ever given out.
//!
//! Finished blobs are in an object store (the local disk, or whatever `object_store` reaches);
//! uploads under way are on the local disk, one per device, so that nobody can spoil another's.
//!
//! A finished blob is encrypted under a key of its own. Once only erased documents show it the key is
//! destroyed, and the file goes.

mod encrypted;
mod forget;
mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use caravan_domain::id::{BlobHash, WorkspaceId};
use data_encoding::HEXLOWER;
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

use crate::cipher::DataKey;
use crate::config::StorageConfig;
use crate::store::{Held, LogStore, StoreError, read};

pub use upload::{Upload, UploadKey};

#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("the upload continues at {0}")]
    Offset(u64),
    #[error("another request is writing this upload")]
    Busy,
    #[error("the blob is larger than allowed")]
    TooLarge,
    #[error("the bytes are not those that the hash names")]
    HashMismatch,
    #[error("there is no such blob")]
    NotFound,
    #[error("the sender went away")]
    Cut,
    #[error("the upload folder failed")]
    Folder(#[from] std::io::Error),
    #[error("the blob store failed")]
    Store(#[source] object_store::Error),
    #[error("the key of a blob cannot be had")]
    Key(#[from] StoreError),
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::NotFound,
            other => Self::Store(other),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Blobs {
    finished: Arc<dyn ObjectStore>,
    keys: Arc<dyn LogStore>,
    uploads: PathBuf,
    limit: u64,
    busy: upload::Busy,
}

impl Blobs {
    /// # Errors
    /// When the folders cannot be made.
    pub fn open(
        storage: &StorageConfig,
        limit: u64,
        keys: Arc<dyn LogStore>,
    ) -> Result<Self, BlobError> {
        std::fs::create_dir_all(storage.blobs())?;
        std::fs::create_dir_all(storage.uploads())?;
        // A blob that was acknowledged must survive a power cut: the phone may drop its copy.
        let finished = LocalFileSystem::new_with_prefix(storage.blobs())?.with_fsync(true);
        Ok(Self {
            finished: Arc::new(finished),
            keys,
            uploads: storage.uploads(),
            limit,
            busy: upload::Busy::default(),
        })
    }

    /// The bytes of a finished blob.
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub async fn read(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<BoxStream<'static, object_store::Result<Bytes>>, BlobError> {
        let held = read(&self.keys, move |keys| keys.blob_key(workspace, hash)).await?;
        let plain = place(workspace, hash);
        let (key, encrypted) = match held {
            Held::Destroyed => return Err(BlobError::NotFound),
            // From before there were keys.
            Held::Unknown => return Ok(self.finished.get(&plain).await?.into_stream()),
            Held::Key(key) => {
                let place = encrypted_place(workspace, hash, &key);
                (key, self.finished.get(&place).await)
            }
        };
        match encrypted {
            Ok(found) => {
                let stored = found.into_stream();
                Ok(encrypted::decrypted(stored, key, workspace, hash))
            }
            // Its key was made, and it was not encrypted yet.
            Err(object_store::Error::NotFound { .. }) => {
                Ok(self.finished.get(&plain).await?.into_stream())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A picture that comes again after it was erased has another key and another name: a backup that
/// goes on in the same folder takes it for the new one that it is.
fn encrypted_place(workspace: WorkspaceId, hash: BlobHash, key: &DataKey) -> Path {
    let name = format!("{hash}-{}", HEXLOWER.encode(&key.name()));
    Path::from_iter([workspace.to_string().as_str(), &name[..2], &name])
}

/// Workspaces never share a blob: one must not learn what another holds.
fn place(workspace: WorkspaceId, hash: BlobHash) -> Path {
    let hash = hash.to_string();
    Path::from_iter([workspace.to_string().as_str(), &hash[..2], &hash])
}
