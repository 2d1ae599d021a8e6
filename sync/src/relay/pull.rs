//! What a device is sent: everything after its cursor that its person may hold now.
//!
//! Right after any number of grants given and taken back, because only two things are asked: may
//! the person read the document *now*, and when did they last come to. A document gained after the
//! cursor arrives whole, and none of its entries from before that; a document lost after the cursor
//! is purged. Purges go out first and may come twice.
//!
//! Its own changes are not sent to a device as entries. What comes whole has them, also those that nobody
//! has looked into yet: the device may have written them before it had to part with the document.
//!
//! Left out: a device that has lost its storage but kept its key would miss its own envelopes; it
//! begins from nothing instead, where documents come whole.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::FactKey;
use caravan_domain::id::{DeviceId, PersonId};
use caravan_domain::policy;

use super::batch::Batch;
use super::core::{RelayCore, RelayError};
use super::index::VisibilityChange;
use super::log::{Limit, Log, LogEntry};
use super::release::entry_at;
use super::snapshot::assemble_for;
use crate::cursor::{CatchUp, Cursor, Sequence};
use crate::envelope::{Envelope, Payload};
use crate::frame::{BATCH_TARGET, Reply};

/// Entries looked through at once, readable or not.
const PAGE: Limit = Limit {
    entries: 512,
    bytes: 2 * BATCH_TARGET,
};
/// Entries looked through for one reply.
const SCAN_MAX: usize = 4096;

impl RelayCore {
    /// The next reply to a device that stands at `cursor`. The shell fills in epoch, time,
    /// challenge and receipts. Asked again with the reply's cursor while it says `more`, it ends.
    ///
    /// # Errors
    /// The log's failure, or `UnknownDevice`.
    pub fn pull<L: Log>(
        &self,
        device: DeviceId,
        cursor: Cursor,
        log: &L,
    ) -> Result<Reply, RelayError<L::Error>> {
        let person = self.facts.author(device).ok_or(RelayError::UnknownDevice)?;
        let pull = Pull {
            core: self,
            person,
            device,
            log,
            batch: Batch::default(),
            remaining: 0,
        };
        match cursor.catch_up {
            _ if cursor.sequence > self.position => pull.start(),
            CatchUp::FromNothing => pull.start(),
            CatchUp::Everything { after } => pull.again(cursor.sequence, after),
            CatchUp::Gained { after } => pull.follow(cursor.sequence, Some(after)),
            CatchUp::Done => pull.follow(cursor.sequence, None),
        }
    }

    fn may_read(&self, person: PersonId, document: DocumentId) -> bool {
        policy::may_read(person, document, &self.facts)
    }
}

struct Pull<'a, L> {
    core: &'a RelayCore,
    person: PersonId,
    device: DeviceId,
    log: &'a L,
    batch: Batch,
    /// Clients still owed of a large catch-up.
    remaining: usize,
}

type Pulled<T, L> = Result<T, RelayError<<L as Log>::Error>>;

impl<L: Log> Pull<'_, L> {
    fn start(mut self) -> Pulled<Reply, L> {
        // A device that has not stored a reply yet may have written, and lost since what it wrote.
        let changes = self.changes(0);
        self.send_losses(&changes);
        for (_, key) in self.core.fact_index.within(0, Sequence::MAX) {
            // Some come with their documents.
            if key.document().is_none() {
                self.send_fact(key);
            }
        }
        self.return_all_quarantined()?;
        let position = self.core.released;
        self.everything(position, None)
    }

    /// Every document once more, from the first on or from where it was cut.
    fn again(mut self, sequence: Sequence, after: DocumentId) -> Pulled<Reply, L> {
        if after == DocumentId::WORKSPACE {
            // What it has sent once more itself it would take for something that is still to come.
            let changes = self.changes(0);
            self.send_losses(&changes);
        }
        self.everything(sequence, Some(after))
    }

    fn everything(mut self, sequence: Sequence, after: Option<DocumentId>) -> Pulled<Reply, L> {
        let owed: Vec<_> = self.readable().filter(|id| Some(*id) > after).collect();
        let stopped = self.send_whole(&owed)?;
        Ok(self.finish(Cursor {
            sequence,
            catch_up: stopped.map_or(CatchUp::Done, |after| CatchUp::Everything { after }),
        }))
    }

    fn follow(mut self, from: Sequence, resumed: Option<DocumentId>) -> Pulled<Reply, L> {
        if let Some(after) = resumed {
            let mut owed = self.gained(&self.changes(from.saturating_sub(1)), from);
            owed.retain(|document| *document > after);
            if let Some(after) = self.send_whole(&owed)? {
                return Ok(self.stop_in_gains(from, after));
            }
        }
        let changes = self.changes(from);
        self.send_losses(&changes);
        self.send_administration(&changes);
        let news = News::new(self.core, &changes, from);
        let mut at = from;
        let mut scanned = 0;
        while at < self.core.released && scanned < SCAN_MAX && !self.batch.is_full() {
            let mut page = self.log.entries(at, PAGE).map_err(RelayError::Log)?;
            page.retain(|entry| entry.sequence <= self.core.released);
            scanned += page.len();
            let horizon = page.last().map_or(self.core.released, |last| last.sequence);
            let entries: BTreeMap<_, _> =
                page.iter().map(|entry| (entry.sequence, entry)).collect();
            for sequence in news.sequences(at, horizon, entries.keys().copied()) {
                let mut owed = self.gained(&changes, sequence);
                if let Some(entry) = entries.get(&sequence) {
                    if owed.contains(&entry.document) && news.begins(entry) {
                        self.send_earlier_facts(entry, &news);
                    }
                    // What this device began it need not be told.
                    owed.retain(|id| *id != entry.document || entry.device != self.device);
                    // What begins a document is all there is of it: as an envelope, which whoever
                    // reads it can give back to a relay that has lost it.
                    let begins = owed.contains(&entry.document) && news.begins(entry);
                    owed.retain(|id| *id != entry.document || !begins);
                    self.send_entry(entry, &news)?;
                }
                for key in news.facts.get(&sequence).into_iter().flatten() {
                    // Some come with documents that come whole.
                    let comes = key.document().is_some_and(|id| owed.contains(&id));
                    if !comes {
                        self.send_fact(*key);
                    }
                }
                if let Some(after) = self.send_whole(&owed)? {
                    return Ok(self.stop_in_gains(sequence, after));
                }
                at = sequence;
                if self.batch.is_full() {
                    return Ok(self.finish(done(at)));
                }
            }
            at = horizon;
        }
        Ok(self.finish(done(at)))
    }

    fn stop_in_gains(self, sequence: Sequence, after: DocumentId) -> Reply {
        self.finish(Cursor {
            sequence,
            catch_up: CatchUp::Gained { after },
        })
    }

    fn finish(self, cursor: Cursor) -> Reply {
        let more = cursor.catch_up != CatchUp::Done || cursor.sequence < self.core.released;
        self.batch.finish(cursor, more, self.remaining)
    }

    /// The last changes after `after`, by sequence and document. What follows a client comes and
    /// goes with it, unless the person reads it for another reason.
    fn changes(&self, after: Sequence) -> Vec<VisibilityChange> {
        let mut changes = self.core.visibility.since(self.person, after);
        let following: Vec<_> = changes
            .iter()
            .filter_map(|change| Some((change, change.document.client()?)))
            .map(|(change, client)| VisibilityChange {
                document: DocumentId::orders(client),
                ..*change
            })
            .filter(|it| it.gained == self.core.may_read(self.person, it.document))
            .collect();
        // What was gained by itself, and lost since with its client.
        changes.retain(|it| {
            let follows = it.document.kind == DocumentKind::Orders;
            !(follows && it.gained) || self.core.may_read(self.person, it.document)
        });
        changes.extend(following);
        changes.sort_by_key(|change| (change.sequence, change.document));
        changes
    }

    /// The documents that came to be readable just at `sequence`, sorted.
    fn gained(&self, changes: &[VisibilityChange], sequence: Sequence) -> Vec<DocumentId> {
        let first = changes.partition_point(|change| change.sequence < sequence);
        changes[first..]
            .iter()
            .take_while(|change| change.sequence == sequence)
            .filter(|change| change.gained && change.document != DocumentId::WORKSPACE)
            .map(|change| change.document)
            .collect()
    }

    /// Every document the person may read, sorted.
    fn readable(&self) -> impl Iterator<Item = DocumentId> + use<'_, L> {
        let facts = self.core.facts();
        let all: BTreeSet<_> = policy::documents(facts).collect();
        all.into_iter()
            .filter(|document| self.core.may_read(self.person, *document))
    }

    /// Sends documents whole, with their grants, until the batch is full; the last one sent if
    /// more are owed then.
    fn send_whole(&mut self, owed: &[DocumentId]) -> Pulled<Option<DocumentId>, L> {
        for (sent, document) in owed.iter().enumerate() {
            for key in self.core.facts().keys_of(*document) {
                self.send_fact(key);
            }
            let whole = assemble_for(self.device, *document, self.core.released, self.log)?;
            if !whole.chunks.is_empty() {
                self.batch.snapshot(whole);
            }
            let left = owed.len() - sent - 1;
            if self.batch.is_full() && left > 0 {
                let clients = owed[sent + 1..].iter().filter_map(DocumentId::client);
                self.remaining = clients.count();
                return Ok(Some(*document));
            }
        }
        Ok(None)
    }

    fn send_losses(&mut self, changes: &[VisibilityChange]) {
        for change in changes {
            if !change.gained && change.document != DocumentId::WORKSPACE {
                self.batch.purge(change.document);
                // An erasure has taken the grant away already.
                let grant = change
                    .document
                    .client()
                    .map(|_| FactKey::Grant(change.document));
                for key in grant
                    .into_iter()
                    .chain(self.core.facts().keys_of(change.document))
                {
                    self.batch.fact(key, None);
                }
            }
        }
    }

    /// Somebody who came to run the workspace learns what only such people know; somebody who
    /// ceased to forgets it.
    fn send_administration(&mut self, changes: &[VisibilityChange]) {
        let mut changed = changes.iter();
        if !changed.any(|change| change.document == DocumentId::WORKSPACE) {
            return;
        }
        let facts = self.core.facts();
        let details = facts
            .device_details
            .keys()
            .copied()
            .map(FactKey::DeviceDetail);
        let invitations = facts.invitations.keys().copied().map(FactKey::Invitation);
        for key in details.chain(invitations) {
            let known = policy::may_know(self.person, key, facts);
            self.batch.fact(key, facts.get(key).filter(|_| known));
        }
    }

    fn send_fact(&mut self, key: FactKey) {
        let facts = self.core.facts();
        if policy::may_know(self.person, key, facts) {
            self.batch.fact(key, facts.get(key));
        }
    }

    /// What was decided about a document before it began: a log that was restored may have got back its beginning last.
    fn send_earlier_facts(&mut self, entry: &LogEntry, news: &News) {
        let now = news.facts.get(&entry.sequence);
        for key in self.core.facts().keys_of(entry.document) {
            if !now.is_some_and(|now| now.contains(&key)) {
                self.send_fact(key);
            }
        }
    }

    fn send_entry(&mut self, entry: &LogEntry, news: &News) -> Pulled<(), L> {
        if entry.device == self.device {
            return self.return_quarantined(entry);
        }
        let document = entry.document;
        if entry.refusal.is_some()
            || entry.is_erased()
            || (news.comes_whole(document, entry.sequence) && !news.begins(entry))
            || self.batch.holds(document)
            || document.kind == DocumentKind::Workspace
            || !self.core.may_read(self.person, document)
        {
            return Ok(());
        }
        let envelope = envelope(entry)?;
        if matches!(envelope.payload, Payload::Change(_)) {
            self.batch.entry(entry, envelope);
        }
        Ok(())
    }

    /// Those that a device which begins from nothing would pass over.
    fn return_all_quarantined(&mut self) -> Pulled<(), L> {
        let of_device = self.core.quarantined.get(&self.device);
        let released = ..=self.core.released;
        for sequence in of_device.into_iter().flat_map(|it| it.range(released)) {
            if let Some(entry) = entry_at(*sequence, self.log)? {
                self.return_quarantined(&entry)?;
            }
        }
        Ok(())
    }

    /// The device was told that this was received, and has let it go since.
    fn return_quarantined(&mut self, entry: &LogEntry) -> Pulled<(), L> {
        if entry.quarantined().is_some() && !entry.is_erased() {
            self.batch.returned(entry, envelope(entry)?);
        }
        Ok(())
    }
}

fn envelope<E>(entry: &LogEntry) -> Result<Envelope, RelayError<E>> {
    Envelope::from_bytes(&entry.envelope).ok_or(RelayError::Damaged(entry.sequence))
}

/// What is new for the person besides entries, as far as it may be passed on.
struct News {
    facts: BTreeMap<Sequence, Vec<FactKey>>,
    /// When each document was last gained.
    gained: BTreeMap<DocumentId, Sequence>,
    sequences: BTreeSet<Sequence>,
}

impl News {
    fn new(core: &RelayCore, changes: &[VisibilityChange], after: Sequence) -> Self {
        // Also those that cannot be passed on yet: what came before one of them comes with it, and would rest on nothing now.
        let gains = changes.iter().filter(|change| change.gained);
        let gained: BTreeMap<_, _> = gains
            .map(|change| (change.document, change.sequence))
            .collect();
        let mut facts: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (sequence, key) in core.fact_index.within(after, core.released) {
            facts.entry(sequence).or_default().push(key);
        }
        let sequences = facts.keys().chain(gained.values()).copied().collect();
        Self {
            facts,
            gained,
            sequences,
        }
    }

    /// Every sequence in (after, upto] at which there is anything, entries included.
    fn sequences(
        &self,
        after: Sequence,
        upto: Sequence,
        entries: impl Iterator<Item = Sequence>,
    ) -> BTreeSet<Sequence> {
        let news = self.sequences.range(after + 1..=upto);
        news.copied().chain(entries).collect()
    }

    /// Whether the document came to be with this entry, and was not gained once more since: a change
    /// gives somebody a document only by being its first.
    fn begins(&self, entry: &LogEntry) -> bool {
        entry.refusal.is_none() && self.gained.get(&entry.document) == Some(&entry.sequence)
    }

    /// What was gained at `sequence` or later comes whole, and earlier entries with it.
    fn comes_whole(&self, document: DocumentId, sequence: Sequence) -> bool {
        self.gained.get(&document) >= Some(&sequence)
    }
}

const fn done(sequence: Sequence) -> Cursor {
    Cursor {
        sequence,
        catch_up: CatchUp::Done,
    }
}
