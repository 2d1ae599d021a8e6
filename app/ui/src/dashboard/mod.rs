//! Dashboards (R79): one's own month, a team's, the company's, and the records behind every number.

mod address;
mod attention;
mod figures;
mod next;
mod page;
mod parts;
mod pay;
mod records;
mod risk;
mod trend;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};

screens!(manage;
    page::DashboardPage,
    records::RecordsPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["dashboard"],
    place: Place::Today,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/dashboard") view=DashboardPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/dashboard/:where") view=DashboardPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/dashboard/:where/records") view=RecordsPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(dashboard.title),
            icon: icons::LuLayoutDashboard,
            href: "/dashboard",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
