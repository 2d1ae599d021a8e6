//! What the relay refused: it stays visible until the person has seen it, and the document goes
//! back to what it was without it, so that later writes do not rest on what nobody else will have.

use caravan_documents::ChangeHash;
use caravan_domain::time::Instant;
use caravan_sync::envelope::Payload;
use caravan_sync::frame::Rejection;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};
use crate::stored::{self, Attention, Outgoing};

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
        let document = outgoing.envelope.document;
        let stays = self.state.borrow().holds(document) && !stage.purges(document);
        if let (Payload::Change(_), true) = (&outgoing.envelope.payload, stays) {
            let hash = outgoing.envelope.payload.hash()?;
            let mut opened = match stage.opened(document) {
                Some(opened) => opened.clone(),
                None => self.open(document).await?.ok_or(EngineError::NotFound)?,
            };
            opened.document = opened.document.without(&[ChangeHash(hash.0)])?;
            let state = self.state.borrow();
            if opened.document.changes_since_genesis()?.next().is_none() {
                // It was made here and nobody else will ever have it.
                stage.purge(document);
            } else {
                stage.replace(&state, opened)?;
            }
        }
        stage.refuse(Attention {
            outgoing,
            refused_at,
            reason,
        });
        Ok(())
    }
}
