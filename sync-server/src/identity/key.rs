//! Signatures of device keys: ECDSA over P-256 with SHA-256, as WebCrypto writes them.

use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit the key")]
pub struct KeyError;

/// `key` is an uncompressed point (65 bytes), `signature` the two numbers one after the other.
///
/// # Errors
/// When the key is no point of the curve or the signature was not made by it over `message`.
pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), KeyError> {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
        .verify(message, signature)
        .map_err(|_| KeyError)
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

    use super::*;

    #[test]
    fn only_the_same_message_under_the_same_key_verifies() {
        let random = SystemRandom::new();
        let pair = |random| {
            let kind = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(kind, random).unwrap();
            EcdsaKeyPair::from_pkcs8(kind, pkcs8.as_ref(), random).unwrap()
        };
        let (mine, other) = (pair(&random), pair(&random));
        let signature = mine.sign(&random, b"hello").unwrap();
        let key = mine.public_key().as_ref();
        assert_eq!(verify(key, b"hello", signature.as_ref()), Ok(()));
        assert!(verify(key, b"hullo", signature.as_ref()).is_err());
        assert!(verify(other.public_key().as_ref(), b"hello", signature.as_ref()).is_err());
        assert!(verify(&[4; 65], b"hello", signature.as_ref()).is_err());
        assert!(verify(key, b"hello", &[]).is_err());
    }
}
