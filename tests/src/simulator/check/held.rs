//! A phone holds what its person may see, as it is in the log, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::agreements::standing::waits;
use caravan_domain::conflict::Contestable;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactChange, Facts};
use caravan_domain::id::PersonId;
use caravan_domain::policy;
use caravan_domain::row::Rows;
use caravan_engine::storage::{Storage, Store};
use futures_executor::block_on;

use super::truth::{Truth, Written};
use super::{ensure, said};
use crate::simulator::phone::Phone;
use crate::simulator::relay::Relay;
use crate::simulator::rights::may_see;
use crate::simulator::word::words_in;
use crate::simulator::work;

pub(super) fn check(phone: &Phone, truth: &Truth, relay: &Relay) -> Result<(), String> {
    let me = phone.person().ok_or("nobody uses it")?;
    let facts = relay.core.facts();
    ensure(phone.engine.waiting() == 0, || {
        "something still waits".into()
    })?;
    let mine = truth
        .documents
        .iter()
        .filter(|(id, _)| may_see(me, **id, facts));
    let mine: BTreeMap<_, _> = mine.collect();
    let held: BTreeSet<_> = phone.engine.documents().into_iter().collect();
    let expected: BTreeSet<_> = mine.keys().map(|id| **id).collect();
    ensure(held == expected, || {
        let too_many: Vec<_> = held.difference(&expected).collect();
        let missing: Vec<_> = expected.difference(&held).collect();
        format!("holds {too_many:?} and lacks {missing:?}")
    })?;
    let mut rows = Rows::default();
    for (id, written) in &mine {
        rows.replace(**id, written.rows.clone());
    }
    ensure(*phone.engine.rows() == rows, || {
        "the rows are others".into()
    })?;
    conflicts(phone, &mine, |id| policy::may_write(me, id, facts))?;
    let known = known_to(me, facts);
    let settled = phone.engine.settled().clone();
    ensure(settled == known, || {
        format!("knows {settled:#?}\ninstead of {known:#?}")
    })
}

/// Whoever opens a contested client and may write in it sees the conflict.
fn conflicts(
    phone: &Phone,
    mine: &BTreeMap<&DocumentId, &Written>,
    may_write: impl Fn(DocumentId) -> bool,
) -> Result<(), String> {
    for (id, written) in mine.iter().filter(|(_, written)| written.conflicts > 0) {
        let Some(client) = id.client().filter(|_| may_write(**id)) else {
            continue;
        };
        let Some(found) = work::conflicts(phone, Contestable::Client(client)) else {
            return Err(format!("{id} cannot be opened"));
        };
        let values: usize = found.iter().map(|it| it.values.len()).sum();
        let shown = found.len();
        ensure(shown == written.conflicts && values >= 2 * shown, || {
            format!("{shown} conflicts are shown in {id}")
        })?;
    }
    Ok(())
}

/// Every document, read from storage.
pub(super) fn heads(phone: &Phone, truth: &Truth) -> Result<(), String> {
    for id in phone.engine.documents() {
        let heads = block_on(phone.engine.heads(id)).map_err(said)?;
        let expected = truth.documents.get(&id).map(|written| &written.heads);
        ensure(Some(&heads) == expected, || format!("{id} has other heads"))?;
    }
    Ok(())
}

/// No byte of a document that may not be seen is left in storage, except what was typed here and
/// refused.
pub(super) fn nothing_else(phone: &Phone, truth: &Truth, relay: &Relay) -> Result<(), String> {
    let me = phone.person().ok_or("nobody uses it")?;
    let facts = relay.core.facts();
    let seen = |id: &DocumentId| may_see(me, *id, facts);
    for (key, _) in block_on(phone.storage().all(Store::Documents)).map_err(said)? {
        let id = DocumentId::from_bytes(key.get(..17).unwrap_or_default());
        ensure(id.as_ref().is_some_and(seen), || {
            format!("a part of {id:?} is left in storage")
        })?;
    }
    let drafts = block_on(phone.storage().all(Store::Drafts)).map_err(said)?;
    for (key, _) in drafts {
        let key = String::from_utf8_lossy(&key).into_owned();
        let mut granted = facts.grants.keys().chain(facts.erased.keys());
        let about = granted.find(|id| key.contains(&id.id.to_string()));
        // What was being typed stays for whoever has only something to sign.
        let back = |id: &DocumentId| seen(id) || waits(me, facts);
        ensure(about.is_none_or(back), || format!("a draft {key} is left"))?;
    }
    let visible = truth.words.iter().filter(|(id, _)| seen(id));
    let visible: BTreeSet<_> = visible.flat_map(|(_, words)| words).collect();
    for store in Store::ALL.into_iter().filter(|it| *it != Store::Attention) {
        for (_, value) in block_on(phone.storage().all(store)).map_err(said)? {
            let found = words_in(&value);
            let mut leaked = found.iter().filter(|word| !visible.contains(word));
            let leaked = leaked.next();
            ensure(leaked.is_none(), || {
                format!("{leaked:?} of a document that may not be seen is left in {store:?}")
            })?;
        }
    }
    Ok(())
}

/// The facts a person may know.
fn known_to(me: PersonId, facts: &Facts) -> Facts {
    let mut known = Facts::default();
    for key in facts.keys().filter(|key| policy::may_know(me, *key, facts)) {
        known.apply(FactChange {
            key,
            fact: facts.get(key),
        });
    }
    known
}
