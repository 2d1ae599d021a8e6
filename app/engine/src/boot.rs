//! From storage to memory. No document is opened.

use caravan_domain::facts::{Fact, FactChange, FactKey};

use crate::error::EngineError;
use crate::outbox::Waiting;
use crate::state::{NoteInPage, State};
use crate::storage::{Storage, Store};
use crate::stored::{self, Page};

pub(crate) async fn boot(storage: &impl Storage) -> Result<State, EngineError> {
    let mut state = State::default();
    read_meta(storage, &mut state).await?;
    for (key, page) in storage.all(Store::Pages).await? {
        let number = key.try_into().map(u32::from_be_bytes);
        read_page(
            &mut state,
            number.map_err(|_| EngineError::Damaged)?,
            stored::read(&page)?,
        )?;
    }
    for (_, fact) in storage.all(Store::Facts).await? {
        let (key, fact): (FactKey, Fact) = stored::read(&fact)?;
        state.settled.apply(FactChange {
            key,
            fact: Some(fact),
        });
    }
    for (_, outgoing) in storage.all(Store::Outbox).await? {
        state.outbox.insert(Waiting::of(&stored::read(&outgoing)?)?);
    }
    for (_, attention) in storage.all(Store::Attention).await? {
        let attention: stored::Attention = stored::read(&attention)?;
        let sequence = attention.outgoing.envelope.sequence;
        state.attention.insert(sequence, attention);
    }
    for (_, undo) in storage.all(Store::Undo).await? {
        // One of another version is an offer less, and no reason not to start.
        state
            .undo
            .extend(stored::read::<stored::Undoable>(&undo).ok());
    }
    for (_, note) in storage.all(Store::BlobNotes).await? {
        let note: stored::BlobNote = stored::read(&note)?;
        state.blobs.insert(note.hash, note);
    }
    for (_, answered) in storage.all(Store::Answered).await? {
        state.answers.insert(stored::read(&answered)?);
    }
    state.lay_over();
    state.touched.everything = true;
    Ok(state)
}

async fn read_meta(storage: &impl Storage, state: &mut State) -> Result<(), EngineError> {
    if let Some(identity) = storage.get(Store::Meta, stored::IDENTITY).await? {
        state.identity = Some(stored::read(&identity)?);
    }
    if let Some(chain) = storage.get(Store::Meta, stored::CHAIN).await? {
        state.chain = stored::read(&chain)?;
    }
    if let Some(progress) = storage.get(Store::Meta, stored::PROGRESS).await? {
        state.progress = stored::read(&progress)?;
    }
    let persisted = storage.get(Store::Meta, stored::PERSISTED).await?;
    state.persisted = persisted.map(|answer| answer == [1]);
    state.revoked = storage.get(Store::Meta, stored::REVOKED).await?.is_some();
    Ok(())
}

fn read_page(state: &mut State, number: u32, page: Page) -> Result<(), EngineError> {
    let place = number as usize;
    if place > state.notes.len() + state.pages.len() + 1_000_000 {
        return Err(EngineError::Damaged);
    }
    state
        .pages
        .resize(state.pages.len().max(place + 1), Vec::new());
    let rows = page.rows()?;
    for (mut note, rows) in page.notes.into_iter().zip(rows) {
        let id = note.document;
        if let Some(grant) = note.grant.take() {
            state.settled.grants.insert(id, grant);
        }
        match rows {
            Some(rows) => state.rows.replace(id, rows),
            None if note.held => drop(state.unprojected.insert(id)),
            None => {}
        }
        state.pages[place].push(id);
        state.notes.insert(id, NoteInPage { page: number, note });
    }
    Ok(())
}
