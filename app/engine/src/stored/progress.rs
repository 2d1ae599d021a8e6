//! How far this device has come in the relay's log, and what it knows of the relay.

use caravan_domain::time::Instant;
use caravan_sync::cursor::{Cursor, Epoch};
use caravan_sync::frame::Challenge;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Progress {
    pub(crate) epoch: Epoch,
    pub(crate) cursor: Cursor,
    /// To be signed at the next beginning.
    pub(crate) challenge: Challenge,
    pub(crate) last_contact_at: Option<Instant>,
    /// The relay's time of the last receipt.
    pub(crate) last_received_at: Option<Instant>,
    /// Relay's clock minus the device's.
    pub(crate) clock_skew_millis: Option<i64>,
}

impl Stored for Progress {}
