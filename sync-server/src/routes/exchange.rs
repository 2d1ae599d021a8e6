//! `POST /api/exchange`: one whole exchange in one request, where a WebSocket cannot be had.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use caravan_sync::codec::{self, CodecError};
use caravan_sync::frame::{ExchangeRequest, PUSH_MAX, RelayFrame, Trouble};

use super::body::framed;
use crate::relay::Relay;
use crate::session::{Session, unavailable};
use crate::web::ClientAddress;
use crate::workspace::Pushed;

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let frame = match exchange(&relay, client, &headers, &body).await {
        Ok(frame) | Err(frame) => frame,
    };
    framed(status_of(&frame), &frame)
}

async fn exchange(
    relay: &Relay,
    client: ClientAddress,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<RelayFrame, RelayFrame> {
    if !relay.rates().may_ask(client.ip) {
        relay.metrics().too_often.inc();
        return Err(RelayFrame::Refused(Trouble::TooMany));
    }
    let request: ExchangeRequest = codec::decode(body).map_err(|error| {
        RelayFrame::Refused(match error {
            CodecError::UnknownVersion => Trouble::Outdated,
            CodecError::TooLarge | CodecError::Malformed => Trouble::BadFrame,
        })
    })?;
    if request.outbox.len() > PUSH_MAX {
        return Err(RelayFrame::Refused(Trouble::BadFrame));
    }
    let credentials = &request.credentials;
    let session = Session::begin(relay, headers, credentials).await?;
    let (workspace, device) = (&session.workspace, session.device);
    let pushed = workspace.push(device, request.outbox).await;
    let receipts = match pushed.map_err(unavailable)? {
        Pushed::Receipts(receipts) => receipts,
        Pushed::Revoked => return Err(RelayFrame::Revoked),
    };
    let pulled = workspace.pull(device, credentials.epoch, credentials.cursor);
    let pulled = pulled.await.map_err(unavailable)?;
    Ok(session.stamped(pulled.to_push(receipts)))
}

const fn status_of(frame: &RelayFrame) -> StatusCode {
    match frame {
        RelayFrame::Reply(_) => StatusCode::OK,
        RelayFrame::Challenge(_) => StatusCode::UNAUTHORIZED,
        RelayFrame::Revoked => StatusCode::FORBIDDEN,
        RelayFrame::Refused(trouble) => status_of_trouble(*trouble),
    }
}

pub(super) const fn status_of_trouble(trouble: Trouble) -> StatusCode {
    match trouble {
        Trouble::Unknown => StatusCode::UNAUTHORIZED,
        Trouble::BadFrame => StatusCode::BAD_REQUEST,
        Trouble::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Trouble::Outdated => StatusCode::UPGRADE_REQUIRED,
        Trouble::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
