//! Where this device stands after its relay has lost some of its log.

use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Repair {
    /// What the relay has is merged with what is here, and what it lacks is given back.
    Giving,
    /// The relay takes nothing back any more: from its beginning, what it has counts alone.
    Settling,
}

impl Stored for Repair {}
