//! Reviews (R04–R17, R43): who is due, one review with its score down to the records, the form, its print, the plans,
//! and how raters compare.

pub(crate) mod address;
mod calibration;
mod decide;
mod exchange;
mod form;
mod history;
mod improve;
mod improvements;
mod list;
mod page;
mod plans;
mod points;
mod print;
mod records;
mod reminder;
mod score;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use points::{figure, points, read, read_part, typed};
pub(crate) use records::record;
pub(crate) use reminder::ReminderRow;
pub(crate) use words::MeasureNames;

screens!(manage;
    list::ReviewsPage,
    list::NoReviewOpen,
    plans::PlansPage,
    plans::EditPlanPage,
    calibration::CalibrationPage,
    history::HistoryPage,
    page::ReviewPage,
    form::WritePage,
    improve::ImprovePage,
    records::RecordsPage,
    print::PrintPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["reviews"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! {
                <ParentRoute path=path!("") view=ReviewsPage>
                    <Route path=path!("/reviews") view=NoReviewOpen />
                    <Route path=path!("/reviews/plans") view=PlansPage />
                    <Route path=path!("/reviews/plans/:role") view=EditPlanPage />
                    <Route path=path!("/reviews/calibration") view=CalibrationPage />
                    <Route path=path!("/reviews/:person/history") view=HistoryPage />
                    <Route path=path!("/reviews/:person/:period") view=ReviewPage />
                    <Route path=path!("/reviews/:person/:period/write") view=WritePage />
                    <Route path=path!("/reviews/:person/:period/improve") view=ImprovePage />
                    <Route path=path!("/reviews/:person/:period/records") view=RecordsPage />
                </ParentRoute>
            }
            .into_inner()
            .into_any_nested_route(),
            view! { <Route path=path!("/reviews/:person/:period/print") view=PrintPage /> }
                .into_inner()
                .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(reviews.title),
            icon: icons::LuClipboardCheck,
            href: "/reviews",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};
