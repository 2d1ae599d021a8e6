//! The worker: waits for its turn to write, and until then passes everything on to the tab that
//! writes. A panic is logged and ends the worker; the interface starts it anew.

mod bell;
mod browser;
mod estimate;
mod interface;
mod locks;
mod proxy;
mod relay;
mod rest;
mod tabs;
mod unlocking;
mod versions;
mod writer;

use std::cell::RefCell;
use std::rc::Rc;

use caravan_engine::platform::Platform;
use caravan_engine::{Engine, EngineError, Listener, lock};
use caravan_port::message::{CannotStart, FromEngine, ToEngine};
use wasm_bindgen_futures::spawn_local;

use browser::Browser;
use caravan_engine::web::cipher::WebCipher;
use caravan_engine::web::indexed_db::{IndexedDb, OpenError};
use caravan_engine::web::js;
use proxy::Proxy;
use tabs::{Tabs, lock_of};
use writer::Writer;

const WRITER_LOCK: &str = "caravan-writer";

/// Who takes what the interface asks.
enum Turn {
    Waiting(Vec<ToEngine>),
    Proxy(Rc<Proxy>),
    Writer(Rc<Writer>),
}

pub(crate) fn start() {
    std::panic::set_hook(Box::new(|panic| js::log(&panic.to_string())));
    let turn = Rc::new(RefCell::new(Turn::Waiting(Vec::new())));
    let asking = Rc::clone(&turn);
    interface::hear(move |message| match &mut *asking.borrow_mut() {
        Turn::Waiting(messages) => messages.push(message),
        Turn::Proxy(proxy) => proxy.ask(message),
        Turn::Writer(writer) => writer.ask(message),
    });
    let ending = Rc::clone(&turn);
    versions::announce(move || {
        let turn = Rc::clone(&ending);
        async move {
            let writer = match &*turn.borrow() {
                Turn::Writer(writer) => Some(Rc::clone(writer)),
                Turn::Waiting(_) | Turn::Proxy(_) => None,
            };
            if let Some(writer) = writer {
                writer.engine.rest().await;
            }
        }
    });
    spawn_local(async move {
        if let Err(reason) = take_turns(&turn).await {
            interface::post(&FromEngine::CannotStart(reason));
        }
    });
}

async fn take_turns(turn: &RefCell<Turn>) -> Result<(), CannotStart> {
    let crypto = js::scope().crypto().map_err(|_| CannotStart::NotSecure)?;
    let tab: Listener = browser::random(&crypto);
    let tabs = Tabs::open().map(Rc::new);
    locks::hold(&lock_of(&tab)).await;
    if let Some(tabs) = &tabs {
        let proxy = Proxy::new(tab, Rc::clone(tabs));
        if let Turn::Waiting(messages) = turn.replace(Turn::Proxy(Rc::clone(&proxy))) {
            messages.into_iter().for_each(|message| proxy.ask(message));
        }
    }
    locks::hold(WRITER_LOCK).await;

    let storage = IndexedDb::open().await.map_err(|error| match error {
        OpenError::Missing => CannotStart::NoStorage,
        OpenError::Newer => CannotStart::NewerData,
    })?;
    storage.on_loss(|| {
        interface::post(&FromEngine::CannotStart(CannotStart::StorageLost));
        js::scope().close();
    });
    let browser = Browser::new(storage.clone()).ok_or(CannotStart::NotSecure)?;
    let cipher = WebCipher::new(storage.clone()).ok_or(CannotStart::NotSecure)?;
    let storage = lock::open(storage, cipher, browser.now()).await;
    let storage = storage.map_err(|_| CannotStart::NoStorage)?;
    let greet = |greeting| interface::post(&FromEngine::Greeting(greeting));
    let booted = Engine::boot_greeting(storage, browser, greet).await;
    let engine = booted.map_err(|error| {
        js::log(&error.to_string());
        match error {
            EngineError::NewerData => CannotStart::NewerData,
            _ => CannotStart::NoStorage,
        }
    })?;
    let (asked, began) = match &*turn.borrow() {
        Turn::Proxy(proxy) => proxy.retire(),
        Turn::Waiting(_) | Turn::Writer(_) => (Vec::new(), false),
    };
    let writer = Writer::start(engine, tab, tabs);
    let before = turn.replace(Turn::Writer(Rc::clone(&writer)));
    if let Turn::Waiting(messages) = before {
        messages.into_iter().for_each(|message| writer.ask(message));
    }
    asked.into_iter().for_each(|message| writer.ask(message));
    if !began {
        interface::post(&FromEngine::Ready);
    }
    Ok(())
}
