//! From storage to memory. No document is opened.

use caravan_domain::facts::{Fact, FactChange, FactKey};
use caravan_domain::row::DocumentRows;
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
use crate::stored::{self, DOCUMENTS_PER_PAGE, Note, Page, Repair};

/// Pages read at once, so that decoding one part goes on while the next is on its way.
const PAGES_AT_ONCE: u32 = 16;

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
            false => try_join(storage.all(Store::Facts), glimpse::read(storage, platform)).await,
        }
    };
    let (meta, (facts, glimpse)) = try_join(storage.all(Store::Meta), unlocked).await?;
    take_meta(&mut state, meta)?;
    if storage.is_locked() {
        state.lock_up();
        greet(greeting(&state, Vec::new())?);
        state.touched.everything = true;
        return Ok(state);
    }
    for (_, fact) in facts {
        let (key, fact): (FactKey, Fact) = stored::read(&fact)?;
        state.settled.apply(FactChange {
            key,
            fact: Some(fact),
        });
    }
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
    take_pages(&mut state, pages)?;
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

struct ReadPage {
    number: u32,
    notes: Vec<Note>,
    rows: Vec<Option<DocumentRows>>,
}

async fn read_pages(storage: &impl Storage) -> Result<Vec<ReadPage>, EngineError> {
    let keys = storage.keys(Store::Pages).await?;
    let parts = keys.chunks(PAGES_AT_ONCE as usize).map(|keys| async move {
        let first = keys.first().map(Vec::as_slice).unwrap_or_default();
        let pages = storage.starting_at(Store::Pages, first, PAGES_AT_ONCE);
        let pages = keys.iter().zip(pages.await?);
        let read = pages.map(|(key, page)| read_page(key, &page));
        read.collect::<Result<Vec<_>, EngineError>>()
    });
    let parts = try_join_all(parts).await?;
    Ok(parts.into_iter().flatten().collect())
}

fn read_page(key: &[u8], page: &[u8]) -> Result<ReadPage, EngineError> {
    let number = key.try_into().map(u32::from_be_bytes);
    let page: Page = stored::read(page)?;
    Ok(ReadPage {
        number: number.map_err(|_| EngineError::Damaged)?,
        rows: page.rows()?,
        notes: page.notes,
    })
}

/// All at once: maps are built from sorted lists in a fraction of the time that one insertion after
/// the other takes.
fn take_pages(state: &mut State, pages: Vec<ReadPage>) -> Result<(), EngineError> {
    let mut notes = Vec::with_capacity(pages.len() * DOCUMENTS_PER_PAGE);
    let mut grants = Vec::with_capacity(notes.capacity());
    let mut projected = Vec::with_capacity(notes.capacity());
    for page in pages {
        let place = page.number as usize;
        if place > notes.len() + state.pages.len() + 1_000_000 {
            return Err(EngineError::Damaged);
        }
        state
            .pages
            .resize(state.pages.len().max(place + 1), Vec::new());
        for (mut note, rows) in page.notes.into_iter().zip(page.rows) {
            let id = note.document;
            grants.extend(note.grant.take().map(|grant| (id, grant)));
            match rows {
                Some(rows) => projected.push((id, rows)),
                None if note.held => drop(state.unprojected.insert(id)),
                None => {}
            }
            state.pages[place].push(id);
            let page = page.number;
            notes.push((id, NoteInPage { page, note }));
        }
    }
    state.notes = notes.into_iter().collect();
    state.settled.grants = grants.into_iter().collect();
    state.rows = projected.into_iter().collect();
    Ok(())
}
