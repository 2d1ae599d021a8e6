//! The one error that a request can end in, where the answer is not a frame of the protocol.
//!
//! `{ "code": "…" }` and, where it helps the app go on, a detail. The app translates the code;
//! people never see this text. What went wrong inside goes to the log, not into the answer.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::store::StoreError;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request cannot be read.
    Malformed,
    /// There is no session, or the device's key has not signed the request.
    NotProved,
    /// The person may not do this.
    NotAllowed,
    /// The request comes from another site.
    ForeignOrigin,
    NotFound,
    /// Somebody is at it already, or it is at another offset: `detail` tells the right one.
    Conflict,
    TooLarge,
    /// The bytes are not those that the hash names. Start again.
    HashMismatch,
    TooMany,
    /// The relay cannot write just now.
    Unavailable,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub code: Code,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<u64>,
}

impl Problem {
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, detail: None }
    }

    const fn status(&self) -> StatusCode {
        match self.code {
            Code::Malformed => StatusCode::BAD_REQUEST,
            Code::NotProved => StatusCode::UNAUTHORIZED,
            Code::NotAllowed | Code::ForeignOrigin => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::Conflict => StatusCode::CONFLICT,
            Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::HashMismatch => StatusCode::UNPROCESSABLE_ENTITY,
            Code::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the store failed a request"
        );
        Self::new(Code::Unavailable)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(&self)).into_response();
        if self.code == Code::TooMany {
            let seconds = HeaderValue::from_static("10");
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
