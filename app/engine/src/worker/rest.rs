//! What the engine does once the first screen has its answers: everything that writes, opens documents or talks to the
//! relay, and the answers to all other questions. A Wasm of its own, which is fetched when what is stored has been read
//! ([0017](../../../../docs/decisions/0017-the-binaries-in-parts.md)); in a development build it is in the one binary.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use caravan_engine::{CommandId, EngineError, Listener};
use caravan_port::act::{Act, ActError, Done};
use caravan_port::ask::{Ask, Told};
use caravan_port::message::{FromEngine, ToEngine};
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt;
use wasm_bindgen_futures::spawn_local;

use super::writer::Writer;
use super::{relay, unlocking};
use caravan_engine::web::js;

type Later<T> = Pin<Box<dyn Future<Output = T>>>;
type Messages = UnboundedReceiver<(Listener, ToEngine)>;

/// Runs what is asked, keeps house and speaks to the relay for as long as the worker lives.
pub(crate) async fn begin(writer: Rc<Writer>, waiting: Messages) {
    part::here().await;
    part::begin(writer, waiting).await;
}

/// An act that talks to the relay.
pub(crate) async fn act(writer: Rc<Writer>, act: Act) -> Result<Done, ActError> {
    part::here().await;
    part::act(writer, act).await.await
}

/// What [`first_answer`](caravan_engine::Engine::first_answer) does not know.
pub(crate) async fn answer(writer: Rc<Writer>, ask: Ask) -> Result<Told, EngineError> {
    part::here().await;
    part::answer(writer, ask).await.await
}

#[cfg(caravan_parts)]
mod part {
    use wasm_split_helpers::wasm_split;

    use super::*;

    const AGAIN_AFTER_MILLIS: i32 = 1_000;

    /// Returns once the part is here: on a phone without the app's complete set that takes a network.
    pub(super) async fn here() {
        while ahead().await.is_err() {
            js::sleep(AGAIN_AFTER_MILLIS).await;
        }
    }

    #[wasm_split(rest, preload(ahead), fallible)]
    fn mark() -> Result<(), wasm_split_helpers::SplitLoaderError> {
        Ok(())
    }

    #[wasm_split(rest)]
    pub(super) fn begin(writer: Rc<Writer>, waiting: Messages) {
        super::start(writer, waiting);
    }

    #[wasm_split(rest)]
    pub(super) fn act(writer: Rc<Writer>, act: Act) -> Later<Result<Done, ActError>> {
        Box::pin(async move { relay::act(&writer, act).await })
    }

    #[wasm_split(rest)]
    pub(super) fn answer(writer: Rc<Writer>, ask: Ask) -> Later<Result<Told, EngineError>> {
        Box::pin(async move { writer.engine.answer(&ask).await })
    }
}

#[cfg(not(caravan_parts))]
mod part {
    use super::*;

    pub(super) async fn here() {}

    pub(super) async fn begin(writer: Rc<Writer>, waiting: Messages) {
        super::start(writer, waiting);
    }

    pub(super) async fn act(writer: Rc<Writer>, act: Act) -> Later<Result<Done, ActError>> {
        Box::pin(async move { relay::act(&writer, act).await })
    }

    pub(super) async fn answer(writer: Rc<Writer>, ask: Ask) -> Later<Result<Told, EngineError>> {
        Box::pin(async move { writer.engine.answer(&ask).await })
    }
}

fn start(writer: Rc<Writer>, waiting: Messages) {
    relay::start(&writer);
    spawn_local(keep_house(Rc::clone(&writer)));
    spawn_local(work(writer, waiting));
}

/// Commands and local acts, one after the other in the order of their coming.
async fn work(writer: Rc<Writer>, mut waiting: Messages) {
    while let Some((from, message)) = waiting.next().await {
        match message {
            ToEngine::Run { number, command } => {
                let id = CommandId { tab: from, number };
                let result = writer
                    .engine
                    .run(command, (from != writer.tab).then_some(id))
                    .await;
                writer.answer(from, &FromEngine::Ran { number, result });
            }
            ToEngine::Act { number, act } => {
                let leaves = act == Act::Leave;
                let result = match unlocking::concerns(&act) {
                    true => unlocking::act(&writer, act).await,
                    false => writer.engine.act(act).await,
                };
                writer.answer(from, &FromEngine::Acted { number, result });
                if leaves {
                    // The connection ends with the identity.
                    writer.bell.ring();
                }
            }
            ToEngine::Watch { .. } | ToEngine::Unwatch { .. } => {}
        }
        writer.changed();
    }
}

/// Projects what an older version left, then looks at the clock once a minute.
async fn keep_house(writer: Rc<Writer>) {
    const DOCUMENTS_AT_ONCE: usize = 50;
    while let Ok(true) = writer.engine.project_some(DOCUMENTS_AT_ONCE).await {
        writer.tell_soon();
        js::sleep(0).await;
    }
    let mut today = writer.engine.today();
    loop {
        js::sleep(60_000).await;
        if let Err(error) = writer.engine.lock_if_idle().await {
            js::log(&error.to_string());
        }
        writer.tell_soon();
        if today != writer.engine.today() {
            today = writer.engine.today();
            writer.engine.touch_everything();
            writer.tell_soon();
        }
    }
}
