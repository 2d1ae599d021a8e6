//! Against `caravan serve`: the same frames as bodies of exchanges, and down a live connection.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use caravan_sync::codec;
use caravan_sync::frame::DeviceFrame;
use data_encoding::BASE64URL_NOPAD;
use futures_util::{SinkExt, StreamExt};
use http_body_util::{BodyExt, Full};
use hyper::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use hyper::{Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::Heard;
use super::garble::{bomb, garbled};
use crate::dice::Dice;
use crate::soak::device::Device;
use crate::soak::memory::Memory;
use crate::soak::relay::{Relay, RelayProgram, ready};

/// One frame in so many inflates without bound, and the second.
const FRAMES_PER_BOMB: u64 = 2000;
/// So many envelopes wait when the relay has kept a garbled one in the place of a good one: the device
/// counts as a copy of itself from then on, and its edits stay on it.
const STUCK: u32 = 4;
/// One in so many goes down a connection of its own.
const FRAMES_PER_SOCKET: u64 = 20;

pub(super) async fn hear(program: &RelayProgram, dice: &Dice, count: u64) -> Result<Heard> {
    let data = tempfile::tempdir()?;
    let mut relay = program.serve(data.path())?;
    let founder = Device::found(&relay.address, relay.founding()?, dice).await?;
    founder.settle(&relay.address).await?;
    let mut sender = another(&founder, &relay, dice).await?;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let bomb = bomb();
    let memory = Memory::watch(relay.id())?;
    let mut heard = Heard::default();
    for number in 0..count {
        sender.write().await?;
        let request = sender.engine.exchange_request().await?;
        if number % FRAMES_PER_SOCKET == 0 {
            let push = codec::encode(&DeviceFrame::Push(request.outbox))?;
            let others = [codec::encode(&DeviceFrame::Continue(Default::default()))?];
            live(&relay, &sender, garbled(&push, &others, dice)).await?;
        } else {
            let body = match number % FRAMES_PER_BOMB {
                1 => bomb.clone(),
                _ => garbled(&codec::encode(&request)?, &[], dice),
            };
            let status = post(&client, &relay, &sender, body).await?;
            heard.readable += u64::from(!is_unreadable(status));
        }
        heard.frames += 1;
        // Gets a challenge for the next one, and the outbox emptied.
        for _ in 0..2 {
            sender.exchange(&relay.address).await?;
        }
        if sender.engine.waiting() > STUCK {
            sender = another(&founder, &relay, dice).await?;
            heard.forked += 1;
        }
    }
    heard.growth = memory.growth()?;
    founder.write().await?;
    founder.settle(&relay.address).await?;
    ensure!(
        ready(&relay.address).await? == 200,
        "the relay is not ready"
    );
    ensure!(relay.is_running()?, "the relay has gone");
    ensure!(relay.panics() == 0, "the relay panicked");
    Ok(heard)
}

/// One more device of the same person, to be spoiled.
async fn another(founder: &Device, relay: &Relay, dice: &Dice) -> Result<Device> {
    let links = founder.links(1).await?;
    founder.settle(&relay.address).await?;
    let token = links.first().context("one link was asked for")?;
    let device = Device::join(&relay.address, *token, dice).await?;
    device.settle(&relay.address).await?;
    Ok(device)
}

fn is_unreadable(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_REQUEST | StatusCode::UPGRADE_REQUIRED | StatusCode::PAYLOAD_TOO_LARGE
    )
}

async fn post(
    client: &Client<HttpConnector, Full<Bytes>>,
    relay: &Relay,
    device: &Device,
    body: Vec<u8>,
) -> Result<StatusCode> {
    let request = Request::post(format!("http://{}/api/exchange", relay.address))
        .header(CONTENT_TYPE, "application/octet-stream")
        .header(ORIGIN, format!("http://{}", relay.address))
        .header(COOKIE, device.cookie())
        .body(Full::new(Bytes::from(body)))?;
    let answer = client.request(request).await?;
    let status = answer.status();
    // Only a connection whose answer was read is used again.
    answer.into_body().collect().await?;
    ensure!(
        !status.is_server_error(),
        "the relay answered {status} to a garbled exchange"
    );
    Ok(status)
}

/// Connects as the device, says this, and hears the relay out.
async fn live(relay: &Relay, device: &Device, frame: Vec<u8>) -> Result<()> {
    let credentials = codec::encode(&device.engine.credentials().await?)?;
    let credentials = BASE64URL_NOPAD.encode(&credentials);
    let uri = format!("ws://{}/api/sync?c={credentials}", relay.address);
    let mut request = uri.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert(ORIGIN, format!("http://{}", relay.address).parse()?);
    headers.insert(COOKIE, device.cookie().parse()?);
    let connected = tokio_tungstenite::connect_async(request).await;
    let (mut socket, _) = connected.context("the relay refused the upgrade")?;
    // It may have hung up on the credentials already.
    if socket.send(Message::Binary(frame.into())).await.is_ok() {
        let _ = socket.close(None).await;
    }
    while let Some(Ok(_)) = socket.next().await {}
    Ok(())
}
