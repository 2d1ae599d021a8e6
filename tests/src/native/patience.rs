//! Waiting for a relay to pass on what it has received.

use std::time::Duration;

use anyhow::{Context, Result};
use hyper::Method;

use super::http::{Request, request};

/// Until everything the relay at `host:port` has received was looked into, in all its workspaces.
///
/// # Errors
/// When it does not answer, or does not say what waits.
pub async fn looked_into(address: &str) -> Result<()> {
    const WAITING: &str = "caravan_unreleased ";
    loop {
        let metrics = metrics(address).await?;
        let waiting = metrics.lines().find_map(|line| line.strip_prefix(WAITING));
        if waiting.context("the relay does not say what waits")?.trim() == "0" {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

async fn metrics(address: &str) -> Result<String> {
    let heard = request(address, Request::new(Method::GET, "/metrics")).await?;
    Ok(String::from_utf8(heard.body.to_vec())?)
}
