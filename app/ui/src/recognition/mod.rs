//! Recognition (R44): the team's wall, a post, applause, and what is worth a post right now.

mod address;
mod applause;
mod form;
mod ideas;
mod link;
mod post;
mod today;
mod wall;
mod withdraw;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use address::new_best;
pub(crate) use link::{RecognitionLink, WallLink};
pub(crate) use today::TodayPosts;

screens!(manage;
    wall::WallPage,
    form::NewPostPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["recognition"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/recognition") view=WallPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/recognition/new") view=NewPostPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(recognition.title),
            icon: icons::LuAward,
            href: "/recognition",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
