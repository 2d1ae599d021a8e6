//! The answer to a command that another tab gave, in case that tab did not hear it and asks again.

use caravan_port::message::Ran;
use serde::{Deserialize, Serialize};

use super::Stored;

/// Names a command for as long as it may be repeated: the tab's name and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CommandId {
    pub tab: [u8; 16],
    pub number: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Answered {
    pub(crate) command: CommandId,
    /// Counts up; the store keeps the last few.
    pub(crate) order: u64,
    pub(crate) ran: Ran,
}

impl Stored for Answered {}
