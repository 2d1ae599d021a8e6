//! Help: the guides of `docs/guide`, shipped beside the app, so that they can be read where there is no signal. Which one
//! comes first depends on one's role; nothing in them is secret.

mod blocks;
mod contents;
mod guide;
mod reading;
mod section;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::module::{Chrome, Link, Module, Place, none};

screens!(tools;
    contents::HelpPage,
    contents::NoSectionOpen,
    contents::GuidePage,
    section::SectionPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["help"],
    place: Place::Me,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! {
                <ParentRoute path=path!("") view=HelpPage>
                    <Route path=path!("/help") view=NoSectionOpen />
                    <Route path=path!("/help/:guide") view=GuidePage />
                    <Route path=path!("/help/:guide/:section") view=SectionPage />
                </ParentRoute>
            }
            .into_inner()
            .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(help.title),
            icon: icons::LuBookOpen,
            href: "/help",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
