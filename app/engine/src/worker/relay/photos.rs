//! Pictures up and down, each request signed by the device's key. An upload goes on where it was cut.

use std::rc::Rc;

use caravan_domain::id::BlobHash;
use caravan_engine::Upload;
use caravan_port::view::Connection;
use caravan_sync::codec;
use caravan_sync::frame::{CHALLENGE_HEADER, Challenge, PROOF_HEADER, RelayFrame};
use data_encoding::BASE64URL_NOPAD;
use futures_util::future::select;
use web_sys::Response;

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
    let answer = ask(writer, "HEAD", &path, &[], None).await?;
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
        let answer = ask(writer, "PATCH", &path, &headers, Some(piece)).await?;
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

/// One frame up and one down, with the device's proof.
pub(super) async fn post<T: serde::de::DeserializeOwned>(
    writer: &Writer,
    path: &str,
    frame: &impl serde::Serialize,
) -> Result<T, NoAnswer> {
    let body = codec::encode(frame).map_err(|_| NoAnswer)?;
    let headers = [("content-type", "application/octet-stream".to_owned())];
    let answer = ask(writer, "POST", path, &headers, Some(&body)).await?;
    if !answer.ok() {
        return Err(NoAnswer);
    }
    codec::decode(&fetch::bytes(&answer).await?).map_err(|_| NoAnswer)
}

/// With the device's proof; again when the relay wants a newer challenge signed.
async fn ask(
    writer: &Writer,
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&[u8]>,
) -> Result<Response, NoAnswer> {
    let answer = ask_once(writer, method, path, headers, body).await?;
    let Some(challenge) = challenge(&answer) else {
        return Ok(answer);
    };
    let kept = writer.engine.receive(RelayFrame::Challenge(challenge));
    kept.await.map_err(|_| NoAnswer)?;
    ask_once(writer, method, path, headers, body).await
}

async fn ask_once(
    writer: &Writer,
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&[u8]>,
) -> Result<Response, NoAnswer> {
    let proof = writer.engine.request_proof(method, path).await;
    let proof = codec::encode(&proof.map_err(|_| NoAnswer)?).map_err(|_| NoAnswer)?;
    let mut headers = headers.to_vec();
    headers.push((PROOF_HEADER, BASE64URL_NOPAD.encode(&proof)));
    fetch::send(method, path, &headers, body).await
}

fn challenge(answer: &Response) -> Option<Challenge> {
    let header = answer.headers().get(CHALLENGE_HEADER).ok()??;
    codec::decode(&BASE64URL_NOPAD.decode(header.as_bytes()).ok()?).ok()
}

fn offset(answer: &Response) -> Option<u64> {
    answer.headers().get("upload-offset").ok()??.parse().ok()
}

/// `None` when the relay has it not, or does not answer.
pub(super) async fn fetch(writer: &Writer, hash: BlobHash) -> Option<Vec<u8>> {
    let path = format!("/api/blobs/{hash}");
    let answer = ask(writer, "GET", &path, &[], None).await.ok()?;
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
