//! The key that a browser would keep for a device.

use anyhow::{Result, anyhow};
use caravan_sync::envelope::Signature;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

#[derive(Debug)]
pub struct DeviceKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl DeviceKey {
    /// # Errors
    /// When the system has no randomness.
    pub fn generate() -> Result<Self> {
        let random = SystemRandom::new();
        let kind = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(kind, &random).map_err(|_| anyhow!("no key was made"))?;
        let pair = EcdsaKeyPair::from_pkcs8(kind, pkcs8.as_ref(), &random)
            .map_err(|_| anyhow!("the key was refused"))?;
        Ok(Self { pair, random })
    }

    /// An uncompressed point, 65 bytes.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        self.pair.public_key().as_ref().to_vec()
    }

    /// # Errors
    /// When the system has no randomness.
    pub fn sign(&self, bytes: &[u8]) -> Result<Signature> {
        let signature = self
            .pair
            .sign(&self.random, bytes)
            .map_err(|_| anyhow!("signing failed"))?;
        Ok(Signature(signature.as_ref().try_into()?))
    }
}
