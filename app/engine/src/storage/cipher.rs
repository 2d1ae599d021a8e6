//! What [`super::sealed`] needs of a place: encryption that is authenticated, and a slow hash. WebCrypto in
//! the browser.

use core::future::Future;

/// 256 bits.
pub type RawKey = [u8; 32];

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CipherError {
    /// The bytes were not sealed under this key, or not for this place.
    #[error("this key does not open it")]
    Refused,
    #[error("the device cannot encrypt")]
    Failed,
}

pub trait Cipher {
    /// A key that is ready to be used, and need not be readable.
    type Key: Clone;

    fn random(&self) -> RawKey;

    fn key(&self, raw: &RawKey) -> impl Future<Output = Result<Self::Key, CipherError>>;

    /// AES-256-GCM: a nonce of its own (12 bytes), ciphertext, tag (16 bytes). `about` is not encrypted, but
    /// must be the same on opening.
    fn seal(
        &self,
        key: &Self::Key,
        about: &[u8],
        plain: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, CipherError>>;

    fn open(
        &self,
        key: &Self::Key,
        about: &[u8],
        sealed: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, CipherError>>;

    /// Of the slow hash, for a password that is new. The default is OWASP's advice; a phone takes about a
    /// second.
    fn rounds(&self) -> u32 {
        600_000
    }

    /// PBKDF2 with SHA-256.
    fn stretch(
        &self,
        password: &[u8],
        salt: &[u8],
        rounds: u32,
    ) -> impl Future<Output = Result<RawKey, CipherError>>;

    /// Keeps a key across a restart of the app, or lets it go.
    fn keep(&self, key: Option<&Self::Key>) -> impl Future<Output = Result<(), CipherError>>;

    fn kept(&self) -> impl Future<Output = Result<Option<Self::Key>, CipherError>>;
}
