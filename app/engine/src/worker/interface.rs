//! This worker's own interface: postcard bytes through `postMessage`, their buffers handed over.

use caravan_port::codec;
use caravan_port::message::{FromEngine, ToEngine};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::MessageEvent;

use caravan_engine::web::js;

pub(crate) fn post(message: &FromEngine) {
    let Ok(bytes) = codec::write(message) else {
        return;
    };
    post_bytes(&bytes);
}

/// A message that was written elsewhere.
pub(crate) fn post_bytes(message: &[u8]) {
    let array = Uint8Array::from(message);
    // Bytes can always be cloned.
    let _ = js::scope().post_message_with_transfer(&array, &Array::of1(&array.buffer()));
}

pub(crate) fn hear(mut hear: impl FnMut(ToEngine) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else {
            return;
        };
        match codec::read(&bytes.to_vec()) {
            Ok(message) => hear(message),
            Err(error) => js::log(&error.to_string()),
        }
    });
    // The inbox in front of this worker hands over what came early through the same event.
    let added =
        js::scope().add_event_listener_with_callback("message", closure.as_ref().unchecked_ref());
    if added.is_err() {
        js::log("the worker cannot hear");
    }
    closure.forget();
}
