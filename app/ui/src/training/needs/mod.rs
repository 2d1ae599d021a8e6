//! What people would like to learn (R28): asking, answering with a thumb, and the map of gaps.

mod answer;
mod cell;
mod form;
mod list;
mod map;
mod page;
mod row;
mod scale;
mod team;
mod words;

pub(super) use answer::AnswerPage;
pub(super) use cell::{PersonCellPage, TeamCellPage};
pub(super) use form::RoundFormPage;
pub(super) use list::RoundsPage;
pub(super) use page::RoundPage;
pub(crate) use row::RoundRow;
pub(super) use team::TeamPage;

use caravan_domain::id::{Id, RoundId, TeamId};
use leptos_router::params::ParamsMap;

/// The round in the address; what cannot be read is none that there is.
fn round_of(params: &ParamsMap) -> RoundId {
    let id = params.get("round").unwrap_or_default();
    id.parse().unwrap_or(RoundId(Id::ZERO))
}

/// The team in the address: another word is for those who are in none.
fn team_of(params: &ParamsMap) -> Option<TeamId> {
    params.get("team").and_then(|id| id.parse().ok())
}

fn team_word(team: Option<TeamId>) -> String {
    team.map_or_else(|| "none".to_owned(), |team| team.to_string())
}
