//! How a restored relay gets back what its backup lacks: `POST /api/refill`, as frames of
//! [`crate::codec`]. A device asks how far the relay has come with each author's envelopes, and gives
//! what it keeps beyond; its own it pushes as ever.

use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use serde::{Deserialize, Deserializer, Serialize};

use crate::cursor::Epoch;
use crate::envelope::Envelope;
use crate::frame::Verdict;

/// Devices asked about in one request.
pub const ASKED_MAX: usize = 4096;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RefillRequest {
    /// How far has the relay come with these?
    pub devices: Vec<DeviceId>,
    /// Other devices' envelopes, of each in the order of their sequence; at most
    /// [`PUSH_MAX`](crate::frame::PUSH_MAX).
    pub envelopes: Vec<Envelope>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RefillAnswer {
    /// The life of the log all this is about.
    pub epoch: Epoch,
    /// The relay's clock.
    pub now: Instant,
    /// Until when what cannot be taken yet waits, and others' envelopes are taken; `None` when the
    /// relay is not being refilled.
    pub until: Option<Instant>,
    /// For each device that was asked about, in order: the first number the relay lacks; `None` when
    /// it does not know the device.
    pub lacks_from: Vec<Option<u64>>,
    /// For each envelope, in order. One that is refused left no trace.
    pub verdicts: Vec<Verdict>,
    /// Of a log that was rebuilt from a device: the facts are as they were then, by the clock of the relay that is gone. What
    /// was decided until then stands in them, and is not to be decided again. Written only when there is one: a device from
    /// before reads the answers of every other relay.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "if_written"
    )]
    pub facts_of: Option<Instant>,
}

/// What stands at the end of a frame, or nothing.
fn if_written<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Instant>, D::Error> {
    Ok(Option::deserialize(from).unwrap_or_default())
}
