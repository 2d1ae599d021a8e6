//! What goes up.

use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{BATCH_TARGET, PUSH_MAX};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::{Storage, Store};
use crate::stored::{self, Outgoing};

/// What an envelope weighs besides its payload, in bytes.
pub(super) const ENVELOPE_BYTES: usize = 160;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// The next envelopes in the order of their sequence, marked as on their way; empty when
    /// everything is, and on a device whose place in the chain another has taken.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn next_push(&self) -> Result<Vec<Envelope>, EngineError> {
        let now = self.platform.now();
        {
            let mut state = self.state.borrow_mut();
            let position = state.progress.cursor.sequence;
            state.outbox.release(position, now);
        }
        let Some(first) = self.state.borrow().first_to_send() else {
            return Ok(Vec::new());
        };
        let limit = u32::try_from(PUSH_MAX).unwrap_or(u32::MAX);
        let key = first.to_be_bytes();
        let stored = self.storage.starting_at(Store::Outbox, &key, limit).await?;
        let mut push: Vec<Envelope> = Vec::new();
        let mut bytes = 0;
        for outgoing in &stored {
            let outgoing: Outgoing = stored::read(outgoing)?;
            if self
                .state
                .borrow()
                .outbox
                .is_held(outgoing.envelope.sequence)
            {
                continue;
            }
            bytes += outgoing.envelope.payload.bytes().len() + ENVELOPE_BYTES;
            if bytes > BATCH_TARGET && !push.is_empty() {
                break;
            }
            push.push(outgoing.envelope);
        }
        if let Some(last) = push.last() {
            let mut state = self.state.borrow_mut();
            state.outbox.sent_through = last.sequence;
            state.touched.outbox = true;
        }
        Ok(push)
    }

    /// Whether anything waits that is not on its way.
    #[must_use]
    pub fn has_unsent(&self) -> bool {
        self.state.borrow().first_to_send().is_some()
    }
}
