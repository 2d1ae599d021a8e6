//! What the relay refused and the person has not yet seen.

use caravan_domain::time::Instant;
use caravan_sync::frame::Rejection;
use serde::{Deserialize, Serialize};

use super::{Outgoing, Stored};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attention {
    /// Kept whole: what was written must not be lost with the refusal.
    pub(crate) outgoing: Outgoing,
    pub(crate) refused_at: Instant,
    pub(crate) reason: Rejection,
}

impl Stored for Attention {}

/// The first number of what an earlier device of this profile has left behind: no chain comes so far.
pub(crate) const KEPT_FROM: u64 = 1 << 63;
