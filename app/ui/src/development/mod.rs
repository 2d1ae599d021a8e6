//! The joint development plan (R80): written and agreed by the person and whoever manages them.

mod address;
mod drop;
mod form;
mod item;
mod link;
mod note;
mod page;
mod reminder;

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Module, Place, none};
pub(crate) use link::{DevelopmentLink, MyDevelopmentLink};
pub(crate) use reminder::ReminderRow;

screens!(manage;
    page::DevelopmentPage,
    form::ItemPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["development"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/development/:person") view=DevelopmentPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/development/:person/:item") view=ItemPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: none,
    actions: none,
    ahead: screens::ahead,
};
