//! Who may read and write what. One set of rules: the engine uses it to hide and to refuse early,
//! the relay with authority.

use crate::document::{DocumentId, DocumentKind};
use crate::facts::{FactKey, Facts};
use crate::id::PersonId;
use crate::role::Role;
use crate::value::Value;

/// Whether `person` may hold a copy of `document`. Nobody may of one that was erased.
#[must_use]
pub fn may_read(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    if facts.active(person).is_none() || facts.is_erased(document) {
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

/// Whether `person` may add changes to `document`. Whoever works with clients and may read a
/// client or a person's work may write in it; what may be put where is [`may_put`]'s affair. A
/// client that no grant names yet is being written down; everybody keeps their own list of tasks.
/// Nobody writes in what was erased.
#[must_use]
pub fn may_write(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let Some(known) = facts.active(person).filter(|_| !facts.is_erased(document)) else {
        return false;
    };
    let works_with_clients = known.roles.iter().any(|role| {
        matches!(
            role,
            Role::AccountManager | Role::TeamManager | Role::Director
        )
    });
    match document.kind {
        DocumentKind::Workspace => false,
        DocumentKind::Client => {
            let fresh = !facts.grants.contains_key(&document);
            works_with_clients && (fresh || may_read(person, document, facts))
        }
        DocumentKind::Person => {
            document.person() == Some(person)
                || (works_with_clients && may_read(person, document, facts))
        }
    }
}

/// Whether a value may be put at, or removed from, `path`; `exists` says whether there is one.
///
/// What is written once stays as it was written: an interaction (R56), a visit's checks and
/// photos, a task as a whole, who wrote a client down.
#[must_use]
pub fn may_put(kind: DocumentKind, path: &[String], exists: bool) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    match (kind, steps.as_slice()) {
        (DocumentKind::Client, ["profile", "created_by" | "batch"])
        | (DocumentKind::Client, ["interactions" | "visits", _])
        | (DocumentKind::Client, ["visits", _, "check_in" | "check_out"])
        | (DocumentKind::Client, ["visits", _, "photos", _])
        | (DocumentKind::Person, ["tasks", _])
        | (DocumentKind::Person, ["tasks", _, "created_by" | "created_at"]) => !exists,
        (DocumentKind::Client, ["visits", _, "with" | "actions" | "photos"])
        | (DocumentKind::Client, ["contacts", _, "phones"]) => false,
        (DocumentKind::Client, ["visits", _, step, ..]) => {
            matches!(
                (*step, steps.len()),
                (_, 3) | ("with", 4) | ("actions", 4 | 5)
            )
        }
        (DocumentKind::Client, ["contacts", _, "phones", _])
        | (DocumentKind::Client, ["profile" | "tags" | "contacts", _])
        | (DocumentKind::Client, ["contacts", _, _])
        | (DocumentKind::Person, ["tasks", _, _]) => true,
        _ => false,
    }
}

/// Whether what stands at `path` was named by an id that its writer made up: nobody else can come
/// to write there at the same time without meaning to.
#[must_use]
pub fn is_minted(kind: DocumentKind, path: &[String]) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    matches!(
        (kind, steps.as_slice()),
        (DocumentKind::Client, ["interactions" | "visits", _])
            | (DocumentKind::Person, ["tasks", _])
    )
}

/// Whether `author` may write what `written` says of who wrote it: nobody writes in another's name.
#[must_use]
pub fn may_claim(kind: DocumentKind, path: &[String], written: &Value, author: PersonId) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    let claimed = match (kind, steps.as_slice()) {
        (DocumentKind::Client, ["profile", "created_by"])
        | (DocumentKind::Person, ["tasks", _, "created_by"]) => Some(written),
        (DocumentKind::Client, ["interactions", _] | ["visits", _, "photos", _]) => {
            written.at(&["by"])
        }
        (DocumentKind::Person, ["tasks", _]) => written.at(&["created_by"]),
        _ => None,
    };
    claimed.is_none_or(|claimed| claimed.text(&[]) == Some(&author.to_string()))
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
    let runs =
        || facts.has_role(person, Role::Administrator) || facts.has_role(person, Role::Director);
    match key {
        FactKey::Workspace
        | FactKey::Plan
        | FactKey::Team(_)
        | FactKey::Person(_)
        | FactKey::Device(_) => true,
        // Whoever may still have a copy must hear of it, and nobody knows any more who that is.
        FactKey::Erased(_) => true,
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
