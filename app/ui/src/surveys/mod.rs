//! Surveys (R09, R59, R61): links for clients, what has become of them, and what clients say of a person. The page that clients see is the relay's own:
//! `sync-server/src/survey`.

mod address;
mod client;
mod feedback;
mod link;
mod page;
mod reply;
mod today;
mod words;

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Module, Place, none};
pub(crate) use client::ClientSurveys;
pub(crate) use feedback::FeedbackLink;
pub(crate) use today::LowReplies;

screens!(daily;
    feedback::FeedbackPage,
    page::SurveysPage,
    link::LinkPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["surveys"],
    place: Place::Clients,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/surveys/about/:person") view=FeedbackPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/surveys/:client") view=SurveysPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/surveys/:client/:survey") view=LinkPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: none,
    actions: none,
    ahead: screens::ahead,
};
