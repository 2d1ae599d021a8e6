//! Everything the engine keeps in memory: rows, facts, notes and the outbox's headings. Documents
//! are not here, but for the few that were opened last.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use caravan_domain::clients::ownership::first_grant;
use caravan_domain::decision::{self, Decision};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::Facts;
use caravan_domain::id::{BlobHash, PersonId};
use caravan_domain::row::Rows;
use caravan_port::view::Connection;

use crate::answers::Answers;
use crate::cache::Cache;
use crate::error::EngineError;
use crate::giving::Giving;
use crate::outbox::Outbox;
use crate::stored::{Attention, BlobNote, Chain, Identity, Note, Progress, Repair, Undoable};
use crate::touched::Touched;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) identity: Option<Identity>,
    pub(crate) revoked: bool,
    /// The relay has another envelope where this device has its own: nothing more of it will be taken.
    pub(crate) copied: bool,
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
            revoked: false,
            copied: false,
            chain: Chain::default(),
            progress: Progress::default(),
            repair: None,
            giving: Giving::default(),
            looked_at: Vec::new(),
            notes: BTreeMap::new(),
            pages: Vec::new(),
            rows: Rows::default(),
            unprojected: BTreeSet::new(),
            settled: Facts::default(),
            facts: Facts::default(),
            outbox: Outbox::default(),
            attention: BTreeMap::new(),
            undo: VecDeque::new(),
            blobs: BTreeMap::new(),
            answers: Answers::default(),
            cache: Cache::default(),
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

    pub(crate) fn first_to_send(&self) -> Option<u64> {
        self.outbox.first_unsent().filter(|_| !self.copied)
    }

    pub(crate) fn holds(&self, document: DocumentId) -> bool {
        self.notes
            .get(&document)
            .is_some_and(|known| known.note.held)
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
        None if document.kind == DocumentKind::Client && !facts.grants.contains_key(&document) => {
            facts.apply(first_grant(document, me));
        }
        None => {}
    }
}
