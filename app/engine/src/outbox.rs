//! What waits for the relay, in the order in which it was written. Payloads stay in storage.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::clients::erasure::EraseClient;
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::command::RecordRef;
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::label::CommandLabel;
use caravan_domain::people::decision::PeopleDecision;
use caravan_domain::time::Instant;
use caravan_port::view::OutboxLine;
use caravan_sync::change;
use caravan_sync::envelope::{Envelope, Payload};

use crate::stored::{Outgoing, Unreadable};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Waiting {
    pub(crate) sequence: u64,
    pub(crate) document: DocumentId,
    /// The device's count of changes in the document; 0 of a decision.
    pub(crate) change: u64,
    pub(crate) label: CommandLabel,
    pub(crate) record: Option<RecordRef>,
    pub(crate) subject: String,
    pub(crate) written_at: Instant,
    pub(crate) bytes: u32,
    pub(crate) decision: Option<Decision>,
}

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    waiting: BTreeMap<u64, Waiting>,
    by_record: BTreeMap<RecordRef, BTreeSet<u64>>,
    by_document: BTreeMap<DocumentId, BTreeSet<u64>>,
    /// Everything up to here is on its way in the present connection.
    pub(crate) sent_through: u64,
}

impl Waiting {
    pub(crate) fn of(outgoing: &Outgoing) -> Result<Self, Unreadable> {
        let Envelope {
            document,
            sequence,
            written_at,
            payload,
            ..
        } = &outgoing.envelope;
        let (change, decision) = match payload {
            Payload::Change(bytes) => {
                let header = change::header(bytes).map_err(|_| Unreadable::Damaged)?;
                (header.sequence, None)
            }
            Payload::Decision(bytes) => {
                let decision = postcard::from_bytes(bytes).map_err(|_| Unreadable::Damaged)?;
                (0, Some(decision))
            }
        };
        Ok(Self {
            sequence: *sequence,
            document: *document,
            change,
            label: outgoing.label,
            record: outgoing.record,
            subject: outgoing.subject.clone(),
            written_at: *written_at,
            bytes: u32::try_from(payload.bytes().len()).unwrap_or(u32::MAX),
            decision,
        })
    }

    /// Everything whose mark it decides.
    fn records(&self) -> Vec<RecordRef> {
        let mut records: Vec<_> = self.record.into_iter().collect();
        if let Some(decision) = &self.decision {
            records.extend(decided_about(decision));
        }
        records.sort_unstable();
        records.dedup();
        records
    }

    /// Its subject may be the document's name.
    pub(crate) fn is_about(&self, document: DocumentId) -> bool {
        let record = self.record.map(RecordRef::document);
        self.document == document || record == Some(document)
    }

    pub(crate) fn line(&self, sent_through: u64) -> OutboxLine {
        OutboxLine {
            sequence: self.sequence,
            label: self.label,
            record: self.record,
            subject: self.subject.clone(),
            written_at: self.written_at,
            sent: self.sequence <= sent_through,
            bytes: self.bytes,
        }
    }
}

/// The records a decision is about.
pub(crate) fn decided_about(decision: &Decision) -> Vec<RecordRef> {
    match decision {
        Decision::Ownership(OwnershipDecision::Assign { clients, .. }) => {
            clients.iter().map(|client| (*client).into()).collect()
        }
        Decision::Ownership(
            OwnershipDecision::Share { client, .. } | OwnershipDecision::Unshare { client, .. },
        ) => vec![(*client).into()],
        Decision::People(PeopleDecision::ChangePerson { person, .. }) => {
            vec![RecordRef::Person(*person)]
        }
        Decision::Erase(EraseClient { client, .. }) => vec![(*client).into()],
        Decision::People(_) | Decision::ChangePlan(_) => Vec::new(),
    }
}

impl Outbox {
    pub(crate) fn insert(&mut self, waiting: Waiting) {
        for record in waiting.records() {
            self.by_record
                .entry(record)
                .or_default()
                .insert(waiting.sequence);
        }
        let of_document = self.by_document.entry(waiting.document).or_default();
        of_document.insert(waiting.sequence);
        self.waiting.insert(waiting.sequence, waiting);
    }

    pub(crate) fn remove(&mut self, sequence: u64) -> Option<Waiting> {
        let waiting = self.waiting.remove(&sequence)?;
        for record in waiting.records() {
            take_out(&mut self.by_record, record, sequence);
        }
        take_out(&mut self.by_document, waiting.document, sequence);
        Some(waiting)
    }

    pub(crate) fn forget_subject(&mut self, sequence: u64) {
        if let Some(waiting) = self.waiting.get_mut(&sequence) {
            waiting.subject.clear();
        }
    }

    pub(crate) fn get(&self, sequence: u64) -> Option<&Waiting> {
        self.waiting.get(&sequence)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Waiting> {
        self.waiting.values()
    }

    pub(crate) fn waits_for(&self, document: DocumentId) -> bool {
        self.by_document.contains_key(&document)
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.waiting.len()).unwrap_or(u32::MAX)
    }

    /// The first that is not on its way.
    pub(crate) fn first_unsent(&self) -> Option<u64> {
        self.waiting
            .range(self.sent_through + 1..)
            .next()
            .map(|(sequence, _)| *sequence)
    }

    /// The relay misses an envelope. One that is no longer here it had once and has lost: nothing
    /// can follow it in this connection.
    pub(crate) fn send_again_from(&mut self, expected: u64) {
        let last = self
            .waiting
            .last_key_value()
            .map_or(0, |(sequence, _)| *sequence);
        self.sent_through = match self.waiting.contains_key(&expected) {
            true => expected.saturating_sub(1),
            false => last,
        };
    }

    /// The last that waits for a record; of a client, for anything in its document.
    pub(crate) fn last_for(&self, record: RecordRef) -> Option<u64> {
        let of_record = self.by_record.get(&record).and_then(|them| them.last());
        let of_document = match record {
            RecordRef::Client(client) => self
                .by_document
                .get(&client.into())
                .and_then(|them| them.last()),
            _ => None,
        };
        of_record.max(of_document).copied()
    }
}

fn take_out<K: Ord + Copy>(index: &mut BTreeMap<K, BTreeSet<u64>>, key: K, sequence: u64) {
    if let Some(sequences) = index.get_mut(&key) {
        sequences.remove(&sequence);
        if sequences.is_empty() {
            index.remove(&key);
        }
    }
}
