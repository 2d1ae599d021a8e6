//! One exchange over HTTP: for proxies that do not let a WebSocket through.

use caravan_engine::Next;
use caravan_sync::frame::RelayFrame;

use super::super::writer::Writer;
use super::fetch;
use super::link::Ended;

/// Exchanges until nothing is owed either way.
pub(super) async fn exchange(writer: &std::rc::Rc<Writer>) -> Ended {
    loop {
        let Ok(request) = writer.engine.exchange_request().await else {
            return Ended::Failed;
        };
        let Ok(frame) = fetch::post::<RelayFrame>("/api/exchange", &request).await else {
            return Ended::Failed;
        };
        let Ok(next) = writer.engine.receive(frame).await else {
            return Ended::Failed;
        };
        writer.tell_soon();
        match next {
            Next::Continue(_) | Next::BeginAgain => {}
            Next::Settled if writer.engine.has_waiting() => {}
            Next::Settled => return Ended::Settled,
            Next::Wiped => return Ended::Wiped,
            Next::Trouble(trouble) => return Ended::Trouble(trouble),
        }
    }
}
