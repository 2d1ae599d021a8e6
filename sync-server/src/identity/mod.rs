//! How a request shows who it comes from: the device's key, the relay's challenge, the session
//! cookie, the password. What the person then may do is the domain's affair.

mod challenge;
mod cookie;
mod key;
mod password;
mod proof;
mod sessions;
mod shares;

pub use challenge::{CHALLENGE_MILLIS, Challenges};
pub use cookie::{session_cookie, session_token};
pub use key::{KeyError, verify};
pub use password::{PasswordError, Passwords};
pub use proof::{PROOF_MILLIS, Proofs};
pub use sessions::Sessions;
pub use shares::Shares;

use ring::digest;

use crate::store::TokenHash;

/// The same of a link by which a workspace is given back: it founds none, and none that founds gives one back.
#[must_use]
pub fn hash_rebuild_token(token: &[u8; 16]) -> TokenHash {
    hash_token(&[&b"caravan rebuild v1\0"[..], token].concat())
}

/// What the relay remembers of a secret it handed out.
#[must_use]
pub fn hash_token(token: &[u8]) -> TokenHash {
    let digest = digest::digest(&digest::SHA256, token);
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.as_ref());
    hash
}
