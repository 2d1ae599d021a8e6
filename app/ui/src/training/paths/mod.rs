//! Paths: courses in their order (R30).

mod form;
mod list;
mod page;
mod row;
mod words;

pub(super) use form::PathFormPage;
pub(super) use list::PathsPage;
pub(super) use page::PathPage;
pub(super) use row::PathRows;

use caravan_domain::id::PathId;
use leptos_router::params::ParamsMap;

/// The path in the address, if it names one.
fn path_of(params: &ParamsMap) -> Option<PathId> {
    params.get("path").and_then(|id| id.parse().ok())
}
