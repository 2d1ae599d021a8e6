//! Where surveys are opened, and where a client opens one.

use caravan_domain::id::{ClientId, Id, PersonId, SurveyId};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// What cannot be read is nobody's.
pub(super) fn client_of(params: &ParamsMap) -> ClientId {
    let client = params.get("client").unwrap_or_default();
    client.parse().unwrap_or(ClientId(Id::ZERO))
}

pub(super) fn survey_of(params: &ParamsMap) -> SurveyId {
    let survey = params.get("survey").unwrap_or_default();
    survey.parse().unwrap_or(SurveyId(Id::ZERO))
}

pub(super) fn of_client(client: ClientId) -> String {
    format!("/surveys/{client}")
}

pub(super) fn link(client: ClientId, survey: SurveyId) -> String {
    format!("/surveys/{client}/{survey}")
}

pub(super) fn about(person: PersonId) -> String {
    format!("/surveys/about/{person}")
}

/// Under which a link's secret is kept on the device that made it, and on no other. It names the client, with whom it goes.
pub(super) fn secret_key(client: ClientId, survey: SurveyId) -> String {
    format!("surveys/{client}/{survey}")
}

/// What the client opens.
pub(super) fn for_client(secret: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/s/{secret}")
}
