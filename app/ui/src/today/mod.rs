//! Today is home: what comes next, what is due, what needs an answer.

mod agreements;
mod attention;
mod birthdays;
mod call;
mod calls;
mod courses;
mod development;
mod feedback;
mod follow_ups;
mod goals;
mod grades;
mod handovers;
mod next;
mod page;
mod reviews;
mod tasks;
mod visits;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};
use crate::part::nothing;
pub(crate) use follow_ups::FollowUp;
use page::TodayPage;

pub(crate) const MODULE: Module = Module {
    paths: &[""],
    place: Place::Today,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/") view=TodayPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(shell.today),
            icon: icons::LuSun,
            href: "/",
        }]
    },
    actions: none,
    ahead: nothing,
};
