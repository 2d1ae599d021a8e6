//! Removing what was erased, and encrypting what lies there from before there were keys.

use std::io::ErrorKind;

use caravan_domain::id::{BlobHash, WorkspaceId};
use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::fs;

use super::{BlobError, Blobs, encrypted_place, place};
use crate::store::{Held, read};

impl Blobs {
    /// Removes every file of a blob but one that was uploaded anew since its key was destroyed.
    ///
    /// # Errors
    /// The blob store's; to be tried again.
    pub async fn forget(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<(), BlobError> {
        let held = read(&self.keys, move |keys| keys.blob_key(workspace, hash)).await?;
        let kept = match held {
            Held::Key(key) => Some(encrypted_place(workspace, hash, &key)),
            Held::Destroyed | Held::Unknown => None,
        };
        let hash = hash.to_string();
        let folder = Path::from_iter([workspace.to_string().as_str(), &hash[..2]]);
        let files: Vec<_> = self.finished.list(Some(&folder)).try_collect().await?;
        for file in files {
            let of_it = |name: &str| name.starts_with(&hash);
            let goes = file.location.filename().is_some_and(of_it);
            if goes && Some(&file.location) != kept.as_ref() {
                self.finished.delete(&file.location).await?;
            }
        }
        Ok(())
    }

    /// Removes a blob that came in for a document that was erased meanwhile, unless another shows it.
    ///
    /// # Errors
    /// The stores'.
    pub async fn drop_unshown(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<(), BlobError> {
        read(&self.keys, move |keys| keys.drop_blob_key(workspace, hash)).await?;
        self.forget(workspace, hash).await
    }

    /// Removes the uploads under way of a workspace: which of them were for what was erased is not
    /// written down, and a phone begins again.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn drop_uploads(&self, workspace: WorkspaceId) -> Result<(), BlobError> {
        match fs::remove_dir_all(self.uploads.join(workspace.to_string())).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Encrypts what an earlier relay has stored as it came; how many there were. Cut anywhere it
    /// goes on the next time: the readable file goes last.
    ///
    /// # Errors
    /// The blob store's.
    pub async fn encrypt_old(&self) -> Result<usize, BlobError> {
        let mut files = self.finished.list(None);
        let mut old = Vec::new();
        while let Some(file) = files.try_next().await? {
            old.extend(named(&file.location));
        }
        for (workspace, hash) in &old {
            self.encrypt_one(*workspace, *hash).await?;
        }
        Ok(old.len())
    }

    async fn encrypt_one(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<(), BlobError> {
        let held = read(&self.keys, move |keys| keys.blob_key(workspace, hash)).await?;
        let plain = place(workspace, hash);
        if !matches!(held, Held::Destroyed) {
            let copy = self.uploads.join(format!("old-{hash}"));
            let bytes = self.finished.get(&plain).await?.bytes().await?;
            fs::write(&copy, &bytes).await?;
            self.publish(workspace, hash, &copy).await?;
            fs::remove_file(&copy).await?;
        }
        Ok(self.finished.delete(&plain).await?)
    }
}

/// Whose file it is, when its name is the hash and nothing else.
fn named(path: &Path) -> Option<(WorkspaceId, BlobHash)> {
    let mut parts = path.parts();
    let workspace = parts.next()?.as_ref().parse().ok()?;
    let hash = parts.nth(1)?.as_ref().parse().ok()?;
    Some((WorkspaceId(workspace), hash))
}
