//! A live connection as the engine holds it.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode, header};
use caravan_sync::codec;
use caravan_sync::frame::{DeviceFrame, RelayFrame, Reply};
use data_encoding::BASE64URL_NOPAD;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Device;

const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// Of the answer to the upgrade.
    pub(crate) headers: HeaderMap,
}

impl Socket {
    /// The status instead, when the relay refuses the upgrade.
    pub(crate) async fn try_open(device: &Device, origin: &str) -> Result<Self, StatusCode> {
        let address = device.client.address;
        let credentials = codec::encode(&device.credentials()).unwrap();
        let credentials = BASE64URL_NOPAD.encode(&credentials);
        let uri = format!("ws://{address}/api/sync?c={credentials}");
        let mut request = uri.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        if let Some(cookie) = &device.client.cookie {
            headers.insert(header::COOKIE, cookie.parse().unwrap());
        }
        let stream = TcpStream::connect(address).await.unwrap();
        match tokio_tungstenite::client_async(request, stream).await {
            Ok((stream, answer)) => Ok(Self {
                stream,
                headers: answer.headers().clone(),
            }),
            Err(Error::Http(response)) => Err(response.status()),
            Err(other) => panic!("{other}"),
        }
    }

    pub(crate) async fn open(device: &Device) -> Self {
        let origin = device.client.origin.clone().unwrap();
        Self::try_open(device, &origin).await.unwrap()
    }

    pub(crate) async fn say(&mut self, frame: &DeviceFrame) {
        let bytes = codec::encode(frame).unwrap();
        self.stream
            .send(Message::Binary(bytes.into()))
            .await
            .unwrap();
    }

    /// The next frame; `None` when the relay hangs up.
    pub(crate) async fn hear(&mut self) -> Option<RelayFrame> {
        loop {
            let heard = tokio::time::timeout(PATIENCE, self.stream.next());
            match heard.await.expect("the relay says something") {
                Some(Ok(Message::Binary(bytes))) => return Some(codec::decode(&bytes).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn reply(&mut self) -> Reply {
        match self.hear().await {
            Some(RelayFrame::Reply(reply)) => *reply,
            other => panic!("{other:?}"),
        }
    }

    /// Whether nothing is said for a while.
    pub(crate) async fn is_silent(&mut self) -> bool {
        tokio::time::timeout(Duration::from_millis(150), self.stream.next())
            .await
            .is_err()
    }
}
