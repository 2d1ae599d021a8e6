//! The engine worker's entry: says that it started.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage)]
    fn post_message(message: &JsValue);
}

fn main() {
    post_message(&JsValue::from_str("engine started"));
}
