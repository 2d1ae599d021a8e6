//! `GET /metrics`: for Prometheus on this machine. Whoever comes from outside, or through a proxy,
//! finds nothing here.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::problem::{Code, Problem};
use crate::relay::Relay;
use crate::web::ClientAddress;

const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) async fn get(
    State(relay): State<Relay>,
    client: ClientAddress,
) -> Result<impl IntoResponse, Problem> {
    if !client.local {
        return Err(Code::NotFound.into());
    }
    Ok(([(CONTENT_TYPE, TEXT)], relay.metrics().text()))
}
