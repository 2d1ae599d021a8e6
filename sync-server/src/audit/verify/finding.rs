//! What is wrong, in words for whoever has to do something about it. Ids are named, never what
//! people wrote.

use std::fmt;

use caravan_domain::document::DocumentId;
use caravan_domain::id::WorkspaceId;
use caravan_sync::cursor::Sequence;
use data_encoding::HEXLOWER;

use crate::audit::Kind;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `None` when the whole database is meant.
    pub workspace: Option<WorkspaceId>,
    /// Where in the order of writing, as far as that can be said.
    pub place: u64,
    pub damage: Damage,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// What SQLite says of its pages.
    Database(String),
    /// Rows of a workspace that does not exist, in this table.
    Orphan(String),
    Unreadable {
        what: &'static str,
        why: String,
    },
    NoKey,
    /// The file beside the database.
    Reach,
    Altered(Subject),
    Missing(Subject),
    Unrecorded(Subject),
    Envelope {
        sequence: Sequence,
        fault: EnvelopeFault,
    },
    Snapshot(DocumentId),
    /// The document was erased, and could still be read.
    KeyOfErased(DocumentId),
    /// No leaf with this number, or none that can be one.
    NoLeaf(u64),
    NoCheckpoint,
    /// A checkpoint that cannot be read, or stands where it does not belong.
    NotACheckpoint {
        size: u64,
    },
    Signature {
        size: u64,
    },
    /// One that should have stayed before this one.
    NoCheckpointBefore {
        size: u64,
    },
    /// The leaves up to this checkpoint do not lead to its root.
    Root {
        after: u64,
        size: u64,
    },
    /// Leaves that no checkpoint covers.
    Unsigned {
        after: u64,
        size: u64,
    },
    /// The workspace's newest sequence is not what the newest checkpoint says.
    Head {
        found: Sequence,
        signed: Sequence,
    },
    /// The end is gone: less than was acknowledged.
    Behind {
        found: Sequence,
        reached: Sequence,
    },
    /// Not the log that the checkpoint kept elsewhere was made of.
    OtherLog {
        size: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvelopeFault {
    Unreadable,
    Encrypted,
    Hash,
    Columns,
    Chain,
    Signature,
    Refusal,
}

/// A row, by what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    kind: Kind,
    key: Vec<u8>,
}

impl Finding {
    pub(super) fn of_all(damage: Damage) -> Self {
        Self {
            workspace: None,
            place: 0,
            damage,
        }
    }
}

impl Subject {
    pub(super) fn new(kind: Kind, key: Vec<u8>) -> Self {
        Self { kind, key }
    }

    /// Of an entry, or of the verdict on one.
    #[must_use]
    pub fn sequence(&self) -> Option<Sequence> {
        match self.kind {
            Kind::Entry | Kind::Refusal => self.key.as_slice().try_into().ok(),
            _ => None,
        }
        .map(u64::from_be_bytes)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = HEXLOWER.encode(&self.key);
        let sequence = self.sequence().unwrap_or_default();
        match self.kind {
            Kind::Epoch => f.write_str("the epoch"),
            Kind::Entry => write!(f, "entry {sequence}"),
            Kind::Refusal => write!(f, "the verdict on entry {sequence}"),
            Kind::Fact => write!(f, "fact {key}"),
            Kind::Visibility => write!(f, "who may read what ({key})"),
            Kind::DeviceKey => write!(f, "the key of device {key}"),
            Kind::Snapshot => write!(f, "the snapshot of document {key}"),
            Kind::Credential => write!(f, "the password of person {key}"),
            Kind::Base => write!(f, "document {key}, as the log was rebuilt with it,"),
        }
    }
}

impl fmt::Display for EnvelopeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "holds no envelope",
            Self::Encrypted => "cannot be read with the key of its document",
            Self::Hash => "has another hash than its envelope",
            Self::Columns => {
                "is filed under another document, device or number than its envelope says"
            }
            Self::Chain => "does not follow from its device's entry before it",
            Self::Signature => "is not signed by its device",
            Self::Refusal => "has a verdict that cannot be read",
        })
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(told) => write!(f, "SQLite finds the database damaged: {told}"),
            Self::Orphan(table) => {
                write!(
                    f,
                    "table {table} has rows of a workspace that does not exist"
                )
            }
            Self::Unreadable { what, why } => write!(f, "not all {what} can be read: {why}"),
            Self::NoKey => f.write_str("the relay's key is missing"),
            Self::Reach => f.write_str("the file beside the database (relay.reach) is damaged"),
            Self::Altered(subject) => write!(f, "{subject} is not what was written"),
            Self::Missing(subject) => write!(f, "{subject} is missing"),
            Self::Unrecorded(subject) => write!(f, "{subject} is not in the Merkle log"),
            Self::Envelope { sequence, fault } => write!(f, "entry {sequence} {fault}"),
            Self::Snapshot(document) => {
                write!(
                    f,
                    "the snapshot of {document} does not hold what the log holds"
                )
            }
            Self::KeyOfErased(document) => write!(
                f,
                "{document} was erased and its key is still there: start the relay, or run \
                 `caravan erase-keys` over a backup"
            ),
            Self::NoLeaf(number) => write!(f, "leaf {number} of the Merkle log is missing"),
            Self::NoCheckpoint => f.write_str("there is no newest checkpoint"),
            Self::NotACheckpoint { size } => write!(f, "the checkpoint at {size} cannot be read"),
            Self::Signature { size } => {
                write!(
                    f,
                    "the checkpoint at {size} is not signed by this relay's key"
                )
            }
            Self::NoCheckpointBefore { size } => {
                write!(f, "a checkpoint before the one at {size} is missing")
            }
            Self::Root { after, size } => write!(
                f,
                "leaves {after} to {} do not lead to the root of the checkpoint at {size}",
                size.saturating_sub(1)
            ),
            Self::Unsigned { after, size } => write!(
                f,
                "the newest checkpoint is at {after}, and there are {size} leaves: one is missing"
            ),
            Self::Head { found, signed } => write!(
                f,
                "the log's newest sequence is {found}, and {signed} was signed"
            ),
            Self::Behind { found, reached } => write!(
                f,
                "the end is gone: the log had come to sequence {reached} and ends at {found}; the \
                 first that is missing is {}",
                found + 1
            ),
            Self::OtherLog { size } => write!(
                f,
                "this is not the log of the checkpoint at {size} that was kept elsewhere"
            ),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(workspace) = self.workspace {
            write!(f, "workspace {workspace}: ")?;
        }
        write!(f, "{}", self.damage)
    }
}
