//! Pay (R36–R48): what one is due and why, the team's statements on their way to the lock, the plan.

mod address;
mod adjust;
mod adjustments;
mod best;
mod bulk;
mod decide;
mod disputes;
mod files;
mod line;
mod mine;
mod notes;
mod plan_fields;
mod plan_form;
mod plans;
mod print;
mod row;
mod statement;
mod team;
mod what_if;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use row::SummaryRow;

screens!(manage;
    mine::MyPayPage,
    team::TeamPayPage,
    plans::PlansPage,
    plan_form::PlanFormPage,
    mine::PersonPayPage,
    statement::StatementPage,
    print::PrintPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["pay"],
    place: Place::Me,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! { <Route path=path!("/pay") view=MyPayPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/pay/team") view=TeamPayPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/pay/plans") view=PlansPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/pay/plans/new") view=PlanFormPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/pay/:person") view=PersonPayPage /> }
                .into_inner()
                .into_any_nested_route(),
            view! { <Route path=path!("/pay/:person/:from/:to") view=StatementPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![
            Link {
                label: tr!(pay.title),
                icon: icons::LuWallet,
                href: "/pay",
            },
            Link {
                label: tr!(pay.team),
                icon: icons::LuLandmark,
                href: "/pay/team",
            },
        ]
    },
    actions: none,
    ahead: screens::ahead,
};

/// A statement alone on its sheet of paper, without the shell around it.
pub(crate) const PRINT: Module = Module {
    paths: &["payslip"],
    place: Place::Me,
    chrome: Chrome::Bare,
    routes: || {
        vec![
            view! { <Route path=path!("/payslip/:person/:from/:to") view=PrintPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: none,
    actions: none,
    ahead: screens::ahead,
};
