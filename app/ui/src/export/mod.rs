//! Clients and reminders as files that other programs open. The full backup stands under Storage.

mod calendar;
mod clients;
mod page;
pub(crate) mod save;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};

screens!(tools;
    page::ExportPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["export"],
    place: Place::Clients,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/export") view=ExportPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(export.link),
            icon: icons::LuFileDown,
            href: "/export",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
