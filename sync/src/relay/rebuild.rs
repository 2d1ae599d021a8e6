//! What a log begins with that is rebuilt from a director's device. Nobody can prove what was decided: the facts are the giver's
//! word, whom the relay's operator trusts by a link. Here they are only held against each other.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{FactChange, Facts};
use caravan_domain::id::DeviceId;
use caravan_domain::policy;
use caravan_domain::role::Role;

use crate::change;
use crate::columns;
use crate::envelope::{Envelope, PAYLOAD_MAX};
use crate::frame::Snapshot;
use crate::join::JoinError;
use crate::rebuild::{Claim, WITNESSES_MAX};

/// The facts of the claim, each once and in the order in which they are to be settled: who there is comes before whose a
/// document is.
///
/// # Errors
/// `Malformed` when they cannot be those of a workspace, `NotADirector` when by them the device is not that of somebody who
/// reads everything.
pub fn facts_of(claim: &Claim, given: Vec<FactChange>) -> Result<Vec<FactChange>, JoinError> {
    let mut facts = Facts::default();
    let mut keys = BTreeSet::new();
    for change in given {
        let FactChange {
            key,
            fact: Some(fact),
        } = change
        else {
            return Err(JoinError::Malformed);
        };
        facts.apply(FactChange {
            key,
            fact: Some(fact.clone()),
        });
        // One whose kind does not fit its key is none.
        if !keys.insert(key) || facts.get(key) != Some(fact) {
            return Err(JoinError::Malformed);
        }
    }
    if facts.workspace.is_none() {
        return Err(JoinError::Malformed);
    }
    let device = facts.devices.get(&claim.device);
    let device = device.filter(|device| device.revoked_at.is_none());
    let director = device.is_some_and(|it| facts.has_role(it.person, Role::Director));
    if !director {
        return Err(JoinError::NotADirector);
    }
    let changes = keys.into_iter().map(|key| FactChange {
        key,
        fact: facts.get(key),
    });
    Ok(changes.collect())
}

/// Whether these can be the documents of these facts. What is inside a change is the merger's to say.
///
/// # Errors
/// `Malformed`.
pub fn check_documents(documents: &[Snapshot], facts: &Facts) -> Result<(), JoinError> {
    let known: BTreeSet<DocumentId> = policy::documents(facts).collect();
    let mut seen = BTreeSet::new();
    let sound = documents.iter().all(|given| {
        let id = given.document;
        let fits = id.kind != DocumentKind::Workspace && known.contains(&id);
        fits && !facts.is_erased(id) && seen.insert(id) && is_plain(given)
    });
    sound.then_some(()).ok_or(JoinError::Malformed)
}

/// Whether it is nothing but changes, none of which unfolds too far.
fn is_plain(given: &Snapshot) -> bool {
    let Ok(changes) = change::split(&given.chunks) else {
        return false;
    };
    let fits = |change: &&[u8]| {
        let items = columns::longest(change);
        change.len() <= PAYLOAD_MAX
            && change::header(change).is_ok()
            && items.is_ok_and(|items| items < columns::ITEMS_MAX)
    };
    !changes.is_empty() && changes.len() >= given.received.len() && changes.iter().all(fits)
}

/// By which envelopes each device can be known again; of those that the facts do not name, none.
#[must_use]
pub fn witnesses(given: Vec<Envelope>, facts: &Facts) -> BTreeMap<DeviceId, Vec<Envelope>> {
    let mut witnesses: BTreeMap<DeviceId, Vec<Envelope>> = BTreeMap::new();
    for envelope in given {
        let known = facts.devices.contains_key(&envelope.device);
        let of_device = witnesses.entry(envelope.device).or_default();
        if known && of_device.len() < WITNESSES_MAX {
            of_device.push(envelope);
        }
    }
    witnesses
}
