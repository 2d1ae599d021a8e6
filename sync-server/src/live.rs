//! A live connection: the device pushes, the relay tells what is new.
//!
//! Nothing queues up for a device. Each connection knows how far it has told, and asks the workspace
//! again when there is news; one that does not read is dropped and resumes by its cursor.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use caravan_sync::codec::{self, CodecError};
use caravan_sync::cursor::{Cursor, Epoch};
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::{DeviceFrame, PUSH_MAX, Receipt, RelayFrame, Reply, Trouble};
use tokio::time::{Interval, MissedTickBehavior};

use crate::session::{Session, unavailable};
use crate::workspace::{Pushed, is_empty};

/// Mobile networks forget a silent connection after a minute or more.
const PING_EVERY: Duration = Duration::from_secs(45);
/// A device that takes longer to accept a frame resumes by its cursor.
const SEND_PATIENCE: Duration = Duration::from_secs(20);

pub struct Live {
    session: Session,
    epoch: Epoch,
    /// How far the device has been told.
    cursor: Cursor,
    /// More is owed, once the device has stored what it was told.
    owes: bool,
    answered_ping: bool,
}

/// The connection ends, with this to say first.
struct Ending(Option<RelayFrame>);

impl Ending {
    const GONE: Self = Self(None);
}

impl Live {
    #[must_use]
    pub const fn new(session: Session, epoch: Epoch, cursor: Cursor) -> Self {
        Self {
            session,
            epoch,
            cursor,
            owes: false,
            answered_ping: true,
        }
    }

    /// Talks until either side is done.
    pub async fn talk(mut self, mut socket: WebSocket) {
        let metrics = self.session.relay.clone();
        metrics.metrics().sockets.inc();
        let Err(Ending(last)) = self.converse(&mut socket).await;
        if let Some(frame) = last {
            // The device may be gone already.
            let _ = send(&mut socket, &frame).await;
        }
        let _ = tokio::time::timeout(SEND_PATIENCE, socket.send(goodbye())).await;
        metrics.metrics().sockets.dec();
    }

    async fn converse(&mut self, socket: &mut WebSocket) -> Result<Never, Ending> {
        let mut head = self.session.workspace.head();
        head.mark_unchanged();
        let stopping = self.session.relay.stopping().clone();
        let mut pings = pings();
        self.tell(socket, Vec::new(), true).await?;
        loop {
            tokio::select! {
                message = socket.recv() => {
                    let message = message.and_then(Result::ok).ok_or(Ending::GONE)?;
                    Box::pin(self.hear(socket, message)).await?;
                }
                news = head.changed() => {
                    news.map_err(|_| Ending::GONE)?;
                    Box::pin(self.tell_news(socket)).await?;
                }
                _ = pings.tick() => self.ping(socket).await?,
                () = stopping.cancelled() => return Err(Ending::GONE),
            }
        }
    }

    async fn hear(&mut self, socket: &mut WebSocket, message: Message) -> Result<(), Ending> {
        self.answered_ping = true;
        let bytes = match message {
            Message::Binary(bytes) => bytes,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Text(_) => return Err(refused(Trouble::BadFrame)),
            Message::Close(_) => return Err(Ending::GONE),
        };
        self.session
            .check_pace()
            .map_err(|frame| Ending(Some(frame)))?;
        let frame = codec::decode(&bytes).map_err(|error| {
            refused(match error {
                CodecError::UnknownVersion => Trouble::Outdated,
                CodecError::TooLarge | CodecError::Malformed => Trouble::BadFrame,
            })
        })?;
        match frame {
            DeviceFrame::Push(envelopes) => self.take(socket, envelopes).await,
            // An older cursor crossed with a reply that is on its way and says more itself.
            DeviceFrame::Continue(cursor) if cursor != self.cursor => Ok(()),
            DeviceFrame::Continue(_) => self.tell(socket, Vec::new(), true).await,
        }
    }

    async fn take(
        &mut self,
        socket: &mut WebSocket,
        envelopes: Vec<Envelope>,
    ) -> Result<(), Ending> {
        if envelopes.len() > PUSH_MAX {
            return Err(refused(Trouble::BadFrame));
        }
        // What follows from a decision goes with its receipt: the device has it only provisionally until then.
        let decides = |it: &Envelope| matches!(it.payload, Payload::Decision(_));
        let alone = !self.owes && !envelopes.iter().any(decides);
        let pushed = self.session.workspace.push(self.session.device, envelopes);
        match pushed.await.map_err(failed)? {
            Pushed::Receipts(receipts) if alone => self.acknowledge(socket, receipts).await,
            Pushed::Receipts(receipts) => self.tell(socket, receipts, true).await,
            Pushed::Revoked => Err(Ending(Some(RelayFrame::Revoked))),
        }
    }

    /// At once, where the device has been told everything: news may have to be read from the disk, and follow in a frame of
    /// their own.
    async fn acknowledge(
        &self,
        socket: &mut WebSocket,
        receipts: Vec<Receipt>,
    ) -> Result<(), Ending> {
        let reply = Reply {
            epoch: self.epoch,
            cursor: self.cursor,
            ..Reply::default()
        };
        self.say(socket, reply.to_push(receipts)).await
    }

    async fn tell_news(&mut self, socket: &mut WebSocket) -> Result<(), Ending> {
        if !self.session.is_active() {
            return Err(Ending(Some(RelayFrame::Revoked)));
        }
        if self.owes {
            return Ok(());
        }
        self.tell(socket, Vec::new(), false).await
    }

    /// The next batch. One that brings nothing is only sent when it was asked for.
    async fn tell(
        &mut self,
        socket: &mut WebSocket,
        receipts: Vec<Receipt>,
        asked: bool,
    ) -> Result<(), Ending> {
        let session = &self.session;
        let pulled = session
            .workspace
            .pull(session.device, self.epoch, self.cursor);
        let pulled = pulled.await.map_err(failed)?;
        (self.epoch, self.cursor, self.owes) = (pulled.epoch, pulled.cursor, pulled.more);
        if !asked && is_empty(&pulled) {
            return Ok(());
        }
        self.say(socket, pulled.to_push(receipts)).await
    }

    async fn say(&self, socket: &mut WebSocket, reply: Reply) -> Result<(), Ending> {
        if send(socket, &self.session.stamped(reply)).await.is_err() {
            self.session.relay.metrics().slow_readers.inc();
            return Err(Ending::GONE);
        }
        Ok(())
    }

    async fn ping(&mut self, socket: &mut WebSocket) -> Result<(), Ending> {
        if !self.answered_ping {
            return Err(Ending::GONE);
        }
        self.answered_ping = false;
        let ping = socket.send(Message::Ping(Default::default()));
        let sent = tokio::time::timeout(SEND_PATIENCE, ping).await;
        sent.map_err(|_| Ending::GONE)?.map_err(|_| Ending::GONE)
    }
}

/// A conversation never returns: it ends.
enum Never {}

fn pings() -> Interval {
    let start = tokio::time::Instant::now() + PING_EVERY;
    let mut pings = tokio::time::interval_at(start, PING_EVERY);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings
}

fn refused(trouble: Trouble) -> Ending {
    Ending(Some(RelayFrame::Refused(trouble)))
}

fn failed(error: crate::workspace::WorkspaceError) -> Ending {
    Ending(Some(unavailable(error)))
}

fn goodbye() -> Message {
    Message::Close(Some(CloseFrame {
        code: close_code::AWAY,
        reason: Utf8Bytes::default(),
    }))
}

/// Says one thing to a device that will not be talked to.
pub async fn dismiss(mut socket: WebSocket, frame: RelayFrame) {
    let _ = send(&mut socket, &frame).await;
    let _ = tokio::time::timeout(SEND_PATIENCE, socket.send(goodbye())).await;
}

#[derive(Debug)]
struct NotSent;

async fn send(socket: &mut WebSocket, frame: &RelayFrame) -> Result<(), NotSent> {
    let bytes = codec::encode(frame).map_err(|error| {
        tracing::error!(%error, "a reply does not fit in a frame");
        NotSent
    })?;
    let sending = socket.send(Message::Binary(bytes.into()));
    let sent = tokio::time::timeout(SEND_PATIENCE, sending).await;
    sent.map_err(|_| NotSent)?.map_err(|_| NotSent)
}
