//! Everything the engine keeps in memory: rows, facts, notes and the outbox's headings. Documents
//! are not here, but for the few that were opened last.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use caravan_domain::clients::ownership::first_grant;
use caravan_domain::decision::{self, Decision};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::Facts;
use caravan_domain::id::{BlobHash, PersonId};
use caravan_domain::memory::Memory;
use caravan_domain::row::{DocumentRows, Rows};
use caravan_port::view::Connection;
use caravan_sync::join::LostDevice;

use crate::answers::Answers;
use crate::cache::Cache;
use crate::error::EngineError;
use crate::giving::Giving;
use crate::glimpse::Kept;
use crate::lock::LockedState;
use crate::outbox::Outbox;
use crate::stored::{
    Attention, BlobNote, Chain, Identity, Lock, Note, Progress, Repair, Undoable, Use,
};
use crate::touched::Touched;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) identity: Option<Identity>,
    /// Instead of the identity while the device is locked.
    pub(crate) locked: Option<LockedState>,
    /// How it is unlocked, when what is stored is encrypted.
    pub(crate) lock: Option<Lock>,
    pub(crate) used: Option<Use>,
    /// The relay's share is here: the lease goes.
    pub(crate) has_share: bool,
    pub(crate) revoked: bool,
    /// The relay has another envelope where this device has its own: nothing more of it will be taken.
    pub(crate) copied: bool,
    /// What this browser was before it lost its storage, until the person has read it.
    pub(crate) lost: Option<LostDevice>,
    /// Documents of which drafts or pictures stay here until their person has signed something; [`crate::exchange`].
    pub(crate) put_by: BTreeSet<DocumentId>,
    pub(crate) chain: Chain,
    pub(crate) progress: Progress,
    /// Since the relay's log became another one.
    pub(crate) repair: Option<Repair>,
    /// How far this device has come with that since it was started.
    pub(crate) giving: Giving,
    /// How far what is kept was last looked at for its age.
    pub(crate) looked_at: Vec<u8>,
    pub(crate) notes: BTreeMap<DocumentId, NoteInPage>,
    /// The documents of each page, in their order.
    pub(crate) pages: Vec<Vec<DocumentId>>,
    pub(crate) rows: Rows,
    /// Rows of what is being erased: decided here, and not yet by the relay.
    pub(crate) hidden: BTreeMap<DocumentId, DocumentRows>,
    /// Documents whose stored rows an older version of the app has projected.
    pub(crate) unprojected: BTreeSet<DocumentId>,
    /// What the relay has confirmed.
    pub(crate) settled: Facts,
    /// With this device's pending writes laid over.
    pub(crate) facts: Facts,
    pub(crate) outbox: Outbox,
    pub(crate) attention: BTreeMap<u64, Attention>,
    pub(crate) undo: VecDeque<Undoable>,
    pub(crate) blobs: BTreeMap<BlobHash, BlobNote>,
    pub(crate) answers: Answers,
    pub(crate) cache: Cache,
    pub(crate) memory: Memory,
    pub(crate) glimpse: Kept,
    pub(crate) connection: Connection,
    /// Documents left of a large catch-up.
    pub(crate) remaining: u32,
    pub(crate) persisted: Option<bool>,
    /// Bytes used and bytes allowed, as the browser estimates them.
    pub(crate) estimate: (Option<u64>, Option<u64>),
    /// What has changed since the watches were last answered.
    pub(crate) touched: Touched,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NoteInPage {
    pub(crate) page: u32,
    /// Its grant stands in [`State::settled`], not here.
    pub(crate) note: Note,
}

impl Default for State {
    fn default() -> Self {
        Self {
            identity: None,
            locked: None,
            lock: None,
            used: None,
            has_share: false,
            revoked: false,
            copied: false,
            lost: None,
            put_by: BTreeSet::new(),
            chain: Chain::default(),
            progress: Progress::default(),
            repair: None,
            giving: Giving::default(),
            looked_at: Vec::new(),
            notes: BTreeMap::new(),
            pages: Vec::new(),
            rows: Rows::default(),
            hidden: BTreeMap::new(),
            unprojected: BTreeSet::new(),
            settled: Facts::default(),
            facts: Facts::default(),
            outbox: Outbox::default(),
            attention: BTreeMap::new(),
            undo: VecDeque::new(),
            blobs: BTreeMap::new(),
            answers: Answers::default(),
            cache: Cache::default(),
            memory: Memory::default(),
            glimpse: Kept::default(),
            connection: Connection::Offline,
            remaining: 0,
            persisted: None,
            estimate: (None, None),
            touched: Touched::default(),
        }
    }
}

impl State {
    pub(crate) fn identity(&self) -> Result<&Identity, EngineError> {
        self.identity.as_ref().ok_or(EngineError::NotJoined)
    }

    /// The device is locked: nobody is at it until somebody unlocks it.
    pub(crate) fn lock_up(&mut self) {
        self.locked = self.identity.take().map(|identity| LockedState {
            identity,
            passkey: self.lock.as_ref().and_then(crate::lock::passkey),
            has_share: self.has_share,
        });
    }

    pub(crate) fn first_to_send(&self) -> Option<u64> {
        self.outbox.first_unsent().filter(|_| !self.copied)
    }

    pub(crate) fn holds(&self, document: DocumentId) -> bool {
        self.notes
            .get(&document)
            .is_some_and(|known| known.note.held)
    }

    /// Takes out of the rows what is erased as far as this device knows, and brings back what is
    /// not any more: the relay may have refused it.
    pub(crate) fn hide_erased(&mut self) {
        if self.facts.erased.is_empty() && self.hidden.is_empty() {
            return;
        }
        let hidden = std::mem::take(&mut self.hidden);
        for (id, rows) in hidden {
            match self.facts.is_erased(id) {
                true => drop(self.hidden.insert(id, rows)),
                false => {
                    self.rows.replace(id, rows);
                    self.touched.documents.insert(id);
                }
            }
        }
        let shown = |id: &&DocumentId| {
            let client = id.client();
            client.is_some_and(|client| self.rows.clients.contains_key(&client))
        };
        let shown: Vec<_> = self.facts.erased.keys().filter(shown).copied().collect();
        for id in shown {
            self.hidden.insert(id, self.rows.of(id));
            self.rows.remove(id);
            self.touched.documents.insert(id);
        }
    }

    /// Lays everything that waits over what is settled.
    pub(crate) fn lay_over(&mut self) {
        self.facts = self.settled.clone();
        let Some(me) = self.identity.as_ref().map(|identity| identity.person) else {
            return;
        };
        for waiting in self.outbox.iter() {
            lay(
                &mut self.facts,
                me,
                waiting.document,
                waiting.decision.as_ref(),
                waiting.written_at,
            );
        }
    }
}

/// What one waiting envelope will probably change at the relay. One that would be refused changes
/// nothing: the relay's answer will say so.
pub(crate) fn lay(
    facts: &mut Facts,
    me: PersonId,
    document: DocumentId,
    decision: Option<&Decision>,
    at: caravan_domain::time::Instant,
) {
    match decision {
        Some(decision) => {
            for change in decision::decide(decision, me, at, facts).unwrap_or_default() {
                facts.apply(change);
            }
        }
        None if facts.is_erased(document) => {}
        None if document.kind == DocumentKind::Client && !facts.grants.contains_key(&document) => {
            facts.apply(first_grant(document, me));
        }
        None => {}
    }
}
