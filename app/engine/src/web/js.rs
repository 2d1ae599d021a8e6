//! The worker's own scope, and the few interfaces `web-sys` only has behind a compiler flag.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;

#[must_use]
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Calls `target[method](…arguments)`.
///
/// # Errors
/// What it throws, and when there is no such method.
pub fn call(target: &JsValue, method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    function.apply(target, arguments)
}

/// `undefined` when there is no such property.
#[must_use]
pub fn get(target: &JsValue, property: &str) -> JsValue {
    Reflect::get(target, &property.into()).unwrap_or(JsValue::UNDEFINED)
}

/// An object of these properties.
#[must_use]
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> js_sys::Object {
    let object = js_sys::Object::new();
    for (property, value) in properties {
        // A plain object takes any property.
        let _ = Reflect::set(&object, &property.into(), &value);
    }
    object
}

pub async fn sleep(millis: i32) {
    let timer = Promise::new(&mut |resolve, _| {
        let set = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        if set.is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(timer).await;
}

/// Milliseconds since the worker started.
#[must_use]
pub fn elapsed() -> f64 {
    scope()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

pub fn log(text: &str) {
    web_sys::console::error_1(&text.into());
}
