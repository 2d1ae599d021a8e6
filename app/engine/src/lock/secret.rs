//! From what a person knows or has, and what the relay adds, to the key of one way in.

use caravan_sync::join::Share;
use sha2::{Digest, Sha256};

use crate::storage::cipher::{Cipher, CipherError, RawKey};
use crate::stored::{By, Way};

const ABOUT: &[u8] = b"caravan way v1\0";

/// What opens a device.
#[derive(Clone, Copy)]
pub(crate) enum Secret<'a> {
    Password(&'a str),
    /// What the passkey made of the way's salt.
    Passkey(&'a RawKey),
}

/// A way in for this password.
pub(crate) async fn by_password<C: Cipher>(
    cipher: &C,
    password: &str,
    share: &Share,
    master: &RawKey,
) -> Result<Way, CipherError> {
    let by = By::Password {
        salt: cipher.random(),
        rounds: cipher.rounds(),
    };
    way(cipher, by, Secret::Password(password), share, master).await
}

pub(crate) async fn way<C: Cipher>(
    cipher: &C,
    by: By,
    secret: Secret<'_>,
    share: &Share,
    master: &RawKey,
) -> Result<Way, CipherError> {
    let key = key(cipher, &by, secret, share).await?;
    let key = key.ok_or(CipherError::Refused)?;
    Ok(Way {
        sealed: cipher.seal(&key, ABOUT, master).await?,
        by,
    })
}

/// The master key, if this secret opens this way.
pub(crate) async fn open<C: Cipher>(
    cipher: &C,
    way: &Way,
    secret: Secret<'_>,
    share: &Share,
) -> Result<Option<RawKey>, CipherError> {
    let Some(key) = key(cipher, &way.by, secret, share).await? else {
        return Ok(None);
    };
    match cipher.open(&key, ABOUT, &way.sealed).await {
        Ok(master) => Ok(master.try_into().ok()),
        Err(CipherError::Refused) => Ok(None),
        Err(CipherError::Failed) => Err(CipherError::Failed),
    }
}

/// `None` when the secret is of another kind than the way.
async fn key<C: Cipher>(
    cipher: &C,
    by: &By,
    secret: Secret<'_>,
    share: &Share,
) -> Result<Option<C::Key>, CipherError> {
    let secret = match (by, secret) {
        (By::Password { salt, rounds }, Secret::Password(password)) => {
            cipher.stretch(password.as_bytes(), salt, *rounds).await?
        }
        (By::Passkey { .. }, Secret::Passkey(made)) => *made,
        _ => return Ok(None),
    };
    cipher.key(&both(&secret, share)).await.map(Some)
}

/// The one-step derivation of NIST SP 800-56C over both secrets.
fn both(secret: &RawKey, share: &Share) -> RawKey {
    Sha256::new()
        .chain_update(1_u32.to_be_bytes())
        .chain_update(secret)
        .chain_update(share.0)
        .chain_update(ABOUT)
        .finalize()
        .into()
}
