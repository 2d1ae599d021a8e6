//! Where a plan and what stands in it are opened.

use caravan_domain::{
    development::record::ItemKind,
    id::{Id, PersonId},
};
use leptos_router::params::ParamsMap;

/// The person in `/development/:person`; what cannot be read is nobody.
pub(super) fn person_of(params: &ParamsMap) -> PersonId {
    let person = params.get("person").unwrap_or_default();
    person.parse().unwrap_or(PersonId(Id::ZERO))
}

pub(super) fn page(person: PersonId) -> String {
    format!("/development/{person}")
}

/// The form of a new one.
pub(super) fn new(person: PersonId, kind: ItemKind) -> String {
    format!("/development/{person}/{}", kind.word())
}

/// The form that changes one.
pub(super) fn change(person: PersonId, item: Id) -> String {
    format!("/development/{person}/{item}")
}
