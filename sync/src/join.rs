//! How a device comes into a workspace: `POST /api/join` and `POST /api/sign-in`, and how it gets a
//! session later: `POST /api/session`. All are frames of [`crate::codec`].

use caravan_domain::id::{DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use serde::{Deserialize, Serialize};

use crate::cursor::Epoch;
use crate::envelope::{Hash, Signature};
use crate::frame::{Challenge, Trouble};

/// An uncompressed P-256 point, 65 bytes (SEC 1), as WebCrypto's `raw` export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey(#[serde(with = "serde_bytes")] pub Vec<u8>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// From the link.
    pub token: [u8; 16],
    /// Minted on the device.
    pub device: DeviceId,
    pub key: PublicKey,
    /// By the new key over `"caravan join v1\0"`, token and device.
    #[serde(with = "serde_bytes")]
    pub signature: Vec<u8>,
    pub label: String,
    /// Blank takes the invitation's name.
    pub name: String,
    /// Set when the link founds a workspace.
    pub founding: Option<Founding>,
    /// Lets this person sign in on another device; at least [`PASSWORD_MIN`] characters, or blank
    /// for none. A founder must set one.
    pub password: String,
}

pub const PASSWORD_MIN: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    pub workspace_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRequest {
    pub workspace: WorkspaceId,
    /// The person's short code, such as EM-7K3QX, or their exact name.
    pub person: String,
    pub password: String,
    pub device: DeviceId,
    pub key: PublicKey,
    /// By the new key over `"caravan sign-in v1\0"`, workspace and device.
    #[serde(with = "serde_bytes")]
    pub signature: Vec<u8>,
    pub label: String,
}

/// `POST /api/session`: a bound device asks for a session, because it has none yet or has lost its
/// cookie. Its key is all it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRequest {
    pub workspace: WorkspaceId,
    pub device: DeviceId,
    /// The one the relay gave last; all zeros asks for one.
    pub challenge: Challenge,
    /// By the device's key over [`SessionRequest::signed_bytes`].
    pub signature: Signature,
}

impl SessionRequest {
    #[must_use]
    pub fn signed_bytes(workspace: WorkspaceId, device: DeviceId, challenge: Challenge) -> Vec<u8> {
        let mut bytes = b"caravan renewal v1\0".to_vec();
        bytes.extend_from_slice(workspace.0.as_bytes());
        bytes.extend_from_slice(device.0.as_bytes());
        bytes.extend_from_slice(&challenge.0);
        bytes
    }
}

/// `POST /api/password`: somebody changes, on a device of theirs, the password by which they sign in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordRequest {
    pub workspace: WorkspaceId,
    pub device: DeviceId,
    /// As in [`SessionRequest`].
    pub challenge: Challenge,
    /// By the device's key over [`PasswordRequest::signed_bytes`].
    pub signature: Signature,
    pub old: String,
    /// At least [`PASSWORD_MIN`] characters.
    pub new: String,
}

impl PasswordRequest {
    /// Both passwords are among them, so that nobody on the way puts in another.
    #[must_use]
    pub fn signed_bytes(
        workspace: WorkspaceId,
        device: DeviceId,
        challenge: Challenge,
        old: &str,
        new: &str,
    ) -> Vec<u8> {
        let mut bytes = b"caravan password v1\0".to_vec();
        bytes.extend_from_slice(workspace.0.as_bytes());
        bytes.extend_from_slice(device.0.as_bytes());
        bytes.extend_from_slice(&challenge.0);
        bytes.extend_from_slice(&Hash::of(old.as_bytes()).0);
        bytes.extend_from_slice(&Hash::of(new.as_bytes()).0);
        bytes
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PasswordAnswer {
    /// The new one holds. Also when it did already: the answer to an earlier request was lost, or it was changed on another
    /// device. The challenge is to be signed at the next beginning, as are those that follow.
    Changed(Challenge),
    /// The old one is not that of the account.
    Wrong(Challenge),
    TooShort(Challenge),
    /// Sign this one and ask again.
    Challenge(Challenge),
    /// As [`SessionAnswer::Revoked`].
    Revoked,
    Refused(Trouble),
}

/// The answer; a new session comes as a cookie beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionAnswer {
    Given {
        /// To be signed at the next beginning.
        challenge: Challenge,
        share: Share,
    },
    /// Sign this one and ask again.
    Challenge(Challenge),
    /// This device was revoked, or its person is no longer active: wipe everything.
    Revoked,
    Refused(Trouble),
}

/// The relay's share of what a device's storage is encrypted with: the same one every time, as long
/// as the device is not revoked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share(pub [u8; 32]);

impl core::fmt::Debug for Share {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Share")
    }
}

/// What a link offers, before anything is decided: `POST /api/invitation` with the token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offered {
    /// The link founds a new workspace.
    Founding,
    Membership {
        workspace_name: String,
        name: String,
        invited_by: String,
        /// One more device of somebody who is already here.
        own_device: bool,
    },
    /// Somebody who is already here and has forgotten their password sets another.
    NewPassword {
        workspace_name: String,
        name: String,
        made_by: String,
    },
    /// The relay has lost everything: a director's device gives it the workspace back ([`crate::rebuild`]).
    Rebuilding,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    pub person: PersonId,
    pub device: DeviceId,
    pub epoch: Epoch,
    pub challenge: Challenge,
    pub now: Instant,
    pub share: Share,
    pub lost: Option<LostDevice>,
}

/// Another device of the same person, which this browser was before: it has lost its storage, and with it
/// whatever the relay had not received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostDevice {
    /// How many writes of it the relay has.
    pub received: u64,
    /// By the relay's clock; `None` when there are none.
    pub last_received_at: Option<Instant>,
}

/// Why nobody joined. The interface translates each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum JoinError {
    #[error("the link is unknown")]
    UnknownLink,
    #[error("the link was used before")]
    LinkUsed,
    #[error("the link has expired")]
    LinkExpired,
    #[error("the name is blank or too long")]
    BadName,
    #[error("the password is too short")]
    PasswordTooShort,
    #[error("the name or the password is wrong")]
    WrongPassword,
    #[error("the signature does not fit the key")]
    BadSignature,
    #[error("too many tries; wait a little")]
    TooMany,
    #[error("the request cannot be read")]
    Malformed,
    #[error("the relay cannot write just now")]
    Unavailable,
    #[error("only a director gives a workspace back to its relay")]
    NotADirector,
    #[error("the relay has this workspace")]
    AlreadyThere,
}
