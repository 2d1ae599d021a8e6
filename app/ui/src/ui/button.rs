//! Buttons carry verbs. One main button to a page.

use leptos::prelude::*;

use super::{Icon, Show};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ButtonKind {
    #[default]
    Plain,
    Main,
    Quiet,
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "btn border-line bg-base-100 text-base-content hover:bg-base-200",
            Self::Main => "btn btn-primary",
            Self::Quiet => "btn btn-ghost text-primary",
            Self::Danger => "btn btn-error",
        }
    }
}

#[component]
pub(crate) fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<icondata_core::Icon>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Fills the width it is given.
    #[prop(optional)]
    wide: bool,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            class:w-full=wide
            disabled=disabled
            on:click=move |_| {
                if let Some(press) = on_press {
                    press.run(());
                }
            }
        >
            {icon.map(|icon| view! { <Icon icon /> })}
            <span>{label}</span>
        </button>
    }
}

/// A square of 44 px whose label is spoken and shown on hover.
#[component]
pub(crate) fn IconButton(
    #[prop(into)] label: Signal<String>,
    icon: icondata_core::Icon,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-ghost w-11 p-0"
            aria-label=label
            title=label
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
            <Icon icon />
        </button>
    }
}

/// Looks like a button, goes somewhere.
#[component]
pub(crate) fn LinkButton(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<icondata_core::Icon>,
    #[prop(optional)] wide: bool,
) -> impl IntoView {
    view! {
        <a class=kind.class() class:w-full=wide href=href>
            {icon.map(|icon| view! { <Icon icon /> })}
            <span>{label}</span>
        </a>
    }
}

/// The page's main action where that is another page: there for those who may go, which is everybody unless it is said.
#[component]
pub(crate) fn MainLink(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] href: Signal<String>,
    #[prop(default = icondata_lu::LuPlus)] icon: icondata_core::Icon,
    #[prop(default = Signal::stored(true), into)] may: Signal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || may.get()>
            <LinkButton label href kind=ButtonKind::Main icon wide=true />
        </Show>
    }
}
