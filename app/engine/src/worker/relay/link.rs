//! Keeps the device in touch: a WebSocket while there is signal, HTTP where none can be had, and
//! patience in between.

use std::rc::Rc;

use caravan_port::view::Connection;
use caravan_sync::frame::Trouble;
use futures_util::future::{Either, select};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::super::writer::Writer;
use super::{exchange, session, socket};
use caravan_engine::web::js;

/// How a connection or an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// The relay was never reached this way.
    Failed,
    /// It was live, then cut.
    Cut,
    /// A new challenge was kept: begin again at once.
    BeginAgain,
    /// Nothing is owed; over HTTP only.
    Settled,
    Wiped,
    Trouble(Trouble),
}

const FIRST_PAUSE_MILLIS: f64 = 500.0;
const LAST_PAUSE_MILLIS: f64 = 30_000.0;
/// Between two looks at the relay while the device is locked.
const LOCKED_PAUSE_MILLIS: i32 = 10 * 60_000;
/// Between exchanges over HTTP when nothing happens here.
const POLL_MILLIS: i32 = 20_000;
/// A relay that keeps asking for a fresh signature is not asked again at once.
const BEGINNINGS_MAX: u32 = 3;

pub(super) async fn run(writer: Rc<Writer>) {
    let mut pause = FIRST_PAUSE_MILLIS;
    let mut beginnings = 0;
    loop {
        if writer.engine.me().is_none() {
            set(&writer, Connection::Offline);
            if writer.engine.locked().is_some() {
                hear_while_locked(&writer).await;
            } else {
                writer.bell.wait().await;
            }
            continue;
        }
        if !js::scope().navigator().on_line() {
            set(&writer, Connection::Offline);
            rest(&writer, LAST_PAUSE_MILLIS).await;
            continue;
        }
        set(&writer, Connection::Connecting);
        let ended = match socket::connect(&writer).await {
            Ended::Failed => exchange::exchange(&writer).await,
            other => other,
        };
        let ended = match ended {
            Ended::Trouble(Trouble::Unknown) if beginnings == 0 => session::renew(&writer).await,
            other => other,
        };
        beginnings = if ended == Ended::BeginAgain {
            beginnings + 1
        } else {
            0
        };
        match ended {
            Ended::BeginAgain if beginnings < BEGINNINGS_MAX => continue,
            Ended::Wiped => continue,
            Ended::Settled => {
                pause = FIRST_PAUSE_MILLIS;
                set(&writer, Connection::Live);
                let bell = std::pin::pin!(writer.bell.wait());
                select(bell, std::pin::pin!(js::sleep(POLL_MILLIS))).await;
                continue;
            }
            Ended::Cut => {
                pause = FIRST_PAUSE_MILLIS;
                set(&writer, Connection::Offline);
            }
            Ended::Failed | Ended::BeginAgain => set(&writer, Connection::Offline),
            Ended::Trouble(trouble) => set(&writer, Connection::Trouble(trouble)),
        }
        if rest(&writer, pause).await {
            pause = FIRST_PAUSE_MILLIS;
        } else {
            pause = (pause * 2.0).min(LAST_PAUSE_MILLIS);
        }
    }
}

/// A locked device has nothing to say, but must hear if it was revoked. Returns when there is reason to ask again.
async fn hear_while_locked(writer: &Rc<Writer>) {
    let heard = session::renew(writer).await;
    writer.tell_soon();
    let pause = match heard {
        Ended::BeginAgain | Ended::Trouble(_) => LOCKED_PAUSE_MILLIS,
        Ended::Wiped => return,
        _ => LAST_PAUSE_MILLIS as i32,
    };
    let bell = std::pin::pin!(writer.bell.wait());
    select(bell, std::pin::pin!(js::sleep(pause))).await;
}

/// Waits between half of `millis` and all of it, so that a team does not come back in one breath;
/// whether something called before.
async fn rest(writer: &Writer, millis: f64) -> bool {
    let millis = millis * (0.5 + js_sys::Math::random() / 2.0);
    let called = std::pin::pin!(writer.call.wait());
    let slept = std::pin::pin!(js::sleep(millis as i32));
    matches!(select(called, slept).await, Either::Left(_))
}

fn set(writer: &Rc<Writer>, connection: Connection) {
    writer.engine.set_connection(connection);
    writer.tell_soon();
}

/// Back on the network: look for the relay at once.
pub(super) fn listen_to_the_network(writer: &Rc<Writer>) {
    for event in ["online", "offline"] {
        let writer = Rc::clone(writer);
        let closure = Closure::<dyn FnMut()>::new(move || {
            writer.call.ring();
            writer.bell.ring();
            writer.photos.ring();
        });
        let function = closure.as_ref().unchecked_ref();
        if js::scope()
            .add_event_listener_with_callback(event, function)
            .is_err()
        {
            js::log("the network cannot be listened to");
        }
        closure.forget();
    }
}
