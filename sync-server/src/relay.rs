//! What every handler shares, and the chores that go on beside them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_sync::join::Share;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::blobs::{BlobError, Blobs};
use crate::clock;
use crate::config::{Config, Origin};
use crate::identity::{Challenges, Passwords, Proofs, Sessions, Shares};
use crate::limits::RateLimits;
use crate::merger::Merger;
use crate::metrics::Metrics;
use crate::store::{Conflict, LogStore, StoreError, Write, WriteBatch, read};
use crate::web::{AllowedOrigins, AppFiles, SecurityHeaders};
use crate::workspace::Workspaces;

const CHORES_EVERY: Duration = Duration::from_secs(60);
/// A look at a number, when nothing was erased.
const ERASURES_EVERY: Duration = Duration::from_secs(1);
/// An upload nobody continued for this long starts again.
const UPLOADS_KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Relay(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: Arc<dyn LogStore>,
    blobs: Blobs,
    /// How many documents had been erased when the pictures were last looked through.
    erased: AtomicUsize,
    workspaces: Workspaces,
    merger: Merger,
    challenges: Challenges,
    proofs: Proofs,
    sessions: Sessions,
    shares: Shares,
    passwords: Passwords,
    rates: RateLimits,
    metrics: Arc<Metrics>,
    origins: AllowedOrigins,
    headers: SecurityHeaders,
    files: Option<AppFiles>,
    forwarded_header: Option<String>,
    sockets: Arc<Semaphore>,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    #[error("the folder for photos cannot be used")]
    Blobs(#[from] BlobError),
}

impl Relay {
    /// # Errors
    /// When the store cannot be read or the folders cannot be made.
    pub async fn start(
        store: Arc<dyn LogStore>,
        config: &Config,
        origins: &[Origin],
        merger: Merger,
    ) -> Result<Self, StartError> {
        let challenges = store.secret("challenges", clock::random()).await?;
        let shares = store.secret("shares", clock::random()).await?;
        let metrics = Arc::new(Metrics::default());
        Ok(Self(Arc::new(Parts {
            workspaces: Workspaces::open(store.clone(), metrics.clone(), merger.clone()).await?,
            merger,
            blobs: Blobs::open(&config.storage, config.limits.max_blob_bytes, store.clone())?,
            store,
            erased: AtomicUsize::new(usize::MAX),
            challenges: Challenges::new(&challenges),
            proofs: Proofs::default(),
            sessions: Sessions::default(),
            shares: Shares::new(&shares),
            passwords: Passwords::default(),
            rates: RateLimits::new(&config.limits),
            metrics,
            origins: AllowedOrigins::new(origins),
            headers: SecurityHeaders::new(origins),
            files: config.web.dist.as_deref().map(AppFiles::new),
            forwarded_header: config
                .listen
                .forwarded_header
                .as_ref()
                .map(|name| name.to_ascii_lowercase()),
            sockets: Arc::new(Semaphore::new(config.limits.max_sockets)),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        })))
    }

    #[must_use]
    pub fn store(&self) -> &Arc<dyn LogStore> {
        &self.0.store
    }

    #[must_use]
    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    #[must_use]
    pub fn workspaces(&self) -> &Workspaces {
        &self.0.workspaces
    }

    #[must_use]
    pub fn merger(&self) -> &Merger {
        &self.0.merger
    }

    #[must_use]
    pub fn challenges(&self) -> &Challenges {
        &self.0.challenges
    }

    #[must_use]
    pub fn proofs(&self) -> &Proofs {
        &self.0.proofs
    }

    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// This relay's share of what a device's storage is encrypted with, or the one that it had of the relay before.
    ///
    /// # Errors
    /// The store's.
    pub async fn share_of(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Share, StoreError> {
        let before = read(&self.0.store, move |store| store.share(workspace, device)).await?;
        Ok(before.map_or_else(|| self.0.shares.of(workspace, device), Share))
    }

    #[must_use]
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    #[must_use]
    pub fn rates(&self) -> &RateLimits {
        &self.0.rates
    }

    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    #[must_use]
    pub fn origins(&self) -> &AllowedOrigins {
        &self.0.origins
    }

    #[must_use]
    pub fn security_headers(&self) -> &SecurityHeaders {
        &self.0.headers
    }

    #[must_use]
    pub fn app_files(&self) -> Option<&AppFiles> {
        self.0.files.as_ref()
    }

    #[must_use]
    pub fn forwarded_header(&self) -> Option<&str> {
        self.0.forwarded_header.as_deref()
    }

    /// A place for one more live connection, while there is one.
    #[must_use]
    pub fn socket_place(&self) -> Option<OwnedSemaphorePermit> {
        self.0.sockets.clone().try_acquire_owned().ok()
    }

    /// Live connections run as tasks of this tracker, so that stopping can wait for them.
    #[must_use]
    pub fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    /// Cancelled when live connections should say goodbye.
    #[must_use]
    pub fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// Removes the pictures of what was erased; their keys are gone already.
    async fn forget_pictures(&self) {
        let workspaces = self.0.workspaces.all();
        let erased = workspaces
            .iter()
            .map(|workspace| workspace.look(|core| core.facts().erased.len()))
            .sum();
        if self.0.erased.load(Ordering::Relaxed) == erased {
            return;
        }
        for workspace in &workspaces {
            if let Err(error) = self.forget_pictures_of(workspace.id()).await {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "pictures of what was erased could not be removed");
                return;
            }
        }
        self.0.erased.store(erased, Ordering::Relaxed);
    }

    async fn forget_pictures_of(&self, workspace: WorkspaceId) -> Result<(), BlobError> {
        let any = self.0.workspaces.get(workspace);
        if any.is_some_and(|any| any.look(|core| !core.facts().erased.is_empty())) {
            self.0.blobs.drop_uploads(workspace).await?;
        }
        let erased = read(&self.0.store, move |store| store.erased_blobs(workspace)).await?;
        for hash in erased {
            self.0.blobs.forget(workspace, hash).await?;
            let batch = WriteBatch {
                workspace,
                writes: vec![Write::ForgetBlob(hash)],
            };
            match self.0.store.commit(batch).await {
                // Somebody has uploaded it anew meanwhile.
                Err(StoreError::Conflict(Conflict::Erased)) => {}
                done => done?,
            }
        }
        Ok(())
    }

    async fn encrypt_old_pictures(&self) {
        match self.0.blobs.encrypt_old().await {
            Ok(0) => {}
            Ok(pictures) => tracing::info!(pictures, "older pictures were encrypted"),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "older pictures could not be encrypted");
            }
        }
    }

    async fn compact(&self) {
        for workspace in self.0.workspaces.all() {
            if let Err(error) = workspace.compact_some().await {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "documents could not be compacted");
            }
        }
    }

    /// Once `stop` is cancelled, closes live connections and gives them `drain` to go.
    pub async fn drain_sockets(&self, stop: CancellationToken, drain: Duration) {
        stop.cancelled().await;
        self.0.stopping.cancel();
        self.0.tasks.close();
        if tokio::time::timeout(drain, self.0.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("some live connections did not close in time");
        }
    }

    /// Forgets what is no longer needed, every minute until `stop` is cancelled.
    pub async fn tend(self, stop: CancellationToken) {
        self.encrypt_old_pictures().await;
        let mut ticks = tokio::time::interval(CHORES_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut erasures = tokio::time::interval(ERASURES_EVERY);
        erasures.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                _ = erasures.tick() => {
                    self.forget_pictures().await;
                    continue;
                }
                () = stop.cancelled() => return,
            }
            self.0.rates.sweep();
            self.0.proofs.sweep(clock::now());
            if let Err(error) = self.0.blobs.sweep(UPLOADS_KEPT).await {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "abandoned uploads could not be removed");
            }
            self.compact().await;
        }
    }
}
