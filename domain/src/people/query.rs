//! Questions about people, teams, invitations and devices, and their answers.

use serde::{Deserialize, Serialize};

use crate::facts::{Device, DeviceDetail, Invitation, Person, Team};
use crate::id::{DeviceId, InvitationId, PersonId, TeamId, WorkspaceId};

/// Everybody the asker works with: small enough to send whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleView {
    pub workspace_name: String,
    pub teams: Vec<(TeamId, Team)>,
    /// Sorted by name.
    pub people: Vec<PersonLine>,
    pub invitations: Vec<(InvitationId, Invitation)>,
    pub may_invite: bool,
    /// Whether the asker runs the workspace: teams, roles, everybody's devices.
    pub may_administer: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonLine {
    pub id: PersonId,
    /// Such as EM-7K3QX (R01).
    pub code: String,
    pub person: Person,
    pub team_name: String,
    pub clients: u32,
    /// A decision about this person still waits for the relay.
    pub provisional: bool,
    /// No client data reaches them before they sign what is required.
    pub waits_for_signature: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonFile {
    pub line: PersonLine,
    /// Only what the asker may know.
    pub devices: Vec<DeviceLine>,
    pub may_administer: bool,
    pub is_me: bool,
    pub may_change_roles: bool,
    /// Whether the asker may make a link by which this person sets a new password.
    pub may_renew_password: bool,
    /// Whether the asker may give their clients to somebody else.
    pub may_hand_over: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceLine {
    pub id: DeviceId,
    pub device: Device,
    pub detail: Option<DeviceDetail>,
    pub is_this_one: bool,
    pub provisional: bool,
}

/// Who is using this device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Me {
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    pub person: PersonId,
    pub device: DeviceId,
    pub name: String,
    pub code: String,
    pub roles: crate::role::Roles,
    pub team: Option<TeamId>,
    pub team_name: String,
}
