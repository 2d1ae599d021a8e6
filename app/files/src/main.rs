//! The files worker's entry: bytes from `postMessage` to the [`Worker`] and back.

use std::cell::RefCell;

use caravan_files::worker::Worker;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let worker = RefCell::new(Worker::default());
    let replies = scope.clone();
    let receive = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        worker
            .borrow_mut()
            .receive(&bytes, &mut |reply| post(&replies, &reply));
    });
    // Fails only for a scope that takes no listeners, which a worker's does.
    let listening =
        scope.add_event_listener_with_callback("message", receive.as_ref().unchecked_ref());
    if listening.is_ok() {
        receive.forget();
    }
}

/// Hands the bytes over without copying them again; a page that is gone hears nothing.
fn post(scope: &DedicatedWorkerGlobalScope, reply: &[u8]) {
    let bytes = Uint8Array::from(reply);
    let transfer = Array::of1(&bytes.buffer());
    let _ = scope.post_message_with_transfer(&bytes, &transfer);
}
