use leptos::prelude::*;

use super::store;
use crate::i18n::{Locale, use_i18n};

const KEY: &str = "caravan.language";

/// Takes up the saved language (the browser's when none is saved) and keeps `<html lang>` in it.
pub(crate) fn follow_language() {
    let i18n = use_i18n();
    if let Some(saved) = store::read(KEY).and_then(|word| word.parse().ok()) {
        i18n.set_locale(saved);
        // The library has an effect of its own, which runs before this one and sets the browser's language.
        Effect::new(move || i18n.set_locale(saved));
    }
    Effect::new(move || {
        let tag = match i18n.get_locale() {
            Locale::zh => "zh-CN",
            Locale::en => "en",
        };
        if let Some(root) = document().document_element() {
            // Setting an attribute with a valid name cannot fail.
            let _ = root.set_attribute("lang", tag);
        }
    });
}

/// Switches at once, and for the next time.
pub(crate) fn set_language(i18n: leptos_i18n::I18nContext<Locale>, language: Locale) {
    i18n.set_locale(language);
    store::write(KEY, language.as_ref());
}
