//! Photos travel in plain requests that carry only the cookie. It counts for them while the device
//! has proved its key lately: in an exchange, or by a socket that is open.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use caravan_domain::time::Instant;

use crate::store::TokenHash;

/// How long the cookie counts after the device's key was seen at work.
pub const PROOF_MILLIS: i64 = 15 * 60 * 1000;

#[derive(Debug, Default)]
pub struct Proofs(Mutex<HashMap<TokenHash, Instant>>);

impl Proofs {
    pub fn prove(&self, session: TokenHash, now: Instant) {
        let mut proofs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        proofs.insert(session, now);
    }

    #[must_use]
    pub fn counts(&self, session: &TokenHash, now: Instant) -> bool {
        let proofs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        proofs.get(session).is_some_and(|at| fresh(*at, now))
    }

    /// Forgets what no longer counts.
    pub fn sweep(&self, now: Instant) {
        let mut proofs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        proofs.retain(|_, at| fresh(*at, now));
    }
}

fn fresh(proved: Instant, now: Instant) -> bool {
    now.millis() - proved.millis() <= PROOF_MILLIS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_counts_for_a_while_after_its_proof() {
        let proofs = Proofs::default();
        let now = Instant::from_millis(1_000_000);
        assert!(!proofs.counts(&[1; 32], now));
        proofs.prove([1; 32], now);
        assert!(proofs.counts(&[1; 32], now.plus_millis(PROOF_MILLIS)));
        assert!(!proofs.counts(&[1; 32], now.plus_millis(PROOF_MILLIS + 1)));
        assert!(!proofs.counts(&[2; 32], now));
    }
}
