//! What the devices' clocks said against the relay's: evidence of backdating, not damage. A device
//! that was offline for a week is a week early and honest; one that is always a week early is not.

use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::Envelope;

/// As many are named.
const WORST: usize = 5;
/// A clock that is ahead by this much is only not set well, in milliseconds.
const AHEAD: i64 = 2 * 60 * 1000;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clocks {
    /// Envelopes written longer before their receipt than is tolerated.
    pub before: u64,
    /// Envelopes written after their receipt, if one believes the device.
    pub after: u64,
    /// The farthest from the relay's clock first.
    pub worst: Vec<Offset>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    pub sequence: Sequence,
    pub device: DeviceId,
    /// Written so long before receipt; negative when after, in milliseconds.
    pub millis: i64,
}

impl Clocks {
    pub(super) fn note(
        &mut self,
        sequence: Sequence,
        envelope: &Envelope,
        received_at: Instant,
        tolerance: i64,
    ) {
        let written = envelope.written_at.millis();
        let millis = received_at.millis().saturating_sub(written);
        let (before, after) = (millis > tolerance, millis < -AHEAD);
        self.before += u64::from(before);
        self.after += u64::from(after);
        if before || after {
            self.worst.push(Offset {
                sequence,
                device: envelope.device,
                millis,
            });
            if self.worst.len() > WORST * 16 {
                self.sort();
            }
        }
    }

    pub(super) fn sort(&mut self) {
        let far = |offset: &Offset| std::cmp::Reverse(offset.millis.unsigned_abs());
        self.worst.sort_by_key(far);
        self.worst.truncate(WORST);
    }
}
