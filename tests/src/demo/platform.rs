//! What an engine asks of its device, on this machine: a clock that can be set, ids that follow from
//! the seed, a real key.

use std::cell::Cell;

use caravan_domain::time::Instant;
use caravan_engine::platform::{KeyError, Platform};
use caravan_sync::envelope::Signature;
use caravan_sync::join::PublicKey;

use crate::dice::Dice;
use crate::native::DeviceKey;

pub(super) struct Native {
    clock: Cell<Instant>,
    dice: Dice,
    key: DeviceKey,
}

impl Native {
    pub(super) fn new(clock: Instant, dice: Dice) -> anyhow::Result<Self> {
        Ok(Self {
            clock: Cell::new(clock),
            dice,
            key: DeviceKey::generate()?,
        })
    }

    pub(super) fn set_clock(&self, now: Instant) {
        self.clock.set(now);
    }
}

impl Platform for Native {
    fn now(&self) -> Instant {
        self.clock.get()
    }

    fn random(&self) -> [u8; 10] {
        self.dice.bytes()
    }

    async fn public_key(&self) -> Result<PublicKey, KeyError> {
        Ok(PublicKey(self.key.public()))
    }

    async fn sign(&self, bytes: &[u8]) -> Result<Signature, KeyError> {
        self.key.sign(bytes).map_err(|_| KeyError)
    }

    fn build(&self) -> String {
        String::new()
    }

    async fn forget_key(&self) -> Result<(), KeyError> {
        Ok(())
    }
}
