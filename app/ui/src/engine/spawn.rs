//! A worker whose messages are bytes.

use js_sys::Reflect;
use leptos::{
    prelude::{document, queue_microtask, window},
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType},
};

const EARLY_ENGINE: &str = "caravanEngine";

/// Terminated when dropped.
pub(crate) struct ByteWorker {
    worker: Worker,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(JsValue)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the worker could not be started")]
pub(crate) struct NotStarted;

impl ByteWorker {
    /// The script's URL stands in `<meta name=…>`, because only the build knows its hashed name.
    pub(crate) fn spawn(
        meta: &str,
        on_bytes: impl FnMut(Vec<u8>) + 'static,
        on_death: impl FnMut() + 'static,
    ) -> Result<Self, NotStarted> {
        let url = meta_content(meta).ok_or(NotStarted)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&url, &options).map_err(|_| NotStarted)?;
        Ok(Self::listen(worker, on_bytes, on_death))
    }

    /// The engine that the page has started before the interface was there (`app/start/early.js`), for the first who
    /// asks. What it said meanwhile is heard after this returns.
    pub(crate) fn early_engine(
        on_bytes: impl FnMut(Vec<u8>) + 'static,
        on_death: impl FnMut() + 'static,
    ) -> Option<Self> {
        let window = window();
        let early = Reflect::get(&window, &EARLY_ENGINE.into()).ok()?;
        let worker = Reflect::get(&early, &"worker".into()).ok()?;
        let worker = worker.dyn_into::<Worker>().ok()?;
        let repeat = Reflect::get(&early, &"repeat".into()).ok()?;
        let repeat = repeat.dyn_into::<js_sys::Function>().ok()?;
        Reflect::delete_property(&window, &EARLY_ENGINE.into()).ok()?;
        let listening = Self::listen(worker, on_bytes, on_death);
        queue_microtask(move || {
            // It only hands on events, whose listeners report what is wrong themselves.
            let _ = repeat.call0(&early);
        });
        Some(listening)
    }

    fn listen(
        worker: Worker,
        mut on_bytes: impl FnMut(Vec<u8>) + 'static,
        mut on_death: impl FnMut() + 'static,
    ) -> Self {
        let message = Closure::new(move |event: MessageEvent| {
            if let Ok(bytes) = event.data().dyn_into::<js_sys::Uint8Array>() {
                on_bytes(bytes.to_vec());
            }
        });
        let error = Closure::new(move |_: JsValue| on_death());
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        Self {
            worker,
            _message: message,
            _error: error,
        }
    }

    /// Posts a copy of the bytes, whose buffer then belongs to the worker.
    pub(crate) fn post(&self, bytes: &[u8]) {
        let array = js_sys::Uint8Array::from(bytes);
        let transfer = js_sys::Array::of1(&array.buffer());
        // Bytes can always be cloned; nothing else can fail here.
        let _ = self.worker.post_message_with_transfer(&array, &transfer);
    }
}

impl Drop for ByteWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn meta_content(name: &str) -> Option<String> {
    let meta = document()
        .query_selector(&format!("meta[name='{name}']"))
        .ok()
        .flatten()?;
    meta.get_attribute("content").filter(|url| !url.is_empty())
}
