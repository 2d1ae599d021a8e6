//! Pictures up and down. An upload goes on where it was cut.

use std::rc::Rc;

use caravan_domain::id::BlobHash;
use caravan_engine::Upload;
use caravan_port::view::Connection;
use futures_util::future::select;

use super::super::writer::Writer;
use super::fetch::{self, NoAnswer};
use caravan_engine::web::js;

/// Small enough to get through a bad line, in bytes.
const PIECE: usize = 256 << 10;
const PAUSE_MILLIS: i32 = 30_000;

pub(super) async fn run(writer: Rc<Writer>) {
    loop {
        let rung = std::pin::pin!(writer.photos.wait());
        select(rung, std::pin::pin!(js::sleep(PAUSE_MILLIS))).await;
        if writer.engine.connection() != Connection::Live {
            continue;
        }
        for waiting in writer.engine.uploads() {
            // The relay must have the document before it takes its pictures.
            if writer.engine.is_waiting(waiting.document) {
                continue;
            }
            match upload(&writer, waiting).await {
                Ok(()) => writer.tell_soon(),
                // The others may fare better; this one is tried again later.
                Err(NotUploaded::Refused) => {}
                Err(NotUploaded::NoAnswer) => break,
            }
        }
    }
}

enum NotUploaded {
    /// By the relay, or by this device's own storage.
    Refused,
    NoAnswer,
}

impl From<NoAnswer> for NotUploaded {
    fn from(_: NoAnswer) -> Self {
        Self::NoAnswer
    }
}

async fn upload(writer: &Writer, upload: Upload) -> Result<(), NotUploaded> {
    let path = format!("/api/blobs/{}", upload.hash);
    let answer = fetch::send("HEAD", &path, &[], None).await?;
    let mut offset = offset(&answer)
        .filter(|_| answer.ok())
        .ok_or(NotUploaded::Refused)?;
    let picture = writer.engine.picture(upload.hash).await.ok().flatten();
    let picture = picture.ok_or(NotUploaded::Refused)?;
    let path = format!("{path}?document={}", upload.document);
    // Also when the relay has every byte: it must hear of the document that shows them.
    loop {
        let from = usize::try_from(offset)
            .map_err(|_| NotUploaded::Refused)?
            .min(picture.len());
        let piece = &picture[from..picture.len().min(from + PIECE)];
        let headers = [
            ("content-type", "image/jpeg".to_owned()),
            ("upload-offset", offset.to_string()),
            ("upload-length", upload.bytes.to_string()),
        ];
        let answer = fetch::send("PATCH", &path, &headers, Some(piece)).await?;
        if !answer.ok() {
            return Err(NotUploaded::Refused);
        }
        let next = self::offset(&answer).ok_or(NotUploaded::Refused)?;
        if next >= upload.bytes {
            writer
                .engine
                .uploaded(upload.hash)
                .await
                .map_err(|_| NotUploaded::Refused)?;
            return Ok(());
        }
        if next <= offset {
            return Err(NotUploaded::Refused);
        }
        offset = next;
    }
}

fn offset(answer: &web_sys::Response) -> Option<u64> {
    answer.headers().get("upload-offset").ok()??.parse().ok()
}

/// `None` when the relay has it not, or does not answer.
pub(super) async fn fetch(writer: &Writer, hash: BlobHash) -> Option<Vec<u8>> {
    let answer = fetch::send("GET", &format!("/api/blobs/{hash}"), &[], None)
        .await
        .ok()?;
    if !answer.ok() {
        return None;
    }
    let picture = fetch::bytes(&answer).await.ok()?;
    match writer.engine.keep_fetched(hash, picture.clone()).await {
        Ok(()) => Some(picture),
        // The bytes are right, but the device is full: it can be shown all the same.
        Err(caravan_engine::EngineError::Storage(_)) => Some(picture),
        Err(_) => None,
    }
}
