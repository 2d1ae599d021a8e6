//! What the core asks of the place it runs in: a clock, randomness and the device's key. The worker
//! answers with WebCrypto, the simulator with a seeded generator.

use core::future::Future;

use caravan_domain::id::{Id, IdSource};
use caravan_domain::time::Instant;
use caravan_sync::envelope::Signature;
use caravan_sync::join::PublicKey;

pub trait Platform {
    /// The device's own clock: evidence, never order.
    fn now(&self) -> Instant;

    /// Ten random bytes for an id.
    fn random(&self) -> [u8; 10];

    /// Makes the device's key, or finds the one made before, and tells its public half.
    fn public_key(&self) -> impl Future<Output = Result<PublicKey, KeyError>>;

    /// Signs with the device's key (ECDSA, P-256, SHA-256).
    fn sign(&self, bytes: &[u8]) -> impl Future<Output = Result<Signature, KeyError>>;

    /// What this program is told from another build of it by.
    fn build(&self) -> String;

    /// Forgets the key, when the device leaves its workspace.
    fn forget_key(&self) -> impl Future<Output = Result<(), KeyError>>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the device's key cannot be used")]
pub struct KeyError;

/// Ids made of a platform's clock and randomness.
pub(crate) struct Ids<'a, P>(pub(crate) &'a P);

impl<P: Platform> IdSource for Ids<'_, P> {
    fn mint(&mut self) -> Id {
        Id::mint(self.0.now(), self.0.random())
    }
}
