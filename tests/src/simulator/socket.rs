//! A live connection: in order and without loss, until it is cut.

use std::collections::VecDeque;

use caravan_engine::Next;
use caravan_sync::cursor::Cursor;
use caravan_sync::frame::{Credentials, DeviceFrame, Receipt, RelayFrame, Reply};
use caravan_sync::relay::Standing;
use futures_executor::block_on;

use super::phone::Phone;
use super::relay::{PowerCut, Relay};

#[derive(Debug)]
pub(super) struct Socket {
    /// The relay's start it leads to.
    life: u32,
    credentials: Credentials,
    up: VecDeque<DeviceFrame>,
    down: VecDeque<RelayFrame>,
    relay_end: RelayEnd,
    /// The device was let in.
    live: bool,
    /// The device waits for receipts.
    pushed: bool,
}

/// How the relay sees the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RelayEnd {
    Asked,
    /// Everything up to the cursor was sent; `owes` more, once the device has stored it.
    Open {
        cursor: Cursor,
        owes: bool,
    },
    Closed,
}

/// Opens a connection.
pub(super) fn open(phone: &mut Phone, relay: &Relay) {
    // A device that was wiped has nothing to sign with.
    let Ok(credentials) = block_on(phone.engine.credentials()) else {
        return;
    };
    phone.awaits = None;
    phone.socket = Some(Socket {
        life: relay.life,
        credentials,
        up: VecDeque::new(),
        down: VecDeque::new(),
        relay_end: RelayEnd::Asked,
        live: false,
        pushed: false,
    });
}

impl Socket {
    pub(super) fn is_dead(&self, relay: &Relay) -> bool {
        self.life != relay.life || (self.relay_end == RelayEnd::Closed && self.down.is_empty())
    }

    /// Let in, and nothing on its way or owed.
    pub(super) fn is_idle(&self) -> bool {
        let owes = matches!(self.relay_end, RelayEnd::Open { owes: false, .. });
        self.live && owes && !self.pushed && self.up.is_empty() && self.down.is_empty()
    }

    /// The relay takes in one thing the device has said, or tells what is new.
    pub(super) fn at_relay(&mut self, relay: &mut Relay) -> Result<(), PowerCut> {
        let device = self.credentials.device;
        match self.relay_end {
            RelayEnd::Closed => return Ok(()),
            RelayEnd::Asked => {
                match relay.begin(&self.credentials) {
                    Ok(()) => {
                        let reply = relay.reply(device, &self.credentials, Vec::new());
                        self.say(reply, true);
                    }
                    Err(frame) => self.close(frame),
                }
                return Ok(());
            }
            RelayEnd::Open { cursor, owes } => match self.up.pop_front() {
                Some(DeviceFrame::Push(envelopes)) => {
                    if !matches!(relay.core.standing(device), Standing::Active(_)) {
                        self.close(relay.cut_off(device));
                        return Ok(());
                    }
                    let receipts = relay.push(device, &envelopes)?;
                    self.tell(relay, cursor, receipts, true);
                }
                Some(DeviceFrame::Continue(stored)) if stored == cursor => {
                    self.tell(relay, cursor, Vec::new(), true);
                }
                Some(DeviceFrame::Continue(_)) => {}
                None if !matches!(relay.core.standing(device), Standing::Active(_)) => {
                    self.close(relay.cut_off(device));
                }
                None if !owes => self.tell(relay, cursor, Vec::new(), false),
                None => {}
            },
        }
        Ok(())
    }

    /// The next batch; one that brings nothing is only sent when it was asked for.
    fn tell(&mut self, relay: &mut Relay, from: Cursor, receipts: Vec<Receipt>, asked: bool) {
        let reply = relay.reply_at(self.credentials.device, from, receipts);
        self.say(reply, asked);
    }

    fn say(&mut self, reply: Reply, asked: bool) {
        self.relay_end = RelayEnd::Open {
            cursor: reply.cursor,
            owes: reply.more,
        };
        if asked || !is_empty(&reply) {
            self.down.push_back(RelayFrame::Reply(Box::new(reply)));
        }
    }

    fn close(&mut self, last: RelayFrame) {
        self.down.push_back(last);
        self.relay_end = RelayEnd::Closed;
    }
}

/// The device takes in one thing the relay has said.
pub(super) fn at_device(phone: &mut Phone) {
    let Some(mut socket) = phone.socket.take() else {
        return;
    };
    let Some(frame) = socket.down.pop_front() else {
        phone.socket = Some(socket);
        return;
    };
    let answers_push = matches!(&frame, RelayFrame::Reply(reply) if !reply.receipts.is_empty());
    socket.pushed &= !answers_push;
    match phone.receive(frame) {
        Some(Next::Continue(cursor)) => socket.up.push_back(DeviceFrame::Continue(cursor)),
        Some(Next::Settled) => {}
        // The next connection signs what is new.
        Some(Next::BeginAgain | Next::Wiped | Next::Trouble(_)) | None => return,
    }
    socket.live = true;
    phone.socket = Some(socket);
    push(phone);
}

/// Sends what waits, when nothing is on its way.
pub(super) fn push(phone: &mut Phone) {
    let Some(socket) = phone
        .socket
        .as_mut()
        .filter(|socket| socket.live && !socket.pushed)
    else {
        return;
    };
    let push = block_on(phone.engine.next_push()).expect("storage in memory can be read");
    if !push.is_empty() {
        socket.up.push_back(DeviceFrame::Push(push));
        socket.pushed = true;
    }
}

pub(super) fn is_empty(reply: &Reply) -> bool {
    reply.receipts.is_empty()
        && reply.snapshots.is_empty()
        && reply.entries.is_empty()
        && reply.facts.is_empty()
        && reply.purges.is_empty()
}
