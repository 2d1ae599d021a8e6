//! One device: an engine that can lose its power, and storage that keeps what was committed.

use std::collections::BTreeMap;

use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, PersonId};
use caravan_engine::storage::StorageError;
use caravan_engine::storage::memory::{Fault, MemoryStorage};
use caravan_engine::{Engine, EngineError, Next};
use caravan_sync::frame::RelayFrame;
use futures_executor::block_on;

use super::handset::Handset;
use super::socket::Socket;
use super::word::Words;

pub(super) type SimulatedEngine = Engine<MemoryStorage, Handset>;

pub(super) struct Phone {
    pub(super) number: usize,
    pub(super) engine: SimulatedEngine,
    storage: MemoryStorage,
    handset: Handset,
    /// Whether the network reaches it.
    pub(super) online: bool,
    pub(super) socket: Option<Socket>,
    /// The exchange whose answer it waits for; any other answer is not heard.
    pub(super) awaits: Option<u64>,
    /// For what is typed here.
    pub(super) words: Words,
    /// Words that stand in changes which the engine said were safe.
    pub(super) promised: Vec<String>,
    /// Envelopes that the engine said were safe.
    pub(super) envelopes: u64,
    /// Envelopes that the engine said the relay has.
    pub(super) acknowledged: u64,
    /// The device it was, also after a wipe.
    pub(super) was: Option<DeviceId>,
    pub(super) wiped: bool,
    pub(super) crashes: usize,
    /// Documents that were here and had to go.
    pub(super) purged: usize,
    /// The greatest of its own sequences that it was told the relay has.
    told: u64,
    /// Documents that were here once, each with what [`Phone::told`] was when it last was not: nothing
    /// up to there was kept, even if the document is here again.
    pub(super) parted: BTreeMap<DocumentId, u64>,
}

impl Phone {
    pub(super) fn new(number: usize, handset: Handset, words: Words) -> Self {
        let storage = MemoryStorage::new();
        Self {
            number,
            engine: boot(&storage, &handset),
            storage,
            handset,
            online: true,
            socket: None,
            awaits: None,
            words,
            promised: Vec::new(),
            envelopes: 0,
            acknowledged: 0,
            was: None,
            wiped: false,
            crashes: 0,
            purged: 0,
            told: 0,
            parted: BTreeMap::new(),
        }
    }

    pub(super) fn person(&self) -> Option<PersonId> {
        self.engine.me().map(|(_, person, _)| person)
    }

    pub(super) fn device(&self) -> Option<DeviceId> {
        self.engine.me().map(|(_, _, device)| device)
    }

    pub(super) fn key(&self) -> &[u8] {
        &self.handset.key
    }

    /// The power goes, and comes back.
    pub(super) fn crash(&mut self) {
        self.engine = boot(&self.storage, &self.handset);
        self.socket = None;
        self.awaits = None;
        self.crashes += 1;
    }

    /// One of the next commits will go wrong.
    pub(super) fn trip(&self, after: u64, fault: Fault) {
        self.storage.fail(after, fault);
    }

    pub(super) fn storage(&self) -> &MemoryStorage {
        &self.storage
    }

    /// `None` when it could not be stored.
    pub(super) fn receive(&mut self, frame: RelayFrame) -> Option<Next> {
        let (held, waiting) = (self.engine.documents(), self.engine.waiting());
        let (purges, receipts) = match &frame {
            RelayFrame::Reply(reply) => (reply.purges.clone(), reply.receipts.clone()),
            _ => Default::default(),
        };
        let next = match block_on(self.engine.receive(frame)) {
            Ok(next) => Some(next),
            Err(EngineError::Storage(StorageError::Full)) => None,
            Err(EngineError::Storage(StorageError::Failed)) => {
                self.crash();
                None
            }
            // A late answer reaches a device that was wiped meanwhile.
            Err(EngineError::NotJoined) => None,
            Err(error) => panic!("phone {}: {error}", self.number),
        };
        // A wipe may have been complete when the power went.
        match self.device() {
            Some(device) => {
                self.was = Some(device);
                self.acknowledged += u64::from(waiting - self.engine.waiting());
                let gone = purges.iter().filter(|purged| held.contains(purged));
                self.purged += gone.count();
                let told = receipts.iter().map(|receipt| receipt.sequence);
                self.told = told.fold(self.told, u64::max);
                self.note_parted(&held, &purges);
            }
            None => self.wiped = true,
        }
        next
    }

    fn note_parted(&mut self, held: &[DocumentId], purges: &[DocumentId]) {
        let holds = self.engine.documents();
        let gone = held.iter().filter(|document| !holds.contains(document));
        // In one reply it may have left and come again.
        let gone = gone.chain(purges.iter().filter(|document| held.contains(document)));
        let gone: Vec<_> = gone.copied().collect();
        self.parted.extend(gone.into_iter().map(|it| (it, 0)));
        for (document, until) in &mut self.parted {
            if !holds.contains(document) || purges.contains(document) {
                *until = self.told;
            }
        }
    }
}

fn boot(storage: &MemoryStorage, handset: &Handset) -> SimulatedEngine {
    block_on(Engine::boot(storage.clone(), handset.clone()))
        .expect("what the engine has stored it can read")
}
