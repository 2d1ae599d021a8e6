//! A write before it is durable: what one command or one reply of the relay changes, as one
//! transaction and as what follows from it in memory once the transaction is complete.

use std::collections::{BTreeMap, BTreeSet};

use caravan_documents::DocumentError;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactChange, FactKey, Grant};
use caravan_domain::id::{BlobHash, Id};
use caravan_domain::row::DocumentRows;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::ReceivedChange;

use crate::answers;
use crate::error::EngineError;
use crate::open::Opened;
use crate::outbox::Waiting;
use crate::state::{NoteInPage, State, lay};
use crate::storage::{Key, Store, Transaction};
use crate::stored::{
    self, Answered, Attention, BlobNote, Chain, DOCUMENTS_PER_PAGE, Identity, Kept, Note, Outgoing,
    Page, Part, Progress, Repair, Undoable,
};

/// More parts than this are replaced by one.
const LOOSE_PARTS_MAX: u32 = 16;
/// A write of more documents than this leaves the cache to those that are really being read.
const CACHED_AT_ONCE: usize = 8;
/// The last commands that can be undone.
const UNDO_KEPT: usize = 20;

#[derive(Debug, Default)]
pub(crate) struct Stage {
    documents: BTreeMap<DocumentId, StagedDocument>,
    purged: BTreeSet<DocumentId>,
    /// By document and the device's own count.
    refused: Vec<(DocumentId, u64)>,
    /// Of [`Stage::take_out_of`].
    taken_out: BTreeSet<DocumentId>,
    facts: Vec<FactChange>,
    outgoing: Vec<Outgoing>,
    /// Those that wait already, without the name of what they are about.
    without_subject: Vec<Outgoing>,
    done: BTreeSet<u64>,
    attention: Vec<Attention>,
    pub(crate) dismissed: Vec<u64>,
    /// Envelopes that the relay has from now on, or had.
    kept: Vec<Kept>,
    unkept: BTreeSet<Key>,
    pub(crate) repair: Option<Option<Repair>>,
    /// See [`State::put_by`].
    pub(crate) put_by: Option<BTreeSet<DocumentId>>,
    /// Who this device is, if that is another one.
    pub(crate) identity: Option<Identity>,
    /// See [`State::copied`].
    pub(crate) copied: bool,
    pub(crate) chain: Option<Chain>,
    pub(crate) progress: Option<Progress>,
    pub(crate) undo: Option<Undoable>,
    pub(crate) undone: Option<u64>,
    pub(crate) answered: Option<Answered>,
    /// Drafts of forms that were about purged documents.
    drafts: BTreeSet<String>,
    blobs: BTreeMap<BlobHash, Option<BlobNote>>,
    /// Bytes of new pictures.
    pictures: Vec<(BlobHash, Vec<u8>)>,
    pages: BTreeMap<DocumentId, u32>,
}

#[derive(Debug)]
struct StagedDocument {
    note: Note,
    opened: Option<Opened>,
    rows: Option<DocumentRows>,
    part: Part,
    /// Write the document whole instead of appending `part`.
    whole: bool,
    /// Nothing of it is left here but its grant.
    emptied: bool,
}

impl Stage {
    /// Appends `chunks` to what is stored; `opened` is the document with them.
    pub(crate) fn append(
        &mut self,
        state: &State,
        opened: Opened,
        chunks: &[u8],
        received: Vec<ReceivedChange>,
    ) -> Result<(), DocumentError> {
        let id = opened.document.id();
        let rows = opened.rows()?;
        let latest = received.iter().map(|it| it.at).max();
        let leaves = self.leaves(id);
        let staged = self.document(state, id);
        staged.rows = Some(rows);
        staged.note.held = true;
        staged.note.received_at = staged.note.received_at.max(latest);
        staged.part.chunks.extend_from_slice(chunks);
        staged.part.received.extend(received);
        staged.whole |= leaves;
        staged.emptied = false;
        staged.opened = Some(opened);
        Ok(())
    }

    /// Replaces everything stored of a document.
    pub(crate) fn replace(&mut self, state: &State, opened: Opened) -> Result<(), DocumentError> {
        let id = opened.document.id();
        let rows = opened.rows()?;
        let latest = opened.received.values().max().copied();
        let staged = self.document(state, id);
        staged.rows = Some(rows);
        staged.note.held = true;
        staged.note.received_at = staged.note.received_at.max(latest);
        staged.whole = true;
        staged.emptied = false;
        staged.opened = Some(opened);
        Ok(())
    }

    /// Notes the relay's receipt of one of this device's own changes.
    pub(crate) fn receive(&mut self, state: &State, waiting: &Waiting, change: ReceivedChange) {
        self.done.insert(waiting.sequence);
        let document = waiting.document;
        // A document that this reply takes away stays away, although a change in it was received.
        if waiting.decision.is_some() || !self.will_hold(state, document) {
            return;
        }
        let record = waiting.record.and_then(|record| record_id(&record));
        let at = change.at;
        let staged = self.document(state, document);
        staged.note.received_at = staged.note.received_at.max(Some(at));
        if let Some(id) = record {
            staged.note.records.retain(|(known, _)| *known != id);
            staged.note.records.push((id, at));
        }
        if let Some(opened) = &mut staged.opened {
            opened.note_received(std::slice::from_ref(&change));
        }
        staged.part.received.push(change);
    }

    pub(crate) fn refuse(&mut self, attention: Attention) {
        self.refuse_untold(&attention.outgoing.envelope);
        self.attention.push(attention);
    }

    pub(crate) fn told(&self) -> impl Iterator<Item = &Attention> {
        self.attention.iter()
    }

    /// Of what the person is told with something else.
    pub(crate) fn refuse_untold(&mut self, envelope: &Envelope) {
        self.done.insert(envelope.sequence);
        self.refused.push((envelope.document, envelope.sequence));
    }

    pub(crate) fn without_subject(&mut self, outgoing: Outgoing) {
        self.without_subject.push(outgoing);
    }

    /// A line that the person needs no more: another one says it as well.
    pub(crate) fn take_off(&mut self, sequence: u64) {
        self.attention
            .retain(|known| known.outgoing.envelope.sequence != sequence);
        self.dismissed.push(sequence);
    }

    /// Replaces a line that the person has been told.
    pub(crate) fn tell_again(&mut self, attention: Attention) {
        self.attention.push(attention);
    }

    /// Rows alone were projected anew.
    pub(crate) fn project(&mut self, state: &State, id: DocumentId, rows: DocumentRows) {
        self.document(state, id).rows = Some(rows);
    }

    pub(crate) fn purge(&mut self, id: DocumentId) {
        self.documents.remove(&id);
        self.purged.insert(id);
        // Even when it comes again in the same reply.
        self.taken_out.insert(id);
    }

    /// As [`Stage::purge`], of a document whose grant stays.
    pub(crate) fn empty(&mut self, state: &State, id: DocumentId) {
        let staged = self.document(state, id);
        staged.note.held = false;
        staged.note.received_at = None;
        staged.note.records.clear();
        staged.rows = Some(DocumentRows::default());
        staged.opened = None;
        staged.part = Part::default();
        staged.emptied = true;
    }

    pub(crate) fn drop_draft(&mut self, key: String) {
        self.drafts.insert(key);
    }

    pub(crate) fn facts(&self) -> &[FactChange] {
        &self.facts
    }

    pub(crate) fn fact(&mut self, state: &State, change: FactChange) {
        match (change.key, &change.fact) {
            // Granted again in the reply that took it away; what it holds may come later.
            (FactKey::Grant(id), Some(_)) if self.purged.contains(&id) => self.empty(state, id),
            (FactKey::Grant(id), _) if !self.purged.contains(&id) => drop(self.document(state, id)),
            _ => {}
        }
        self.facts.push(change);
    }

    pub(crate) fn send(&mut self, outgoing: Outgoing) {
        self.outgoing.push(outgoing);
    }

    /// An own one that was received, or another's.
    pub(crate) fn keep(&mut self, kept: Kept) {
        self.kept.push(kept);
    }

    pub(crate) fn kept(&self) -> usize {
        self.kept.len()
    }

    pub(crate) fn forget_kept(&mut self, key: Key) {
        self.unkept.insert(key);
    }

    /// The relay lacks it: it waits again.
    pub(crate) fn send_again(&mut self, key: Key, outgoing: Outgoing) {
        self.unkept.insert(key);
        self.outgoing.push(outgoing);
    }

    /// Lost to the relay, and to be seen by the person.
    pub(crate) fn tell_lost(&mut self, attention: Attention) {
        self.attention.push(attention);
    }

    /// Something in it is taken out that nobody else will ever have: what was written here cannot be taken back as it
    /// was.
    pub(crate) fn take_out_of(&mut self, id: DocumentId) {
        self.taken_out.insert(id);
    }

    pub(crate) fn told_lost(&self) -> usize {
        self.attention.len()
    }

    pub(crate) fn blob(&mut self, hash: BlobHash, note: Option<BlobNote>) {
        self.blobs.insert(hash, note);
    }

    pub(crate) fn picture(&mut self, hash: BlobHash, bytes: Vec<u8>) {
        self.pictures.push((hash, bytes));
    }

    pub(crate) fn purges(&self, id: DocumentId) -> bool {
        self.purged.contains(&id)
    }

    /// Whether nothing of it stays here, as far as is known by now.
    pub(crate) fn leaves(&self, id: DocumentId) -> bool {
        let emptied = |staged: &StagedDocument| staged.emptied;
        self.purges(id) || self.documents.get(&id).is_some_and(emptied)
    }

    /// Whether there is a copy here once this is stored.
    pub(crate) fn will_hold(&self, state: &State, id: DocumentId) -> bool {
        match self.documents.get(&id) {
            Some(staged) => staged.note.held,
            None => state.holds(id) && !self.purges(id),
        }
    }

    /// What cannot be taken back any more, by its number: nothing of the document stays here, or not what was written.
    fn cannot_be_undone(&self, state: &State) -> BTreeSet<u64> {
        let documents = self.documents_not_as_written();
        let over = state.undo.iter().filter(|it| it.is_about(&documents));
        let refused = self.refused.iter().filter_map(|(document, sequence)| {
            let written = |it: &&Undoable| it.undo <= *sequence && it.is_about(&[*document].into());
            state.undo.iter().rev().find(written)
        });
        over.chain(refused).map(|it| it.undo).collect()
    }

    fn documents_not_as_written(&self) -> BTreeSet<DocumentId> {
        self.left()
            .into_iter()
            .chain(self.taken_out.iter().copied())
            .collect()
    }

    /// Documents of which nothing stays here.
    fn left(&self) -> BTreeSet<DocumentId> {
        let emptied = self.documents.iter().filter(|(_, staged)| staged.emptied);
        let emptied = emptied.map(|(id, _)| *id);
        self.purged.iter().copied().chain(emptied).collect()
    }

    /// The document as this write leaves it, if the write opened it.
    pub(crate) fn opened(&self, id: DocumentId) -> Option<&Opened> {
        self.documents.get(&id)?.opened.as_ref()
    }

    pub(crate) fn rows(&self, id: DocumentId) -> Option<&DocumentRows> {
        self.documents.get(&id)?.rows.as_ref()
    }

    fn document(&mut self, state: &State, id: DocumentId) -> &mut StagedDocument {
        self.purged.remove(&id);
        self.documents.entry(id).or_insert_with(|| StagedDocument {
            note: match state.notes.get(&id) {
                Some(known) => known.note.clone(),
                None => Note::new(id),
            },
            opened: None,
            rows: None,
            part: Part::default(),
            whole: false,
            emptied: false,
        })
    }

    /// Everything as one transaction.
    pub(crate) fn transaction(&mut self, state: &State) -> Result<Transaction, EngineError> {
        let mut transaction = Transaction::default();
        for id in &self.purged {
            transaction.delete_prefix(Store::Documents, id.to_bytes());
            transaction.delete_prefix(Store::History, id.to_bytes());
        }
        self.write_history(&mut transaction);
        for key in &self.drafts {
            transaction.delete(Store::Drafts, key.as_bytes());
        }
        for (id, staged) in &mut self.documents {
            staged.write_parts(*id, &mut transaction)?;
        }
        self.write_pages(state, &mut transaction);
        self.write_facts(&mut transaction);
        self.write_outbox(state, &mut transaction);
        for (hash, bytes) in self.pictures.drain(..) {
            transaction.put(Store::Blobs, hash.0, bytes);
        }
        for (hash, note) in &self.blobs {
            match note {
                Some(note) => transaction.put(Store::BlobNotes, hash.0, stored::write(note)),
                None => {
                    transaction.delete(Store::BlobNotes, hash.0);
                    transaction.delete(Store::Blobs, hash.0);
                }
            }
        }
        if let Some(chain) = &self.chain {
            transaction.put(Store::Meta, stored::CHAIN, stored::write(chain));
        }
        if let Some(progress) = &self.progress {
            transaction.put(Store::Meta, stored::PROGRESS, stored::write(progress));
        }
        if self.copied {
            transaction.put(Store::Meta, stored::COPIED, vec![1]);
        }
        if let Some(identity) = &self.identity {
            transaction.put(Store::Meta, stored::IDENTITY, stored::write(identity));
        }
        match &self.repair {
            Some(Some(repair)) => {
                transaction.put(Store::Meta, stored::REPAIR, stored::write(repair));
            }
            Some(None) => transaction.delete(Store::Meta, stored::REPAIR),
            None => {}
        }
        match &self.put_by {
            Some(put_by) if put_by.is_empty() => transaction.delete(Store::Meta, stored::PUT_BY),
            Some(put_by) => transaction.put(Store::Meta, stored::PUT_BY, stored::write(put_by)),
            None => {}
        }
        if let Some(answered) = &self.answered {
            let slot = answers::slot(answered);
            transaction.put(Store::Answered, slot, stored::write(answered));
        }
        Ok(transaction)
    }

    fn write_history(&self, transaction: &mut Transaction) {
        for key in &self.unkept {
            transaction.delete(Store::History, key.as_slice());
        }
        for kept in &self.kept {
            // Nobody keeps what they may not read.
            if !self.purged.contains(&kept.envelope.document) {
                transaction.put(Store::History, kept.key(), stored::write(kept));
            }
        }
    }

    fn write_pages(&mut self, state: &State, transaction: &mut Transaction) {
        let mut pages: BTreeMap<u32, Vec<DocumentId>> = BTreeMap::new();
        let kept = |page: u32| {
            let documents = state.pages.get(page as usize).cloned().unwrap_or_default();
            documents
                .into_iter()
                .filter(|id| !self.purged.contains(id))
                .collect::<Vec<_>>()
        };
        for id in self.purged.iter().chain(self.documents.keys()) {
            if let Some(known) = state.notes.get(id) {
                pages.entry(known.page).or_insert_with(|| kept(known.page));
            }
        }
        let mut last = u32::try_from(state.pages.len().saturating_sub(1)).unwrap_or(u32::MAX);
        for id in self
            .documents
            .keys()
            .filter(|id| !state.notes.contains_key(id))
        {
            if pages.entry(last).or_insert_with(|| kept(last)).len() >= DOCUMENTS_PER_PAGE {
                last += 1;
            }
            pages.entry(last).or_default().push(*id);
            self.pages.insert(*id, last);
        }
        for (page, documents) in pages {
            if documents.is_empty() {
                transaction.delete(Store::Pages, page.to_be_bytes());
                continue;
            }
            let notes = documents.iter().map(|id| self.note(state, *id)).collect();
            let rows: Vec<_> = documents
                .iter()
                .map(|id| self.rows_of(state, *id))
                .collect();
            let page_value = Page::new(notes, &rows);
            transaction.put(Store::Pages, page.to_be_bytes(), stored::write(&page_value));
        }
    }

    fn note(&self, state: &State, id: DocumentId) -> Note {
        let mut note = match (self.documents.get(&id), state.notes.get(&id)) {
            (Some(staged), _) => staged.note.clone(),
            (None, Some(known)) => known.note.clone(),
            (None, None) => Note::new(id),
        };
        note.grant = self.grant(state, id);
        note
    }

    pub(crate) fn is_granted(&self, state: &State, id: DocumentId) -> bool {
        self.grant(state, id).is_some()
    }

    /// As it will be.
    fn grant(&self, state: &State, id: DocumentId) -> Option<Grant> {
        let decided = self
            .facts
            .iter()
            .rev()
            .find(|change| change.key == FactKey::Grant(id));
        match decided {
            Some(FactChange {
                fact: Some(Fact::Grant(grant)),
                ..
            }) => Some(grant.clone()),
            Some(_) => None,
            None => state.settled.grants.get(&id).cloned(),
        }
    }

    fn rows_of(&self, state: &State, id: DocumentId) -> Option<DocumentRows> {
        let staged = self
            .documents
            .get(&id)
            .and_then(|staged| staged.rows.clone());
        staged
            .or_else(|| state.hidden.get(&id).cloned())
            .or_else(|| (!state.unprojected.contains(&id)).then(|| state.rows.of(id)))
    }

    fn write_facts(&self, transaction: &mut Transaction) {
        for change in &self.facts {
            let key = stored::fact_key(change.key);
            match &change.fact {
                _ if matches!(change.key, FactKey::Grant(_)) => {}
                Some(fact) => {
                    let value = stored::write(&(change.key, fact.clone()));
                    transaction.put(Store::Facts, key, value);
                }
                None => transaction.delete(Store::Facts, key),
            }
        }
    }

    fn write_outbox(&self, state: &State, transaction: &mut Transaction) {
        for outgoing in self.outgoing.iter().chain(&self.without_subject) {
            let key = outgoing.envelope.sequence.to_be_bytes();
            transaction.put(Store::Outbox, key, stored::write(outgoing));
        }
        for sequence in &self.done {
            transaction.delete(Store::Outbox, sequence.to_be_bytes());
        }
        for attention in &self.attention {
            let key = attention.outgoing.envelope.sequence.to_be_bytes();
            transaction.put(Store::Attention, key, stored::write(attention));
        }
        for sequence in &self.dismissed {
            transaction.delete(Store::Attention, sequence.to_be_bytes());
        }
        if let Some(undo) = &self.undo {
            transaction.put(Store::Undo, undo.undo.to_be_bytes(), stored::write(undo));
            let surplus = (state.undo.len() + 1).saturating_sub(UNDO_KEPT);
            for old in state.undo.iter().take(surplus) {
                transaction.delete(Store::Undo, old.undo.to_be_bytes());
            }
        }
        if let Some(undone) = self.undone {
            transaction.delete(Store::Undo, undone.to_be_bytes());
        }
        for gone in self.cannot_be_undone(state) {
            transaction.delete(Store::Undo, gone.to_be_bytes());
        }
    }

    /// What follows in memory; to be called when the transaction is complete, and only then.
    pub(crate) fn settle(self, state: &mut State) -> Result<(), EngineError> {
        let purged = !self.left().is_empty();
        let over = self.cannot_be_undone(state);
        for id in &self.purged {
            state.forget(*id);
        }
        if !over.is_empty() {
            state.undo.retain(|known| !over.contains(&known.undo));
            state.touched.undo = true;
        }
        state.touched.drafts.extend(self.drafts);
        let few = self.documents.len() <= CACHED_AT_ONCE;
        for (id, staged) in self.documents {
            state.touched.documents.insert(id);
            if let Some(rows) = staged.rows {
                state.unprojected.remove(&id);
                match state.facts.is_erased(id) {
                    true => drop(state.hidden.insert(id, rows)),
                    false => state.rows.replace(id, rows),
                }
            }
            match staged.opened {
                Some(opened) if few || state.cache.contains(id) => state.cache.insert(id, opened),
                // Noted receipts are in the parts and not in the copy in memory.
                None if !staged.part.received.is_empty() || staged.emptied => {
                    state.cache.remove(id);
                }
                _ => {}
            }
            state.note(staged.note, self.pages.get(&id).copied());
        }
        state.touched.blobs.extend(self.blobs.keys());
        for (hash, note) in self.blobs {
            match note {
                Some(note) => drop(state.blobs.insert(hash, note)),
                None => drop(state.blobs.remove(&hash)),
            }
        }
        state.chain = self.chain.unwrap_or(state.chain);
        state.copied |= self.copied;
        if let Some(identity) = self.identity {
            state.identity = Some(identity);
        }
        if let Some(repair) = self.repair {
            state.repair = repair;
            state.touched.outbox = true;
        }
        if let Some(put_by) = self.put_by {
            state.put_by = put_by;
        }
        if let Some(progress) = self.progress {
            state.touched.connection = true;
            state.progress = progress;
        }
        if let Some(answered) = self.answered {
            state.answers.insert(answered);
        }
        for outgoing in &self.without_subject {
            state.outbox.forget_subject(outgoing.envelope.sequence);
            state.touched.outbox = true;
        }
        state.settle_undo(self.undo, self.undone);
        for sequence in &self.dismissed {
            state.attention.remove(sequence);
            state.touched.outbox = true;
        }
        let again = !self.unkept.is_empty() && !self.outgoing.is_empty();
        let relay_spoke = purged || !self.facts.is_empty() || !self.done.is_empty();
        state.settle_outbox(self.facts, &self.done, self.attention);
        if relay_spoke {
            state.lay_over();
        }
        state.send(&self.outgoing)?;
        if again {
            // Older ones came among those that wait.
            state.lay_over();
        }
        state.hide_erased();
        Ok(())
    }
}

impl StagedDocument {
    fn write_parts(
        &mut self,
        id: DocumentId,
        transaction: &mut Transaction,
    ) -> Result<(), EngineError> {
        if self.emptied {
            transaction.delete_prefix(Store::Documents, id.to_bytes());
            transaction.delete_prefix(Store::History, id.to_bytes());
            self.note.loose_parts = 0;
            return Ok(());
        }
        let nothing = self.part == Part::default();
        if !self.whole && nothing {
            return Ok(());
        }
        let crowded = self.note.loose_parts >= LOOSE_PARTS_MAX;
        let whole = match &self.opened {
            Some(opened) if self.whole || crowded => Some(opened.whole()?),
            _ => None,
        };
        self.note.loose_parts = match &whole {
            Some(_) => {
                transaction.delete_prefix(Store::Documents, id.to_bytes());
                0
            }
            None => self.note.loose_parts + 1,
        };
        let part = whole.as_ref().unwrap_or(&self.part);
        let key = stored::part_key(id, self.note.next_part);
        transaction.put(Store::Documents, key, stored::write(part));
        self.note.next_part += 1;
        Ok(())
    }
}

impl State {
    fn note(&mut self, mut note: Note, new_page: Option<u32>) {
        let id = note.document;
        note.grant = None;
        let page = match (new_page, self.notes.get(&id)) {
            (Some(page), _) => {
                let pages = self.pages.len().max(page as usize + 1);
                self.pages.resize(pages, Vec::new());
                self.pages[page as usize].push(id);
                page
            }
            (None, Some(known)) => known.page,
            (None, None) => return,
        };
        self.notes.insert(id, NoteInPage { page, note });
    }

    fn forget(&mut self, id: DocumentId) {
        if let Some(known) = self.notes.remove(&id)
            && let Some(page) = self.pages.get_mut(known.page as usize)
        {
            page.retain(|other| *other != id);
        }
        self.unprojected.remove(&id);
        self.hidden.remove(&id);
        self.rows.remove(id);
        self.cache.remove(id);
        self.settled.grants.remove(&id);
        self.touched.documents.insert(id);
        self.touched.facts = true;
    }

    fn settle_undo(&mut self, undo: Option<Undoable>, undone: Option<u64>) {
        if let Some(undone) = undone {
            self.undo.retain(|known| known.undo != undone);
            self.touched.undo = true;
        }
        if let Some(undo) = undo {
            self.undo.push_back(undo);
            while self.undo.len() > UNDO_KEPT {
                self.undo.pop_front();
            }
            self.touched.undo = true;
        }
    }

    fn settle_outbox(
        &mut self,
        facts: Vec<FactChange>,
        done: &BTreeSet<u64>,
        attention: Vec<Attention>,
    ) {
        self.touched.facts |= !facts.is_empty();
        for change in facts {
            self.settled.apply(change);
        }
        for sequence in done {
            self.touched.facts |= self
                .outbox
                .remove(*sequence)
                .is_some_and(|it| it.decision.is_some());
        }
        self.touched.outbox |= !done.is_empty() || !attention.is_empty();
        for known in attention {
            self.attention
                .insert(known.outgoing.envelope.sequence, known);
        }
    }

    fn send(&mut self, outgoing: &[Outgoing]) -> Result<(), EngineError> {
        self.touched.outbox |= !outgoing.is_empty();
        for outgoing in outgoing {
            let waiting = Waiting::of(outgoing)?;
            if let Some(identity) = &self.identity {
                let (document, at) = (waiting.document, waiting.written_at);
                lay(
                    &mut self.facts,
                    identity.person,
                    document,
                    waiting.decision.as_ref(),
                    at,
                );
            }
            self.touched.facts |= waiting.decision.is_some();
            self.outbox.insert(waiting);
        }
        Ok(())
    }
}

fn record_id(record: &caravan_domain::command::RecordRef) -> Option<Id> {
    use caravan_domain::command::RecordRef;
    match record {
        RecordRef::Visit(_, visit) => Some(visit.0),
        RecordRef::Task(_, task) => Some(task.0),
        RecordRef::Course(course) => Some(course.0),
        RecordRef::Class(class) => Some(class.0),
        RecordRef::Agreement(agreement) => Some(agreement.0),
        RecordRef::Round(round) => Some(round.0),
        RecordRef::Goal(goal) => Some(goal.goal.0),
        RecordRef::Order(_, order) => Some(order.0),
        RecordRef::Pay(_, id) | RecordRef::Post(_, id) => Some(*id),
        RecordRef::Client(_)
        | RecordRef::Person(_)
        | RecordRef::Review(..)
        | RecordRef::Reply(..) => None,
    }
}
