//! People, teams, invitations and devices (R01, R02). Everything here is decided by the relay; until it has answered,
//! the outcome is shown as provisional.

mod answerable;
mod devices;
mod fields;
mod forgotten;
mod invite;
mod link;
mod list;
mod person;
mod teams;
mod token;
mod whose;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place};
pub(crate) use answerable::{DoerField, answerable};
pub(crate) use devices::DeviceList;
pub(crate) use fields::RoleChoice;
pub(crate) use link::InvitationLink;
pub(crate) use token::FreshToken;
pub(crate) use whose::WhoseSwitch;
pub(crate) use words::RoleNames;

screens!(manage;
    list::PeoplePage,
    person::PersonPage,
    invite::InvitePage,
    teams::TeamsPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["people", "invite", "teams"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/people") view=PeoplePage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/people/:id") view=PersonPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/invite") view=InvitePage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/teams") view=TeamsPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(people.title),
            icon: icons::LuContact,
            href: "/people",
        }]
    },
    actions: || {
        vec![Link {
            label: tr!(people.invite),
            icon: icons::LuUserPlus,
            href: "/invite",
        }]
    },
    ahead: screens::ahead,
};
