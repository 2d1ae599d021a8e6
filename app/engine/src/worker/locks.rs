//! Web Locks: who is the writer, and which tabs are alive. The browser frees a tab's locks with
//! the tab, however it ends.

use futures_channel::oneshot;
use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use caravan_engine::web::js;

/// Resolves when the lock is this worker's; it then stays so until the worker ends.
pub(crate) async fn hold(name: &str) {
    request(name, true).await;
}

/// Resolves when whoever holds the lock has ended.
pub(crate) async fn outlive(name: &str) {
    request(name, false).await;
}

async fn request(name: &str, keep: bool) {
    let locks = js::get(&js::scope().navigator(), "locks");
    if locks.is_undefined() {
        // A browser without locks: the only tab, for all that can be known. One that only waits
        // for others to end waits for ever.
        if !keep {
            std::future::pending::<()>().await;
        }
        return;
    }
    let (granted, wait) = oneshot::channel();
    let held = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        // The waiting side lives as long as the worker.
        let _ = granted.send(());
        match keep {
            true => Promise::new(&mut |_, _| {}),
            false => Promise::resolve(&JsValue::UNDEFINED),
        }
    });
    let held: js_sys::Function = held.unchecked_into();
    let asked = js::call(&locks, "request", &Array::of2(&name.into(), &held));
    if asked.is_err() || wait.await.is_err() {
        js::log("the lock was refused");
    }
}
