//! The live connection.

use std::rc::Rc;

use caravan_engine::Next;
use caravan_port::view::Connection;
use caravan_sync::codec;
use caravan_sync::frame::{DeviceFrame, RelayFrame};
use data_encoding::BASE64URL_NOPAD;
use futures_channel::mpsc;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use js_sys::Uint8Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, MessageEvent, WebSocket};

use super::super::writer::Writer;
use super::link::Ended;
use caravan_engine::web::js;

/// An answer to a push, or the first reply, that takes longer will not come any more.
const PATIENCE_MILLIS: i32 = 20_000;

enum Heard {
    Frame(Vec<u8>),
    Closed,
}

/// Closed when dropped, its handlers with it.
struct Socket {
    socket: WebSocket,
    heard: mpsc::UnboundedReceiver<Heard>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(JsValue)>,
}

/// Holds the connection until it ends.
pub(super) async fn connect(writer: &Rc<Writer>) -> Ended {
    let who = writer.engine.me();
    let Ok(credentials) = writer.engine.credentials().await else {
        return Ended::Failed;
    };
    let Some(mut socket) = codec::encode(&credentials)
        .ok()
        .and_then(|it| Socket::open(&it))
    else {
        return Ended::Failed;
    };
    let mut live = false;
    let mut pushed = false;
    loop {
        let waits = pushed || !live;
        match socket.next(writer, waits).await {
            Some(Heard::Frame(bytes)) => {
                let Ok(frame) = codec::decode::<RelayFrame>(&bytes) else {
                    return Ended::Cut;
                };
                let answers_push =
                    matches!(&frame, RelayFrame::Reply(reply) if !reply.receipts.is_empty());
                pushed &= !answers_push;
                let next = match writer.engine.receive(frame).await {
                    Ok(next) => next,
                    Err(error) => {
                        // Nothing was stored; the relay says it again on the next connection.
                        js::log(&error.to_string());
                        return Ended::Failed;
                    }
                };
                match next {
                    Next::Continue(cursor) => socket.say(&DeviceFrame::Continue(cursor)),
                    Next::Settled => {}
                    Next::BeginAgain => return Ended::BeginAgain,
                    Next::Wiped => return Ended::Wiped,
                    Next::Trouble(trouble) => return Ended::Trouble(trouble),
                }
                if !live {
                    live = true;
                    writer.engine.set_connection(Connection::Live);
                    writer.photos.ring();
                }
                writer.tell_soon();
            }
            Some(Heard::Closed) if live => return Ended::Cut,
            Some(Heard::Closed) => return Ended::Failed,
            None if !js::scope().navigator().on_line() => return Ended::Cut,
            None => {}
        }
        // Wiped, or another device from here on: the relay knows this connection for the one it was.
        if writer.engine.me() != who {
            return Ended::Cut;
        }
        if writer.engine.begins_again() {
            return Ended::BeginAgain;
        }
        if live && !pushed {
            match writer.engine.next_push().await {
                Ok(push) if push.is_empty() => {}
                Ok(push) => {
                    socket.say(&DeviceFrame::Push(push));
                    pushed = true;
                    writer.tell_soon();
                }
                Err(_) => return Ended::Cut,
            }
        }
    }
}

impl Socket {
    fn open(credentials: &[u8]) -> Option<Self> {
        let location = js::scope().location();
        let scheme = if location.protocol() == "https:" {
            "wss"
        } else {
            "ws"
        };
        let credentials = BASE64URL_NOPAD.encode(credentials);
        let url = format!("{scheme}://{}/api/sync?c={credentials}", location.host());
        let socket = WebSocket::new(&url).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (tell, heard) = mpsc::unbounded();
        let closing = tell.clone();
        let message = Closure::new(move |event: MessageEvent| {
            // The receiver is dropped with the socket.
            let _ = tell.unbounded_send(Heard::Frame(Uint8Array::new(&event.data()).to_vec()));
        });
        let closed = Closure::new(move |_: JsValue| drop(closing.unbounded_send(Heard::Closed)));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            heard,
            _message: message,
            _closed: closed,
        })
    }

    fn say(&self, frame: &DeviceFrame) {
        // A socket that is closing says so through its event.
        if let Ok(bytes) = codec::encode(frame) {
            let _ = self.socket.send_with_u8_array(&bytes);
        }
    }

    /// What is heard next; `None` when the device itself has something to do.
    async fn next(&mut self, writer: &Writer, waits: bool) -> Option<Heard> {
        let bell = std::pin::pin!(writer.bell.wait());
        let heard = select(self.heard.next(), bell);
        let patience = std::pin::pin!(async move {
            match waits {
                true => js::sleep(PATIENCE_MILLIS).await,
                false => std::future::pending().await,
            }
        });
        match select(heard, patience).await {
            Either::Left((Either::Left((heard, _)), _)) => Some(heard.unwrap_or(Heard::Closed)),
            Either::Left((Either::Right(_), _)) => None,
            Either::Right(_) => Some(Heard::Closed),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}
