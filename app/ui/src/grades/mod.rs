//! Grades (R45): where somebody stands on the ladder and how far the next grade is, proposals and their decision, the
//! team at a glance, and the ladder itself.

mod address;
mod criteria;
mod decide;
mod history;
mod ladder;
mod link;
mod page;
mod propose;
mod records;
mod reminder;
mod set;
mod team;
mod wish;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use link::{GradeLink, MyGradeLink};
pub(crate) use reminder::ReminderRow;
pub(crate) use words::rung_name;

screens!(manage;
    team::GradesPage,
    ladder::LadderPage,
    ladder::EditLadderPage,
    page::GradePage,
    propose::ProposePage,
    set::SetPage,
    records::RecordsPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["grades"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/grades") view=GradesPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/grades/ladder") view=LadderPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/grades/ladder/edit") view=EditLadderPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/grades/:person") view=GradePage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/grades/:person/propose") view=ProposePage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/grades/:person/set") view=SetPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/grades/:person/records") view=RecordsPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(grades.title),
            icon: icons::LuMedal,
            href: "/grades",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
