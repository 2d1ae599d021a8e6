//! `GET /api/sync?c=<credentials>`: the upgrade to a live connection. Who asks, and how far the device
//! has come, is in the request, so the first reply comes at once.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use caravan_sync::codec;
use caravan_sync::frame::{Credentials, FRAME_MAX};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use crate::live::{Live, dismiss};
use crate::problem::{Code, Problem};
use crate::relay::Relay;
use crate::session::Session;
use crate::web::ClientAddress;

/// The default of 128 KiB each is most of what an idle phone would cost.
const BUFFER: usize = 4 * 1024;
/// Version and flag of a frame.
const FRAME_HEAD: usize = 2;

#[derive(Debug, Deserialize)]
pub(super) struct Begin {
    /// A frame of [`Credentials`] in base 64, URL alphabet, without padding.
    c: String,
}

pub(super) async fn get(
    State(relay): State<Relay>,
    client: ClientAddress,
    headers: HeaderMap,
    Query(begin): Query<Begin>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    if !relay.rates().may_ask(client.ip) {
        relay.metrics().too_often.inc();
        return Err(Code::TooMany.into());
    }
    let credentials = BASE64URL_NOPAD.decode(begin.c.as_bytes());
    let credentials = credentials.map_err(|_| Code::Malformed)?;
    let credentials: Credentials = codec::decode(&credentials).map_err(|_| Code::Malformed)?;
    let place = relay.socket_place().ok_or(Code::Unavailable)?;
    let begun = Session::begin(&relay, &headers, &credentials).await;
    let upgrade = upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(2 * FRAME_MAX)
        .max_frame_size(FRAME_MAX + FRAME_HEAD)
        .max_message_size(FRAME_MAX + FRAME_HEAD);
    let tasks = relay.tasks().clone();
    Ok(upgrade.on_upgrade(move |socket| {
        tasks.track_future(async move {
            let _place = place;
            match begun {
                Ok(session) => {
                    let live = Live::new(session, credentials.epoch, credentials.cursor);
                    live.talk(socket).await;
                }
                Err(frame) => dismiss(socket, frame).await,
            }
        })
    }))
}
