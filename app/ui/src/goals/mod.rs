//! Goals (R18–R22): the board of a team, one goal with its line, parts, updates and versions, the form.

mod address;
mod board;
mod file;
mod form;
mod records;
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
pub(crate) use records::deed_record;
pub(crate) use row::GoalRows;
pub(crate) use words::{figures_note as seen_note, standing_badge};

screens!(manage;
    board::BoardPage,
    board::NoGoalOpen,
    form::NewGoalPage,
    file::GoalPage,
    form::ChangeGoalPage,
    records::RecordsPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["goals"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! {
                <ParentRoute path=path!("") view=BoardPage>
                    <Route path=path!("/goals") view=NoGoalOpen />
                    <Route path=path!("/goals/new") view=NewGoalPage />
                    <Route path=path!("/goals/:where/:goal") view=GoalPage />
                    <Route path=path!("/goals/:where/:goal/change") view=ChangeGoalPage />
                    <Route path=path!("/goals/:where/:goal/records") view=RecordsPage />
                </ParentRoute>
            }
            .into_inner()
            .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(goals.title),
            icon: icons::LuGoal,
            href: "/goals",
        }]
    },
    actions: || {
        vec![Link {
            label: tr!(goals.new),
            icon: icons::LuFlag,
            href: "/goals/new",
        }]
    },
    ahead: screens::ahead,
};
