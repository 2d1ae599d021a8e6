//! A device's live connection: the upgrade that carries its credentials, then frames.

use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use caravan_sync::codec;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{DeviceFrame, PUSH_MAX, Receipt, RelayFrame, Reply, Verdict};
use data_encoding::BASE64URL_NOPAD;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::header::{COOKIE, ORIGIN};

use crate::traffic::{Counted, Traffic};
use caravan_tests::native::Device;

type Socket = WebSocketStream<Counted>;

pub(crate) struct Live {
    up: SplitSink<Socket, Message>,
    down: mpsc::UnboundedReceiver<Result<Message>>,
    reader: AbortHandle,
    pub(crate) traffic: Arc<Traffic>,
    /// Bytes of the protocol itself, without HTTP and WebSocket around it.
    pub(crate) credentials: usize,
    /// Upgrades it took: 1, or 2 when the challenge was no longer good.
    pub(crate) round_trips: usize,
}

impl Live {
    /// Connects; the relay answers the upgrade with its first reply.
    pub(crate) async fn connect(device: &mut Device) -> Result<(Self, Reply)> {
        for round_trips in 1..=2 {
            let mut live = Self::upgrade(device, round_trips).await?;
            match live.read().await? {
                RelayFrame::Reply(reply) => {
                    device.stored(&reply);
                    return Ok((live, *reply));
                }
                RelayFrame::Challenge(challenge) => device.challenged(challenge),
                other => bail!("the relay answered {other:?}"),
            }
        }
        bail!("the relay refused its own challenge")
    }

    async fn upgrade(device: &Device, round_trips: usize) -> Result<Self> {
        let credentials = BASE64URL_NOPAD.encode(&codec::encode(&device.credentials()?)?);
        let uri = format!("ws://{}/api/sync?c={credentials}", device.address);
        let mut request = uri.into_client_request()?;
        let headers = request.headers_mut();
        headers.insert(ORIGIN, format!("http://{}", device.address).parse()?);
        headers.insert(COOKIE, device.cookie.parse()?);
        let stream = TcpStream::connect(&device.address).await?;
        stream.set_nodelay(true)?;
        let (counted, traffic) = Counted::new(stream);
        let (socket, _) = tokio_tungstenite::client_async(request, counted)
            .await
            .context("the relay refused the upgrade")?;
        let (up, read) = socket.split();
        let (heard, down) = mpsc::unbounded_channel();
        Ok(Self {
            up,
            down,
            reader: tokio::spawn(listen(read, heard)).abort_handle(),
            traffic,
            credentials: credentials.len(),
            round_trips,
        })
    }

    /// Asks for what `reply` left out, until nothing is left, and shows each further reply.
    pub(crate) async fn catch_up(
        &mut self,
        device: &mut Device,
        reply: &Reply,
        mut each: impl FnMut(&Reply) -> Result<()>,
    ) -> Result<()> {
        let mut more = reply.more;
        while more {
            self.write(&DeviceFrame::Continue(device.cursor)).await?;
            let reply = self.reply().await?;
            device.stored(&reply);
            each(&reply)?;
            more = reply.more;
        }
        Ok(())
    }

    /// Pushes in batches and waits until the relay has all of them.
    pub(crate) async fn push(&mut self, device: &mut Device, envelopes: &[Envelope]) -> Result<()> {
        for batch in envelopes.chunks(PUSH_MAX) {
            self.write(&DeviceFrame::Push(batch.to_vec())).await?;
            self.receipts(device, batch.len()).await?;
        }
        Ok(())
    }

    /// Waits for receipts, all of which must say that the envelope is durable.
    pub(crate) async fn receipts(&mut self, device: &mut Device, mut count: usize) -> Result<()> {
        while count > 0 {
            let reply = self.reply().await?;
            device.stored(&reply);
            for receipt in &reply.receipts {
                ensure!(
                    received(receipt),
                    "the relay did not take an envelope: {receipt:?}"
                );
            }
            count = count.saturating_sub(reply.receipts.len());
        }
        Ok(())
    }

    pub(crate) async fn write(&mut self, frame: &DeviceFrame) -> Result<()> {
        self.send(codec::encode(frame)?).await
    }

    pub(crate) async fn send(&mut self, frame: Vec<u8>) -> Result<()> {
        Ok(self.up.send(Message::Binary(frame.into())).await?)
    }

    pub(crate) async fn reply(&mut self) -> Result<Reply> {
        match self.read().await? {
            RelayFrame::Reply(reply) => Ok(*reply),
            other => bail!("the relay answered {other:?}"),
        }
    }

    async fn read(&mut self) -> Result<RelayFrame> {
        loop {
            let message = self.down.recv().await.context("the relay hung up")??;
            match message {
                Message::Binary(bytes) => return Ok(codec::decode(&bytes)?),
                Message::Close(reason) => bail!("the relay hung up: {reason:?}"),
                _ => {}
            }
        }
    }
}

/// Both halves of the socket must go for it to close.
impl Drop for Live {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Reads on while the bench is busy elsewhere: the relay hangs up on a device that leaves its pings
/// unanswered.
async fn listen(mut read: SplitStream<Socket>, heard: mpsc::UnboundedSender<Result<Message>>) {
    while let Some(message) = read.next().await {
        if heard.send(message.map_err(Into::into)).is_err() {
            return;
        }
    }
}

fn received(receipt: &Receipt) -> bool {
    matches!(receipt.verdict, Verdict::Received { .. })
}
