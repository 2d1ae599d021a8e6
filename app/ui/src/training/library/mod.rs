//! The library: what is worth reading again (R35).

mod form;
mod list;
mod page;

pub(super) use form::EntryFormPage;
pub(super) use list::LibraryPage;
pub(super) use page::EntryPage;

use caravan_domain::{
    id::EntryId,
    training::library::{
        answer::{LibraryList, LibraryPage as Found},
        record::EntryRow,
    },
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::engine::use_engine;

/// The entry in the address, if it names one.
fn entry_of(params: &ParamsMap) -> Option<EntryId> {
    params.get("entry").and_then(|id| id.parse().ok())
}

/// One entry, whether it is in use or not; the inner `None`: it is not on this device.
fn use_entry(
    id: impl Fn() -> Option<EntryId> + Copy + Send + Sync + 'static,
) -> Memo<Option<Option<EntryRow>>> {
    let engine = use_engine();
    let of = |archived| LibraryList {
        archived,
        ..LibraryList::default()
    };
    let shown = engine.library(move || of(false));
    let archived = engine.library(move || of(true));
    let find = move |page: &Found| {
        page.entries
            .iter()
            .find(|row| Some(row.id) == id())
            .cloned()
    };
    Memo::new(move |_| {
        let shown = shown.with(|page| page.as_ref().map(find))?;
        let archived = archived.with(|page| page.as_ref().map(find))?;
        Some(shown.or(archived))
    })
}
