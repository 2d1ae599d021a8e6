//! Work by skill and load (R23 to R27): kinds of tasks, skills and hours of a person, the team's load, who had best do
//! the next task, and several tasks spread at once.

mod bar;
mod hours;
mod kinds;
mod limits;
mod link;
mod load;
mod many;
mod person;
mod picked;
mod reasons;
mod skills;
mod spread;
mod suggest;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use link::WorkLink;
pub(crate) use load::LoadTable;
pub(crate) use reasons::LimitNote;
pub(crate) use suggest::SuggestSheet;
pub(crate) use words::difficulty_options;

screens!(manage;
    load::LoadPage,
    picked::PersonTasksPage,
    many::ManyPage,
    kinds::KindsPage,
    person::WorkFilePage,
);

pub(crate) const MODULE: Module = Module {
    paths: &[],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/work/load") view=LoadPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/work/load/:person") view=PersonTasksPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/work/many") view=ManyPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/work/kinds") view=KindsPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/people/:id/work") view=WorkFilePage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![
            Link {
                label: tr!(work.load),
                icon: icons::LuChartBar,
                href: "/work/load",
            },
            Link {
                label: tr!(work.kinds),
                icon: icons::LuShapes,
                href: "/work/kinds",
            },
        ]
    },
    actions: none,
    ahead: screens::ahead,
};
