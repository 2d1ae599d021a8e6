//! What the relay refused: it stays visible until the person has seen it, and the document goes
//! back to what it was without it, so that later writes do not rest on what nobody else will have.

use caravan_documents::ChangeHash;
use caravan_domain::command::RecordRef;
use caravan_domain::label::CommandLabel;
use caravan_domain::time::Instant;
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::{Entry, Receipt, Rejection, Verdict};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};
use crate::stored::{self, Attention, Outgoing};
use crate::subject::subject;

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) async fn take_refusal(
        &self,
        stage: &mut Stage,
        sequence: u64,
        refused_at: Instant,
        reason: Rejection,
    ) -> Result<(), EngineError> {
        let stored = self
            .storage
            .get(Store::Outbox, &sequence.to_be_bytes())
            .await?;
        let outgoing: Outgoing = stored::read(&stored.ok_or(EngineError::Damaged)?)?;
        self.refuse(stage, outgoing, refused_at, reason).await
    }

    /// Own envelopes that were received, and quarantined when the relay looked into them. They come
    /// back whole: this device has let them go.
    pub(super) async fn take_back(
        &self,
        stage: &mut Stage,
        receipts: &[Receipt],
        returned: Vec<Entry>,
    ) -> Result<(), EngineError> {
        for envelope in returned.into_iter().map(|entry| entry.envelope) {
            let receipt = receipts.iter().find(|it| it.sequence == envelope.sequence);
            let Some(Verdict::Refused { at, reason }) = receipt.map(|it| &it.verdict) else {
                continue;
            };
            let known = {
                let state = self.state.borrow();
                state.attention.contains_key(&envelope.sequence)
                    || state.outbox.get(envelope.sequence).is_some()
            };
            if !known {
                let outgoing = self.outgoing_again(envelope);
                self.refuse(stage, outgoing, *at, *reason).await?;
            }
        }
        Ok(())
    }

    pub(crate) fn outgoing_again(&self, envelope: Envelope) -> Outgoing {
        let state = self.state.borrow();
        let record = envelope.document.client().map(RecordRef::from);
        Outgoing {
            label: CommandLabel::Write,
            record,
            subject: subject(&state, record, None),
            envelope,
        }
    }

    async fn refuse(
        &self,
        stage: &mut Stage,
        mut outgoing: Outgoing,
        refused_at: Instant,
        mut reason: Rejection,
    ) -> Result<(), EngineError> {
        let document = outgoing.envelope.document;
        let stays = self.state.borrow().holds(document) && !stage.leaves(document);
        if let (Payload::Change(_), true) = (&outgoing.envelope.payload, stays) {
            let hash = outgoing.envelope.payload.hash()?;
            let mut opened = match stage.opened(document) {
                Some(opened) => opened.clone(),
                None => self.open(document).await?.ok_or(EngineError::NotFound)?,
            };
            opened.document = opened.document.without(&[ChangeHash(hash.0)])?;
            if opened.document.changes_since_genesis()?.next().is_none() {
                // It was made here and nobody else will ever have it; whose it is to be is decided already, perhaps.
                self.drop_drafts(stage, document).await?;
                let state = self.state.borrow();
                match stage.is_granted(&state, document) {
                    true => stage.empty(&state, document),
                    false => stage.purge(document),
                }
            } else {
                stage.replace(&self.state.borrow(), opened)?;
            }
        }
        if reason == Rejection::Erased {
            outgoing.subject.clear();
        }
        let decided = self.decided_with(stage, &outgoing.envelope);
        match decided.map(|known| (known.outgoing.label, known)) {
            Some((CommandLabel::HandOverClients, _)) => {
                stage.refuse_untold(&outgoing.envelope);
                return Ok(());
            }
            Some((CommandLabel::AnswerRound, known)) => {
                stage.take_off(known.outgoing.envelope.sequence);
                outgoing.label = known.outgoing.label;
                outgoing.record = known.outgoing.record;
                outgoing.subject = known.outgoing.subject;
                reason = known.reason;
            }
            _ => {}
        }
        stage.refuse(Attention {
            outgoing,
            refused_at,
            reason,
        });
        Ok(())
    }

    /// The line of the refused decision that a change rests on. A handover is told once, as the decision that it is, and what
    /// was typed for it waits in its form: nobody needs to hear of each capsule and task that came back with it. An answer
    /// to a round is told once as well, as what was written, for the reason for which the decision was refused. What one
    /// command writes is written at one instant.
    fn decided_with(&self, stage: &Stage, envelope: &Envelope) -> Option<Attention> {
        let decided = |known: &&Attention| {
            let decision = matches!(known.outgoing.envelope.payload, Payload::Decision(_));
            decision && known.outgoing.envelope.written_at == envelope.written_at
        };
        if !matches!(envelope.payload, Payload::Change(_)) {
            return None;
        }
        let state = self.state.borrow();
        let known = stage.told().find(decided);
        known
            .or_else(|| state.attention.values().find(decided))
            .cloned()
    }
}
