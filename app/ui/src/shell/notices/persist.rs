//! Asks the browser not to evict the data, and tells the engine what it said.

use caravan_port::act::Act;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use crate::engine::{Phase, use_engine};

/// Once, when the engine is ready: before that there is nothing to keep.
pub(super) fn ask_to_persist() {
    let engine = use_engine();
    Effect::new(move |asked: Option<bool>| {
        let ready = engine.phase().get() == Phase::Ready;
        if !ready || asked == Some(true) {
            return asked == Some(true);
        }
        spawn_local(async move {
            let Ok(promise) = window().navigator().storage().persist() else {
                return;
            };
            let granted = JsFuture::from(promise)
                .await
                .ok()
                .and_then(|granted| granted.as_bool());
            if let Some(granted) = granted {
                // The storage page shows what the engine knows; without it, it says “not asked”.
                let _ = engine.act(Act::Persisted(granted)).await;
            }
        });
        true
    });
}
