//! Who uses this device, in which workspace.

use caravan_domain::id::{DeviceId, PersonId, WorkspaceId};
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) workspace: WorkspaceId,
    /// As it was called on joining; afterwards the fact tells.
    pub(crate) workspace_name: String,
    pub(crate) person: PersonId,
    pub(crate) device: DeviceId,
}

impl Stored for Identity {}
