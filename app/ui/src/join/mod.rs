//! How a device comes into a workspace: a link, or name and password; and what is shown until it has.

mod form;
mod gate;
mod invitation;
mod label;
mod rebuild;
mod sign_in;

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Module, Place, none};
pub(crate) use gate::{Gate, Standing, use_standing};

screens!(daily;
    invitation::InvitationPage,
    sign_in::SignInPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["join", "sign-in"],
    place: Place::Me,
    chrome: Chrome::Bare,
    routes: || {
        vec![
            view! { <Route path=path!("/join") view=InvitationPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/sign-in") view=SignInPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: none,
    actions: none,
    ahead: screens::ahead,
};
