//! A piece of the log that nobody else has been given, and what becomes of it.

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use caravan_domain::document::DocumentId;
use caravan_sync::change::{self, ChangeHeader};
use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::{Envelope, Hash, Payload};
use caravan_sync::frame::Quarantine;
use caravan_sync::relay::{
    Examined, FactsThen, Limit, Log, LogEntry, Quarantined, RelayError, Waiting, assemble,
};
use serde_bytes::ByteBuf;

use super::verdict::judge;
use super::{Report, Request};

#[derive(Debug)]
pub struct Stretch {
    upto: Sequence,
    /// In the log's order.
    changes: Vec<Received>,
}

/// A stretch, and what is to be asked of the merger about it.
pub type Asked = (Stretch, Vec<Request>);

#[derive(Debug)]
struct Received {
    entry: LogEntry,
    header: ChangeHeader,
}

impl Stretch {
    /// The next one; `None` when nothing waits.
    ///
    /// # Errors
    /// The log's failure.
    pub fn read<L: Log>(
        waiting: Waiting,
        limit: Limit,
        log: &L,
    ) -> Result<Option<Asked>, RelayError<L::Error>> {
        let released = waiting.released;
        let (entries, upto) = waiting.next(limit, log)?;
        if upto == released {
            return Ok(None);
        }
        let mut requests: BTreeMap<DocumentId, Request> = BTreeMap::new();
        let mut changes = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some((header, bytes)) = accepted_change(&entry) else {
                continue;
            };
            let id = entry.document;
            let request = match requests.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(Request {
                    id,
                    document: assemble(id, released, log)?.snapshot.chunks,
                    changes: Vec::new(),
                }),
            };
            request.changes.push(bytes);
            changes.push(Received { entry, header });
        }
        let requests = requests.into_values().collect();
        Ok(Some((Self { upto, changes }, requests)))
    }

    /// `reports` are the merger's answers to the requests, by document. Each change is held against the facts of when it was
    /// received.
    #[must_use]
    pub fn judge(self, reports: BTreeMap<DocumentId, Report>, facts: &mut FactsThen) -> Examined {
        let mut reports: BTreeMap<_, _> = reports
            .into_iter()
            .map(|(id, report)| (id, report.into_iter()))
            .collect();
        let mut dropped: BTreeSet<Hash> = BTreeSet::new();
        let mut quarantined = Vec::new();
        for Received { entry, header } in self.changes {
            let found = reports.get_mut(&entry.document).and_then(Iterator::next);
            let mut rests_on = header.dependencies.iter().chain([&header.hash]);
            let rests_on_dropped = rests_on.any(|it| dropped.contains(it));
            let verdict = match found {
                _ if rests_on_dropped => Err(Quarantine::Unfounded),
                Some(found) => {
                    let facts = facts.at(entry.sequence);
                    judge(entry.device, entry.document, found, facts)
                }
                None => Err(Quarantine::Unsound),
            };
            if let Err(reason) = verdict {
                dropped.insert(header.hash);
                let sequence = entry.sequence;
                quarantined.push(Quarantined { sequence, reason });
            }
        }
        let upto = self.upto;
        // What was settled behind the last change counts for the next stretch.
        facts.at(upto);
        Examined { upto, quarantined }
    }
}

/// `None` for decisions, and for what was refused when it came.
fn accepted_change(entry: &LogEntry) -> Option<(ChangeHeader, ByteBuf)> {
    if entry.refusal.is_some() {
        return None;
    }
    let Payload::Change(bytes) = Envelope::from_bytes(&entry.envelope)?.payload else {
        return None;
    };
    Some((change::header(&bytes).ok()?, ByteBuf::from(bytes)))
}
