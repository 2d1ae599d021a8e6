//! What a module tells the shell about itself.

use icondata_core::Icon;
use leptos::prelude::*;
use leptos_router::any_nested_route::AnyNestedRoute;

use crate::part::Ahead;

/// The places of the dock, from left to right; “+” stands in the middle and is not a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Today,
    Clients,
    Work,
    Me,
}

/// Whether a screen stands inside the shell or alone, as joining does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chrome {
    Full,
    Bare,
}

/// A destination or a thing to begin: in the sidebar, in the “+” sheet, in the command palette.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) label: Signal<String>,
    pub(crate) icon: Icon,
    pub(crate) href: &'static str,
}

#[derive(Clone, Copy)]
pub(crate) struct Module {
    /// First segments of its paths, without the slash; they decide which place is lit.
    pub(crate) paths: &'static [&'static str],
    pub(crate) place: Place,
    pub(crate) chrome: Chrome,
    pub(crate) routes: fn() -> Vec<AnyNestedRoute>,
    /// Shown in the sidebar and found by the palette; called while the shell is being built.
    pub(crate) links: fn() -> Vec<Link>,
    /// Things to begin, for “+” and the palette.
    pub(crate) actions: fn() -> Vec<Link>,
    /// `screens::ahead` where `screens!` has put its screens into a part, else [`nothing`](crate::part::nothing).
    pub(crate) ahead: Ahead,
}

/// For a module without links or without actions.
pub(crate) fn none() -> Vec<Link> {
    Vec::new()
}
