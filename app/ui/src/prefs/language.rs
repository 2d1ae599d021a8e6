use leptos::prelude::*;

use super::store;
use crate::i18n::Locale;

const KEY: &str = "caravan.language";

/// The reader's language, saved on this device. A context of our own: the library's also brings cookies, headers and
/// every rule of language tags, for two languages.
#[derive(Clone, Copy)]
pub(crate) struct Language(RwSignal<Locale>);

impl Language {
    pub(crate) fn get(self) -> Locale {
        self.0.get()
    }

    pub(crate) fn get_untracked(self) -> Locale {
        self.0.get_untracked()
    }

    /// Switches at once, and for the next time.
    pub(crate) fn choose(self, language: Locale) {
        self.0.set(language);
        store::write(KEY, language.as_ref());
    }
}

/// Takes up the saved language (the browser's when none is saved) and keeps `<html lang>` in it.
pub(crate) fn provide_language() {
    let saved = store::read(KEY).and_then(|word| word.parse().ok());
    let language = Language(RwSignal::new(saved.unwrap_or_else(of_the_browser)));
    provide_context(language);
    Effect::new(move || {
        let tag = match language.get() {
            Locale::zh => "zh-CN",
            Locale::en => "en",
        };
        if let Some(root) = document().document_element() {
            // Setting an attribute with a valid name cannot fail.
            let _ = root.set_attribute("lang", tag);
        }
    });
}

/// To be called while a component is being built.
pub(crate) fn use_language() -> Language {
    expect_context()
}

/// The first of the browser's languages that we speak, whatever its region.
fn of_the_browser() -> Locale {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .find_map(|tag| tag.split('-').next()?.parse().ok())
        .unwrap_or_default()
}
