use leptos::prelude::*;

use crate::{
    i18n::Locale,
    prefs::{Theme, use_language, use_theme},
    ui::{Bound, SegmentedControl},
};

/// Each language by its own name, so that nobody is lost in the other.
#[component]
pub(super) fn LanguageSwitch() -> impl IntoView {
    let language = use_language();
    let bind = Bound {
        value: Signal::derive(move || language.get().to_string()),
        set: Callback::new(move |word: String| {
            if let Ok(chosen) = word.parse() {
                language.choose(chosen);
            }
        }),
    };
    let (zh, en) = (tr!(me.chinese), tr!(me.english));
    let options = Signal::derive(move || {
        vec![
            (Locale::zh.to_string(), zh.get()),
            (Locale::en.to_string(), en.get()),
        ]
    });
    view! { <SegmentedControl label=tr!(me.language) bind options /> }
}

#[component]
pub(super) fn ThemeSwitch() -> impl IntoView {
    let theme = use_theme();
    let bind = Bound {
        value: Signal::derive(move || theme.get().word().to_owned()),
        set: Callback::new(move |word: String| theme.set(Theme::from_word(&word))),
    };
    let names = [
        tr!(me.theme_system),
        tr!(me.theme_light),
        tr!(me.theme_dark),
    ];
    let options = Signal::derive(move || {
        Theme::ALL
            .into_iter()
            .zip(names)
            .map(|(theme, name)| (theme.word().to_owned(), name.get()))
            .collect()
    });
    view! { <SegmentedControl label=tr!(me.appearance) bind options /> }
}
