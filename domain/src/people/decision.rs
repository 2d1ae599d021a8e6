//! Decisions about people, teams, invitations and devices, and who may take them.

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{Employment, Fact, FactChange, FactKey, Facts, PersonStatus};
use crate::fold::is_blank;
use crate::id::{DeviceId, InvitationId, PersonId, TeamId};
use crate::role::Roles;
use crate::time::Instant;

use super::{change, devices, invitations, workspace};

/// Names of people, teams and workspaces, in characters.
pub const NAME_MAX: usize = 80;
/// An invitation is good for at most this long.
pub const INVITATION_MAX_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleDecision {
    RenameWorkspace {
        name: String,
    },
    /// Opens a team, renames it, or closes it.
    DefineTeam {
        team: TeamId,
        name: String,
        closed: bool,
    },
    Invite {
        invitation: InvitationId,
        offer: Offer,
    },
    /// A link that binds one more device to the person who asks for it.
    AddOwnDevice {
        invitation: InvitationId,
        token_hash: [u8; 32],
        expires_at: Instant,
    },
    CancelInvitation {
        invitation: InvitationId,
    },
    ChangePerson {
        person: PersonId,
        change: PersonChange,
    },
    RevokeDevice {
        device: DeviceId,
    },
    /// A link by which somebody who has forgotten their password sets another, on a device that comes in with it.
    RenewPassword {
        invitation: InvitationId,
        person: PersonId,
        token_hash: [u8; 32],
        expires_at: Instant,
    },
}

/// What an invitation offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub name: String,
    pub roles: Roles,
    pub team: Option<TeamId>,
    pub employment: Employment,
    pub token_hash: [u8; 32],
    pub expires_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonChange {
    Name(String),
    Phone(String),
    Roles(Roles),
    Team(Option<TeamId>),
    Employment(Employment),
    Status(PersonStatus),
}

pub(crate) fn decide(
    decision: &PeopleDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    match decision {
        PeopleDecision::RenameWorkspace { name } => workspace::rename(name, actor, facts),
        PeopleDecision::DefineTeam { team, name, closed } => {
            workspace::define_team(*team, name, *closed, actor, facts)
        }
        PeopleDecision::Invite { invitation, offer } => {
            invitations::invite(*invitation, offer, actor, at, facts)
        }
        PeopleDecision::AddOwnDevice {
            invitation,
            token_hash,
            expires_at,
        } => {
            let link = invitations::Link {
                token_hash: *token_hash,
                expires_at: *expires_at,
            };
            invitations::add_own_device(*invitation, link, actor, at, facts)
        }
        PeopleDecision::CancelInvitation { invitation } => {
            invitations::cancel(*invitation, actor, facts)
        }
        PeopleDecision::ChangePerson { person, change } => {
            change::change_person(*person, change, actor, at, facts)
        }
        PeopleDecision::RevokeDevice { device } => devices::revoke(*device, actor, at, facts),
        PeopleDecision::RenewPassword {
            invitation,
            person,
            token_hash,
            expires_at,
        } => {
            let link = invitations::Link {
                token_hash: *token_hash,
                expires_at: *expires_at,
            };
            invitations::renew_password(*invitation, *person, link, actor, at, facts)
        }
    }
}

pub(super) fn set(key: FactKey, fact: Fact) -> FactChange {
    FactChange {
        key,
        fact: Some(fact),
    }
}

/// A name with its outer blanks removed.
pub(crate) fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if is_blank(name) || name.chars().count() > NAME_MAX {
        return Err(Refusal::BadName);
    }
    Ok(name.to_owned())
}
