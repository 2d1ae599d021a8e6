//! Kinds, titles and standings in the reader's words.

use caravan_domain::agreements::{
    row::Titles,
    standing::Standing,
    text::{Kind, Wording},
};
use leptos::prelude::*;

use crate::{format::use_format, i18n::Locale, prefs::use_language, ui::Tone};

#[derive(Clone, Copy)]
pub(super) struct KindNames([Signal<String>; 3]);

/// To be called while a component is being built, as everything here.
impl KindNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(agreements.kind_cooperation),
            tr!(agreements.kind_confidentiality),
            tr!(agreements.kind_other),
        ])
    }

    pub(super) fn name(self, kind: Kind) -> String {
        let place = Kind::ALL.iter().position(|known| *known == kind);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(super) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let named = Kind::ALL.iter();
            named
                .map(|kind| (kind.word().to_owned(), self.name(*kind)))
                .collect()
        })
    }
}

/// The title in the reader's language.
pub(super) fn title_of(titles: Titles) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || match language.get() {
        Locale::zh => titles.zh.clone(),
        Locale::en => titles.en.clone(),
    })
}

/// What is read in this language: the other one where it says nothing.
pub(super) fn wording_in<'a>(language: Locale, zh: &'a Wording, en: &'a Wording) -> &'a Wording {
    let (own, other) = match language {
        Locale::zh => (zh, en),
        Locale::en => (en, zh),
    };
    match own.text.is_empty() {
        true => other,
        false => own,
    }
}

/// `None` for what nobody asks for. Client data that waits is said wherever it does.
pub(super) fn standing_badge(standing: Standing) -> Option<(Signal<String>, Tone)> {
    let format = use_format();
    Some(match standing {
        Standing::NotAsked => return None,
        Standing::Due(day) => (
            tr!(agreements.due, day = format.near_day(day)),
            Tone::Warning,
        ),
        Standing::Overdue(day) => (
            tr!(agreements.overdue, day = format.near_day(day)),
            Tone::Bad,
        ),
        Standing::Signed => (tr!(agreements.signed), Tone::Good),
    })
}
