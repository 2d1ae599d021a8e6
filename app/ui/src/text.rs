//! Text in the reader's language.

use leptos::{prelude::*, wasm_bindgen::JsCast};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::{i18n::Locale, prefs::use_language};

/// A translated text as a `Signal<String>` that follows the language: `tr!(clients.title)`,
/// `tr!(sync.waiting, count = waiting.get())`. The values are read again whenever a signal in them changes.
/// To be called while a component is being built.
macro_rules! tr {
    ($($key:ident).+ $(,)?) => {
        $crate::text::text(|language| ::leptos_i18n::td_string!(language, $($key).+))
    };
    ($($key:ident).+ $(, $name:ident = $value:expr)+ $(,)?) => {{
        let language = $crate::prefs::use_language();
        ::leptos::prelude::Signal::derive(move || {
            ::leptos_i18n::td_string!(language.get(), $($key).+ $(, $name = $value)+).to_string()
        })
    }};
}

/// What most `tr!` come to; not generic, since there are hundreds of them.
pub(crate) fn text(read: fn(Locale) -> &'static str) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || read(language.get()).to_owned())
}

/// A text that is shipped beside the app, announced in `index.html` as `<link id="<name>-<language>">`. `None` when it
/// cannot be had, which the service worker leaves to a first visit without a network.
pub(crate) async fn shipped(name: &str, language: Locale) -> Option<String> {
    let language: &str = language.as_ref();
    let id = format!("{name}-{language}");
    let path = document().get_element_by_id(&id)?.get_attribute("href")?;
    let response = JsFuture::from(window().fetch_with_str(&path)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}
