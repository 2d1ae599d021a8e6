//! Envelopes that the relay has are kept for a while, so that it can be given them back.

use std::collections::{BTreeMap, BTreeSet};

use caravan_documents::ChangeHash;
use caravan_domain::document::DocumentId;
use caravan_domain::time::Instant;
use caravan_sync::envelope::Payload;
use caravan_sync::frame::{Entry, Receipt, Rejection, Verdict};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};
use crate::stored::{self, Kept, Outgoing};

/// By the relay's time of receipt, in milliseconds. A backup that is older finds less.
const KEPT_FOR: i64 = 90 * 24 * 60 * 60 * 1000;
/// Looked at for their age at once, besides as many as are new.
const LOOKED_AT: usize = 16;
const LOOKED_AT_MAX: usize = 256;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// What was received just now leaves the outbox, and is kept.
    pub(super) async fn keep_received(
        &self,
        stage: &mut Stage,
        receipts: &[Receipt],
    ) -> Result<(), EngineError> {
        let received: BTreeMap<u64, Instant> = {
            let state = self.state.borrow();
            let waiting = receipts.iter();
            let waiting = waiting.filter(|it| state.outbox.get(it.sequence).is_some());
            waiting
                .filter_map(|it| Some((it.sequence, received_at(it)?)))
                .collect()
        };
        let (Some((first, _)), Some((last, _))) =
            (received.first_key_value(), received.last_key_value())
        else {
            return Ok(());
        };
        let count = u32::try_from(last - first + 1).unwrap_or(u32::MAX);
        let key = first.to_be_bytes();
        let stored = self.storage.starting_at(Store::Outbox, &key, count).await?;
        for outgoing in &stored {
            let outgoing: Outgoing = stored::read(outgoing)?;
            let envelope = outgoing.envelope;
            let held = match envelope.payload {
                Payload::Change(_) => stage.will_hold(&self.state.borrow(), envelope.document),
                Payload::Decision(_) => true,
            };
            if let (Some(at), true) = (received.get(&envelope.sequence), held) {
                stage.keep(Kept {
                    received_at: *at,
                    envelope,
                });
            }
        }
        Ok(())
    }

    pub(super) fn keep_entries(stage: &mut Stage, entries: &[Entry]) {
        for entry in entries {
            if matches!(entry.envelope.payload, Payload::Change(_)) {
                stage.keep(Kept {
                    received_at: entry.received_at,
                    envelope: entry.envelope.clone(),
                });
            }
        }
    }

    /// What is kept is what the relay has, and of this document it has these no more. Their words are with what the person is
    /// told: given back another time they would stand beside whatever was made of that.
    pub(super) async fn forget_lost(
        &self,
        stage: &mut Stage,
        id: DocumentId,
        lost: &BTreeSet<ChangeHash>,
    ) -> Result<(), EngineError> {
        let of_document = id.to_bytes();
        let stored = self.storage.with_prefix(Store::History, &of_document);
        for kept in stored.await? {
            let kept: Kept = stored::read(&kept)?;
            let hash = kept.envelope.payload.hash()?;
            if lost.contains(&ChangeHash(hash.0)) {
                stage.forget_kept(kept.key());
            }
        }
        Ok(())
    }

    /// A step through what is kept, at least as long as what is new: what is too old goes.
    pub(super) async fn forget_old(
        &self,
        stage: &mut Stage,
        now: Instant,
    ) -> Result<(), EngineError> {
        if stage.kept() == 0 || self.state.borrow().repair.is_some() {
            return Ok(());
        }
        let from = self.state.borrow().looked_at.clone();
        let count = (stage.kept() + LOOKED_AT).min(LOOKED_AT_MAX);
        let limit = u32::try_from(count).unwrap_or(u32::MAX);
        let stored = self
            .storage
            .starting_at(Store::History, &from, limit)
            .await?;
        let mut next = Vec::new();
        for kept in &stored {
            let kept: Kept = stored::read(kept)?;
            // The one after it is the least that is greater.
            next = [kept.key(), vec![0]].concat();
            if kept.received_at.plus_millis(KEPT_FOR) < now {
                stage.forget_kept(kept.key());
            }
        }
        if stored.len() < count {
            next.clear();
        }
        self.state.borrow_mut().looked_at = next;
        Ok(())
    }
}

const fn received_at(receipt: &Receipt) -> Option<Instant> {
    match receipt.verdict {
        Verdict::Received { at, .. }
        | Verdict::Refused {
            at,
            reason: Rejection::Repeated,
        } => Some(at),
        _ => None,
    }
}
