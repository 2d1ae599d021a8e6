//! Every component with awkward content, for looking at. Development builds only, so its words stay in one language.

mod controls;
mod data;
mod page;
mod states;

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Module, Place, none};
use crate::part::nothing;
use page::GalleryPage;

pub(crate) const MODULE: Module = Module {
    paths: &["gallery"],
    place: Place::Me,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/gallery/:part?") view=GalleryPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: none,
    actions: none,
    ahead: nothing,
};
