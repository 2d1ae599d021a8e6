//! What waits for the relay, in the order in which it was written. Payloads stay in storage.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::agreements::decision::AgreementDecision;
use caravan_domain::clients::erasure::EraseClient;
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::command::RecordRef;
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::grades::decision::GradeDecision;
use caravan_domain::label::CommandLabel;
use caravan_domain::pay::approval::StatementStep;
use caravan_domain::pay::decision::PayDecision;
use caravan_domain::people::decision::PeopleDecision;
use caravan_domain::reviews::decision::ReviewDecision;
use caravan_domain::surveys::decision::SurveyDecision;
use caravan_domain::time::Instant;
use caravan_domain::training::decision::TrainingDecision;
use caravan_port::view::OutboxLine;
use caravan_sync::change;
use caravan_sync::cursor::Sequence;
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
    held: Held,
}

/// What the relay cannot take yet. It is offered again when the relay has come on, or after a while.
#[derive(Debug, Default)]
struct Held {
    sequences: BTreeSet<u64>,
    /// Where the relay stood, as far as this device was told.
    position: Sequence,
    since: Instant,
}

/// A relay that is being refilled is asked again after so long, in milliseconds.
pub(crate) const PACE: i64 = 60_000;

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
        Decision::People(
            PeopleDecision::ChangePerson { person, .. }
            | PeopleDecision::RenewPassword { person, .. },
        ) => vec![RecordRef::Person(*person)],
        Decision::Erase(EraseClient { client, .. }) => vec![(*client).into()],
        Decision::Training(
            TrainingDecision::Rule { course, .. } | TrainingDecision::Pass { course, .. },
        ) => vec![RecordRef::Course(*course)],
        Decision::Training(TrainingDecision::SetSheet { course, .. }) => {
            vec![RecordRef::Course(*course)]
        }
        Decision::Training(
            TrainingDecision::Require { person, .. } | TrainingDecision::Release { person, .. },
        ) => vec![RecordRef::Person(*person)],
        Decision::Training(TrainingDecision::Score { of, .. }) => {
            vec![RecordRef::Person(of.person)]
        }
        Decision::Training(TrainingDecision::Class { class, .. }) => vec![RecordRef::Class(*class)],
        Decision::Training(TrainingDecision::SetPath { .. }) => Vec::new(),
        Decision::Training(TrainingDecision::Needs { round, .. }) => vec![RecordRef::Round(*round)],
        Decision::Agreement(
            AgreementDecision::Require { agreement, .. }
            | AgreementDecision::Sign { agreement, .. }
            | AgreementDecision::Countersign { agreement, .. },
        ) => vec![RecordRef::Agreement(*agreement)],
        Decision::Order(decision) => vec![RecordRef::Order(decision.client, decision.order)],
        Decision::Pay(decision) => match decision {
            PayDecision::Adjustment { person, id, .. } => vec![RecordRef::Pay(*person, *id)],
            PayDecision::Statement { person, step, .. } => match step {
                StatementStep::DrawUp(drawn)
                | StatementStep::Approve(drawn)
                | StatementStep::Lock(drawn) => vec![RecordRef::Pay(*person, drawn.id)],
                StatementStep::SendBack => Vec::new(),
            },
            PayDecision::SetPlan(_) | PayDecision::DropPlan(_) | PayDecision::SetCity { .. } => {
                Vec::new()
            }
        },
        Decision::Review(ReviewDecision::Step { person, period, .. }) => {
            vec![RecordRef::Review(*person, *period)]
        }
        Decision::HandOver(decision) => {
            let clients = decision.clients.keys().map(|client| (*client).into());
            [RecordRef::Person(decision.from)]
                .into_iter()
                .chain(clients)
                .collect()
        }
        Decision::People(_) | Decision::ChangePlan(_) | Decision::Work(_) | Decision::Review(_) => {
            Vec::new()
        }
        Decision::Survey(decision) => vec![match decision {
            SurveyDecision::Issue { client, .. } | SurveyDecision::Withdraw { client, .. } => {
                (*client).into()
            }
            SurveyDecision::SeeTo { about, reply } => RecordRef::Reply(*about, *reply),
        }],
        Decision::Grade(decision) => match decision {
            GradeDecision::Step { person, .. } => vec![RecordRef::Person(*person)],
            GradeDecision::Publish(_) => Vec::new(),
        },
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
        self.held.sequences.remove(&sequence);
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

    /// Those in which something waits; decisions are in the workspace's.
    pub(crate) fn documents(&self) -> impl Iterator<Item = DocumentId> {
        let documents = self.by_document.keys().copied();
        documents.filter(|id| *id != DocumentId::WORKSPACE)
    }

    /// What waits in the document, by the device's own count.
    pub(crate) fn of_document(&self, id: DocumentId) -> impl Iterator<Item = u64> {
        self.by_document.get(&id).into_iter().flatten().copied()
    }

    pub(crate) fn waits_for(&self, document: DocumentId) -> bool {
        self.by_document.contains_key(&document)
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.waiting.len()).unwrap_or(u32::MAX)
    }

    /// The first that is not on its way.
    pub(crate) fn first_unsent(&self) -> Option<u64> {
        let mut unsent = self.waiting.range(self.sent_through + 1..);
        let unsent = unsent.find(|(sequence, _)| !self.is_held(**sequence));
        unsent.map(|(sequence, _)| *sequence)
    }

    pub(crate) fn is_held(&self, sequence: u64) -> bool {
        self.held.sequences.contains(&sequence)
    }

    /// Whether the relay would take anything now.
    pub(crate) fn has_offers(&self) -> bool {
        let mut waiting = self.waiting.keys();
        waiting.any(|sequence| !self.is_held(*sequence))
    }

    /// The relay cannot take these yet.
    pub(crate) fn hold(&mut self, sequences: &BTreeSet<u64>, position: Sequence, since: Instant) {
        if sequences.is_empty() {
            return;
        }
        self.held.sequences.extend(sequences);
        (self.held.position, self.held.since) = (position, since);
    }

    /// It is time to ask once more, if there is anything to ask for.
    pub(crate) fn release(&mut self, position: Sequence, now: Instant) {
        let waited = now.millis() - self.held.since.millis();
        if position > self.held.position || !(0..PACE).contains(&waited) {
            self.offer_all();
        }
    }

    pub(crate) fn offer_all(&mut self) {
        if let Some(first) = self.held.sequences.first() {
            self.sent_through = self.sent_through.min(first.saturating_sub(1));
            self.held.sequences.clear();
        }
    }

    /// The relay misses an envelope. One that is not here any more it had once and has lost: until
    /// it is known what else, nothing is offered.
    pub(crate) fn send_again_from(&mut self, expected: u64, position: Sequence, now: Instant) {
        if self.waiting.contains_key(&expected) {
            self.sent_through = expected.saturating_sub(1);
        } else {
            let all = self.waiting.keys().copied().collect();
            self.hold(&all, position, now);
        }
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
