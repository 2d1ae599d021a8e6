//! Tabs of different versions of the app cannot understand each other, and must not both write. The one that was
//! opened last is the one its person wants: it says so, and every other version gives way.

use caravan_port::message::{CannotStart, FromEngine};
use js_sys::JsString;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};

use super::interface;
use caravan_engine::web::js;

/// Never renamed: every version listens to it.
const CHANNEL: &str = "caravan-version";

/// The name that the build gave this worker's script, which is another one in every version.
pub(crate) fn own() -> String {
    js::scope().location().pathname()
}

/// Calls the others away, and hears when it is itself called away; `finish` then ends what is being written.
pub(crate) fn announce<F: Future<Output = ()> + 'static>(finish: impl Fn() -> F + 'static) {
    // Without the channel every tab is alone, for all that can be known.
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else {
        return;
    };
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let theirs = event.data().dyn_into::<JsString>();
        if theirs.is_ok_and(|theirs| theirs != own()) {
            let finished = finish();
            spawn_local(async move {
                finished.await;
                interface::post(&FromEngine::CannotStart(CannotStart::OtherVersion));
                // Its locks go with it.
                js::scope().close();
            });
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // Fails only on a closed channel; this one lives as long as the worker.
    let _ = channel.post_message(&JsValue::from_str(&own()));
    heard.forget();
}
