//! The person's own place: language, theme, and what concerns this device.

mod devices;
mod page;
mod settings;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};

screens!(daily;
    page::MePage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["me"],
    place: Place::Me,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/me") view=MePage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(shell.me),
            icon: icons::LuCircleUser,
            href: "/me",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
