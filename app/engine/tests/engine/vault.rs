//! What a browser encrypts with, outside of one.

use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;
use std::rc::Rc;

use caravan_engine::storage::cipher::{Cipher, CipherError, RawKey};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::pbkdf2;
use sha2::{Digest, Sha256};

/// Clones are of one device.
#[derive(Clone, Default)]
pub(crate) struct Vault(Rc<Inner>);

#[derive(Default)]
struct Inner {
    random: Cell<u64>,
    kept: RefCell<Option<RawKey>>,
}

impl Vault {
    pub(crate) fn keeps_a_key(&self) -> bool {
        self.0.kept.borrow().is_some()
    }
}

fn ready(key: &RawKey) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).unwrap())
}

impl Cipher for Vault {
    type Key = RawKey;

    fn random(&self) -> RawKey {
        self.0.random.set(self.0.random.get() + 1);
        Sha256::digest(self.0.random.get().to_be_bytes()).into()
    }

    async fn key(&self, raw: &RawKey) -> Result<RawKey, CipherError> {
        Ok(*raw)
    }

    async fn seal(&self, key: &RawKey, about: &[u8], plain: &[u8]) -> Result<Vec<u8>, CipherError> {
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&self.random()[..NONCE_LEN]);
        let mut sealed = plain.to_vec();
        let done = ready(key).seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(about),
            &mut sealed,
        );
        done.map_err(|_| CipherError::Failed)?;
        Ok([&nonce[..], &sealed].concat())
    }

    async fn open(
        &self,
        key: &RawKey,
        about: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, CipherError> {
        let parts = sealed.split_first_chunk::<NONCE_LEN>();
        let (nonce, sealed) = parts.ok_or(CipherError::Refused)?;
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = ready(key).open_in_place(nonce, Aad::from(about), &mut sealed);
        opened
            .map(|opened| opened.to_vec())
            .map_err(|_| CipherError::Refused)
    }

    fn rounds(&self) -> u32 {
        3
    }

    async fn stretch(
        &self,
        password: &[u8],
        salt: &[u8],
        rounds: u32,
    ) -> Result<RawKey, CipherError> {
        let mut made = [0; 32];
        let rounds = NonZeroU32::new(rounds).ok_or(CipherError::Failed)?;
        pbkdf2::derive(
            pbkdf2::PBKDF2_HMAC_SHA256,
            rounds,
            salt,
            password,
            &mut made,
        );
        Ok(made)
    }

    async fn keep(&self, key: Option<&RawKey>) -> Result<(), CipherError> {
        *self.0.kept.borrow_mut() = key.copied();
        Ok(())
    }

    async fn kept(&self) -> Result<Option<RawKey>, CipherError> {
        Ok(*self.0.kept.borrow())
    }
}
