//! Which guide is open, and its text as soon as it is there.

use std::sync::Arc;

use caravan_domain::role::Role;
use leptos::{prelude::*, task::spawn_local};

use super::guide::Guide;
use crate::{engine::use_engine, prefs::use_language, text::shipped};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    AccountManager,
    Manager,
}

impl Reader {
    pub(super) const ALL: [Self; 2] = [Self::AccountManager, Self::Manager];

    /// As in addresses and in the names of the files.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::AccountManager => "account-manager",
            Self::Manager => "manager",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.word() == word)
    }
}

/// Shared by the contents and the section beside them, so that coming back finds the same guide and the same word.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// For whom the open guide is written.
    pub(super) reader: Memo<Reader>,
    picked: RwSignal<Option<Reader>>,
    /// Whether both guides concern the reader: one who is nothing but an account manager needs one.
    pub(super) both: Memo<bool>,
    /// What is looked for in it.
    pub(super) word: RwSignal<String>,
    pub(super) guide: RwSignal<Option<Arc<Guide>>>,
    /// The open guide is not on this device.
    pub(super) absent: RwSignal<bool>,
}

impl Reading {
    pub(super) fn open(self, reader: Reader) {
        self.picked.set(Some(reader));
    }

    /// Trimmed: what a phone's keyboard appends is not looked for.
    pub(super) fn looked_for(self) -> String {
        self.word.with(|word| word.trim().to_owned())
    }
}

pub(super) fn provide_reading() -> Reading {
    let (me, language) = (use_engine().me(), use_language());
    let both = Memo::new(move |_| {
        me.with(|me| {
            me.as_ref()
                .is_some_and(|me| me.roles.iter().any(|role| *role != Role::AccountManager))
        })
    });
    let picked = RwSignal::new(None);
    let reader = Memo::new(move |_| {
        picked.get().unwrap_or(match both.get() {
            true => Reader::Manager,
            false => Reader::AccountManager,
        })
    });
    let (guide, absent) = (RwSignal::new(None), RwSignal::new(false));
    // What is on the screen stays until the other text is there.
    Effect::new(move || {
        let wanted = (reader.get(), language.get());
        spawn_local(async move {
            let name = format!("guide-{}", wanted.0.word());
            let text = shipped(&name, wanted.1).await;
            let now = (reader.try_get_untracked(), language.get_untracked());
            if now != (Some(wanted.0), wanted.1) {
                return;
            }
            absent.set(text.is_none());
            guide.set(text.map(|text| Arc::new(Guide::read(&text))));
        });
    });
    let reading = Reading {
        reader,
        picked,
        both,
        word: RwSignal::new(String::new()),
        guide,
        absent,
    };
    provide_context(reading);
    reading
}

/// To be called below [`provide_reading`].
pub(super) fn use_reading() -> Reading {
    expect_context()
}
