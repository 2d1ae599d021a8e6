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

/// The ways into it.
struct Rest {
    begin: fn(Rc<Writer>, Messages),
    act: fn(Rc<Writer>, Act) -> Later<Result<Done, ActError>>,
    answer: fn(Rc<Writer>, Ask) -> Later<Result<Told, EngineError>>,
}

const REST: Rest = Rest {
    begin: start,
    act: |writer, act| Box::pin(async move { relay::act(&writer, act).await }),
    answer: |writer, ask| Box::pin(async move { writer.engine.answer(&ask).await }),
};

/// Runs what is asked, keeps house and speaks to the relay for as long as the worker lives.
pub(crate) async fn begin(writer: Rc<Writer>, waiting: Messages) {
    (here().await.begin)(writer, waiting);
}

/// An act that talks to the relay.
pub(crate) async fn act(writer: Rc<Writer>, act: Act) -> Result<Done, ActError> {
    (here().await.act)(writer, act).await
}

/// What [`first_answer`](caravan_engine::Engine::first_answer) does not know.
pub(crate) async fn answer(writer: Rc<Writer>, ask: Ask) -> Result<Told, EngineError> {
    (here().await.answer)(writer, ask).await
}

/// Returns once the part is here: on a phone without the app's complete set that takes a network.
#[cfg(caravan_parts)]
async fn here() -> Rest {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    const AGAIN_AFTER_MILLIS: i32 = 1_000;

    #[wasm_split(rest, fallible)]
    fn rest() -> Result<Rest, SplitLoaderError> {
        Ok(REST)
    }

    loop {
        match rest().await {
            Ok(rest) => return rest,
            Err(_) => js::sleep(AGAIN_AFTER_MILLIS).await,
        }
    }
}

#[cfg(not(caravan_parts))]
async fn here() -> Rest {
    REST
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
