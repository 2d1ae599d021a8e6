//! A log in memory, for tests and the simulator: what it holds is what is durable.

use std::collections::BTreeMap;
use std::convert::Infallible;

use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactKey;
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;

use super::admit::Admission;
use super::core::{Restored, RestoredDevice};
use super::index::{SequencedFact, VisibilityChange};
use super::log::{Limit, Log, LogEntry, StoredSnapshot};
use super::refill::Refill;
use crate::cursor::Sequence;
use crate::frame::{Rejection, Snapshot};
use crate::join::PublicKey;

#[derive(Debug, Clone, Default)]
pub struct MemoryLog {
    entries: BTreeMap<Sequence, LogEntry>,
    by_document: BTreeMap<DocumentId, Vec<Sequence>>,
    pushed: BTreeMap<(DeviceId, u64), Sequence>,
    facts: BTreeMap<FactKey, SequencedFact>,
    visibility: Vec<VisibilityChange>,
    keys: BTreeMap<DeviceId, PublicKey>,
    snapshots: BTreeMap<DocumentId, StoredSnapshot>,
    bases: BTreeMap<DocumentId, Snapshot>,
    released: Sequence,
    refill: Option<Refill>,
}

impl MemoryLog {
    /// Keeps what a push or a join came to.
    pub fn write(&mut self, admission: &Admission) {
        for entry in &admission.appends {
            let sequences = self.by_document.entry(entry.document).or_default();
            sequences.push(entry.sequence);
            self.pushed
                .insert((entry.device, entry.device_sequence), entry.sequence);
            let mut entry = entry.clone();
            if self.facts.contains_key(&FactKey::Erased(entry.document)) {
                entry.envelope.clear();
            }
            self.entries.insert(entry.sequence, entry);
        }
        for fact in &admission.facts {
            self.facts.insert(fact.change.key, fact.clone());
            if let (FactKey::Erased(document), Some(_)) = (fact.change.key, &fact.change.fact) {
                self.erase(document);
            }
        }
        self.visibility.extend(&admission.visibility);
        for quarantined in &admission.quarantined {
            if let Some(entry) = self.entries.get_mut(&quarantined.sequence) {
                entry.refusal = Some(Rejection::Quarantined(quarantined.reason));
            }
        }
        self.released = self.released.max(admission.released.unwrap_or(0));
    }

    /// As a store does that destroys the document's key.
    fn erase(&mut self, document: DocumentId) {
        self.snapshots.remove(&document);
        self.bases.remove(&document);
        for sequence in self.by_document.get(&document).into_iter().flatten() {
            if let Some(entry) = self.entries.get_mut(sequence) {
                entry.envelope.clear();
            }
        }
    }

    pub fn write_key(&mut self, device: DeviceId, key: PublicKey) {
        self.keys.insert(device, key);
    }

    pub fn write_snapshot(&mut self, snapshot: StoredSnapshot) {
        self.snapshots.insert(snapshot.snapshot.document, snapshot);
    }

    /// What the log begins with of a document.
    pub fn write_base(&mut self, base: Snapshot) {
        self.bases.insert(base.document, base);
    }

    /// What the log was rebuilt with, as far as it can be read.
    pub fn bases(&self) -> impl Iterator<Item = &Snapshot> {
        self.bases.values()
    }

    /// Of a log that was rebuilt just now.
    pub fn write_refill(&mut self, refill: Refill) {
        self.refill = Some(refill);
    }

    /// What a relay finds that was restored from this: a copy from before.
    pub fn refill_until(&mut self, until: Instant) {
        let facts = self.facts.values().map(|fact| fact.sequence);
        let entries = self.entries.keys().copied();
        let since = facts.chain(entries).max().unwrap_or(0);
        self.refill = Some(Refill {
            since,
            until,
            facts_of: self.refill.and_then(|before| before.facts_of),
        });
    }

    /// Everything, in order.
    pub fn iter(&self) -> impl Iterator<Item = &LogEntry> {
        self.entries.values()
    }

    /// What a relay that starts again finds.
    #[must_use]
    pub fn restored(&self) -> Restored {
        let devices = self.keys.iter().map(|(device, key)| {
            let pushed = self.pushed.range((*device, 0)..=(*device, u64::MAX));
            let chain = pushed.filter_map(|(_, sequence)| Some(self.entries.get(sequence)?.link()));
            RestoredDevice::new(*device, key.clone(), chain)
        });
        Restored {
            position: self.entries.last_key_value().map_or(0, |(last, _)| *last),
            released: self.released,
            facts: self.facts.values().cloned().collect(),
            visibility: self.visibility.clone(),
            devices: devices.collect(),
            refused: self.iter().filter_map(LogEntry::refused_change).collect(),
            quarantined: self.iter().filter_map(LogEntry::quarantined).collect(),
            refill: self.refill,
        }
    }
}

impl Log for MemoryLog {
    type Error = Infallible;

    fn entries(&self, after: Sequence, limit: Limit) -> Result<Vec<LogEntry>, Infallible> {
        let mut bytes = 0;
        let newer = self.entries.range(after + 1..).map(|(_, entry)| entry);
        let page = newer.take(limit.entries).take_while(|entry| {
            let fits = bytes == 0 || bytes + entry.envelope.len() <= limit.bytes;
            bytes += entry.envelope.len();
            fits
        });
        Ok(page.cloned().collect())
    }

    fn document_entries(
        &self,
        document: DocumentId,
        after: Sequence,
    ) -> Result<Vec<LogEntry>, Infallible> {
        let sequences = self.by_document.get(&document).into_iter().flatten();
        let newer = sequences.filter(|sequence| **sequence > after);
        Ok(newer
            .filter_map(|sequence| self.entries.get(sequence).cloned())
            .collect())
    }

    fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, Infallible> {
        Ok(self.snapshots.get(&document).cloned())
    }

    fn base(&self, document: DocumentId) -> Result<Option<Snapshot>, Infallible> {
        Ok(self.bases.get(&document).cloned())
    }

    fn pushed(
        &self,
        device: DeviceId,
        device_sequence: u64,
    ) -> Result<Option<LogEntry>, Infallible> {
        let sequence = self.pushed.get(&(device, device_sequence));
        Ok(sequence.and_then(|sequence| self.entries.get(sequence).cloned()))
    }
}
