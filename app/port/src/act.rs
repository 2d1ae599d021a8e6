//! What the interface asks the engine to do besides running commands.

use caravan_domain::clients::list::{SimilarClient, SimilarTo};
use caravan_domain::id::{BlobHash, ClientId, WorkspaceId};
use caravan_domain::visits::command::NewPhoto;
use caravan_sync::join::{JoinError, Offered};
use serde::{Deserialize, Serialize};

use crate::view::Passkey;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Act {
    /// Asks the relay what a link offers.
    LookAtInvitation {
        token: [u8; 16],
    },
    Join(Box<JoinForm>),
    SignIn(Box<SignInForm>),
    /// Keeps what is being typed, so that leaving the form loses nothing.
    SaveDraft {
        key: String,
        #[serde(with = "serde_bytes")]
        draft: Vec<u8>,
    },
    DropDraft {
        key: String,
    },
    /// Stores a picture; answers with its hash, to be named in a command.
    StorePhoto {
        #[serde(with = "serde_bytes")]
        jpeg: Vec<u8>,
        width: u32,
        height: u32,
    },
    /// From this device, or from the relay when it is not here.
    LoadPhoto(BlobHash),
    /// Now rather than at the next opportunity.
    SyncNow,
    /// Writes back what was there before, as a new change.
    Undo(u64),
    /// Takes a refused entry off the list after the person has seen it.
    Dismiss(u64),
    /// The person has read what is gone with the device that this browser was before.
    DismissLoss,
    /// Writes a refused entry once more on top of what is there now, and takes it off the list.
    WriteAgain(u64),
    /// The same for everything refused that can be, the oldest first.
    WriteAllAgain,
    /// For each line, what on this device is similar; and whether its client is already here.
    CheckImport(Vec<ImportProbe>),
    /// Everything this device holds, as JSON with the pictures in a ZIP.
    ExportEverything,
    /// Full records for an export; empty exports every client on this device.
    ExportClients(Vec<ClientId>),
    /// Whether the browser promised not to evict, as the interface was told.
    Persisted(bool),
    /// Removes everything of this workspace from this device.
    Leave,
    Unlock(Secret),
    /// Now, rather than when nobody has used the device for a while.
    Lock,
    /// Minutes without use.
    LockAfter(u32),
    /// A passkey opens the device from here on, besides the password.
    AddPasskey {
        password: Secret,
        passkey: Passkey,
        /// What the passkey made of its salt.
        made: Secret,
    },
    /// Of the account, and with it of this device. Asks the relay.
    ChangePassword {
        old: Secret,
        new: Secret,
    },
    /// Gives a relay that has lost everything the workspace of this device back, by a link of its operator's.
    GiveBack {
        token: [u8; 16],
        /// Opens this device; by it its person signs in on others from then on.
        password: Secret,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinForm {
    pub token: [u8; 16],
    pub name: String,
    /// Set when the link founds a workspace.
    pub workspace_name: Option<String>,
    /// Unlocks this device, and signs its person in on others.
    pub password: String,
    /// One more device of somebody who is already there: the password is for this device alone.
    pub own_device: bool,
    /// The link is for somebody who has forgotten their password.
    pub renewing: bool,
    pub label: String,
}

/// What opens a locked device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Secret {
    Password(String),
    /// What a passkey made of [`Passkey::salt`].
    Passkey([u8; 32]),
}

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Secret")
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignInForm {
    pub workspace: WorkspaceId,
    pub person: String,
    pub password: String,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportProbe {
    pub client: ClientId,
    pub similar: SimilarTo,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportFinding {
    pub already_here: bool,
    pub similar: Vec<SimilarClient>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Done {
    Nothing,
    Offered(Offered),
    Photo(NewPhoto),
    /// `None` when neither this device nor the relay has it now.
    PhotoBytes(#[serde(with = "serde_bytes")] Option<Vec<u8>>),
    Import(Vec<ImportFinding>),
    File(#[serde(with = "serde_bytes")] Vec<u8>),
    Clients(Vec<caravan_domain::clients::file::ClientFile>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ActError {
    #[error(transparent)]
    Join(#[from] JoinError),
    #[error("there is no connection to the relay")]
    Offline,
    #[error("the device's storage is full")]
    StorageFull,
    #[error("the device's storage failed")]
    StorageFailed,
    #[error("this can no longer be undone")]
    CannotUndo,
    #[error("nothing by that id is on this device")]
    NotFound,
    #[error("this device has not joined a workspace")]
    NotJoined,
    #[error("this does not unlock the device")]
    WrongSecret,
    #[error("the device was offline for too long: the relay must be asked before it is unlocked")]
    LeaseOver,
    #[error("this device is unlocked by another password than its person signs in with")]
    OtherPassword,
}
