//! One frame up and one down by HTTP POST.

use anyhow::{Context, Result};
use caravan_sync::codec;
use hyper::Method;
use hyper::header::{CONTENT_TYPE, COOKIE, ORIGIN, SET_COOKIE};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::http::{Request, request};

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
    let mut asked = Request::new(Method::POST, path)
        .header(CONTENT_TYPE, "application/octet-stream")?
        .header(ORIGIN, format!("http://{address}"))?
        .body(codec::encode(frame)?);
    if let Some(cookie) = cookie {
        asked = asked.header(COOKIE, cookie)?;
    }
    let heard = request(address, asked).await?;
    let cookie = heard
        .headers
        .get(SET_COOKIE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(str::to_owned);
    let frame =
        codec::decode(&heard.body).with_context(|| format!("{path} answered {}", heard.status))?;
    Ok(Answer { frame, cookie })
}
