//! From storage to memory. No document is opened.

use std::collections::BTreeSet;

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactChange, FactKey, Facts, Grant};
use caravan_domain::row::Filling;
use caravan_port::ask::{Sent, Told};
use caravan_port::message::Greeting;
use futures_util::TryFutureExt;
use futures_util::future::{try_join, try_join_all};

use crate::answer;
use crate::error::EngineError;
use crate::exchange::every_document;
use crate::glimpse;
use crate::outbox::Waiting;
use crate::platform::Platform;
use crate::state::{NoteInPage, State};
use crate::storage::{Key, Storage, Store};
use crate::stored::{self, Page, Repair};

/// Facts asked for at once.
const FACTS_AT_ONCE: u32 = 2_048;

/// Pages asked for at once.
const PAGES_AT_ONCE: usize = 8;

/// `greet` hears whose device it is and what the first screens said last, before the rows are there.
pub(crate) async fn boot(
    storage: &impl Storage,
    platform: &impl Platform,
    greet: impl FnOnce(Greeting),
) -> Result<State, EngineError> {
    let mut state = State::default();
    let unlocked = async {
        match storage.is_locked() {
            true => Ok(Default::default()),
            false => {
                let glimpse = glimpse::read(storage, platform).map_err(EngineError::from);
                try_join(read_facts(storage), glimpse).await
            }
        }
    };
    let meta = storage.all(Store::Meta).map_err(EngineError::from);
    let (meta, (settled, glimpse)) = try_join(meta, unlocked).await?;
    take_meta(&mut state, meta)?;
    if storage.is_locked() {
        state.lock_up();
        greet(greeting(&state, Vec::new())?);
        state.touched.everything = true;
        return Ok(state);
    }
    state.settled = settled;
    let (kept, first) = glimpse;
    state.glimpse = kept;
    greet(greeting(&state, first)?);
    let others = [
        Store::Outbox,
        Store::Attention,
        Store::Undo,
        Store::BlobNotes,
        Store::Answered,
    ];
    let others = others.map(|store| storage.all(store).map_err(EngineError::from));
    let (pages, others) = try_join(read_pages(storage), try_join_all(others)).await?;
    let [outbox, attention, undo, blobs, answered] =
        others.try_into().map_err(|_| EngineError::Damaged)?;
    pages.put_into(&mut state);
    for (_, outgoing) in outbox {
        state.outbox.insert(Waiting::of(&stored::read(&outgoing)?)?);
    }
    for (_, attention) in attention {
        let attention: stored::Attention = stored::read(&attention)?;
        let sequence = attention.outgoing.envelope.sequence;
        state.attention.insert(sequence, attention);
    }
    for (_, undo) in undo {
        // One of another version is an offer less, and no reason not to start.
        state
            .undo
            .extend(stored::read::<stored::Undoable>(&undo).ok());
    }
    for (_, note) in blobs {
        let note: stored::BlobNote = stored::read(&note)?;
        state.blobs.insert(note.hash, note);
    }
    for (_, answered) in answered {
        state.answers.insert(stored::read(&answered)?);
    }
    state.lay_over();
    state.hide_erased();
    state.touched.everything = true;
    Ok(state)
}

fn greeting(state: &State, first: Vec<u8>) -> Result<Greeting, EngineError> {
    let session = Told::Session(answer::session(state, &state.settled));
    Ok(Greeting {
        session: Sent::of(&session)?,
        first,
    })
}

fn take_meta(state: &mut State, meta: Vec<(Key, Vec<u8>)>) -> Result<(), EngineError> {
    for (key, value) in meta {
        match &*key {
            stored::IDENTITY => state.identity = Some(stored::read(&value)?),
            stored::CHAIN => state.chain = stored::read(&value)?,
            stored::PROGRESS => state.progress = stored::read(&value)?,
            stored::PERSISTED => state.persisted = Some(*value == [1]),
            stored::REVOKED => state.revoked = true,
            stored::COPIED => state.copied = true,
            stored::LOST => state.lost = stored::read(&value).ok(),
            stored::PUT_BY => state.put_by = stored::read(&value)?,
            stored::LOCK => state.lock = Some(stored::read(&value)?),
            stored::USE => state.used = stored::read(&value).ok(),
            stored::SHARE => state.has_share = true,
            stored::REPAIR => state.repair = Some(stored::read(&value)?),
            _ => {}
        }
    }
    if state.repair == Some(Repair::Settling) {
        // Which documents have come is not stored: it begins again.
        state.progress.cursor = every_document(state.progress.cursor);
    }
    Ok(())
}

/// A part at a time: an order is a fact, and after some years there are tens of thousands.
async fn read_facts(storage: &impl Storage) -> Result<Facts, EngineError> {
    let mut facts = Facts::default();
    let mut from = Vec::new();
    loop {
        let part = storage.starting_at(Store::Facts, &from, FACTS_AT_ONCE);
        let part = part.await?;
        let mut last = None;
        for fact in &part {
            let (key, fact): (FactKey, Fact) = stored::read(fact)?;
            last = Some(key);
            facts.apply(FactChange {
                key,
                fact: Some(fact),
            });
        }
        match last.filter(|_| part.len() == FACTS_AT_ONCE as usize) {
            // It comes once more, and says the same.
            Some(last) => from = stored::fact_key(last),
            None => return Ok(facts),
        }
    }
}

/// Some pages are decoded while the next are on their way. No more of them are there at once, as bytes or as rows as they are:
/// what memory a device ever took it never gives back.
async fn read_pages(storage: &impl Storage) -> Result<Pages, EngineError> {
    let keys = storage.keys(Store::Pages).await?;
    let mut read = Pages::default();
    let mut parts = keys.chunks(PAGES_AT_ONCE);
    let mut held = pages_of(storage, parts.next()).await?;
    while !held.is_empty() {
        let next = pages_of(storage, parts.next());
        let taken = async {
            held.into_iter()
                .try_for_each(|(key, page)| read.take(&key, &page))
        };
        (held, ()) = try_join(next, taken).await?;
    }
    Ok(read)
}

/// With their keys.
async fn pages_of(
    storage: &impl Storage,
    keys: Option<&[Key]>,
) -> Result<Vec<(Key, Vec<u8>)>, EngineError> {
    let Some(keys) = keys else {
        return Ok(Vec::new());
    };
    let first = keys.first().map(Vec::as_slice).unwrap_or_default();
    let limit = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    let pages = storage.starting_at(Store::Pages, first, limit).await?;
    Ok(keys.iter().cloned().zip(pages).collect())
}

/// What the pages come to. Maps are built from sorted lists in a fraction of the time that one insertion after the other
/// takes.
#[derive(Default)]
struct Pages {
    notes: Vec<(DocumentId, NoteInPage)>,
    grants: Vec<(DocumentId, Grant)>,
    rows: Filling,
    unprojected: BTreeSet<DocumentId>,
    documents: Vec<Vec<DocumentId>>,
}

impl Pages {
    fn take(&mut self, key: &[u8], page: &[u8]) -> Result<(), EngineError> {
        let number = key.try_into().map(u32::from_be_bytes);
        let number = number.map_err(|_| EngineError::Damaged)?;
        let place = number as usize;
        if place > self.notes.len() + self.documents.len() + 1_000_000 {
            return Err(EngineError::Damaged);
        }
        let pages = self.documents.len().max(place + 1);
        self.documents.resize(pages, Vec::new());
        let page: Page = stored::read(page)?;
        page.each(|mut note, rows| {
            let id = note.document;
            self.grants
                .extend(note.grant.take().map(|grant| (id, grant)));
            match rows {
                Some(rows) => self.rows.put(id, rows),
                None if note.held => drop(self.unprojected.insert(id)),
                None => {}
            }
            self.documents[place].push(id);
            self.notes.push((id, NoteInPage { page: number, note }));
        })?;
        Ok(())
    }

    fn put_into(self, state: &mut State) {
        state.notes = self.notes.into_iter().collect();
        state.settled.grants = self.grants.into_iter().collect();
        state.rows = self.rows.filled();
        state.unprojected = self.unprojected;
        state.pages = self.documents;
    }
}
