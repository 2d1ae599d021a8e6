//! One device: an engine that can lose its power, and storage that keeps what was committed.

use caravan_domain::id::{DeviceId, PersonId};
use caravan_engine::storage::StorageError;
use caravan_engine::storage::memory::{Fault, MemoryStorage};
use caravan_engine::{Engine, EngineError, Next};
use caravan_sync::frame::RelayFrame;
use futures_executor::block_on;

use super::handset::Handset;
use super::socket::Socket;

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
    /// Times that somebody did something here.
    pub(super) draws: usize,
    /// Words that stand in changes which the engine said were safe.
    pub(super) promised: Vec<String>,
    /// Envelopes that the engine said were safe.
    pub(super) envelopes: u64,
    pub(super) wiped: bool,
}

impl Phone {
    pub(super) fn new(number: usize, handset: Handset) -> Self {
        let storage = MemoryStorage::new();
        Self {
            number,
            engine: boot(&storage, &handset),
            storage,
            handset,
            online: true,
            socket: None,
            awaits: None,
            draws: 0,
            promised: Vec::new(),
            envelopes: 0,
            wiped: false,
        }
    }

    pub(super) fn person(&self) -> Option<PersonId> {
        self.engine.me().map(|(_, person, _)| person)
    }

    pub(super) fn device(&self) -> Option<DeviceId> {
        self.engine.me().map(|(_, _, device)| device)
    }

    /// The power goes, and comes back.
    pub(super) fn crash(&mut self) {
        self.engine = boot(&self.storage, &self.handset);
        self.socket = None;
        self.awaits = None;
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
        self.wiped |= self.engine.me().is_none();
        next
    }
}

fn boot(storage: &MemoryStorage, handset: &Handset) -> SimulatedEngine {
    block_on(Engine::boot(storage.clone(), handset.clone()))
        .expect("what the engine has stored it can read")
}
