//! Visits: the day's plan, one visit from check-in to check-out, the form. Every step is written by itself, so that
//! the phone may ring, die or lose its signal between any two.

mod day;
mod field_words;
mod file;
mod form;
mod map;
mod presence;
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
pub(crate) use field_words::field_words;
pub(crate) use row::{VisitRow, VisitWhen};
pub(crate) use words::{VisitKindNames, VisitStateBadge};

screens!(daily;
    day::VisitsPage,
    day::NoVisitOpen,
    form::NewVisitPage,
    file::VisitPage,
    form::ReplanPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["visits"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! {
                <ParentRoute path=path!("/visits") view=VisitsPage>
                    <Route path=path!("") view=NoVisitOpen />
                    <Route path=path!("new") view=NewVisitPage />
                    <Route path=path!(":client/:visit") view=VisitPage />
                    <Route path=path!(":client/:visit/edit") view=ReplanPage />
                </ParentRoute>
            }
            .into_inner()
            .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(visits.title),
            icon: icons::LuMapPin,
            href: "/visits",
        }]
    },
    actions: || {
        vec![Link {
            label: tr!(visits.new),
            icon: icons::LuMapPinPlus,
            href: "/visits/new",
        }]
    },
    ahead: screens::ahead,
};
