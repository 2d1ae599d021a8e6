//! Text in the reader's language.

/// A translated text as a `Signal<String>` that follows the language: `tr!(clients.title)`,
/// `tr!(sync.waiting, count = waiting.get())`. The values are read again whenever a signal in them changes.
/// To be called while a component is being built.
macro_rules! tr {
    ($($key:ident).+ $(, $name:ident = $value:expr)* $(,)?) => {{
        let i18n = $crate::i18n::use_i18n();
        ::leptos::prelude::Signal::derive(move || {
            ::leptos_i18n::t_string!(i18n, $($key).+ $(, $name = $value)*).to_string()
        })
    }};
}
