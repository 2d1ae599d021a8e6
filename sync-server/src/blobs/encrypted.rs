//! How a picture lies in the blob store: in pieces, each encrypted by itself, so that none is ever
//! in memory whole.
//!
//! A version, the beginning of the nonces, and then pieces of 64 KiB with their tags. A piece names
//! its number and whether it is the last: none can be left out, moved or added.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use caravan_domain::id::{BlobHash, WorkspaceId};
use futures_util::stream::{BoxStream, try_unfold};
use futures_util::{StreamExt, TryStreamExt};

use crate::cipher::{DataKey, TAG, VERSION};
use crate::clock;

pub(super) const PIECE: usize = 64 * 1024;
const BEGINNING: usize = 8;
pub(super) const HEADER: usize = 1 + BEGINNING;
/// Told apart from entries and snapshots.
const BLOB: u8 = 3;

#[derive(Debug, Clone)]
pub(super) struct Pieces {
    key: Arc<DataKey>,
    of: [u8; 49],
    beginning: [u8; BEGINNING],
    number: u32,
}

impl Pieces {
    /// To encrypt; the header comes first.
    pub(super) fn new(key: Arc<DataKey>, workspace: WorkspaceId, hash: BlobHash) -> Self {
        Self::going_on(key, workspace, hash, clock::random())
    }

    fn going_on(
        key: Arc<DataKey>,
        workspace: WorkspaceId,
        hash: BlobHash,
        beginning: [u8; BEGINNING],
    ) -> Self {
        let mut of = [BLOB; 49];
        of[1..17].copy_from_slice(workspace.0.as_bytes());
        of[17..].copy_from_slice(&hash.0);
        Self {
            key,
            of,
            beginning,
            number: 0,
        }
    }

    pub(super) fn header(&self) -> [u8; HEADER] {
        let mut header = [VERSION; HEADER];
        header[1..].copy_from_slice(&self.beginning);
        header
    }

    /// Encrypts in place and adds the tag.
    pub(super) fn encrypt(&mut self, piece: &mut Vec<u8>, last: bool) {
        let (nonce, with) = self.next(last);
        let tag = self.key.seal(nonce, &with, piece);
        piece.extend_from_slice(&tag);
    }

    /// `None` when it is not what was encrypted.
    fn decrypt(&mut self, mut piece: BytesMut, last: bool) -> Option<Bytes> {
        let (nonce, with) = self.next(last);
        let length = self.key.open(nonce, &with, &mut piece)?.len();
        piece.truncate(length);
        Some(piece.freeze())
    }

    fn next(&mut self, last: bool) -> ([u8; 12], [u8; 50]) {
        let mut nonce = [0; 12];
        nonce[..BEGINNING].copy_from_slice(&self.beginning);
        nonce[BEGINNING..].copy_from_slice(&self.number.to_be_bytes());
        let mut with = [u8::from(last); 50];
        with[..49].copy_from_slice(&self.of);
        self.number += 1;
        (nonce, with)
    }
}

struct Reading {
    stored: BoxStream<'static, object_store::Result<Bytes>>,
    buffer: BytesMut,
    pieces: Option<Pieces>,
    ended: bool,
}

/// The bytes of a picture, from what the blob store gives.
pub(super) fn decrypted(
    stored: BoxStream<'static, object_store::Result<Bytes>>,
    key: Arc<DataKey>,
    workspace: WorkspaceId,
    hash: BlobHash,
) -> BoxStream<'static, object_store::Result<Bytes>> {
    let reading = Reading {
        stored,
        buffer: BytesMut::new(),
        pieces: None,
        ended: false,
    };
    let start = move |beginning| Pieces::going_on(key.clone(), workspace, hash, beginning);
    try_unfold((reading, start), |(mut reading, start)| async move {
        if reading.ended {
            return Ok(None);
        }
        if reading.pieces.is_none() {
            reading.fill(HEADER).await?;
            let beginning = reading.buffer.get(1..HEADER).and_then(<[u8]>::first_chunk);
            let beginning = *beginning.ok_or_else(damaged)?;
            let _ = reading.buffer.split_to(HEADER);
            reading.pieces = Some(start(beginning));
        }
        // One byte more than a piece: whether another follows.
        reading.fill(PIECE + TAG + 1).await?;
        reading.ended = reading.buffer.len() <= PIECE + TAG;
        let length = reading.buffer.len().min(PIECE + TAG);
        let piece = reading.buffer.split_to(length);
        let ended = reading.ended;
        let pieces = reading.pieces.as_mut();
        let bytes = pieces.and_then(|pieces| pieces.decrypt(piece, ended));
        let bytes = bytes.ok_or_else(damaged)?;
        Ok(Some((bytes, (reading, start))))
    })
    .boxed()
}

impl Reading {
    /// As far as there is anything.
    async fn fill(&mut self, length: usize) -> object_store::Result<()> {
        while self.buffer.len() < length {
            match self.stored.try_next().await? {
                Some(bytes) => self.buffer.extend_from_slice(&bytes),
                None => return Ok(()),
            }
        }
        Ok(())
    }
}

fn damaged() -> object_store::Error {
    object_store::Error::Generic {
        store: "pictures",
        source: "a stored picture is damaged".into(),
    }
}
