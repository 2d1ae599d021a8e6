use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::toast::{Toasts, use_toasts};

/// Puts text on the clipboard, and says whether the browser let it.
#[derive(Clone, Copy)]
pub(crate) struct CopyOut {
    toasts: Toasts,
    copied: Signal<String>,
    not_copied: Signal<String>,
}

pub(crate) fn use_copy_out() -> CopyOut {
    CopyOut {
        toasts: use_toasts(),
        copied: tr!(ui.copied),
        not_copied: tr!(ui.not_copied),
    }
}

impl CopyOut {
    pub(crate) fn copy(self, text: &str) {
        let promise = window().navigator().clipboard().write_text(text);
        spawn_local(async move {
            let said = match JsFuture::from(promise).await {
                Ok(_) => self.copied,
                Err(_) => self.not_copied,
            };
            if let Some(said) = said.try_get_untracked() {
                self.toasts.say(said);
            }
        });
    }
}
