//! Gives a restored relay what it lacks, over HTTP, whatever the connection is.

use std::rc::Rc;

use caravan_engine::web::js;
use caravan_port::view::Connection;
use caravan_sync::refill::RefillAnswer;

use super::super::writer::Writer;
use super::photos;

/// The engine knows when there is something to do; this only asks it.
const PAUSE_MILLIS: i32 = 15_000;

pub(super) async fn run(writer: Rc<Writer>) {
    loop {
        js::sleep(PAUSE_MILLIS).await;
        if writer.engine.connection() == Connection::Live {
            tell_share(&writer).await;
        }
        while writer.engine.connection() == Connection::Live && give(&writer).await {
            writer.tell_soon();
            // Own envelopes may wait again, or the connection is to begin again.
            writer.bell.ring();
        }
    }
}

/// A relay that was rebuilt has to be told by which share this device opens. Without an answer it is told again.
async fn tell_share(writer: &Writer) {
    if let Ok(Some(share)) = writer.engine.share_to_tell().await
        && photos::post::<()>(writer, "/api/share", &share)
            .await
            .is_ok()
        && let Err(error) = writer.engine.share_told().await
    {
        js::log(&error.to_string());
    }
}

/// Whether it is worth going on.
async fn give(writer: &Writer) -> bool {
    let Ok(Some(request)) = writer.engine.refill_request().await else {
        return false;
    };
    let answer = photos::post::<RefillAnswer>(writer, "/api/refill", &request).await;
    let Ok(answer) = answer else {
        return false;
    };
    writer.engine.take_refill(&request, answer).await.is_ok()
}
