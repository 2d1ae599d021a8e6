//! Workspaces at work: the relay core in memory, a desk that is the only one to change it, and any
//! number of readers.
//!
//! Invariant: the core never knows more than the store. The desk commits to the store first, then
//! to the core.

mod desk;
mod erase_again;
mod log;
mod merging;
mod pull;
mod push;
mod recent;
mod refill;
mod registry;
mod snapshots;

use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use caravan_domain::id::WorkspaceId;
use caravan_sync::cursor::Epoch;
use caravan_sync::relay::{RelayCore, RelayError};
use tokio::sync::{mpsc, watch};

pub use desk::Change;
pub use erase_again::erase_again;
pub use pull::is_empty;
pub use push::Pushed;
pub use registry::{Founding, Workspaces};

use crate::merger::Merger;
use crate::metrics::Metrics;
use crate::store::{LogStore, StoreError};
use desk::Job;
use recent::Recent;

#[derive(Debug, Clone, thiserror::Error)]
pub enum WorkspaceError {
    #[error("the store failed")]
    Store(#[from] StoreError),
    #[error("the relay core failed")]
    Core(#[source] Arc<RelayError<StoreError>>),
}

impl From<RelayError<StoreError>> for WorkspaceError {
    fn from(error: RelayError<StoreError>) -> Self {
        Self::Core(Arc::new(error))
    }
}

/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Workspace {
    room: Arc<Room>,
    jobs: mpsc::Sender<Job>,
    head: watch::Receiver<u64>,
}

#[derive(Debug)]
struct Room {
    id: WorkspaceId,
    epoch: Epoch,
    core: RwLock<RelayCore>,
    recent: Mutex<Recent>,
    store: Arc<dyn LogStore>,
    metrics: Arc<Metrics>,
}

impl Workspace {
    /// Opens the desk. `core` is as the store has it.
    fn open(
        id: WorkspaceId,
        epoch: Epoch,
        core: RelayCore,
        store: Arc<dyn LogStore>,
        metrics: Arc<Metrics>,
        merger: Merger,
    ) -> Self {
        let (announce, head) = watch::channel(core.position());
        metrics.unreleased.inc_by(desk::unreleased(&core));
        let (jobs, queue) = mpsc::channel(desk::QUEUE);
        let room = Arc::new(Room {
            id,
            epoch,
            recent: Mutex::new(Recent::starting_at(core.position())),
            core: RwLock::new(core),
            store,
            metrics,
        });
        tokio::spawn(desk::work(room.clone(), queue, announce));
        let waiting = merging::work(room.clone(), merger, jobs.downgrade(), head.clone());
        tokio::spawn(waiting);
        Self { room, jobs, head }
    }

    #[must_use]
    pub fn id(&self) -> WorkspaceId {
        self.room.id
    }

    #[must_use]
    pub fn epoch(&self) -> Epoch {
        self.room.epoch
    }

    /// Looks at the durable state. Nothing slow may happen in `look`.
    pub fn look<T>(&self, look: impl FnOnce(&RelayCore) -> T) -> T {
        look(&self.room.core())
    }

    /// Changes whenever there may be something new for somebody.
    #[must_use]
    pub fn head(&self) -> watch::Receiver<u64> {
        self.head.clone()
    }
}

impl Room {
    /// A panic while the lock was held cannot have left the core half changed: the only change is
    /// `commit`, which takes what was prepared before.
    fn core(&self) -> RwLockReadGuard<'_, RelayCore> {
        self.core.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn core_mut(&self) -> RwLockWriteGuard<'_, RelayCore> {
        self.core.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
