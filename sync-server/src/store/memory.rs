//! A store for tests and the simulator: the same contract, nothing on disk.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::FactKey;
use caravan_domain::id::{BlobHash, DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::{Rejection, Snapshot};
use caravan_sync::relay::{
    Limit, LogEntry, Refill, Restored, RestoredDevice, SequencedFact, StoredSnapshot,
    VisibilityChange,
};
use futures_util::future::{FutureExt, ready};

use crate::audit::{self, Checkpoint, Leaf, Ledger, RelayKey};
use crate::cipher::DataKey;
use crate::clock;

use super::paged::Paged;
use super::{
    BlobRow, Conflict, Credential, DeviceKey, Held, LogStore, SessionRow, StoreError, TokenHash,
    Witness, WorkspaceRow, Write, WriteBatch, Written,
};

#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Tables>>);

#[derive(Debug, Default)]
struct Tables {
    workspaces: BTreeMap<WorkspaceId, Workspace>,
    sessions: HashMap<TokenHash, SessionRow>,
    foundings: HashMap<TokenHash, Instant>,
    secrets: HashMap<&'static str, [u8; 32]>,
}

#[derive(Debug, Default)]
struct Workspace {
    epoch: u64,
    head: Sequence,
    released: Sequence,
    refill: Option<Refill>,
    log: BTreeMap<Sequence, LogEntry>,
    pushed: BTreeMap<(DeviceId, u64), Sequence>,
    keys: BTreeMap<DeviceId, DeviceKey>,
    facts: BTreeMap<FactKey, SequencedFact>,
    visibility: BTreeMap<(PersonId, DocumentId), VisibilityChange>,
    snapshots: BTreeMap<DocumentId, StoredSnapshot>,
    bases: BTreeMap<DocumentId, Snapshot>,
    witnesses: BTreeMap<DeviceId, Vec<Witness>>,
    shares: BTreeMap<DeviceId, [u8; 32]>,
    credentials: BTreeMap<PersonId, Credential>,
    blobs: BTreeMap<BlobHash, BlobRow>,
    blob_documents: BTreeMap<BlobHash, Vec<DocumentId>>,
    /// `None` of those that were destroyed.
    blob_keys: BTreeMap<BlobHash, Option<Arc<DataKey>>>,
    ledger: Option<Ledger>,
}

impl Tables {
    /// Finds what would go wrong before anything is changed, as there is no way back in memory.
    fn check(&self, batch: &WriteBatch) -> Result<(), Conflict> {
        let known = self.workspaces.get(&batch.workspace);
        let mut exists = known.is_some();
        let mut head = known.map_or(0, |known| known.head);
        let mut used = Vec::new();
        for write in &batch.writes {
            match write {
                Write::Workspace { .. } if exists => return Err(Conflict::WorkspaceExists),
                Write::Workspace { .. } => exists = true,
                Write::Founding { .. } => {}
                Write::Founded(token) if !self.foundings.contains_key(token) => {
                    return Err(Conflict::LinkUsed);
                }
                Write::Founded(_) => {}
                _ if !exists => return Err(Conflict::NoWorkspace),
                Write::Advance { from, .. } if *from != head => return Err(Conflict::Sequence),
                Write::Advance { to, .. } => head = *to,
                Write::Entry(entry) => {
                    let number = (entry.device, entry.device_sequence);
                    let stored = known.is_some_and(|known| known.pushed.contains_key(&number));
                    if stored || used.contains(&number) {
                        return Err(Conflict::DeviceSequence);
                    }
                    used.push(number);
                }
                Write::DeviceKey(new) => {
                    let held = known.and_then(|known| known.keys.get(&new.device));
                    if held.is_some_and(|held| held != new) {
                        return Err(Conflict::DeviceKey);
                    }
                }
                Write::BlobDocument { hash, document } => {
                    let erased = known.is_some_and(|known| known.is_erased(*document));
                    let key = known.and_then(|known| known.blob_keys.get(hash));
                    if erased || key.is_some_and(Option::is_none) {
                        return Err(Conflict::Erased);
                    }
                }
                Write::ForgetBlob(hash) if known.is_some_and(|known| known.shows(*hash)) => {
                    return Err(Conflict::Erased);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn apply(&mut self, workspace: WorkspaceId, write: Write) {
        match write {
            Write::Session { token, session } => {
                let device = |row: &SessionRow| (row.workspace, row.device);
                self.sessions
                    .retain(|_, row| device(row) != device(&session));
                self.sessions.insert(token, session);
            }
            Write::Founding { token, expires_at } => {
                self.foundings.insert(token, expires_at);
            }
            Write::Founded(token) => {
                self.foundings.remove(&token);
            }
            Write::Workspace { epoch } | Write::Epoch(epoch) => {
                self.workspaces.entry(workspace).or_default().epoch = epoch;
            }
            within => {
                if let Some(known) = self.workspaces.get_mut(&workspace) {
                    known.apply(within);
                }
            }
        }
    }
}

impl Tables {
    /// Adds the leaves of a batch that was applied, and signs.
    fn seal(&mut self, workspace: WorkspaceId, leaves: &[Leaf]) {
        let seed = self.secrets.entry(audit::SECRET);
        let key = RelayKey::from_seed(seed.or_insert_with(clock::random));
        let Some(known) = self.workspaces.get_mut(&workspace) else {
            return;
        };
        let ledger = known.ledger.get_or_insert_with(|| Ledger::begin(workspace));
        for leaf in leaves {
            ledger.append(leaf);
        }
        ledger.seal(&key, known.head, clock::now());
    }
}

impl Workspace {
    fn apply(&mut self, write: Write) {
        match write {
            Write::Advance { to, .. } => self.head = to,
            Write::Entry(mut entry) => {
                if self.is_erased(entry.document) {
                    entry.envelope.clear();
                }
                let number = (entry.device, entry.device_sequence);
                self.pushed.insert(number, entry.sequence);
                self.log.insert(entry.sequence, entry);
            }
            Write::Quarantine { sequence, reason } => {
                if let Some(entry) = self.log.get_mut(&sequence) {
                    entry.refusal = Some(Rejection::Quarantined(reason));
                }
            }
            Write::Release(upto) => self.released = self.released.max(upto),
            Write::Fact(fact) => {
                let key = fact.change.key;
                self.facts.insert(key, fact);
                if let FactKey::Erased(document) = key {
                    self.erase(document);
                }
            }
            Write::Visibility(change) => {
                self.visibility
                    .insert((change.person, change.document), change);
            }
            Write::Snapshot(row) if self.is_erased(row.snapshot.document) => {}
            Write::Snapshot(row) => drop(self.snapshots.insert(row.snapshot.document, row)),
            Write::ForgetBlob(hash) => {
                self.blobs.remove(&hash);
                self.blob_documents.remove(&hash);
            }
            Write::Credential(row) => drop(self.credentials.insert(row.person, row)),
            Write::DeviceKey(row) => drop(self.keys.insert(row.device, row)),
            Write::Blob(row) => drop(self.blobs.insert(row.hash, row)),
            Write::BlobDocument { hash, document } => {
                let documents = self.blob_documents.entry(hash).or_default();
                if !documents.contains(&document) {
                    documents.push(document);
                }
            }
            Write::Session { .. }
            | Write::Founding { .. }
            | Write::Founded(_)
            | Write::Workspace { .. }
            | Write::EncryptedSnapshot { .. }
            | Write::EncryptedFact { .. }
            | Write::EncryptedBase { .. }
            | Write::Epoch(_) => {}
            Write::Refill(refill) => {
                let before = self.refill.and_then(|before| before.facts_of);
                self.refill = Some(Refill {
                    facts_of: refill.facts_of.or(before),
                    ..refill
                });
            }
            Write::Base(base) => drop(self.bases.insert(base.document, base)),
            Write::Witness(row) => self.witnesses.entry(row.device).or_default().push(row),
            Write::Share { device, share } => {
                self.shares.entry(device).or_insert(share);
            }
        }
    }

    fn is_erased(&self, document: DocumentId) -> bool {
        let fact = self.facts.get(&FactKey::Erased(document));
        fact.is_some_and(|fact| fact.change.fact.is_some())
    }

    /// Whether anything but what was erased shows a blob.
    fn shows(&self, hash: BlobHash) -> bool {
        let documents = self.blob_documents.get(&hash).into_iter().flatten();
        documents
            .into_iter()
            .any(|document| !self.is_erased(*document))
    }

    /// There are no keys of documents here: what one would make unreadable goes.
    fn erase(&mut self, document: DocumentId) {
        self.snapshots.remove(&document);
        self.bases.remove(&document);
        let entries = self.log.values_mut();
        for entry in entries.filter(|entry| entry.document == document) {
            entry.envelope.clear();
        }
        for hash in self.erased_blobs() {
            self.blob_keys.insert(hash, None);
        }
    }

    fn erased_blobs(&self) -> Vec<BlobHash> {
        let shown = self.blob_documents.keys().copied();
        shown.filter(|hash| !self.shows(*hash)).collect()
    }

    fn restored(&self) -> Restored {
        let mut visibility: Vec<_> = self.visibility.values().copied().collect();
        visibility.sort_by_key(|change| change.sequence);
        let mut facts: Vec<_> = self.facts.values().cloned().collect();
        facts.sort_by_key(|fact| fact.sequence);
        Restored {
            position: self.head,
            released: self.released,
            facts,
            visibility,
            devices: self.keys.values().map(|held| self.device(held)).collect(),
            refused: self
                .log
                .values()
                .filter_map(LogEntry::refused_change)
                .collect(),
            quarantined: self
                .log
                .values()
                .filter_map(LogEntry::quarantined)
                .collect(),
            refill: self.refill,
        }
    }

    fn device(&self, held: &DeviceKey) -> RestoredDevice {
        let numbers = self
            .pushed
            .range((held.device, 0)..=(held.device, u64::MAX));
        let chain = numbers.filter_map(|(_, sequence)| Some(self.log.get(sequence)?.link()));
        RestoredDevice::new(held.device, held.key.clone(), chain)
    }

    fn newer_than_snapshot(&self, document: DocumentId) -> usize {
        let upto = self
            .snapshots
            .get(&document)
            .map_or(0, |stored| stored.upto);
        let newer = self.log.range(upto + 1..);
        newer
            .filter(|(_, entry)| entry.document == document)
            .count()
    }
}

impl MemoryStore {
    fn tables(&self) -> MutexGuard<'_, Tables> {
        // Both halves of a write only move values: there is no half-done state to fear.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of<T: Default>(&self, workspace: WorkspaceId, read: impl FnOnce(&Workspace) -> T) -> T {
        let tables = self.tables();
        tables
            .workspaces
            .get(&workspace)
            .map(read)
            .unwrap_or_default()
    }
}

impl LogStore for MemoryStore {
    fn commit(&self, batch: WriteBatch) -> Written<()> {
        let mut tables = self.tables();
        let checked = tables.check(&batch).map_err(StoreError::Conflict);
        if checked.is_ok() {
            let leaves: Vec<_> = batch.writes.iter().flat_map(Leaf::of).collect();
            for write in batch.writes {
                tables.apply(batch.workspace, write);
            }
            tables.seal(batch.workspace, &leaves);
        }
        ready(checked).boxed()
    }

    fn expect(&self, _: WorkspaceId, _: Vec<DocumentId>) -> Written<()> {
        ready(Ok(())).boxed()
    }

    fn secret(&self, name: &'static str, made: [u8; 32]) -> Written<[u8; 32]> {
        ready(Ok(*self.tables().secrets.entry(name).or_insert(made))).boxed()
    }

    fn probe(&self) -> Written<()> {
        ready(Ok(())).boxed()
    }

    fn workspaces(&self) -> Result<Vec<WorkspaceRow>, StoreError> {
        let tables = self.tables();
        let rows = tables
            .workspaces
            .iter()
            .map(|(workspace, known)| WorkspaceRow {
                workspace: *workspace,
                epoch: known.epoch,
                head: known.head,
            });
        Ok(rows.collect())
    }

    fn restore(&self, workspace: WorkspaceId) -> Result<Restored, StoreError> {
        Ok(self.of(workspace, Workspace::restored))
    }

    fn entries(
        &self,
        workspace: WorkspaceId,
        after: Sequence,
        limit: Limit,
    ) -> Result<Vec<LogEntry>, StoreError> {
        Ok(self.of(workspace, |known| {
            let mut page = Paged::new(limit);
            for (_, entry) in known.log.range(after + 1..) {
                if !page.take(entry.clone()) {
                    break;
                }
            }
            page.entries
        }))
    }

    fn document_entries(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        after: Sequence,
    ) -> Result<Vec<LogEntry>, StoreError> {
        Ok(self.of(workspace, |known| {
            let newer = known.log.range(after + 1..).map(|(_, entry)| entry);
            newer
                .filter(|entry| entry.document == document)
                .cloned()
                .collect()
        }))
    }

    fn pushed(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        device_sequence: u64,
    ) -> Result<Option<LogEntry>, StoreError> {
        Ok(self.of(workspace, |known| {
            let sequence = known.pushed.get(&(device, device_sequence))?;
            known.log.get(sequence).cloned()
        }))
    }

    fn snapshot(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<StoredSnapshot>, StoreError> {
        Ok(self.of(workspace, |known| known.snapshots.get(&document).cloned()))
    }

    fn overgrown(
        &self,
        workspace: WorkspaceId,
        entries: u32,
        limit: u32,
    ) -> Result<Vec<DocumentId>, StoreError> {
        Ok(self.of(workspace, |known| {
            let mut documents: Vec<_> = known.log.values().map(|entry| entry.document).collect();
            documents.sort_unstable();
            documents.dedup();
            documents.retain(|document| {
                document.kind != DocumentKind::Workspace
                    && !known.is_erased(*document)
                    && known.newer_than_snapshot(*document) >= entries as usize
            });
            documents.truncate(limit as usize);
            documents
        }))
    }

    fn checkpoint(&self, workspace: WorkspaceId) -> Result<Option<Checkpoint>, StoreError> {
        Ok(self.of(workspace, |known| known.ledger.as_ref()?.newest().cloned()))
    }

    fn credential(
        &self,
        workspace: WorkspaceId,
        person: PersonId,
    ) -> Result<Option<Credential>, StoreError> {
        Ok(self.of(workspace, |known| known.credentials.get(&person).cloned()))
    }

    fn session(&self, token: TokenHash) -> Result<Option<SessionRow>, StoreError> {
        Ok(self.tables().sessions.get(&token).copied())
    }

    fn blob(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<Option<BlobRow>, StoreError> {
        Ok(self.of(workspace, |known| known.blobs.get(&hash).cloned()))
    }

    fn blob_key(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<Held, StoreError> {
        let tables = self.tables();
        let known = tables.workspaces.get(&workspace);
        Ok(match known.and_then(|known| known.blob_keys.get(&hash)) {
            None => Held::Unknown,
            Some(None) => Held::Destroyed,
            Some(Some(key)) => Held::Key(key.clone()),
        })
    }

    fn make_blob_key(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<Arc<DataKey>, StoreError> {
        let mut tables = self.tables();
        let known = tables.workspaces.get_mut(&workspace);
        let known = known.ok_or(StoreError::Conflict(Conflict::NoWorkspace))?;
        let held = known.blob_keys.entry(hash).or_default();
        let made = || Arc::new(DataKey::new(&clock::random()));
        Ok(held.get_or_insert_with(made).clone())
    }

    fn drop_blob_key(&self, workspace: WorkspaceId, hash: BlobHash) -> Result<(), StoreError> {
        if let Some(known) = self.tables().workspaces.get_mut(&workspace)
            && !known.blob_documents.contains_key(&hash)
        {
            known.blob_keys.insert(hash, None);
        }
        Ok(())
    }

    fn erased_blobs(&self, workspace: WorkspaceId) -> Result<Vec<BlobHash>, StoreError> {
        Ok(self.of(workspace, Workspace::erased_blobs))
    }

    fn blob_documents(
        &self,
        workspace: WorkspaceId,
        hash: BlobHash,
    ) -> Result<Vec<DocumentId>, StoreError> {
        Ok(self.of(workspace, |known| {
            known.blob_documents.get(&hash).cloned().unwrap_or_default()
        }))
    }

    fn founding(&self, token: TokenHash) -> Result<Option<Instant>, StoreError> {
        Ok(self.tables().foundings.get(&token).copied())
    }

    fn base(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<Snapshot>, StoreError> {
        Ok(self.of(workspace, |known| known.bases.get(&document).cloned()))
    }

    fn witnesses(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Vec<Witness>, StoreError> {
        Ok(self.of(workspace, |known| {
            known.witnesses.get(&device).cloned().unwrap_or_default()
        }))
    }

    fn share(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.of(workspace, |known| known.shares.get(&device).copied()))
    }
}
