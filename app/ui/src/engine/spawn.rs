//! A worker whose messages are bytes.

use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType},
};

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
        mut on_bytes: impl FnMut(Vec<u8>) + 'static,
        mut on_death: impl FnMut() + 'static,
    ) -> Result<Self, NotStarted> {
        let url = meta_content(meta).ok_or(NotStarted)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&url, &options).map_err(|_| NotStarted)?;
        let message = Closure::new(move |event: MessageEvent| {
            if let Ok(bytes) = event.data().dyn_into::<js_sys::Uint8Array>() {
                on_bytes(bytes.to_vec());
            }
        });
        let error = Closure::new(move |_: JsValue| on_death());
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _message: message,
            _error: error,
        })
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
