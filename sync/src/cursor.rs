//! How far a device has come in the workspace's log.

use caravan_domain::document::DocumentId;
use serde::{Deserialize, Serialize};

/// Counts the log's entries from 1; 0 is before the first.
pub type Sequence = u64;

/// Which life of the relay's log a cursor belongs to. A relay that was wiped or restored draws a
/// new one, at random.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Epoch(pub u64);

/// Everything up to `sequence` has arrived, except what `catch_up` still owes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Cursor {
    pub sequence: Sequence,
    pub catch_up: CatchUp,
}

/// A catch-up too large for one reply goes on by document id, so that it can be cut anywhere.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum CatchUp {
    /// A device that has nothing yet.
    #[default]
    FromNothing,
    /// Snapshots of every readable document, as they are at `sequence` or later; those up to
    /// `after` have arrived.
    Everything { after: DocumentId },
    /// The decision at `sequence` gave this person many documents; those up to `after` have arrived.
    Gained { after: DocumentId },
    /// Nothing is owed.
    Done,
}
