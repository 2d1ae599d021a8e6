//! Frames of the protocol as bodies of requests and answers.

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use caravan_sync::codec;
use caravan_sync::join::JoinError;
use serde::Serialize;

/// An answer in a frame, whatever its status: the app reads the frame, proxies the status.
pub(super) fn framed<T: Serialize>(status: StatusCode, frame: &T) -> Response {
    match codec::encode(frame) {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, "application/octet-stream"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (status, headers, Bytes::from(bytes)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "an answer does not fit in a frame");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The answer of the joining routes: a frame of `Result<T, JoinError>`.
pub(super) fn answered<T: Serialize>(outcome: Result<T, JoinError>) -> Response {
    let status = outcome.as_ref().err().map_or(StatusCode::OK, status_of);
    framed(status, &outcome)
}

const fn status_of(error: &JoinError) -> StatusCode {
    match error {
        JoinError::UnknownLink => StatusCode::NOT_FOUND,
        JoinError::LinkUsed | JoinError::AlreadyThere => StatusCode::CONFLICT,
        JoinError::LinkExpired => StatusCode::GONE,
        JoinError::BadName | JoinError::PasswordTooShort => StatusCode::UNPROCESSABLE_ENTITY,
        JoinError::WrongPassword => StatusCode::UNAUTHORIZED,
        JoinError::BadSignature | JoinError::NotADirector => StatusCode::FORBIDDEN,
        JoinError::TooMany => StatusCode::TOO_MANY_REQUESTS,
        JoinError::Malformed => StatusCode::BAD_REQUEST,
        JoinError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
