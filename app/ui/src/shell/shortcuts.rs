//! Keys that work everywhere. Single letters only where nothing is being typed.

use leptos::{
    ev::{KeyboardEvent, keydown},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::HtmlElement,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::launch::use_launch;

/// Ctrl/⌘ K finds, N begins, “/” searches, digits lead to the places in the dock's order.
pub(super) fn use_shortcuts() {
    let launch = use_launch();
    let navigate = use_navigate();
    let listening = window_event_listener(keydown, move |event| {
        let key = event.key().to_lowercase();
        if (event.ctrl_key() || event.meta_key()) && key == "k" {
            event.prevent_default();
            launch.plus.set(false);
            launch.palette.update(|open| *open = !*open);
            return;
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        let place = match key.as_str() {
            "n" => {
                event.prevent_default();
                launch.plus.set(true);
                return;
            }
            "/" => {
                event.prevent_default();
                focus_search();
                return;
            }
            "1" => "/",
            "2" => "/clients",
            "3" => "/work",
            "4" => "/me",
            _ => return,
        };
        navigate(place, NavigateOptions::default());
    });
    on_cleanup(move || listening.remove());
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let element: Option<HtmlElement> = event.target().and_then(|target| target.dyn_into().ok());
    element.is_some_and(|element| {
        element.is_content_editable()
            || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.closest("dialog").ok().flatten().is_some()
    })
}

fn focus_search() {
    let field = document()
        .query_selector("main input[type='search']")
        .ok()
        .flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // A field that is hidden just now keeps the focus where it is.
        let _ = field.focus();
    }
}
