//! Who takes orders down and who processes them: never the same people for the same client (R68).

use crate::document::DocumentId;
use crate::facts::Facts;
use crate::id::{ClientId, PersonId};
use crate::policy;
use crate::role::Role;
use crate::value::Value;

/// Whether `person` looks after the client: as its owner, as one it is shared with, or as the
/// manager of its owner's team.
#[must_use]
pub fn manages_client(person: PersonId, client: ClientId, facts: &Facts) -> bool {
    facts.grants.get(&client.into()).is_some_and(|grant| {
        grant.owner == person
            || grant.shared_with.contains(&person)
            || facts.manages(person, grant.owner)
    })
}

/// Whether `person` takes down the client's orders: whoever works with clients and holds this one.
#[must_use]
pub fn may_sell(person: PersonId, client: ClientId, facts: &Facts) -> bool {
    let works = [Role::AccountManager, Role::TeamManager, Role::Director]
        .iter()
        .any(|role| facts.has_role(person, *role));
    works && policy::is_in_circle(person, client.into(), facts)
}

/// Whether `person` may write down what was paid for the client's orders and what was given back.
#[must_use]
pub fn may_book(person: PersonId, client: ClientId, facts: &Facts) -> bool {
    let processes =
        facts.has_role(person, Role::OrderDesk) || facts.has_role(person, Role::Finance);
    processes && !manages_client(person, client, facts)
}

/// Whether `person` may be asked to accept the client's orders at all.
#[must_use]
pub fn may_process(person: PersonId, client: ClientId, facts: &Facts) -> bool {
    facts.has_role(person, Role::OrderDesk) && !manages_client(person, client, facts)
}

/// Everything is written once.
pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    match steps {
        ["orders", _]
        | [
            "orders",
            _,
            "versions" | "receipts" | "refunds" | "replies",
            _,
        ] => !exists,
        _ => false,
    }
}

pub(crate) fn is_place_of(
    author: PersonId,
    document: DocumentId,
    steps: &[&str],
    facts: &Facts,
) -> bool {
    let client = ClientId(document.id);
    match steps {
        ["orders", _] | ["orders", _, "versions", _] => may_sell(author, client, facts),
        ["orders", _, "receipts" | "refunds", _] => may_book(author, client, facts),
        ["orders", _, "replies", _] => may_process(author, client, facts),
        _ => false,
    }
}

pub(crate) fn is_minted(steps: &[&str]) -> bool {
    matches!(
        steps,
        ["orders", _]
            | [
                "orders",
                _,
                "versions" | "receipts" | "refunds" | "replies",
                _
            ]
    )
}

/// Nobody writes in another's name, and with an order comes nothing but what was ordered.
pub(crate) fn may_claim(steps: &[&str], written: &Value, author: PersonId) -> bool {
    let author = author.to_string();
    let by = |record: &Value, field| record.text(&[field]) == Some(&author);
    match steps {
        ["orders", _] => {
            let nothing_else = ["receipts", "refunds", "replies"]
                .iter()
                .all(|place| written.at(&[place]).is_none());
            let mut versions = written.entries(&["versions"]);
            by(written, "created_by")
                && nothing_else
                && versions.all(|(_, version)| by(version, "by"))
        }
        ["orders", _, _, _] => by(written, "by"),
        _ => true,
    }
}
