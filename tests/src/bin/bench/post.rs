//! One frame up and one down by HTTP POST, as joining does.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use caravan_sync::codec;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::header::{CONTENT_TYPE, ORIGIN, SET_COOKIE};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) struct Answer<T> {
    pub(crate) frame: T,
    /// Name and value, to be sent back as they are.
    pub(crate) cookie: Option<String>,
}

pub(crate) async fn post<T: DeserializeOwned>(
    address: &str,
    path: &str,
    frame: &impl Serialize,
) -> Result<Answer<T>> {
    let request = Request::post(format!("http://{address}{path}"))
        .header(CONTENT_TYPE, "application/octet-stream")
        .header(ORIGIN, format!("http://{address}"))
        .body(Full::new(Bytes::from(codec::encode(frame)?)))?;
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
    ensure!(status.is_success(), "{path} answered {status}");
    let frame = codec::decode(&body).with_context(|| format!("{path} answered something else"))?;
    Ok(Answer { frame, cookie })
}
