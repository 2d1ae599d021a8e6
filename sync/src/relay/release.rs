//! What lies between receiving a change and passing it on: somebody who can load documents looks
//! into it. The core says what is to be looked into and keeps what was found.

use std::collections::BTreeSet;

use super::admit::{Admission, Quarantined};
use super::core::{RelayCore, RelayError};
use super::log::{Limit, Log, LogEntry};
use super::pending::Pending;
use crate::cursor::Sequence;

/// What was found in a stretch of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examined {
    /// The last sequence that was looked into.
    pub upto: Sequence,
    pub quarantined: Vec<Quarantined>,
}

/// What was received and not yet looked into. It only grows at its end until [`RelayCore::release`] cuts off its beginning:
/// who looks into it need not keep anybody from writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Everything up to here was looked into.
    pub released: Sequence,
    position: Sequence,
}

impl Waiting {
    /// The next stretch, in order, refused entries and decisions included; empty when nothing waits. With it how far
    /// it reaches.
    ///
    /// # Errors
    /// The log's failure.
    pub fn next<L: Log>(
        self,
        limit: Limit,
        log: &L,
    ) -> Result<(Vec<LogEntry>, Sequence), RelayError<L::Error>> {
        if self.released >= self.position {
            return Ok((Vec::new(), self.released));
        }
        let mut page = log.entries(self.released, limit).map_err(RelayError::Log)?;
        page.retain(|entry| entry.sequence <= self.position);
        // Behind the last entry there are only facts, which are settled already.
        let upto = page.last().map_or(self.position, |last| last.sequence);
        Ok((page, upto))
    }
}

impl RelayCore {
    #[must_use]
    pub fn waiting(&self) -> Waiting {
        Waiting {
            released: self.released,
            position: self.position,
        }
    }

    /// Lets what was looked into be passed on, but for what was quarantined.
    ///
    /// # Errors
    /// The log's failure, after which the pending state must be dropped.
    pub fn release<L: Log>(
        &self,
        pending: &mut Pending,
        examined: Examined,
        log: &L,
    ) -> Result<Admission, RelayError<L::Error>> {
        let mut found = BTreeSet::new();
        for quarantined in &examined.quarantined {
            let Some(entry) = entry_at(quarantined.sequence, log)? else {
                continue;
            };
            found.extend(entry.change());
            pending.quarantined.push((entry.device, entry.sequence));
        }
        pending.refused.extend(found);
        let upto = examined.upto.min(pending.position);
        pending.released = pending.released.max(Some(upto));
        Ok(Admission {
            quarantined: examined.quarantined,
            released: Some(upto),
            ..Admission::default()
        })
    }
}

pub(super) fn entry_at<L: Log>(
    sequence: Sequence,
    log: &L,
) -> Result<Option<LogEntry>, RelayError<L::Error>> {
    const ONE: Limit = Limit {
        entries: 1,
        bytes: usize::MAX,
    };
    let mut page = log
        .entries(sequence.saturating_sub(1), ONE)
        .map_err(RelayError::Log)?;
    Ok(page.pop().filter(|entry| entry.sequence == sequence))
}
