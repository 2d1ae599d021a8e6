use leptos::prelude::*;

use super::Icon;

/// What a status means; each has a sign of its own beside its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tone {
    #[default]
    Neutral,
    Info,
    Good,
    Warning,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Neutral => "text-muted",
            Self::Info => "text-info",
            Self::Good => "text-success",
            Self::Warning => "text-warning",
            Self::Bad => "text-error",
        }
    }

    fn sign(self) -> Option<icondata_core::Icon> {
        match self {
            Self::Neutral => None,
            Self::Info => Some(icondata_lu::LuInfo),
            Self::Good => Some(icondata_lu::LuCheck),
            Self::Warning => Some(icondata_lu::LuTriangleAlert),
            Self::Bad => Some(icondata_lu::LuCircleAlert),
        }
    }
}

/// A status in one or two words.
#[component]
pub(crate) fn Badge(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] tone: Signal<Tone>,
) -> impl IntoView {
    view! {
        <span class=move || format!("inline-flex items-center gap-1 text-sm whitespace-nowrap {}", tone.get().class())>
            {move || tone.get().sign().map(|icon| view! { <Icon icon class="size-4 shrink-0" /> })}
            {label}
        </span>
    }
}
