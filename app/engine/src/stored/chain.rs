//! The end of this device's chain of envelopes.

use caravan_sync::envelope::Hash;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Chain {
    /// Of the last envelope written; 0 before the first.
    pub(crate) sequence: u64,
    pub(crate) previous: Hash,
}

impl Stored for Chain {}

impl Default for Chain {
    fn default() -> Self {
        Self {
            sequence: 0,
            previous: Hash::NONE,
        }
    }
}
