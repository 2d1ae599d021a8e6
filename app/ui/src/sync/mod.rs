//! The truth about sync: what waits, what was refused and why, when the relay was last heard.

mod attention;
mod labels;
mod outbox;
mod page;
mod records;
mod undo;
mod words;

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};

pub(crate) use records::path_of;

screens!(tools;
    page::SyncPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["sync"],
    place: Place::Me,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/sync") view=SyncPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(sync.title),
            icon: icondata_lu::LuRefreshCw,
            href: "/sync",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
