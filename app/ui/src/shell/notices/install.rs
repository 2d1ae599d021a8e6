//! The way to the home screen: Chromium offers an event to keep and fire later, iOS has its share menu.

use js_sys::{Function, Reflect};
use leptos::{
    ev::Custom,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::Event,
};

use super::{browser, notice::Notice};
use crate::{
    prefs,
    ui::{Button, ButtonKind, live},
};

#[component]
pub(super) fn InstallHint() -> impl IntoView {
    let offer = RwSignal::new_local(None::<JsValue>);
    let hidden = RwSignal::new(
        browser::is_installed() || browser::is_wechat() || prefs::install_hint_was_dismissed(),
    );
    let listening =
        window_event_listener(Custom::<Event>::new("beforeinstallprompt"), move |event| {
            event.prevent_default();
            offer.set(Some(event.into()));
        });
    on_cleanup(move || listening.remove());
    let dismiss = move || {
        prefs::dismiss_install_hint();
        hidden.set(true);
    };
    let install = move || {
        if let Some(event) = offer.get_untracked() {
            prompt(&event);
        }
        hidden.set(true);
    };
    let (on_ios, by_prompt, verb) = (
        tr!(shell.install_ios),
        tr!(shell.install),
        tr!(shell.install_verb),
    );
    live(move || {
        let offered = offer.with(Option::is_some);
        if hidden.get() || !(offered || browser::is_ios()) {
            return None;
        }
        let text = if offered { by_prompt } else { on_ios };
        Some(view! {
            <Notice icon=icondata_lu::LuSmartphone text on_dismiss=dismiss>
                {offered.then(|| view! { <Button label=verb kind=ButtonKind::Quiet on_press=install /> })}
            </Notice>
        })
    })
}

/// `BeforeInstallPromptEvent.prompt()`, which is Chromium's own and in no binding.
fn prompt(event: &JsValue) {
    let method = Reflect::get(event, &JsValue::from_str("prompt")).ok();
    if let Some(method) = method.and_then(|method| method.dyn_into::<Function>().ok()) {
        // The browser allows it once; a second time changes nothing.
        let _ = method.call0(event);
    }
}
