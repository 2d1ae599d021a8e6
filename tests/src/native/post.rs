//! One frame up and one down by HTTP POST.

use anyhow::{Context, Result};
use bytes::Bytes;
use caravan_sync::codec;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::header::{CONTENT_TYPE, COOKIE, ORIGIN, SET_COOKIE};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub struct Answer<T> {
    pub frame: T,
    /// Name and value, to be sent back as they are.
    pub cookie: Option<String>,
}

/// # Errors
/// When the relay at `address` (`host:port`) cannot be reached or answers no such frame; a frame
/// that says no is an answer.
pub async fn post<T: DeserializeOwned>(
    address: &str,
    path: &str,
    cookie: Option<&str>,
    frame: &impl Serialize,
) -> Result<Answer<T>> {
    let mut request = Request::post(format!("http://{address}{path}"))
        .header(CONTENT_TYPE, "application/octet-stream")
        .header(ORIGIN, format!("http://{address}"));
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    let request = request.body(Full::new(Bytes::from(codec::encode(frame)?)))?;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let response = client.request(request).await?;
    let status = response.status();
    let cookie = response
        .headers()
        .get(SET_COOKIE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(str::to_owned);
    let body = response.into_body().collect().await?.to_bytes();
    let frame = codec::decode(&body).with_context(|| format!("{path} answered {status}"))?;
    Ok(Answer { frame, cookie })
}
