//! `POST /api/refill`: what a restored relay lacks and devices still have. Signed by the device's key,
//! as a request for a picture is.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use caravan_sync::codec;
use caravan_sync::frame::PUSH_MAX;
use caravan_sync::refill::{ASKED_MAX, RefillRequest};

use super::body::framed;
use crate::problem::{Code, Problem};
use crate::relay::Relay;
use crate::web::ProvedDevice;

pub(super) async fn post(
    State(relay): State<Relay>,
    device: ProvedDevice,
    body: Bytes,
) -> Result<Response, Problem> {
    if !relay.rates().may_exchange(device.device) {
        relay.metrics().too_often.inc();
        return Err(Code::TooMany.into());
    }
    let request: RefillRequest = codec::decode(&body).map_err(|_| Code::Malformed)?;
    if request.devices.len() > ASKED_MAX || request.envelopes.len() > PUSH_MAX {
        return Err(Code::TooLarge.into());
    }
    let answer = device.workspace.refill(request).await.map_err(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "nothing given back could be taken");
        Problem::from(Code::Unavailable)
    })?;
    Ok(framed(StatusCode::OK, &answer))
}
