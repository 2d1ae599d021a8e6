use leptos::prelude::*;

use super::store;

const KEY: &str = "caravan.theme";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As stored and as `data-theme` names it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.word() == word)
            .unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
struct Chosen(RwSignal<Theme>);

/// Provides the choice and keeps the document in it.
pub(crate) fn provide_theme() {
    let saved = store::read(KEY)
        .map(|word| Theme::from_word(&word))
        .unwrap_or_default();
    let theme = RwSignal::new(saved);
    provide_context(Chosen(theme));
    Effect::new(move |before: Option<Theme>| {
        let theme = theme.get();
        if before.is_some_and(|before| before != theme) {
            store::write(KEY, theme.word());
        }
        paint(theme);
        theme
    });
}

pub(crate) fn use_theme() -> RwSignal<Theme> {
    let Chosen(theme) = expect_context();
    theme
}

fn paint(theme: Theme) {
    let Some(root) = document().document_element() else {
        return;
    };
    // Setting an attribute with a valid name cannot fail.
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.word()),
    };
}
