//! Pictures: kept here under the hash of their bytes, uploaded when there is signal.

use caravan_domain::document::DocumentId;
use caravan_domain::id::BlobHash;
use caravan_domain::visits::command::NewPhoto;
use caravan_port::act::Done;
use sha2::{Digest, Sha256};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};
use crate::stored::BlobNote;

/// A picture the relay has yet to get, in whole or in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    pub hash: BlobHash,
    pub bytes: u64,
    /// The document that shows it: whoever may read that may fetch the picture.
    pub document: DocumentId,
}

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) async fn store_photo(
        &self,
        jpeg: Vec<u8>,
        width: u32,
        height: u32,
    ) -> Result<Done, EngineError> {
        let _writer = self.writer().await;
        let hash = BlobHash(Sha256::digest(&jpeg).into());
        let bytes = jpeg.len() as u64;
        let known = self.state.borrow().blobs.contains_key(&hash);
        if !known {
            let mut stage = Stage::default();
            let note = BlobNote {
                hash,
                bytes,
                document: None,
                uploaded: false,
            };
            stage.blob(hash, Some(note));
            stage.picture(hash, jpeg);
            self.commit(stage).await?;
        }
        Ok(Done::Photo(NewPhoto {
            hash,
            bytes,
            width,
            height,
        }))
    }

    /// From this device; `None` when it is not here.
    pub(super) async fn load_photo(&self, hash: BlobHash) -> Result<Option<Vec<u8>>, EngineError> {
        Ok(self.storage.get(Store::Blobs, &hash.0).await?)
    }

    /// Notes which document shows a picture, so that it can be uploaded.
    pub(crate) fn name_picture(&self, stage: &mut Stage, document: DocumentId, hash: BlobHash) {
        if let Some(note) = self.state.borrow().blobs.get(&hash) {
            let mut note = note.clone();
            note.document = Some(document);
            stage.blob(hash, Some(note));
        }
    }

    /// Pictures for the relay, of documents that are still here.
    #[must_use]
    pub fn uploads(&self) -> Vec<Upload> {
        let state = self.state.borrow();
        let waiting = state.blobs.values().filter(|note| !note.uploaded);
        let uploads = waiting.filter_map(|note| {
            Some(Upload {
                hash: note.hash,
                bytes: note.bytes,
                document: note.document.filter(|document| state.holds(*document))?,
            })
        });
        uploads.collect()
    }

    /// # Errors
    /// The storage's failure.
    pub async fn picture(&self, hash: BlobHash) -> Result<Option<Vec<u8>>, EngineError> {
        self.load_photo(hash).await
    }

    /// The relay has all of it.
    ///
    /// # Errors
    /// The storage's failure: it will be offered to the relay again.
    pub async fn uploaded(&self, hash: BlobHash) -> Result<(), EngineError> {
        let _writer = self.writer().await;
        let Some(mut note) = self.state.borrow().blobs.get(&hash).cloned() else {
            return Ok(());
        };
        note.uploaded = true;
        let mut stage = Stage::default();
        stage.blob(hash, Some(note));
        self.commit(stage).await
    }

    /// Keeps a picture that the relay has given, if its bytes are what its name says.
    ///
    /// # Errors
    /// `Damaged` when they are not, or the storage's failure.
    pub async fn keep_fetched(&self, hash: BlobHash, jpeg: Vec<u8>) -> Result<(), EngineError> {
        if Sha256::digest(&jpeg).as_slice() != hash.0 {
            return Err(EngineError::Damaged);
        }
        let _writer = self.writer().await;
        let mut stage = Stage::default();
        let note = BlobNote {
            hash,
            bytes: jpeg.len() as u64,
            document: None,
            uploaded: true,
        };
        stage.blob(hash, Some(note));
        stage.picture(hash, jpeg);
        self.commit(stage).await
    }
}
