//! What a phone brings along: a clock that may be wrong, chance, and a key that stays in it.

use std::cell::Cell;
use std::rc::Rc;

use caravan_domain::time::Instant;
use caravan_engine::platform::{KeyError, Platform};
use caravan_sync::envelope::Signature;
use caravan_sync::join::PublicKey;
use sha2::{Digest, Sha256};

use crate::dice::Dice;

/// The true time, in milliseconds.
pub(super) type Clock = Rc<Cell<i64>>;

#[derive(Debug, Clone)]
pub(super) struct Handset {
    pub(super) clock: Clock,
    /// How far the phone's own clock is off.
    pub(super) skew: i64,
    pub(super) dice: Dice,
    pub(super) key: [u8; 16],
}

impl Platform for Handset {
    fn now(&self) -> Instant {
        Instant::from_millis(self.clock.get() + self.skew)
    }

    fn random(&self) -> [u8; 10] {
        self.dice.bytes()
    }

    async fn public_key(&self) -> Result<PublicKey, KeyError> {
        Ok(PublicKey(self.key.to_vec()))
    }

    async fn sign(&self, bytes: &[u8]) -> Result<Signature, KeyError> {
        Ok(signed(&self.key, bytes))
    }

    fn build(&self) -> String {
        String::new()
    }

    async fn forget_key(&self) -> Result<(), KeyError> {
        Ok(())
    }
}

/// Not ECDSA: its arithmetic is tested where it is done, and would take most of the time here.
pub(super) fn signed(key: &[u8], bytes: &[u8]) -> Signature {
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&Sha256::digest([key, bytes].concat()));
    Signature(signature)
}

pub(super) fn verify(key: &PublicKey, bytes: &[u8], signature: &Signature) -> bool {
    signed(&key.0, bytes) == *signature
}
