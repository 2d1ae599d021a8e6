use caravan_domain::agreements::text::Wording;
use leptos::prelude::*;

use super::words::wording_in;
use crate::{
    i18n::Locale,
    prefs::use_language,
    ui::{Bound, SegmentedControl},
};

/// The text in the reader's language, large; the other language is a tap away.
#[component]
pub(super) fn Reading(zh: Wording, en: Wording) -> impl IntoView {
    let language = use_language();
    let other = RwSignal::new(None::<Locale>);
    let chosen = Signal::derive(move || other.get().unwrap_or_else(|| language.get()));
    let both = !zh.text.is_empty() && !en.text.is_empty();
    let bind = Bound {
        value: Signal::derive(move || {
            let word: &str = match chosen.get() {
                Locale::zh => "zh",
                Locale::en => "en",
            };
            word.to_owned()
        }),
        set: Callback::new(move |word: String| other.set(word.parse().ok())),
    };
    let (chinese, english) = (tr!(agreements.in_chinese), tr!(agreements.in_english));
    let options = Signal::derive(move || {
        vec![
            ("zh".to_owned(), chinese.get()),
            ("en".to_owned(), english.get()),
        ]
    });
    view! {
        {both
            .then(|| {
                view! {
                    <div class="px-4 pb-2 print:hidden">
                        <SegmentedControl label=tr!(agreements.language) bind options />
                    </div>
                }
            })}
        <section class="max-w-prose px-4 pb-6">
            {move || {
                let wording = wording_in(chosen.get(), &zh, &en);
                let tag = if core::ptr::eq(wording, &zh) { "zh-CN" } else { "en" };
                view! {
                    <h2 class="pt-2 pb-3 text-xl font-semibold" lang=tag>
                        <bdi>{wording.title.clone()}</bdi>
                    </h2>
                    <div class="text-lg leading-relaxed whitespace-pre-line" lang=tag dir="auto">
                        {wording.text.clone()}
                    </div>
                }
            }}
        </section>
    }
}
