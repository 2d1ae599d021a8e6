//! A client list from a file: what its columns mean, what is wrong with its rows, which of them may be here already,
//! and then the import itself, in batches that can be repeated and undone. Works without a network.

mod batches;
mod checked;
mod choose;
mod columns;
mod compare;
mod doubles;
mod errors;
mod failure;
mod long_list;
mod owners;
mod page;
mod preview;
mod progress;
mod run;
mod similar;
mod summary;
mod undo;
mod wizard;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use wizard::provide;

screens!(tools;
    page::ImportPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["import"],
    place: Place::Clients,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/import") view=ImportPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(import.link),
            icon: icons::LuFileUp,
            href: "/import",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
