//! `GET /readyz`: the relay could acknowledge an envelope now. It proves it by a durable write.

use std::time::Duration;

use axum::extract::State;

use crate::problem::{Code, Problem};
use crate::relay::Relay;

const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn get(State(relay): State<Relay>) -> Result<&'static str, Problem> {
    if relay.stopping().is_cancelled() {
        return Err(Code::Unavailable.into());
    }
    match tokio::time::timeout(PATIENCE, relay.store().probe()).await {
        Ok(probed) => probed?,
        Err(_) => return Err(Code::Unavailable.into()),
    }
    Ok("ready\n")
}
