//! A reply while it fills up.

use std::collections::BTreeSet;

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactChange, FactKey};

use super::log::LogEntry;
use crate::cursor::Cursor;
use crate::envelope::Envelope;
use crate::frame::{BATCH_TARGET, Entry, Receipt, Reply, Snapshot};

/// About what a small part weighs besides its contents, in bytes.
const OVERHEAD: usize = 24;

#[derive(Debug, Default)]
pub(super) struct Batch {
    reply: Reply,
    weight: usize,
    /// Documents that are in whole: their later entries need not come again.
    whole: BTreeSet<DocumentId>,
}

impl Batch {
    pub(super) fn is_full(&self) -> bool {
        self.weight >= BATCH_TARGET
    }

    pub(super) fn holds(&self, document: DocumentId) -> bool {
        self.whole.contains(&document)
    }

    pub(super) fn fact(&mut self, key: FactKey, fact: Option<Fact>) {
        self.weight += 2 * OVERHEAD;
        self.reply.facts.push(FactChange { key, fact });
    }

    pub(super) fn purge(&mut self, document: DocumentId) {
        self.weight += OVERHEAD;
        self.reply.purges.push(document);
    }

    pub(super) fn snapshot(&mut self, snapshot: Snapshot) {
        self.weight += snapshot.chunks.len() + OVERHEAD * (1 + snapshot.received.len());
        self.whole.insert(snapshot.document);
        self.reply.snapshots.push(snapshot);
    }

    pub(super) fn entry(&mut self, entry: &LogEntry, envelope: Envelope) {
        self.weight += entry.envelope.len() + OVERHEAD;
        self.reply.entries.push(Entry {
            received_at: entry.received_at,
            envelope,
        });
    }

    pub(super) fn returned(&mut self, entry: &LogEntry, envelope: Envelope) {
        self.reply.receipts.push(Receipt {
            sequence: entry.device_sequence,
            verdict: entry.verdict(),
        });
        self.entry(entry, envelope);
    }

    pub(super) fn finish(self, cursor: Cursor, more: bool, remaining: usize) -> Reply {
        Reply {
            cursor,
            more,
            remaining: u32::try_from(remaining).unwrap_or(u32::MAX),
            ..self.reply
        }
    }
}
