//! How much this device holds, whether the browser may evict it, and how to take everything out.

mod page;
mod save;

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Module, Place, none};
pub(crate) use save::save_file;

screens!(tools;
    page::StoragePage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["storage"],
    place: Place::Me,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/storage") view=StoragePage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: none,
    actions: none,
    ahead: screens::ahead,
};
