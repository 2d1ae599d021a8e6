//! What the relay's log amounts to.

use std::collections::{BTreeMap, BTreeSet};

use caravan_documents::Document;
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::conflict::{FoundConflict, WrittenValue, contested};
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::row::{DocumentRows, project};
use caravan_sync::envelope::{Envelope, Hash};
use caravan_sync::relay::changes_in;

use super::{ensure, said};
use crate::simulator::relay::Relay;
use crate::simulator::tally::Tally;
use crate::simulator::word::words_in;

pub(super) struct Truth {
    pub(super) documents: BTreeMap<DocumentId, Written>,
    /// Every word in the log, refused or not, by where it stands.
    pub(super) words: BTreeMap<DocumentId, BTreeSet<String>>,
}

pub(super) struct Written {
    pub(super) heads: Vec<[u8; 32]>,
    pub(super) rows: DocumentRows,
    pub(super) conflicts: usize,
}

impl Truth {
    pub(super) fn of(relay: &Relay) -> Result<Self, String> {
        let mut words: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        let mut accepted: BTreeMap<DocumentId, BTreeSet<Hash>> = BTreeMap::new();
        for base in relay.log.bases() {
            let of_it = words.entry(base.document).or_default();
            of_it.extend(words_in(&base.chunks));
            accepted.insert(base.document, changes_in(base));
        }
        // What was decided before stands in the facts that a log was rebuilt with.
        let stands = relay.stands.iter().filter_map(|it| relay.words.get(it));
        words
            .entry(DocumentId::WORKSPACE)
            .or_default()
            .extend(stands.flatten().cloned());
        for entry in relay.log.iter() {
            let found = relay.words.get(&entry.hash).into_iter().flatten();
            let of_it = words.entry(entry.document).or_default();
            of_it.extend(found.cloned());
            if relay.core.facts().is_erased(entry.document) {
                ensure(entry.is_erased(), || {
                    let document = entry.document;
                    format!("{document} was erased, and the log can read it")
                })?;
                continue;
            }
            let envelope = Envelope::from_bytes(&entry.envelope).ok_or("the log is damaged")?;
            ensure(words_in(envelope.payload.bytes()).is_subset(of_it), || {
                "the log holds other words than came in".into()
            })?;
            if entry.refusal.is_none() && entry.document != DocumentId::WORKSPACE {
                accepted
                    .entry(entry.document)
                    .or_default()
                    .extend(entry.change());
            }
        }
        let mut documents = BTreeMap::new();
        for (id, accepted) in accepted {
            let count = accepted.len();
            let document = relay.document(id);
            let changes = document.changes_since_genesis().map_err(said)?.count();
            ensure(changes == count, || {
                format!("{changes} of {count} changes of {id} count")
            })?;
            documents.insert(id, Written::of(id, &document)?);
        }
        Ok(Self { documents, words })
    }

    pub(super) fn count(&self, relay: &Relay, tally: &mut Tally) {
        for entry in relay.log.iter() {
            tally.add("entry", 1);
            if let Some(reason) = entry.refusal {
                tally.add(format!("refused: {reason:?}"), 1);
                continue;
            }
            let envelope = Envelope::from_bytes(&entry.envelope);
            if let Some(decision) = envelope.and_then(|envelope| envelope.payload.decision()) {
                tally.add(format!("decided: {}", name(&decision)), 1);
            }
        }
        tally.add("document", self.documents.len());
        let conflicts = self.documents.values().map(|it| it.conflicts);
        tally.add("conflict shown in the end", conflicts.sum());
    }
}

impl Written {
    fn of(id: DocumentId, document: &Document) -> Result<Self, String> {
        let heads = heads(document);
        let saved = document.save().map_err(said)?;
        let again = Document::load(id, &saved).map_err(said)?;
        ensure(self::heads(&again) == heads, || {
            format!("{id} is another one when it is loaded again")
        })?;
        let found = found_conflicts(document)?;
        let contested = contested(id, &found);
        let tree = document.tree().map_err(said)?;
        Ok(Self {
            heads,
            rows: project(id, &tree, &contested),
            conflicts: contested.len(),
        })
    }
}

fn heads(document: &Document) -> Vec<[u8; 32]> {
    document.heads().into_iter().map(|head| head.0).collect()
}

fn found_conflicts(document: &Document) -> Result<Vec<FoundConflict>, String> {
    let conflicts = document.conflicts().map_err(said)?.into_iter();
    Ok(conflicts
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
        .collect())
}

fn name(decision: &Decision) -> &'static str {
    match decision {
        Decision::Ownership(OwnershipDecision::Assign { .. }) => "Assign",
        Decision::Ownership(OwnershipDecision::Share { .. }) => "Share",
        Decision::Ownership(OwnershipDecision::Unshare { .. }) => "Unshare",
        Decision::People(PeopleDecision::RevokeDevice { .. }) => "RevokeDevice",
        Decision::People(PeopleDecision::ChangePerson { change, .. }) => match change {
            PersonChange::Roles(_) => "Roles",
            PersonChange::Team(_) => "Team",
            PersonChange::Status(_) => "Status",
            _ => "details",
        },
        Decision::Erase(_) => "Erase",
        Decision::Order(_) => "Order",
        Decision::Pay(_) => "Pay",
        Decision::Review(_) => "Review",
        Decision::Survey(_) => "Survey",
        Decision::HandOver(_) => "HandOver",
        Decision::Grade(_) => "Grade",
        Decision::Agreement(_) => "Agreement",
        Decision::Training(_) => "Training",
        Decision::People(_) | Decision::ChangePlan(_) | Decision::Work(_) => "another",
    }
}
