//! One HTTP request, as bare as somebody would make it who means harm.

use anyhow::Result;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, Method, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// Nothing is added to it.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub method: Method,
    /// With its query.
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct Heard {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Request {
    #[must_use]
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            ..Self::default()
        }
    }

    /// # Errors
    /// When no header can have this value.
    pub fn header(mut self, name: HeaderName, value: impl AsRef<[u8]>) -> Result<Self> {
        let value = HeaderValue::from_bytes(value.as_ref())?;
        self.headers.append(name, value);
        Ok(self)
    }

    #[must_use]
    pub fn body(self, body: Vec<u8>) -> Self {
        Self { body, ..self }
    }
}

/// # Errors
/// When the relay at `address` (`host:port`) cannot be reached.
pub async fn request(address: &str, request: Request) -> Result<Heard> {
    let mut sent = hyper::Request::builder()
        .method(request.method)
        .uri(format!("http://{address}{}", request.path))
        .body(Full::new(Bytes::from(request.body)))?;
    *sent.headers_mut() = request.headers;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let response = client.request(sent).await?;
    let (parts, body) = response.into_parts();
    // An upgraded connection has no body, and does not end.
    let body = match parts.status {
        StatusCode::SWITCHING_PROTOCOLS => Bytes::new(),
        _ => body.collect().await?.to_bytes(),
    };
    Ok(Heard {
        status: parts.status,
        headers: parts.headers,
        body,
    })
}
