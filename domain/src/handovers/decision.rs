//! Moving clients from one person to others (R02), as one decision.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clients::ownership::{granted, held_back, may_move};
use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::facts::{Fact, FactChange, FactKey, Facts, PersonStatus};
use crate::handovers::rights;
use crate::id::{ClientId, HandoverId, PersonId};
use crate::order::gathered;
use crate::people::change::change_person;
use crate::people::decision::PersonChange;
use crate::time::Instant;

/// Clients in one handover; somebody with more is relieved of them in several.
pub const CLIENTS_MAX: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    pub handover: HandoverId,
    pub from: PersonId,
    /// Whom each client goes to.
    pub clients: BTreeMap<ClientId, PersonId>,
    /// Who takes over tasks; those who get a client need not be named.
    pub takers: BTreeSet<PersonId>,
    /// The giver is deactivated with it, which every client they have must survive.
    pub leaves: bool,
}

/// What the relay has settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    pub by: PersonId,
    pub at: Instant,
    pub clients: BTreeMap<ClientId, PersonId>,
    /// Everybody who took over anything.
    pub takers: BTreeSet<PersonId>,
    pub left: bool,
}

pub(crate) fn decide(
    decision: &HandOver,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let HandOver {
        handover,
        from,
        clients,
        leaves,
        ..
    } = decision;
    facts.people.get(from).ok_or(Refusal::NotFound)?;
    if !rights::may_hand_over(*from, actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    if rights::known(*handover, facts).is_some() {
        return Err(Refusal::AlreadySettled);
    }
    if clients.len() > CLIENTS_MAX {
        return Err(Refusal::TooMany);
    }
    let takers = takers(decision);
    for to in &takers {
        check_taker(*from, *to, actor, facts)?;
    }
    let mut refused = clients.values().filter_map(|to| held_back(*to, facts, at));
    if let Some(refusal) = refused.next() {
        return Err(refusal);
    }
    let mut changes = clients
        .iter()
        .map(|(client, to)| give(*client, *from, *to, facts))
        .collect::<Result<Vec<_>, _>>()?;
    if *leaves {
        if has_others(*from, clients, facts) {
            return Err(Refusal::ClientsLeft);
        }
        let leaving = PersonChange::Status(PersonStatus::Deactivated);
        changes.extend(change_person(*from, &leaving, actor, at, facts)?);
    }
    let settled = Handover {
        by: actor,
        at,
        clients: clients.clone(),
        takers,
        left: *leaves,
    };
    changes.push(FactChange {
        key: FactKey::Handover(*from, *handover),
        fact: Some(Fact::Handover(settled)),
    });
    Ok(changes)
}

fn takers(decision: &HandOver) -> BTreeSet<PersonId> {
    let all = decision.clients.values().chain(&decision.takers);
    gathered(all.copied())
}

fn check_taker(
    from: PersonId,
    to: PersonId,
    actor: PersonId,
    facts: &Facts,
) -> Result<(), Refusal> {
    facts.active(to).ok_or(Refusal::NotActive)?;
    match from != to && may_move(from, to, actor, facts) {
        true => Ok(()),
        false => Err(Refusal::NotAllowed),
    }
}

/// The client as it is granted afterwards; those with whom it is shared keep it.
fn give(
    client: ClientId,
    from: PersonId,
    to: PersonId,
    facts: &Facts,
) -> Result<FactChange, Refusal> {
    let document = DocumentId::from(client);
    let mut after = facts
        .grants
        .get(&document)
        .ok_or(Refusal::NotFound)?
        .clone();
    if after.owner != from {
        return Err(Refusal::ChangedHands);
    }
    after.owner = to;
    after.shared_with.remove(&to);
    Ok(granted(document, after))
}

fn has_others(from: PersonId, clients: &BTreeMap<ClientId, PersonId>, facts: &Facts) -> bool {
    let mut grants = facts.grants.iter();
    grants.any(|(document, grant)| {
        let client = document.client();
        grant.owner == from && client.is_some_and(|client| !clients.contains_key(&client))
    })
}
