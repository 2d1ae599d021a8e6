//! The relay's clock and randomness: the only place that asks the machine for either.

use std::time::{SystemTime, UNIX_EPOCH};

use caravan_domain::time::Instant;
use ring::rand::{SecureRandom, SystemRandom};

#[must_use]
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |since| since.as_millis());
    Instant::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// Unpredictable bytes.
///
/// # Panics
/// When the machine has no source of randomness: nothing safe can be done then.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the operating system provides randomness");
    bytes
}
