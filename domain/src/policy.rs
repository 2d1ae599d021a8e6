//! Who may read and write what. One set of rules: the engine uses it to hide and to refuse early,
//! the relay with authority.

use crate::document::{DocumentId, DocumentKind};
use crate::facts::{FactKey, Facts};
use crate::id::PersonId;
use crate::role::Role;

/// Whether `person` may hold a copy of `document`.
#[must_use]
pub fn may_read(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    if facts.active(person).is_none() {
        return false;
    }
    match document.kind {
        DocumentKind::Workspace => true,
        DocumentKind::Client => facts.grants.get(&document).is_some_and(|grant| {
            holds(grant.owner, person, facts) || grant.shared_with.contains(&person)
        }),
        DocumentKind::Person => document
            .person()
            .is_some_and(|subject| holds(subject, person, facts)),
    }
}

/// Whether `person` may add changes to `document`. Whoever may read a client or a person's work
/// may write in it, auditors excepted; what may be put where is [`may_put`]'s affair.
#[must_use]
pub fn may_write(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let fresh = document.kind == DocumentKind::Client && !facts.grants.contains_key(&document);
    let works = facts.active(person).is_some_and(|known| {
        known.roles.iter().any(|role| {
            matches!(
                role,
                Role::AccountManager | Role::TeamManager | Role::Director
            )
        })
    });
    document.kind != DocumentKind::Workspace
        && works
        && (fresh || may_read(person, document, facts))
}

/// Whether a value may be put at, or removed from, `path`. Timelines only grow (R56): an
/// interaction that exists is never written again, by its author either.
#[must_use]
pub fn may_put(kind: DocumentKind, path: &[String], exists: bool) -> bool {
    let first = path.first().map(String::as_str);
    match (kind, first) {
        (DocumentKind::Client, Some("interactions")) => path.len() == 2 && !exists,
        (DocumentKind::Client, Some("profile" | "tags" | "contacts" | "visits"))
        | (DocumentKind::Person, Some("tasks")) => path.len() >= 2,
        _ => false,
    }
}

/// Whether `person` answers for what `subject` owns: as themselves, as the manager of their team,
/// or as a director.
#[must_use]
pub fn holds(subject: PersonId, person: PersonId, facts: &Facts) -> bool {
    (subject == person && facts.active(person).is_some())
        || facts.has_role(person, Role::Director)
        || facts.manages(person, subject)
}

/// Whether a fact may be sent to `person`.
#[must_use]
pub fn may_know(person: PersonId, key: FactKey, facts: &Facts) -> bool {
    let runs = || {
        facts.has_role(person, Role::Administrator) || facts.has_role(person, Role::Director)
    };
    match key {
        FactKey::Workspace
        | FactKey::Plan
        | FactKey::Team(_)
        | FactKey::Person(_)
        | FactKey::Device(_) => true,
        FactKey::DeviceDetail(device) => facts.author(device) == Some(person) || runs(),
        FactKey::Invitation(invitation) => {
            facts
                .invitations
                .get(&invitation)
                .is_some_and(|known| known.invited_by == person)
                || runs()
        }
        FactKey::Grant(document) => may_read(person, document, facts),
    }
}
