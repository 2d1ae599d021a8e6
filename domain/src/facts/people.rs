//! Who there is: the workspace, its teams and people, their devices, and whose a document is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, TeamId};
use crate::role::Roles;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    pub name: String,
    pub founded_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Team {
    pub name: String,
    pub closed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub roles: Roles,
    /// The team this person works in, or manages.
    pub team: Option<TeamId>,
    pub status: PersonStatus,
    pub employment: Employment,
    /// Working contact details, for one-tap calls between colleagues.
    pub phone: String,
    pub joined_at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonStatus {
    Active,
    Suspended,
    Deactivated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Employment {
    FullTime,
    PartTime,
    OutsideAgent,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    pub person: PersonId,
    pub revoked_at: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceDetail {
    pub person: PersonId,
    /// What the browser says of itself, such as "Chrome · Android".
    pub label: String,
    pub joined_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub name: String,
    pub roles: Roles,
    pub team: Option<TeamId>,
    pub employment: Employment,
    /// SHA-256 of the token in the link; the token itself never leaves the inviter's screen.
    pub token_hash: [u8; 32],
    pub invited_by: PersonId,
    pub expires_at: Instant,
    pub state: InvitationState,
    /// Set when the link binds one more device to somebody who is already here.
    pub person: Option<PersonId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationState {
    Open,
    Used { by: PersonId },
    Cancelled,
}

/// Who a document belongs to and who else may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub owner: PersonId,
    pub shared_with: BTreeSet<PersonId>,
}
