//! Who a client belongs to and who else may read it: decided by the relay (R65).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::agreements;
use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::facts::{Fact, FactChange, FactKey, Facts, Grant};
use crate::id::{ClientId, PersonId};
use crate::policy;
use crate::role::Role;
use crate::time::Instant;
use crate::training;

/// One decision moves at most this many clients; an import sends several.
pub const CLIENTS_MAX: usize = 1000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnershipDecision {
    Assign {
        clients: Vec<ClientId>,
        owner: PersonId,
    },
    Share {
        client: ClientId,
        with: PersonId,
    },
    Unshare {
        client: ClientId,
        with: PersonId,
    },
}

pub(crate) fn decide(
    decision: &OwnershipDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    match decision {
        OwnershipDecision::Assign { clients, owner } => assign(clients, *owner, actor, at, facts),
        OwnershipDecision::Share { client, with } => share(*client, *with, actor, facts),
        OwnershipDecision::Unshare { client, with } => unshare(*client, *with, actor, facts),
    }
}

/// The grant a client starts with: it belongs to whoever wrote it down first.
#[must_use]
pub fn first_grant(document: DocumentId, author: PersonId) -> FactChange {
    FactChange {
        key: FactKey::Grant(document),
        fact: Some(Fact::Grant(Grant {
            owner: author,
            shared_with: BTreeSet::new(),
        })),
    }
}

fn assign(
    clients: &[ClientId],
    owner: PersonId,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if clients.len() > CLIENTS_MAX {
        return Err(Refusal::TooMany);
    }
    facts.active(owner).ok_or(Refusal::NotActive)?;
    let held_back = held_back(owner, facts, at);
    clients
        .iter()
        .map(|client| {
            let document = DocumentId::from(*client);
            let before = facts.grants.get(&document).ok_or(Refusal::NotFound)?;
            if !may_move(before.owner, owner, actor, facts) {
                return Err(Refusal::NotAllowed);
            }
            if let Some(refusal) = held_back.filter(|_| before.owner != owner) {
                return Err(refusal);
            }
            let mut after = before.clone();
            after.owner = owner;
            after.shared_with.remove(&owner);
            Ok(granted(document, after))
        })
        .collect()
}

/// Why somebody is given no client that they do not have, if so: what they were to learn (R33) or to sign (R80) is late.
/// Whoever still has time to sign is given clients, whose data waits until then.
pub(crate) fn held_back(person: PersonId, facts: &Facts, at: Instant) -> Option<Refusal> {
    if training::standing::is_held_back(person, facts, at) {
        return Some(Refusal::TrainingOverdue);
    }
    agreements::standing::is_held_back(person, facts, at).then_some(Refusal::SignatureOverdue)
}

/// Whether `actor` may give what `owner` owns to somebody at all.
pub(crate) fn may_assign(owner: PersonId, actor: PersonId, facts: &Facts) -> bool {
    may_move(owner, actor, actor, facts)
}

/// A director moves any client; a team manager those of the team, within the team.
pub(crate) fn may_move(from: PersonId, to: PersonId, actor: PersonId, facts: &Facts) -> bool {
    let within = |person| person == actor || facts.manages(actor, person);
    facts.has_role(actor, Role::Director)
        || (facts.has_role(actor, Role::TeamManager) && within(from) && within(to))
}

fn share(
    client: ClientId,
    with: PersonId,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    facts.active(with).ok_or(Refusal::NotActive)?;
    change_shares(client, actor, facts, |grant| {
        if with != grant.owner {
            grant.shared_with.insert(with);
        }
    })
}

fn unshare(
    client: ClientId,
    with: PersonId,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    change_shares(client, actor, facts, |grant| {
        grant.shared_with.remove(&with);
    })
}

fn change_shares(
    client: ClientId,
    actor: PersonId,
    facts: &Facts,
    change: impl FnOnce(&mut Grant),
) -> Result<Vec<FactChange>, Refusal> {
    let document = DocumentId::from(client);
    let mut after = facts
        .grants
        .get(&document)
        .ok_or(Refusal::NotFound)?
        .clone();
    if !policy::holds(after.owner, actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    change(&mut after);
    Ok(vec![granted(document, after)])
}

pub(crate) fn granted(document: DocumentId, grant: Grant) -> FactChange {
    FactChange {
        key: FactKey::Grant(document),
        fact: Some(Fact::Grant(grant)),
    }
}
