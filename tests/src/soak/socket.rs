//! A live connection, with whatever credentials somebody has.

use anyhow::{Context, Result};
use caravan_sync::codec;
use caravan_sync::frame::{Credentials, DeviceFrame, RelayFrame};
use data_encoding::BASE64URL_NOPAD;
use futures_util::{SinkExt, StreamExt};
use hyper::header::{COOKIE, ORIGIN};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::native::Device;

/// Connects with the cookie of `device`, says all this, and hears the relay out.
pub(super) async fn converse(
    device: &Device,
    credentials: &Credentials,
    say: Vec<DeviceFrame>,
) -> Result<Vec<RelayFrame>> {
    let mut request = uri(device, credentials)?.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert(ORIGIN, format!("http://{}", device.address).parse()?);
    headers.insert(COOKIE, device.cookie.parse()?);
    let connected = tokio_tungstenite::connect_async(request).await;
    let (mut socket, _) = connected.context("the relay refused the upgrade")?;
    for frame in say {
        // It may have hung up on the credentials already.
        let frame = codec::encode(&frame)?;
        if socket.send(Message::Binary(frame.into())).await.is_err() {
            break;
        }
    }
    let _ = socket.close(None).await;
    let mut heard = Vec::new();
    while let Some(Ok(message)) = socket.next().await {
        if let Message::Binary(bytes) = message {
            heard.push(codec::decode(&bytes)?);
        }
    }
    Ok(heard)
}

fn uri(device: &Device, credentials: &Credentials) -> Result<String> {
    let path = path(credentials)?;
    Ok(format!("ws://{}{path}", device.address))
}

/// Where the upgrade is asked for.
pub(super) fn path(credentials: &Credentials) -> Result<String> {
    let credentials = BASE64URL_NOPAD.encode(&codec::encode(credentials)?);
    Ok(format!("/api/sync?c={credentials}"))
}
