//! The newest entries, kept in memory: what live connections ask for again and again.

use std::collections::VecDeque;

use caravan_domain::document::DocumentId;
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::{Quarantine, Rejection};
use caravan_sync::relay::{Limit, LogEntry};

const KEPT: usize = 512;
/// Of envelopes.
const KEPT_BYTES: usize = 1 << 20;

#[derive(Debug)]
pub(super) struct Recent {
    entries: VecDeque<LogEntry>,
    bytes: usize,
    /// Every entry above this is here.
    above: Sequence,
}

impl Recent {
    pub(super) const fn starting_at(above: Sequence) -> Self {
        Self {
            entries: VecDeque::new(),
            bytes: 0,
            above,
        }
    }

    pub(super) fn push(&mut self, entry: LogEntry) {
        self.bytes += entry.envelope.len();
        self.entries.push_back(entry);
        while self.entries.len() > KEPT || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.entries.pop_front() else {
                return;
            };
            self.bytes -= oldest.envelope.len();
            self.above = oldest.sequence;
        }
    }

    pub(super) fn quarantine(&mut self, sequence: Sequence, reason: Quarantine) {
        let mut entries = self.entries.iter_mut();
        if let Some(entry) = entries.find(|entry| entry.sequence == sequence) {
            entry.refusal = Some(Rejection::Quarantined(reason));
        }
    }

    /// The document was erased: nothing of it stays in memory.
    pub(super) fn erase(&mut self, document: DocumentId) {
        let entries = self.entries.iter_mut();
        for entry in entries.filter(|entry| entry.document == document) {
            self.bytes -= entry.envelope.len();
            entry.envelope = Vec::new();
        }
    }

    /// Entries above `after`; `None` when some of them are only in the store.
    pub(super) fn above(&self, after: Sequence, limit: Limit) -> Option<Vec<LogEntry>> {
        let start = self
            .entries
            .partition_point(|entry| entry.sequence <= after);
        let newer = self.entries.range(start..).take(limit.entries);
        (after >= self.above).then(|| newer.cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{DeviceId, Id};
    use caravan_domain::time::Instant;
    use caravan_sync::envelope::Hash;

    use super::*;

    const ALL: Limit = Limit {
        entries: usize::MAX,
        bytes: usize::MAX,
    };

    fn entry(sequence: Sequence) -> LogEntry {
        LogEntry {
            sequence,
            document: DocumentId::WORKSPACE,
            hash: Hash::NONE,
            device: DeviceId(Id::ZERO),
            device_sequence: sequence,
            received_at: Instant::from_millis(0),
            refusal: None,
            envelope: vec![0; 10],
        }
    }

    #[test]
    fn what_was_let_go_must_be_asked_of_the_store() {
        let mut recent = Recent::starting_at(100);
        for sequence in 101..=800 {
            recent.push(entry(sequence));
        }
        assert!(recent.above(100, ALL).is_none());
        assert!(recent.above(287, ALL).is_none());
        assert_eq!(recent.above(288, ALL).unwrap().len(), KEPT);
        assert_eq!(recent.above(798, ALL).unwrap().len(), 2);
        assert_eq!(recent.above(800, ALL).unwrap(), []);
    }

    #[test]
    fn what_was_erased_is_forgotten_at_once() {
        let mut recent = Recent::starting_at(0);
        (1..=20).for_each(|sequence| recent.push(entry(sequence)));
        recent.erase(DocumentId::WORKSPACE);
        assert_eq!(recent.bytes, 0);
        let entries = recent.above(0, ALL).unwrap();
        assert_eq!(entries.len(), 20);
        assert!(entries.iter().all(LogEntry::is_erased));
    }
}
