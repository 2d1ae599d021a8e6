//! A reply of the relay, stored as one transaction with its cursor.

use std::collections::{BTreeMap, BTreeSet};

use caravan_documents::{Applied, Document, DocumentError};
use caravan_domain::document::DocumentId;
use caravan_domain::policy;
use caravan_domain::visits::record::Visit;
use caravan_sync::cursor::CatchUp;
use caravan_sync::envelope::Payload;
use caravan_sync::frame::{Entry, Receipt, ReceivedChange, Rejection, Reply, Snapshot, Verdict};

use super::Next;
use super::erase::erased_by;
use super::settle::came;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::giving::Giving;
use crate::open::Opened;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};
use crate::stored::{BlobNote, Repair};

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) async fn receive_reply(&self, reply: Reply) -> Result<Next, EngineError> {
        let _writer = self.writer().await;
        self.state.borrow().identity()?;
        let mut stage = Stage::default();
        if self.begins_again() {
            return Ok(Next::BeginAgain);
        }
        let before = self.state.borrow().progress;
        let repair = self.state.borrow().repair;
        let another = reply.epoch != before.epoch;
        if another {
            self.begin_again(&mut stage);
        }
        let from_nothing = before.cursor.catch_up == CatchUp::FromNothing;
        if another || (repair.is_some() && from_nothing) {
            self.forget_facts(&mut stage, &reply);
        }
        let settling = repair == Some(Repair::Settling) && !another;
        let came = came(&reply);
        let will_wait = self.will_wait(&reply)?;
        for purged in &reply.purges {
            match will_wait && policy::is_of_client(*purged) {
                true => self.put_by(&mut stage, *purged).await?,
                false => self.purge(&mut stage, *purged).await?,
            }
        }
        for erased in reply.facts.iter().filter_map(erased_by) {
            self.erase(&mut stage, erased).await?;
        }
        for fact in reply.facts {
            stage.fact(&self.state.borrow(), fact);
        }
        for snapshot in reply.snapshots {
            let taken = match settling {
                true => {
                    self.settle(&mut stage, snapshot.document, Some(&snapshot), true)
                        .await
                }
                false => self.take_snapshot(&mut stage, &snapshot).await,
            };
            match taken {
                // This version cannot read it; the other documents must not wait for it.
                Err(EngineError::Document(_)) => {}
                done => done?,
            }
        }
        let device = self.state.borrow().identity()?.device;
        let (returned, entries): (Vec<_>, Vec<_>) = reply
            .entries
            .into_iter()
            .partition(|entry| entry.envelope.device == device);
        Self::keep_entries(&mut stage, &entries);
        self.take_entries(&mut stage, entries).await?;
        self.put_unsent_in_again(&mut stage, &reply.receipts)
            .await?;
        self.keep_received(&mut stage, &reply.receipts).await?;
        self.forget_old(&mut stage, reply.now).await?;
        let resend_from = self.take_receipts(&mut stage, &reply.receipts).await?;
        let missed = self.state.borrow().giving.missed;
        if resend_from.is_some() && resend_from == missed && repair != Some(Repair::Giving) {
            self.give_up(&mut stage, &reply.receipts).await?;
        }
        self.take_back(&mut stage, &reply.receipts, returned)
            .await?;

        if settling && reply.cursor.catch_up == CatchUp::Done {
            self.settle_rest(&mut stage, &came).await?;
        }

        if !will_wait && !reply.more && reply.cursor.catch_up == CatchUp::Done {
            self.drop_put_by(&mut stage).await?;
        }
        let now = self.platform.now();
        let received = reply
            .receipts
            .iter()
            .filter_map(|receipt| match receipt.verdict {
                Verdict::Received { at, .. } => Some(at),
                _ => None,
            });
        let mut progress = self.state.borrow().progress;
        progress.epoch = reply.epoch;
        progress.cursor = reply.cursor;
        progress.challenge = reply.next_challenge;
        progress.last_contact_at = Some(now);
        progress.last_received_at = progress.last_received_at.max(received.max());
        progress.clock_skew_millis = Some(reply.now.millis().saturating_sub(now.millis()));
        stage.progress = Some(progress);
        let missing = resend_from.filter(|it| self.state.borrow().outbox.get(*it).is_none());
        if missing.is_some() && repair.is_none() && stage.repair.is_none() {
            // What it was to go on from is not here: the relay says what it has.
            stage.repair = Some(Some(Repair::Giving));
        }
        self.commit(stage).await?;

        let mut state = self.state.borrow_mut();
        state.remaining = reply.remaining;
        if another {
            state.giving = Giving::default();
        }
        if settling {
            state.giving.came.extend(came);
        }
        let position = reply.cursor.sequence;
        let waits = reply.receipts.iter();
        let waits = waits.filter(|receipt| receipt.verdict == Verdict::Waits);
        let waits: BTreeSet<_> = waits.map(|receipt| receipt.sequence).collect();
        state.outbox.hold(&waits, position, now);
        if let Some(expected) = resend_from {
            if state.outbox.get(expected).is_none() {
                state.giving.missed = Some(expected);
            }
            state.outbox.send_again_from(expected, position, now);
        }
        Ok(match reply.more {
            true => Next::Continue(reply.cursor),
            false => Next::Settled,
        })
    }

    /// Removes a document, the pictures it shows and what was being typed about it. What waits in
    /// the outbox stays: the relay's refusal will bring it to the person's attention.
    pub(super) async fn purge(&self, stage: &mut Stage, id: DocumentId) -> Result<(), EngineError> {
        self.drop_pictures(stage, id, |_| true).await?;
        self.drop_drafts(stage, id).await?;
        stage.purge(id);
        Ok(())
    }

    pub(super) async fn drop_pictures(
        &self,
        stage: &mut Stage,
        id: DocumentId,
        goes: fn(&BlobNote) -> bool,
    ) -> Result<(), EngineError> {
        let held = self.state.borrow().holds(id);
        let Some(client) = id.client().filter(|_| held) else {
            return Ok(());
        };
        // A damaged document must not stand in the way of its removal.
        let tree = match self.open(id).await {
            Ok(Some(opened)) => opened.document.tree().ok(),
            Ok(None) | Err(EngineError::Document(_) | EngineError::Damaged) => None,
            Err(error) => return Err(error),
        };
        let visits = tree
            .map(|tree| Visit::read_all(client, &tree))
            .unwrap_or_default();
        let state = self.state.borrow();
        for photo in visits.iter().flat_map(|visit| &visit.photos) {
            if state.blobs.get(&photo.hash).is_none_or(goes) {
                stage.blob(photo.hash, None);
            }
        }
        Ok(())
    }

    /// What was being typed about a document that is not here any more.
    pub(super) async fn drop_drafts(
        &self,
        stage: &mut Stage,
        id: DocumentId,
    ) -> Result<(), EngineError> {
        let named = id.id.to_string();
        for (key, _) in self.storage.all(Store::Drafts).await? {
            let key = String::from_utf8_lossy(&key);
            if key.contains(&named) {
                stage.drop_draft(key.into_owned());
            }
        }
        Ok(())
    }

    /// The relay's copy and this device's become one: nothing that was written here is lost.
    async fn take_snapshot(
        &self,
        stage: &mut Stage,
        snapshot: &Snapshot,
    ) -> Result<(), EngineError> {
        let id = snapshot.document;
        let own = match stage.opened(id) {
            Some(opened) => Some(opened.clone()),
            None if self.state.borrow().holds(id) => self.open(id).await?,
            None => None,
        };
        let Some(own) = own else {
            let mut opened = Opened::load_snapshot(id, &snapshot.chunks)?;
            opened.note_received(&snapshot.received);
            let (chunks, received) = (&snapshot.chunks, snapshot.received.clone());
            stage.append(&self.state.borrow(), opened, chunks, received)?;
            return Ok(());
        };
        let mut merged = Opened::load_snapshot(id, &snapshot.chunks)?;
        for change in own.document.changes_since_genesis()? {
            merged.document.apply(&change.bytes)?;
        }
        let same = merged.document.heads() == own.document.heads();
        merged.received = own.received;
        let known = merged.received.len();
        merged.note_received(&snapshot.received);
        if !same || merged.received.len() != known || stage.leaves(id) {
            stage.replace(&self.state.borrow(), merged)?;
        }
        Ok(())
    }

    async fn take_entries(
        &self,
        stage: &mut Stage,
        entries: Vec<Entry>,
    ) -> Result<(), EngineError> {
        let mut by_document: BTreeMap<DocumentId, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            by_document
                .entry(entry.envelope.document)
                .or_default()
                .push(entry);
        }
        for (id, entries) in by_document {
            let mut opened = match stage.opened(id) {
                Some(opened) => opened.clone(),
                None => self.open(id).await?.unwrap_or_else(|| Opened::new(id)),
            };
            let (chunks, received) = take(&mut opened, &entries);
            if !chunks.is_empty() || stage.leaves(id) {
                stage.append(&self.state.borrow(), opened, &chunks, received)?;
            }
        }
        Ok(())
    }

    /// The relay has said all that it lacks, and what these rest on is not here any more either.
    async fn give_up(&self, stage: &mut Stage, receipts: &[Receipt]) -> Result<(), EngineError> {
        let now = self.platform.now();
        let unfounded = receipts.iter();
        let unfounded = unfounded.filter(|it| matches!(it.verdict, Verdict::OutOfOrder { .. }));
        let unfounded: Vec<_> = {
            let state = self.state.borrow();
            let waiting = unfounded.map(|it| it.sequence);
            waiting
                .filter(|it| state.outbox.get(*it).is_some())
                .collect()
        };
        for sequence in unfounded {
            self.take_refusal(stage, sequence, now, Rejection::RestsOnRefused)
                .await?;
        }
        Ok(())
    }

    /// Where to push from again, if an envelope was missing.
    async fn take_receipts(
        &self,
        stage: &mut Stage,
        receipts: &[Receipt],
    ) -> Result<Option<u64>, EngineError> {
        let mut resend_from = None;
        let mut refused = Vec::new();
        for receipt in receipts {
            let state = self.state.borrow();
            let Some(waiting) = state.outbox.get(receipt.sequence) else {
                continue;
            };
            match receipt.verdict {
                // A repeated one counts already, out of an envelope before a crash.
                Verdict::Received { at, .. }
                | Verdict::Refused {
                    at,
                    reason: Rejection::Repeated,
                } => {
                    let device = state.identity()?.device;
                    let sequence = waiting.change;
                    let change = ReceivedChange {
                        device,
                        sequence,
                        at,
                    };
                    stage.receive(&state, waiting, change);
                }
                // It has no place, and nothing that follows would have one: all of it waits here,
                // where its person sees it, for a chain of its own.
                Verdict::Refused {
                    reason: Rejection::Forked,
                    ..
                } => stage.copied = true,
                Verdict::Refused { at, reason } => {
                    refused.push((receipt.sequence, at, reason));
                }
                Verdict::OutOfOrder { expected } => {
                    resend_from.get_or_insert(expected);
                }
                Verdict::Waits => {}
            }
        }
        for (sequence, at, reason) in refused {
            self.take_refusal(stage, sequence, at, reason).await?;
        }
        Ok(resend_from)
    }
}

/// Applies what fits; returns what is to be stored. A change that Automerge will not have is left
/// out: the relay's own check has let it pass, so it is this version that cannot read it.
fn take(opened: &mut Opened, entries: &[Entry]) -> (Vec<u8>, Vec<ReceivedChange>) {
    let before = opened.document.clone();
    let mut chunks: Vec<&[u8]> = Vec::new();
    let mut received = Vec::new();
    for entry in entries {
        let Payload::Change(change) = &entry.envelope.payload else {
            continue;
        };
        let Ok(header) = caravan_sync::change::header(change) else {
            continue;
        };
        match opened.document.apply(change) {
            Ok(Applied::Merged | Applied::Waiting { .. }) => chunks.push(change),
            Err(DocumentError::Damaged) => {
                opened.document = again(&before, &chunks);
                continue;
            }
            Ok(Applied::Known) | Err(_) => continue,
        }
        received.push(ReceivedChange {
            device: header.actor,
            sequence: header.sequence,
            at: entry.received_at,
        });
    }
    opened.note_received(&received);
    (chunks.concat(), received)
}

/// The document with the changes that it took before.
fn again(before: &Document, changes: &[&[u8]]) -> Document {
    let mut document = before.clone();
    for change in changes {
        // It took this one a moment ago.
        let _ = document.apply(change);
    }
    document
}
