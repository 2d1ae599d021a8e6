//! The truth about sync, record by record (U4).

use serde::{Deserialize, Serialize};

use crate::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Everything in it has been received by the relay, the last of it then. `None` when it came
    /// from a snapshot that does not say.
    Received(Option<Instant>),
    /// Written on this phone; not sent yet.
    Saved,
    /// On its way; not confirmed.
    Sent,
    /// The relay refused something in it, or a decision about it.
    NeedsAttention,
}

impl Default for Mark {
    fn default() -> Self {
        Self::Received(None)
    }
}
