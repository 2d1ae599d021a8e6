//! Text in the reader's language.

use leptos::prelude::*;

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
