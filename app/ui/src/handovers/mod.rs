//! Handing over (R02, U6): one page on which a person's clients, tasks and promises find their successors, and the
//! capsules that a successor reads.

mod bulk;
mod capsule;
mod capsule_page;
mod clients;
mod give;
mod list;
mod of_client;
mod past;
mod preview;
mod typed;
mod words;

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Module, Place, none};
pub(crate) use of_client::ClientCapsules;

screens!(manage;
    list::CapsulesPage,
    capsule_page::CapsulePage,
    give::GivePage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["handovers"],
    place: Place::Clients,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/handovers") view=CapsulesPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/handovers/:client/:handover") view=CapsulePage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/people/:id/handover") view=GivePage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: none,
    actions: none,
    ahead: screens::ahead,
};
