//! Tasks (R03, R24): the list of one's own and one's team's, one task with its progress, the form.

mod along;
mod field_words;
mod form;
mod history;
mod kind;
mod list;
mod page;
mod row;
mod words;
mod worth;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Redirect, Route},
    path,
};

use crate::module::{Chrome, Link, Module, Place};
pub(crate) use kind::KindField;
pub(crate) use row::TaskRow;
pub(crate) use words::{DueWords, TaskKindNames, times};

screens!(daily;
    list::WorkPage,
    list::NoTaskOpen,
    form::NewTaskPage,
    page::TaskPage,
    form::EditTaskPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["work", "tasks"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! {
                <ParentRoute path=path!("") view=WorkPage>
                    <Route path=path!("/work") view=NoTaskOpen />
                    <Route path=path!("/tasks") view=ToTheList />
                    <Route path=path!("/tasks/new") view=NewTaskPage />
                    <Route path=path!("/tasks/:assignee/:task") view=TaskPage />
                    <Route path=path!("/tasks/:assignee/:task/edit") view=EditTaskPage />
                </ParentRoute>
            }
            .into_inner()
            .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(tasks.title),
            icon: icons::LuListTodo,
            href: "/work",
        }]
    },
    actions: || {
        vec![Link {
            label: tr!(tasks.new),
            icon: icons::LuListPlus,
            href: "/tasks/new",
        }]
    },
    ahead: screens::ahead,
};

/// For whoever shortens the address of a task.
#[component]
fn ToTheList() -> impl IntoView {
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    view! { <Redirect path="/work" options /> }
}
