//! How a device's storage is opened: the ways of its person, each with the key of everything sealed under it.

use caravan_domain::time::Instant;
use caravan_sync::join::Share;
use serde::{Deserialize, Serialize};

use super::Stored;

/// At least one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lock {
    pub(crate) ways: Vec<Way>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Way {
    pub(crate) by: By,
    /// The master key, under what the person's secret and the relay's share come to.
    #[serde(with = "serde_bytes")]
    pub(crate) sealed: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum By {
    /// PBKDF2 with SHA-256.
    Password { salt: [u8; 32], rounds: u32 },
    /// What a passkey makes of `salt` (WebAuthn's PRF extension).
    Passkey {
        #[serde(with = "serde_bytes")]
        credential: Vec<u8>,
        salt: [u8; 32],
    },
}

/// When somebody last did something here, and for how long it then stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Use {
    pub(crate) last: Instant,
    pub(crate) stays_open_minutes: u32,
}

impl Stored for Lock {}
impl Stored for Use {}
impl Stored for Share {}
