//! The engine: one writer over one device's storage. Reads go on while a write is on its way to
//! the disk; they see what was durable before.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::Facts;
use caravan_domain::id::{DeviceId, PersonId, WorkspaceId};
use caravan_domain::query::{self, Answer, Query, Sources};
use caravan_domain::row::Rows;
use caravan_domain::time::{Day, Instant};
use caravan_port::message::Greeting;
use caravan_port::view::Connection;
use futures_util::lock::{Mutex, MutexGuard};

use crate::error::EngineError;
use crate::glimpse::Kept;
use crate::open::Opened;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::state::State;
use crate::storage::{Storage, Store};

pub struct Engine<S, P> {
    pub(crate) storage: S,
    pub(crate) platform: P,
    pub(crate) state: RefCell<State>,
    /// Held while a command or a reply is being written: writes come one after the other.
    writer: Mutex<()>,
}

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Reads what an earlier life has stored; an empty storage is a device nobody has joined on.
    ///
    /// # Errors
    /// `NewerData` when a newer version of the app has written here, `Damaged` when what is
    /// stored cannot be read, or the storage's own failure.
    pub async fn boot(storage: S, platform: P) -> Result<Self, EngineError> {
        Self::boot_greeting(storage, platform, drop).await
    }

    /// As [`Engine::boot`]; `greet` hears what can be said before the rows have been read: whose device it is, and what
    /// the first screens said last.
    ///
    /// # Errors
    /// Those of [`Engine::boot`].
    pub async fn boot_greeting(
        storage: S,
        platform: P,
        greet: impl FnOnce(Greeting),
    ) -> Result<Self, EngineError> {
        let state = crate::boot::boot(&storage, &platform, greet).await?;
        Ok(Self {
            storage,
            platform,
            state: RefCell::new(state),
            writer: Mutex::new(()),
        })
    }

    /// Who uses this device; `None` before anybody joined.
    #[must_use]
    pub fn me(&self) -> Option<(WorkspaceId, PersonId, DeviceId)> {
        let state = self.state.borrow();
        let identity = state.identity.as_ref()?;
        Some((identity.workspace, identity.person, identity.device))
    }

    #[must_use]
    pub fn platform(&self) -> &P {
        &self.platform
    }

    #[must_use]
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// Every row on this device.
    pub fn rows(&self) -> Ref<'_, Rows> {
        Ref::map(self.state.borrow(), |state| &state.rows)
    }

    /// What the relay has confirmed, as far as this device may know it.
    pub fn settled(&self) -> Ref<'_, Facts> {
        Ref::map(self.state.borrow(), |state| &state.settled)
    }

    /// The documents there is a copy of.
    #[must_use]
    pub fn documents(&self) -> Vec<DocumentId> {
        let state = self.state.borrow();
        let held = state.notes.values().filter(|known| known.note.held);
        held.map(|known| known.note.document).collect()
    }

    /// The heads of a document: equal heads are equal documents.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn heads(&self, document: DocumentId) -> Result<Vec<[u8; 32]>, EngineError> {
        let opened = self.open(document).await?.ok_or(EngineError::NotFound)?;
        Ok(opened
            .document
            .heads()
            .into_iter()
            .map(|head| head.0)
            .collect())
    }

    /// What waits for the relay.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.state.borrow().outbox.len()
    }

    /// Whether any of it is about this document.
    #[must_use]
    pub fn is_waiting(&self, document: DocumentId) -> bool {
        self.state.borrow().outbox.waits_for(document)
    }

    /// Whether any of it can be offered to the relay now.
    #[must_use]
    pub fn has_waiting(&self) -> bool {
        let state = self.state.borrow();
        state.outbox.has_offers() && !state.copied
    }

    /// The day it is, in the team's calendar.
    #[must_use]
    pub fn today(&self) -> Day {
        self.platform.now().day()
    }

    /// What the browser says of its storage, in bytes.
    pub fn set_estimate(&self, used: Option<u64>, quota: Option<u64>) {
        let mut state = self.state.borrow_mut();
        state.estimate = (used, quota);
        state.touched.storage = true;
    }

    /// # Errors
    /// `NotJoined`.
    pub fn query(&self, query: &Query) -> Result<Answer, EngineError> {
        let state = self.state.borrow();
        let sources = sources(&state, self.platform.now())?;
        Ok(query::answer(query, &sources))
    }

    /// With the connection goes what was on its way in it.
    pub fn set_connection(&self, connection: Connection) {
        let mut state = self.state.borrow_mut();
        if state.connection != connection {
            state.connection = connection;
            state.touched.connection = true;
        }
        let gone = matches!(connection, Connection::Offline | Connection::Trouble(_));
        if gone && state.outbox.sent_through > 0 {
            state.outbox.sent_through = 0;
            state.touched.outbox = true;
        }
    }

    #[must_use]
    pub fn connection(&self) -> Connection {
        self.state.borrow().connection
    }

    /// Every watch is to be answered again: a day has passed.
    pub fn touch_everything(&self) {
        self.state.borrow_mut().touched.everything = true;
    }

    pub(crate) async fn writer(&self) -> MutexGuard<'_, ()> {
        self.writer.lock().await
    }

    /// Returns when nothing is being written any more, and lets nothing be written again.
    pub async fn rest(&self) {
        std::mem::forget(self.writer().await);
    }

    /// A copy of a document; `None` when it is not on this device. Nobody begins
    /// but a client: everything else is there, if empty, for whoever may read it.
    pub(crate) async fn open(&self, id: DocumentId) -> Result<Option<Opened>, EngineError> {
        if let Some(opened) = self.state.borrow_mut().cache.get(id) {
            return Ok(Some(opened.clone()));
        }
        if !self.state.borrow().holds(id) {
            let begun = matches!(id.kind, DocumentKind::Client | DocumentKind::Workspace);
            return Ok((!begun).then(|| Opened::new(id)));
        }
        let parts = self
            .storage
            .with_prefix(Store::Documents, &id.to_bytes())
            .await?;
        let opened = Opened::load(id, &parts)?;
        Ok(Some(opened))
    }

    /// As [`Engine::open`], for somebody who looks at it and will perhaps write in it.
    pub(crate) async fn open_to_read(&self, id: DocumentId) -> Result<Option<Opened>, EngineError> {
        let Some(opened) = self.open(id).await? else {
            return Ok(None);
        };
        let mut state = self.state.borrow_mut();
        if state.holds(id) && !state.cache.contains(id) {
            state.cache.insert(id, opened.clone());
        }
        Ok(Some(opened))
    }

    pub(crate) async fn open_all(
        &self,
        ids: Vec<DocumentId>,
    ) -> Result<BTreeMap<DocumentId, Opened>, EngineError> {
        let mut all = BTreeMap::new();
        for id in ids {
            if let Some(opened) = self.open(id).await? {
                all.insert(id, opened);
            }
        }
        Ok(all)
    }

    /// Makes a write durable, then lets memory follow.
    pub(crate) async fn commit(&self, mut stage: Stage) -> Result<(), EngineError> {
        let mut transaction = stage.transaction(&self.state.borrow())?;
        if !transaction.is_empty() {
            self.state.borrow().glimpse.ends(&mut transaction);
            self.storage.commit(transaction).await?;
            self.state.borrow_mut().glimpse = Kept::Nothing;
        }
        stage.settle(&mut self.state.borrow_mut())
    }
}

pub(crate) fn sources(state: &State, now: Instant) -> Result<Sources<'_>, EngineError> {
    let identity = state.identity()?;
    Ok(Sources {
        me: identity.person,
        device: identity.device,
        now,
        rows: &state.rows,
        facts: &state.facts,
        settled: &state.settled,
        marks: state,
        memory: &state.memory,
    })
}
