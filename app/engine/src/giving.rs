//! What a device gives back to a relay that has lost some of its log, as far as it has come with that
//! since it was started. It begins anew whenever it is not sure: everything may be given twice.

use std::collections::{BTreeSet, VecDeque};

use caravan_domain::document::DocumentId;
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;

use crate::outbox::PACE;
use crate::storage::Key;

#[derive(Debug, Default)]
pub(crate) struct Giving {
    /// The relay has said how far it has come; what it lacks of others' envelopes is `queue`.
    pub(crate) asked: bool,
    pub(crate) queue: VecDeque<Key>,
    /// Others' envelopes that the relay cannot take yet.
    pub(crate) waits: u32,
    /// Where the relay stood when everything had been offered, and when that was.
    pub(crate) rested: Option<(Sequence, Instant)>,
    /// The number of its own that the relay missed, and that was not in the outbox. When it is missed
    /// again after the relay has said all that it lacks, what rests on it is given up.
    pub(crate) missed: Option<u64>,
    pub(crate) came: Came,
    /// The next connection asks for every document again; until it has begun, whatever the relay says
    /// answers another question.
    pub(crate) begins_again: bool,
}

/// What has come since the relay's word counts alone.
#[derive(Debug, Default)]
pub(crate) struct Came {
    pub(crate) whole: BTreeSet<DocumentId>,
    pub(crate) granted: BTreeSet<DocumentId>,
}

impl Came {
    pub(crate) fn extend(&mut self, more: Self) {
        self.whole.extend(more.whole);
        self.granted.extend(more.granted);
    }
}

impl Giving {
    /// Everything was offered once: calm, until something can have changed.
    pub(crate) fn rest(&mut self, position: Sequence, now: Instant) {
        self.asked = false;
        self.rested = Some((position, now));
    }

    pub(crate) fn rests(&self, position: Sequence, now: Instant) -> bool {
        self.rested.is_some_and(|(then, since)| {
            let waited = now.millis() - since.millis();
            position == then && (0..PACE).contains(&waited)
        })
    }

    /// Others' envelopes that the relay is known to lack.
    pub(crate) fn left(&self) -> u32 {
        let queued = u32::try_from(self.queue.len()).unwrap_or(u32::MAX);
        queued.saturating_add(self.waits)
    }
}
