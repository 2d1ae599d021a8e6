//! The messages themselves. The interface numbers its requests; the engine answers by number.

use caravan_domain::command::{Command, CommandError, RecordRef};
use serde::{Deserialize, Serialize};

use crate::act::{Act, ActError, Done};
use crate::ask::{Ask, Sent};

/// Chosen by the interface, unique within a tab. A watch keeps its number when its question changes; nothing else has it again.
pub type Number = u32;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
// A 32-bit build is below the lint's threshold.
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "a message lives for as long as it takes to write or to run it"
    )
)]
pub enum ToEngine {
    /// Answered at once and again after every change that matters, until `Unwatch`.
    Watch {
        number: Number,
        ask: Ask,
    },
    Unwatch {
        number: Number,
    },
    Run {
        number: Number,
        command: Command,
    },
    Act {
        number: Number,
        act: Act,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Greeting {
    /// Whose device it is: the answer to [`Ask::Session`].
    pub session: Sent,
    /// What the first screens said last: the answers to [`Ask::first`] in their order, each a [`Sent`], as the codec writes
    /// them. The engine hands them on as they were stored.
    #[serde(with = "serde_bytes")]
    pub first: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FromEngine {
    Told {
        number: Number,
        told: Sent,
    },
    /// A command was run: it is durable on this device when this arrives.
    Ran {
        number: Number,
        result: Result<Ran, RunError>,
    },
    Acted {
        number: Number,
        result: Result<Done, ActError>,
    },
    /// What can be said before `Ready`, so that the screen can begin to be built.
    Greeting(Greeting),
    /// The engine can begin; sent once after start, and again by a new writer after a failover,
    /// upon which a tab repeats its watches.
    Ready,
    /// The app cannot be used here; the reason decides what the screen says.
    CannotStart(CannotStart),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ran {
    pub created: Option<RecordRef>,
    /// For `Act::Undo`; `None` when there was nothing to do or it cannot be undone.
    pub undo: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Command(#[from] CommandError),
    /// Nothing was written; what was typed is still in the form.
    #[error("the device's storage is full")]
    StorageFull,
    #[error("the device's storage failed")]
    StorageFailed,
    #[error("this device has not joined a workspace")]
    NotJoined,
    #[error("a document on this device is damaged")]
    Damaged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CannotStart {
    /// IndexedDB is missing or forbidden: private mode, or an in-app browser.
    NoStorage,
    /// No WebCrypto: not a secure origin.
    NotSecure,
    /// A newer version of the app has written here.
    NewerData,
    /// A tab of another version was opened after this one; see the engine's `versions`.
    OtherVersion,
    /// The browser has removed everything that was stored, while the app was open.
    StorageLost,
}
