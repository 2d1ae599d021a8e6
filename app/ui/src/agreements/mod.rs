//! Agreements (R74, R80): reading and signing, who has signed what, and writing the texts.

mod ask;
mod form;
mod list;
mod of_person;
mod page;
mod people;
mod reading;
mod row;
mod sheet;
mod sign;
mod starter;
mod words;

use caravan_domain::id::{AgreementId, Id, PersonId};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::IntoAnyNestedRoute, components::Route, params::ParamsMap, path,
};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use of_person::PersonAgreements;
pub(crate) use row::AgreementRow;

macro_rules! routes {
    ($($path:tt => $view:ident),* $(,)?) => {
        vec![$(
            view! { <Route path=path!($path) view=$view /> }
                .into_inner()
                .into_any_nested_route()
        ),*]
    };
}

screens!(daily;
    list::AgreementsPage,
    form::NewAgreementPage,
    page::AgreementPage,
    form::EditAgreementPage,
    ask::AskPage,
    sheet::SignedPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["agreements"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        routes! {
            "/agreements" => AgreementsPage,
            "/agreements/new" => NewAgreementPage,
            "/agreements/:agreement" => AgreementPage,
            "/agreements/:agreement/edit" => EditAgreementPage,
            "/agreements/:agreement/ask" => AskPage,
            "/agreements/:agreement/signed/:person" => SignedPage,
        }
    },
    links: || {
        vec![Link {
            label: tr!(agreements.title),
            icon: icons::LuSignature,
            href: "/agreements",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};

/// The agreement in the path; what cannot be read is nobody's.
fn agreement_of(params: &ParamsMap) -> AgreementId {
    let id = params.get("agreement").unwrap_or_default();
    id.parse().unwrap_or(AgreementId(Id::ZERO))
}

fn person_of(params: &ParamsMap) -> PersonId {
    let id = params.get("person").unwrap_or_default();
    id.parse().unwrap_or(PersonId(Id::ZERO))
}
