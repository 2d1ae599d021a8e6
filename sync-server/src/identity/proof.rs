//! Requests for photos are no exchange and have no frame: each carries a signature by the device's
//! key over itself. The cookie alone opens nothing.
//!
//! A signature counts once for as long as this process remembers; after a restart an overheard one
//! could be sent once more until its challenge is too old, with the cookie, for the very same request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use caravan_domain::time::Instant;
use caravan_sync::envelope::Signature;

/// A challenge older than this proves nothing but the beginning of an exchange.
pub const PROOF_MILLIS: i64 = 15 * 60 * 1000;

/// The first of the two numbers a signature consists of: whoever has one signature can make a second
/// one for the same bytes without the key, but not with another first number.
type First = [u8; 32];

/// The signatures that have counted.
#[derive(Debug, Default)]
pub struct Proofs(Mutex<HashMap<First, Instant>>);

impl Proofs {
    /// Whether it counts; it does not any more.
    pub fn spend(&self, signature: &Signature, now: Instant) -> bool {
        let mut first = [0; 32];
        first.copy_from_slice(&signature.0[..32]);
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spent.insert(first, now).is_none()
    }

    /// Forgets those whose challenge is too old by now.
    pub fn sweep(&self, now: Instant) {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spent.retain(|_, at| now.millis() - at.millis() <= PROOF_MILLIS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_counts_once_and_so_does_its_twin() {
        let proofs = Proofs::default();
        let now = Instant::from_millis(1_000_000);
        let signature = Signature([1; 64]);
        let mut twin = signature;
        twin.0[63] = 9;
        assert!(proofs.spend(&signature, now));
        assert!(!proofs.spend(&signature, now));
        assert!(!proofs.spend(&twin, now));
        proofs.sweep(now.plus_millis(PROOF_MILLIS));
        assert!(!proofs.spend(&signature, now));
        assert!(proofs.spend(&Signature([2; 64]), now));
    }
}
