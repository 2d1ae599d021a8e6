//! Occasions to exchange that only a page learns of: the app comes back into sight, or the browser says that there is
//! signal again, to the page or through the service worker (Background Sync, where it exists).

use caravan_port::act::Act;
use js_sys::{Function, Reflect};
use leptos::{
    ev::{online, visibilitychange},
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{MessageEvent, ServiceWorkerContainer, VisibilityState},
};
use wasm_bindgen_futures::JsFuture;

use super::{Engine, use_engine};

/// What `sw.js` listens for and what it says then.
const TAG: &str = "caravan-exchange";
const EXCHANGE: &str = "exchange";

/// For as long as the app lives.
pub(crate) fn follow_wakes() {
    let engine = use_engine();
    let line = engine.sync_line();
    let waiting = Memo::new(move |_| line.with(|line| line.is_some_and(|line| line.waiting > 0)));
    let _ = window_event_listener(visibilitychange, move |_| {
        match document().visibility_state() {
            VisibilityState::Visible => exchange(engine),
            _ if waiting.get_untracked() => spawn_local(ask_for_a_wake()),
            _ => {}
        }
    });
    let _ = window_event_listener(online, move |_| exchange(engine));
    let Some(container) = service_workers() else {
        return;
    };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let kind = Reflect::get(&event.data(), &JsValue::from_str("type"));
        if kind.is_ok_and(|kind| kind.as_string().as_deref() == Some(EXCHANGE)) {
            exchange(engine);
        }
    });
    // The container is a live event target; adding a listener to it cannot fail.
    let _ = container
        .add_event_listener_with_callback("message", heard.into_js_value().unchecked_ref());
}

fn exchange(engine: Engine) {
    spawn_local(async move {
        if let Err(error) = engine.act(Act::SyncNow).await {
            leptos::logging::warn!("{error}");
        }
    });
}

/// One call when there is signal, even if the browser has put the page to sleep by then. A browser without Background
/// Sync has nothing to ask; the page then exchanges when it is seen again.
async fn ask_for_a_wake() {
    let asked = async {
        let ready = service_workers()?.ready().ok()?;
        let registration = JsFuture::from(ready).await.ok()?;
        let sync = Reflect::get(&registration, &JsValue::from_str("sync")).ok()?;
        let register: Function = Reflect::get(&sync, &JsValue::from_str("register"))
            .ok()?
            .dyn_into()
            .ok()?;
        let promise = register.call1(&sync, &JsValue::from_str(TAG)).ok()?;
        JsFuture::from(js_sys::Promise::from(promise)).await.ok()
    };
    if asked.await.is_none() {
        leptos::logging::log!("no Background Sync here");
    }
}

/// `None` where service workers are refused: private windows, plain http.
fn service_workers() -> Option<ServiceWorkerContainer> {
    let navigator: JsValue = window().navigator().into();
    let container = Reflect::get(&navigator, &JsValue::from_str("serviceWorker")).ok()?;
    container.dyn_into().ok()
}
