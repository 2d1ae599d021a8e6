//! The workspaces of this relay. All are opened at the start: a link names none, so each is asked.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use caravan_domain::id::WorkspaceId;
use caravan_domain::surveys::taking::{Closed, asked};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Epoch;
use caravan_sync::join::JoinError;
use caravan_sync::relay::join::offered;
use caravan_sync::relay::{Admission, Pending, RelayCore};

use super::desk::{admission_writes, last_sequence};
use super::{Workspace, WorkspaceError};
use crate::clock;
use crate::merger::Merger;
use crate::metrics::Metrics;
use crate::store::{LogStore, StoreError, TokenHash, Write, WriteBatch, read};

#[derive(Debug, Clone)]
pub struct Workspaces {
    store: Arc<dyn LogStore>,
    metrics: Arc<Metrics>,
    merger: Merger,
    open: Arc<RwLock<HashMap<WorkspaceId, Workspace>>>,
}

/// A workspace about to be.
pub struct Founding {
    pub id: WorkspaceId,
    pub epoch: Epoch,
    pub core: RelayCore,
    pub pending: Pending,
    pub admission: Admission,
    /// Written with the first facts.
    pub also: Vec<Write>,
}

impl Workspaces {
    /// # Errors
    /// When a workspace cannot be read back.
    pub async fn open(
        store: Arc<dyn LogStore>,
        metrics: Arc<Metrics>,
        merger: Merger,
    ) -> Result<Self, StoreError> {
        let restored = read(&store, |store| {
            let rows = store.workspaces()?.into_iter();
            let restored = rows.map(|row| Ok((row, store.restore(row.workspace)?)));
            restored.collect::<Result<Vec<_>, StoreError>>()
        });
        let open = restored.await?.into_iter().map(|(row, restored)| {
            let core = RelayCore::restore(row.workspace, restored);
            let (store, metrics, merger) = (store.clone(), metrics.clone(), merger.clone());
            let epoch = Epoch(row.epoch);
            if let Some(refill) = core.refilling(clock::now()) {
                let minutes = (refill.until.millis() - clock::now().millis()) / 60_000;
                tracing::info!(workspace = %row.workspace, minutes, "being refilled by its devices");
            }
            let workspace = Workspace::open(row.workspace, epoch, core, store, metrics, merger);
            (row.workspace, workspace)
        });
        let open = Arc::new(RwLock::new(open.collect()));
        Ok(Self {
            store,
            metrics,
            merger,
            open,
        })
    }

    #[must_use]
    pub fn get(&self, id: WorkspaceId) -> Option<Workspace> {
        self.opened().get(&id).cloned()
    }

    #[must_use]
    pub fn all(&self) -> Vec<Workspace> {
        self.opened().values().cloned().collect()
    }

    /// The workspace that knows the invitation with this token, usable or not.
    #[must_use]
    pub fn inviting(&self, token: &TokenHash, now: Instant) -> Option<Workspace> {
        let known = |workspace: &Workspace| {
            let offer = workspace.look(|core| offered(token, now, core.facts()));
            !matches!(offer, Err(JoinError::UnknownLink))
        };
        self.opened()
            .values()
            .find(|workspace| known(workspace))
            .cloned()
    }

    /// The workspace that knows the survey whose link has this secret, open or not.
    #[must_use]
    pub fn asking(&self, secret: &TokenHash, now: Instant) -> Option<Workspace> {
        let known = |workspace: &Workspace| {
            let asked = workspace.look(|core| asked(secret, now, core.facts()));
            !matches!(asked, Err(Closed::Unknown))
        };
        self.opened()
            .values()
            .find(|workspace| known(workspace))
            .cloned()
    }

    /// # Errors
    /// When the founding could not be written: the link may have been used meanwhile.
    pub async fn found(&self, founding: Founding) -> Result<Workspace, WorkspaceError> {
        let Founding {
            id,
            epoch,
            mut core,
            pending,
            admission,
            also,
        } = founding;
        let mut writes = vec![Write::Workspace { epoch: epoch.0 }];
        writes.push(Write::Advance {
            from: 0,
            to: last_sequence(&admission),
        });
        writes.extend(also);
        writes.extend(admission_writes(admission));
        let batch = WriteBatch {
            workspace: id,
            writes,
        };
        self.store.commit(batch).await?;
        core.commit(pending);
        let workspace = Workspace::open(
            id,
            epoch,
            core,
            self.store.clone(),
            self.metrics.clone(),
            self.merger.clone(),
        );
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.insert(id, workspace.clone());
        Ok(workspace)
    }

    fn opened(&self) -> std::sync::RwLockReadGuard<'_, HashMap<WorkspaceId, Workspace>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner)
    }
}
