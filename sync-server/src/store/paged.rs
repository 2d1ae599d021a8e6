//! How much of the log one answer holds.

use caravan_sync::relay::{Limit, LogEntry};

/// Entries as long as they fit, at least one.
pub(super) struct Paged {
    pub(super) entries: Vec<LogEntry>,
    bytes: usize,
    limit: Limit,
}

impl Paged {
    pub(super) const fn new(limit: Limit) -> Self {
        Self {
            entries: Vec::new(),
            bytes: 0,
            limit,
        }
    }

    /// Whether `entry` still fitted.
    pub(super) fn take(&mut self, entry: LogEntry) -> bool {
        self.bytes += entry.envelope.len();
        let full = self.entries.len() == self.limit.entries || self.bytes > self.limit.bytes;
        if full && !self.entries.is_empty() {
            return false;
        }
        self.entries.push(entry);
        true
    }
}
