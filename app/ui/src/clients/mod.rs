//! Clients: the list that answers while one types, the file with everything about one client, and the form.

mod ahead;
mod field_words;
mod file;
mod filter;
mod form;
mod list;
mod pick;
mod row;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::module::{Chrome, Link, Module, Place};
use list::{ClientsPage, NothingOpen};
pub(crate) use pick::ClientPicker;
pub(crate) use words::{GradeNames, StageNames, interaction_name};

screens!(daily;
    form::NewClientPage,
    file::ClientPage,
    form::EditClientPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["clients"],
    place: Place::Clients,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! {
                <ParentRoute path=path!("/clients") view=ClientsPage>
                    <Route path=path!("") view=NothingOpen />
                    <Route path=path!("new") view=NewClientPage />
                    <Route path=path!(":id") view=ClientPage />
                    <Route path=path!(":id/edit") view=EditClientPage />
                </ParentRoute>
            }
            .into_inner()
            .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(clients.title),
            icon: icons::LuUsers,
            href: "/clients",
        }]
    },
    actions: || {
        vec![Link {
            label: tr!(clients.new),
            icon: icons::LuBuilding2,
            href: "/clients/new",
        }]
    },
    ahead: screens::ahead,
};
