//! `/api/blobs/{sha256}`: photos and files. `HEAD` tells how much has arrived, `PATCH` appends,
//! `GET` gives. Each request is signed by the device's key.
//!
//! A blob belongs to the documents it was uploaded for: whoever may read one of them may fetch it. To
//! whoever may not it is not there: they may upload the same bytes for a document of theirs, but to know
//! the hash is not to have them.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::BlobHash;
use caravan_domain::policy;
use serde::Deserialize;

use crate::blobs::{BlobError, Upload, UploadKey};
use crate::clock;
use crate::problem::{Code, Problem};
use crate::relay::Relay;
use crate::store::{BlobRow, Conflict, StoreError, Write, WriteBatch, read};
use crate::web::ProvedDevice;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// Whoever has a photo may keep it, nobody in between.
const PRIVATE: &str = "private, max-age=31536000, immutable";

#[derive(Debug, Deserialize)]
pub(super) struct For {
    /// The document that shows the blob, such as `client/01J…`.
    document: String,
}

pub(super) async fn head(
    State(relay): State<Relay>,
    device: ProvedDevice,
    Path(hash): Path<String>,
) -> Result<Response, Problem> {
    let hash = parse(&hash)?;
    let finished = readable(&relay, &device, hash).await?;
    let (offset, length) = match finished {
        Some(blob) => (blob.size, Some(blob.size)),
        None => (relay.blobs().progress(key(&device, hash)).await?, None),
    };
    let mut answer = progress(StatusCode::OK, offset);
    if let Some(length) = length {
        answer.headers_mut().insert(LENGTH, length.into());
    }
    Ok(answer)
}

pub(super) async fn patch(
    State(relay): State<Relay>,
    device: ProvedDevice,
    Path(hash): Path<String>,
    Query(used_by): Query<For>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let hash = parse(&hash)?;
    let document = parse_document(&used_by.document)?;
    let (offset, length) = (number(&headers, &OFFSET)?, number(&headers, &LENGTH)?);
    let person = device.person;
    let workspace = &device.workspace;
    if !workspace.look(|core| policy::may_write(person, document, core.facts())) {
        return Err(Code::NotAllowed.into());
    }
    let mut writes = vec![Write::BlobDocument { hash, document }];
    let size = match readable(&relay, &device, hash).await? {
        // Another document of theirs shows the same photo; its bytes are here.
        Some(known) => known.size,
        None => {
            let chunks = body.into_data_stream();
            let key = key(&device, hash);
            let size = match relay.blobs().append(key, offset, length, chunks).await? {
                Upload::Partial(offset) => return Ok(progress(StatusCode::ACCEPTED, offset)),
                Upload::Complete(size) => size,
            };
            relay.metrics().blob_bytes.inc_by(size);
            // Somebody else may have sent the same: what they said of it stays.
            if blob(&relay, &device, hash).await?.is_none() {
                writes.push(Write::Blob(BlobRow {
                    hash,
                    size,
                    media_type: media_type(&headers),
                    received_at: clock::now(),
                }));
            }
            size
        }
    };
    let batch = WriteBatch {
        workspace: device.workspace.id(),
        writes,
    };
    if let Err(error) = relay.store().commit(batch).await {
        // It was erased while the bytes came in.
        if let StoreError::Conflict(Conflict::Erased) = error {
            relay.blobs().drop_unshown(workspace.id(), hash).await?;
            return Err(Code::Conflict.into());
        }
        return Err(error.into());
    }
    Ok(progress(StatusCode::CREATED, size))
}

pub(super) async fn get(
    State(relay): State<Relay>,
    device: ProvedDevice,
    Path(hash): Path<String>,
) -> Result<Response, Problem> {
    let hash = parse(&hash)?;
    // The same answer for what is not there: a hash must not tell whether somebody has the photo.
    let blob = readable(&relay, &device, hash).await?;
    let blob = blob.ok_or(Code::NotFound)?;
    let bytes = relay.blobs().read(device.workspace.id(), hash).await?;
    let headers = [
        (header::CONTENT_TYPE, blob.media_type),
        (header::CONTENT_LENGTH, blob.size.to_string()),
        (header::CACHE_CONTROL, PRIVATE.to_owned()),
        // Opened by itself it may run nothing.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
    ];
    Ok((headers, Body::from_stream(bytes)).into_response())
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Offset(offset) => Self {
                code: Code::Conflict,
                detail: Some(offset),
            },
            BlobError::Busy => Code::Conflict.into(),
            BlobError::TooLarge => Code::TooLarge.into(),
            BlobError::HashMismatch => Code::HashMismatch.into(),
            BlobError::NotFound => Code::NotFound.into(),
            BlobError::Cut => Code::Malformed.into(),
            BlobError::Folder(_) | BlobError::Store(_) | BlobError::Key(_) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the blob store failed a request");
                Code::Unavailable.into()
            }
        }
    }
}

/// The blob, if one of the documents it belongs to may be read.
async fn readable(
    relay: &Relay,
    device: &ProvedDevice,
    hash: BlobHash,
) -> Result<Option<BlobRow>, StoreError> {
    let workspace = device.workspace.id();
    let documents = read(relay.store(), move |store| {
        store.blob_documents(workspace, hash)
    });
    let documents = documents.await?;
    let may_read = device.workspace.look(|core| {
        let mut documents = documents.into_iter();
        documents.any(|document| policy::may_read(device.person, document, core.facts()))
    });
    let blob = blob(relay, device, hash).await?;
    Ok(blob.filter(|_| may_read))
}

async fn blob(
    relay: &Relay,
    device: &ProvedDevice,
    hash: BlobHash,
) -> Result<Option<BlobRow>, StoreError> {
    let workspace = device.workspace.id();
    read(relay.store(), move |store| store.blob(workspace, hash)).await
}

fn key(device: &ProvedDevice, hash: BlobHash) -> UploadKey {
    UploadKey {
        workspace: device.workspace.id(),
        device: device.device,
        hash,
    }
}

fn progress(status: StatusCode, offset: u64) -> Response {
    (status, [(OFFSET, offset.to_string())]).into_response()
}

fn parse(hash: &str) -> Result<BlobHash, Problem> {
    hash.parse().map_err(|_| Code::Malformed.into())
}

fn parse_document(text: &str) -> Result<DocumentId, Problem> {
    let (kind, id) = text.split_once('/').ok_or(Code::Malformed)?;
    let mut kinds = DocumentKind::ALL.into_iter();
    Ok(DocumentId {
        kind: kinds
            .find(|known| known.name() == kind)
            .ok_or(Code::Malformed)?,
        id: id.parse().map_err(|_| Code::Malformed)?,
    })
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    let number = value.and_then(|value| value.parse().ok());
    number.ok_or(Code::Malformed.into())
}

/// Pictures and documents that browsers show without running anything; the rest is only bytes.
fn media_type(headers: &HeaderMap) -> String {
    const KNOWN: [&str; 6] = [
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/avif",
        "application/pdf",
        "audio/mp4",
    ];
    let named = headers.get(header::CONTENT_TYPE);
    let named = named.and_then(|value| value.to_str().ok()).unwrap_or("");
    let known = KNOWN.iter().find(|known| **known == named);
    known
        .map_or("application/octet-stream", |known| *known)
        .to_owned()
}
