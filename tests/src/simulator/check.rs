//! What must be true when everybody has come to rest.

use std::collections::{BTreeMap, BTreeSet};

use caravan_documents::Document;
use caravan_domain::clients::open::{FoundConflict, WrittenValue, open_conflicts};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactChange, FactKey, Facts};
use caravan_domain::id::PersonId;
use caravan_domain::policy;
use caravan_domain::row::{DocumentRows, Rows, project};
use caravan_engine::storage::Store;
use caravan_port::ask::{Ask, Told};
use caravan_sync::envelope::Envelope;
use caravan_sync::relay::Standing;
use futures_executor::block_on;

use super::phone::Phone;
use super::relay::Relay;
use super::world::World;

/// The same documents, rows and facts everywhere, for those who may have them; nothing lost that
/// was promised; nothing held that may not be read.
pub(super) fn check(world: &mut World) -> Result<(), String> {
    let truth = Truth::of(&world.relay)?;
    for phone in &mut world.phones {
        let number = phone.number;
        let of_phone = |what: String| format!("phone {number}: {what}");
        if phone.wiped {
            check_wiped(phone, &world.relay).map_err(of_phone)?;
            continue;
        }
        truth
            .check_promises(phone, &world.relay)
            .map_err(of_phone)?;
        truth.check_phone(phone, &world.relay).map_err(of_phone)?;
        // What was stored is what was in memory.
        phone.crash();
        let after = |what: String| format!("phone {number}, started again: {what}");
        truth.check_phone(phone, &world.relay).map_err(after)?;
        truth.check_heads(phone).map_err(after)?;
    }
    Ok(())
}

/// What the relay's log amounts to.
struct Truth {
    documents: BTreeMap<DocumentId, (Vec<[u8; 32]>, DocumentRows)>,
    payloads: Vec<Vec<u8>>,
}

impl Truth {
    fn of(relay: &Relay) -> Result<Self, String> {
        let mut payloads = Vec::new();
        let mut accepted: BTreeMap<DocumentId, usize> = BTreeMap::new();
        for entry in relay.log.iter() {
            let envelope = Envelope::from_bytes(&entry.envelope).ok_or("the log is damaged")?;
            payloads.push(envelope.payload.bytes().to_vec());
            if entry.refusal.is_none() && entry.document != DocumentId::WORKSPACE {
                *accepted.entry(entry.document).or_default() += 1;
            }
        }
        let mut documents = BTreeMap::new();
        for (id, count) in accepted {
            let document = relay.document(id);
            let changes = document.changes_since_genesis().map_err(said)?.count();
            ensure(changes == count, || {
                format!("{changes} of {count} changes of {id} count")
            })?;
            let heads = document.heads().into_iter().map(|head| head.0).collect();
            documents.insert(id, (heads, projected(id, &document)?));
        }
        Ok(Self {
            documents,
            payloads,
        })
    }

    /// Everything the engine said was safe is in the relay's log, refused or not; what was refused
    /// is shown to the person.
    fn check_promises(&self, phone: &Phone, relay: &Relay) -> Result<(), String> {
        let device = phone.device();
        let entries = relay
            .log
            .iter()
            .filter(|entry| Some(entry.device) == device);
        let entries: Vec<_> = entries.collect();
        let received = entries.len() as u64;
        ensure(received >= phone.envelopes, || {
            format!(
                "{} envelopes were promised, {received} received",
                phone.envelopes
            )
        })?;
        for word in &phone.promised {
            let found = self
                .payloads
                .iter()
                .any(|payload| contains(payload, word.as_bytes()));
            ensure(found, || format!("{word:?} was promised and is lost"))?;
        }
        let refused = entries.iter().filter(|entry| entry.refusal.is_some());
        let refused: BTreeSet<_> = refused.map(|entry| entry.device_sequence).collect();
        let Ok(Told::Sync(view)) = block_on(phone.engine.answer(&Ask::Sync)) else {
            return Err("there is no sync view".into());
        };
        let shown: BTreeSet<_> = view.attention.iter().map(|line| line.sequence).collect();
        ensure(shown == refused, || {
            format!("{refused:?} were refused, {shown:?} are shown")
        })
    }

    fn check_heads(&self, phone: &Phone) -> Result<(), String> {
        for id in phone.engine.documents() {
            let heads = block_on(phone.engine.heads(id)).map_err(said)?;
            let expected = self.documents.get(&id).map(|(heads, _)| heads);
            ensure(Some(&heads) == expected, || format!("{id} has other heads"))?;
        }
        Ok(())
    }

    fn check_phone(&self, phone: &Phone, relay: &Relay) -> Result<(), String> {
        let me = phone.person().ok_or("nobody uses it")?;
        let facts = relay.core.facts();
        ensure(phone.engine.waiting() == 0, || {
            "something still waits".into()
        })?;
        let mine = self
            .documents
            .iter()
            .filter(|(id, _)| policy::may_read(me, **id, facts));
        let mine: BTreeMap<_, _> = mine.collect();
        let held: BTreeSet<_> = phone.engine.documents().into_iter().collect();
        let expected: BTreeSet<_> = mine.keys().map(|id| **id).collect();
        ensure(held == expected, || {
            let too_many: Vec<_> = held.difference(&expected).collect();
            let missing: Vec<_> = expected.difference(&held).collect();
            format!("holds {too_many:?} and lacks {missing:?}")
        })?;
        let mut rows = Rows::default();
        for (id, (_, of_document)) in mine {
            rows.replace(*id, of_document.clone());
        }
        ensure(*phone.engine.rows() == rows, || {
            "the rows are others".into()
        })?;
        let known = known_to(me, facts);
        let settled = phone.engine.settled().clone();
        ensure(settled == known, || {
            format!("knows {settled:#?}\ninstead of {known:#?}")
        })
    }
}

fn check_wiped(phone: &Phone, relay: &Relay) -> Result<(), String> {
    let held = Store::ALL.into_iter().filter(|store| *store != Store::Meta);
    let held: Vec<_> = held
        .filter(|store| phone.storage().len_of(*store) > 0)
        .collect();
    ensure(held.is_empty(), || {
        format!("was wiped and still has {held:?}")
    })?;
    ensure(phone.engine.me().is_none(), || {
        "was wiped and still belongs to somebody".into()
    })?;
    let cut_off = relay.core.facts().devices.keys();
    let cut_off = cut_off.filter(|device| relay.core.standing(**device) == Standing::Revoked);
    ensure(cut_off.count() > 0, || {
        "was wiped and nobody was sent away".into()
    })
}

fn projected(id: DocumentId, document: &Document) -> Result<DocumentRows, String> {
    let conflicts = document.conflicts().map_err(said)?.into_iter();
    let found: Vec<_> = conflicts
        .map(|conflict| FoundConflict {
            path: conflict.path,
            values: conflict
                .values
                .into_iter()
                .map(|written| WrittenValue {
                    value: written.value,
                    by: written.origin.device,
                    at: written.origin.written_at,
                })
                .collect(),
        })
        .collect();
    let tree = document.tree().map_err(said)?;
    Ok(project(id, &tree, open_conflicts(id.kind, &found)))
}

/// The facts a person may know.
fn known_to(me: PersonId, facts: &Facts) -> Facts {
    let keys = [FactKey::Workspace, FactKey::Plan]
        .into_iter()
        .chain(facts.teams.keys().copied().map(FactKey::Team))
        .chain(facts.people.keys().copied().map(FactKey::Person))
        .chain(facts.devices.keys().copied().map(FactKey::Device))
        .chain(
            facts
                .device_details
                .keys()
                .copied()
                .map(FactKey::DeviceDetail),
        )
        .chain(facts.invitations.keys().copied().map(FactKey::Invitation))
        .chain(facts.grants.keys().copied().map(FactKey::Grant));
    let mut known = Facts::default();
    for key in keys.filter(|key| policy::may_know(me, *key, facts)) {
        known.apply(FactChange {
            key,
            fact: facts.get(key),
        });
    }
    known
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    holds.then_some(()).ok_or_else(otherwise)
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
