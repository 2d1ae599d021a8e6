//! What a device signs to begin. The relay stores nothing for it: a challenge is its time of
//! making, sealed for one device with the relay's secret, so any node and any restart knows it.
//!
//! A spent challenge is refused for as long as this process remembers; after a restart an overheard
//! one could be sent once more until it expires, together with the cookie it needs. What it begins
//! is idempotent: an exchange.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use caravan_sync::frame::Challenge;
use ring::hmac;

/// A phone that stayed away longer than this pays one more round trip.
pub const CHALLENGE_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

const TIME: usize = 6;
const SEAL: usize = 10;

#[derive(Debug)]
pub struct Challenges {
    key: hmac::Key,
    /// The newest challenge each device has spent; older ones count as spent with it.
    spent: Mutex<HashMap<DeviceId, [u8; TIME]>>,
}

impl Challenges {
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, secret),
            spent: Mutex::default(),
        }
    }

    /// A challenge for `device`; later calls give later ones, even within a millisecond.
    #[must_use]
    pub fn issue(&self, device: DeviceId, now: Instant) -> Challenge {
        let time = now.millis().max(0).to_be_bytes();
        let mut stamp = [0; TIME];
        stamp.copy_from_slice(&time[2..]);
        let spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = spent.get(&device)
            && *last >= stamp
        {
            stamp = next(*last);
        }
        self.sealed(device, stamp)
    }

    /// Whether `challenge` was issued to `device`, is recent, and had not been spent; it is now.
    pub fn spend(&self, device: DeviceId, challenge: Challenge, now: Instant) -> bool {
        let mut stamp = [0; TIME];
        stamp.copy_from_slice(&challenge.0[..TIME]);
        if !self.is_recent(device, challenge, now, CHALLENGE_MILLIS) {
            return false;
        }
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = spent.get(&device).is_none_or(|last| *last < stamp);
        if fresh {
            spent.insert(device, stamp);
        }
        fresh
    }

    /// Whether `challenge` was issued to `device` and is not older than `millis`, spent or not.
    #[must_use]
    pub fn is_recent(
        &self,
        device: DeviceId,
        challenge: Challenge,
        now: Instant,
        millis: i64,
    ) -> bool {
        let mut stamp = [0; TIME];
        stamp.copy_from_slice(&challenge.0[..TIME]);
        // Compared plainly: the seal guards nothing but a replay of what the device key must sign.
        self.sealed(device, stamp) == challenge && now.millis() - self::millis(stamp) <= millis
    }

    fn sealed(&self, device: DeviceId, stamp: [u8; TIME]) -> Challenge {
        let seal = hmac::sign(&self.key, &sealed_bytes(device, stamp));
        let mut challenge = [0; TIME + SEAL];
        challenge[..TIME].copy_from_slice(&stamp);
        challenge[TIME..].copy_from_slice(&seal.as_ref()[..SEAL]);
        Challenge(challenge)
    }
}

fn sealed_bytes(device: DeviceId, stamp: [u8; TIME]) -> [u8; 16 + TIME] {
    let mut bytes = [0; 16 + TIME];
    bytes[..16].copy_from_slice(device.0.as_bytes());
    bytes[16..].copy_from_slice(&stamp);
    bytes
}

fn millis(stamp: [u8; TIME]) -> i64 {
    let mut bytes = [0; 8];
    bytes[2..].copy_from_slice(&stamp);
    i64::from_be_bytes(bytes)
}

fn next(stamp: [u8; TIME]) -> [u8; TIME] {
    let mut next = [0; TIME];
    next.copy_from_slice(&(millis(stamp) + 1).to_be_bytes()[2..]);
    next
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::Id;

    use super::*;

    const NOW: Instant = Instant::from_millis(1_790_000_000_000);

    fn device(number: u8) -> DeviceId {
        DeviceId(Id::from_bytes([number; 16]))
    }

    #[test]
    fn is_good_once_and_only_for_its_device() {
        let challenges = Challenges::new(&[1; 32]);
        let challenge = challenges.issue(device(1), NOW);
        assert!(!challenges.spend(device(2), challenge, NOW));
        assert!(challenges.spend(device(1), challenge, NOW));
        assert!(!challenges.spend(device(1), challenge, NOW));
    }

    #[test]
    fn the_next_one_is_good_even_in_the_same_millisecond() {
        let challenges = Challenges::new(&[1; 32]);
        assert!(challenges.spend(device(1), challenges.issue(device(1), NOW), NOW));
        assert!(challenges.spend(device(1), challenges.issue(device(1), NOW), NOW));
    }

    #[test]
    fn is_recent_for_its_device_and_a_while() {
        let challenges = Challenges::new(&[1; 32]);
        let challenge = challenges.issue(device(1), NOW);
        let recent = |device, now| challenges.is_recent(device, challenge, now, 1000);
        assert!(recent(device(1), NOW.plus_millis(1000)));
        assert!(!recent(device(1), NOW.plus_millis(1001)));
        assert!(!recent(device(2), NOW));
        assert!(challenges.spend(device(1), challenge, NOW) && recent(device(1), NOW));
    }

    #[test]
    fn outlives_a_restart_but_not_a_month() {
        let challenge = Challenges::new(&[1; 32]).issue(device(1), NOW);
        let restarted = Challenges::new(&[1; 32]);
        let later = NOW.plus_millis(CHALLENGE_MILLIS + 1);
        assert!(!restarted.spend(device(1), challenge, later));
        assert!(restarted.spend(device(1), challenge, NOW));
    }

    #[test]
    fn nobody_else_can_make_one() {
        let forged = Challenges::new(&[2; 32]).issue(device(1), NOW);
        assert!(!Challenges::new(&[1; 32]).spend(device(1), forged, NOW));
        assert!(!Challenges::new(&[1; 32]).spend(device(1), Challenge::default(), NOW));
    }
}
