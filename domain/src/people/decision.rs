//! Decisions about people, teams, invitations and devices, and who may take them.

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{
    Employment, Fact, FactChange, FactKey, Facts, Invitation, InvitationState, Person,
    PersonStatus, Team, Workspace,
};
use crate::id::{DeviceId, InvitationId, PersonId, TeamId};
use crate::role::{Role, Roles};
use crate::time::Instant;

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
        PeopleDecision::RenameWorkspace { name } => rename_workspace(name, actor, facts),
        PeopleDecision::DefineTeam { team, name, closed } => {
            define_team(*team, name, *closed, actor, facts)
        }
        PeopleDecision::Invite { invitation, offer } => {
            invite(*invitation, offer, actor, at, facts)
        }
        PeopleDecision::AddOwnDevice {
            invitation,
            token_hash,
            expires_at,
        } => add_own_device(*invitation, *token_hash, *expires_at, actor, at, facts),
        PeopleDecision::CancelInvitation { invitation } => {
            cancel_invitation(*invitation, actor, facts)
        }
        PeopleDecision::ChangePerson { person, change } => {
            change_person(*person, change, actor, at, facts)
        }
        PeopleDecision::RevokeDevice { device } => revoke_device(*device, actor, at, facts),
    }
}

fn rename_workspace(
    name: &str,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    runs_the_workspace(actor, facts)?;
    let before = facts.workspace.as_ref().ok_or(Refusal::NotFound)?;
    Ok(vec![set(
        FactKey::Workspace,
        Fact::Workspace(Workspace {
            name: checked_name(name)?,
            ..before.clone()
        }),
    )])
}

fn define_team(
    team: TeamId,
    name: &str,
    closed: bool,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    runs_the_workspace(actor, facts)?;
    Ok(vec![set(
        FactKey::Team(team),
        Fact::Team(Team {
            name: checked_name(name)?,
            closed,
        }),
    )])
}

fn invite(
    invitation: InvitationId,
    offer: &Offer,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    may_offer(&offer.roles, offer.team, actor, facts)?;
    if facts.invitations.contains_key(&invitation) {
        return Err(Refusal::AlreadySettled);
    }
    if let Some(team) = offer.team {
        facts.teams.get(&team).ok_or(Refusal::NotFound)?;
    }
    Ok(vec![set(
        FactKey::Invitation(invitation),
        Fact::Invitation(Invitation {
            name: checked_name(&offer.name)?,
            roles: offer.roles.clone(),
            team: offer.team,
            employment: offer.employment,
            token_hash: offer.token_hash,
            invited_by: actor,
            expires_at: offer.expires_at.min(at.plus_millis(INVITATION_MAX_MILLIS)),
            state: InvitationState::Open,
            person: None,
        }),
    )])
}

fn add_own_device(
    invitation: InvitationId,
    token_hash: [u8; 32],
    expires_at: Instant,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if facts.invitations.contains_key(&invitation) {
        return Err(Refusal::AlreadySettled);
    }
    let me = facts.active(actor).ok_or(Refusal::NotActive)?;
    Ok(vec![set(
        FactKey::Invitation(invitation),
        Fact::Invitation(Invitation {
            name: me.name.clone(),
            roles: me.roles.clone(),
            team: me.team,
            employment: me.employment,
            token_hash,
            invited_by: actor,
            expires_at: expires_at.min(at.plus_millis(INVITATION_MAX_MILLIS)),
            state: InvitationState::Open,
            person: Some(actor),
        }),
    )])
}

fn cancel_invitation(
    invitation: InvitationId,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts.invitations.get(&invitation).ok_or(Refusal::NotFound)?;
    if before.invited_by != actor {
        runs_the_workspace(actor, facts)?;
    }
    if before.state != InvitationState::Open {
        return Err(Refusal::AlreadySettled);
    }
    Ok(vec![set(
        FactKey::Invitation(invitation),
        Fact::Invitation(Invitation {
            state: InvitationState::Cancelled,
            ..before.clone()
        }),
    )])
}

fn change_person(
    person: PersonId,
    change: &PersonChange,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts.people.get(&person).ok_or(Refusal::NotFound)?;
    let mut after = before.clone();
    match change {
        PersonChange::Name(name) => {
            themselves_or_administration(person, actor, facts)?;
            after.name = checked_name(name)?;
        }
        PersonChange::Phone(phone) => {
            themselves_or_administration(person, actor, facts)?;
            if phone.chars().count() > NAME_MAX {
                return Err(Refusal::BadName);
            }
            after.phone.clone_from(phone);
        }
        PersonChange::Roles(roles) => {
            runs_the_workspace(actor, facts)?;
            may_offer(roles, before.team, actor, facts)?;
            may_touch(before, actor, facts)?;
            after.roles.clone_from(roles);
        }
        PersonChange::Team(team) => {
            runs_the_workspace(actor, facts)?;
            if let Some(team) = team {
                facts.teams.get(team).ok_or(Refusal::NotFound)?;
            }
            after.team = *team;
        }
        PersonChange::Employment(employment) => {
            runs_the_workspace(actor, facts)?;
            after.employment = *employment;
        }
        PersonChange::Status(status) => {
            runs_the_workspace(actor, facts)?;
            may_touch(before, actor, facts)?;
            after.status = *status;
        }
    }
    keeps_an_administrator(person, &after, facts)?;
    let mut changes = vec![set(FactKey::Person(person), Fact::Person(after.clone()))];
    if after.status == PersonStatus::Deactivated {
        changes.extend(revoked_devices_of(person, at, facts));
    }
    Ok(changes)
}

fn revoked_devices_of(person: PersonId, at: Instant, facts: &Facts) -> Vec<FactChange> {
    facts
        .devices
        .iter()
        .filter(|(_, device)| device.person == person && device.revoked_at.is_none())
        .map(|(id, device)| {
            set(
                FactKey::Device(*id),
                Fact::Device(crate::facts::Device {
                    revoked_at: Some(at),
                    ..device.clone()
                }),
            )
        })
        .collect()
}

fn revoke_device(
    device: DeviceId,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts.devices.get(&device).ok_or(Refusal::NotFound)?;
    themselves_or_administration(before.person, actor, facts)?;
    if before.revoked_at.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![set(
        FactKey::Device(device),
        Fact::Device(crate::facts::Device {
            revoked_at: Some(at),
            ..before.clone()
        }),
    )])
}

fn set(key: FactKey, fact: Fact) -> FactChange {
    FactChange {
        key,
        fact: Some(fact),
    }
}

/// A name with its outer blanks removed.
pub(crate) fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(Refusal::BadName);
    }
    Ok(name.to_owned())
}

fn runs_the_workspace(actor: PersonId, facts: &Facts) -> Result<(), Refusal> {
    let allowed =
        facts.has_role(actor, Role::Administrator) || facts.has_role(actor, Role::Director);
    allowed.then_some(()).ok_or(Refusal::NotAllowed)
}

fn themselves_or_administration(
    person: PersonId,
    actor: PersonId,
    facts: &Facts,
) -> Result<(), Refusal> {
    if person == actor {
        return Ok(());
    }
    runs_the_workspace(actor, facts)
}

/// Administrators offer any role; a director any but the administrator's; a team manager only
/// account managers of the own team.
fn may_offer(
    roles: &Roles,
    team: Option<TeamId>,
    actor: PersonId,
    facts: &Facts,
) -> Result<(), Refusal> {
    let me = facts.active(actor).ok_or(Refusal::NotActive)?;
    let own_account_manager = me.roles.contains(&Role::TeamManager)
        && me.team.is_some()
        && me.team == team
        && roles.iter().all(|role| *role == Role::AccountManager);
    let allowed = me.roles.contains(&Role::Administrator)
        || (me.roles.contains(&Role::Director) && !roles.contains(&Role::Administrator))
        || own_account_manager;
    (allowed && !roles.is_empty())
        .then_some(())
        .ok_or(Refusal::NotAllowed)
}

/// Only an administrator changes what an administrator is.
fn may_touch(before: &Person, actor: PersonId, facts: &Facts) -> Result<(), Refusal> {
    if before.roles.contains(&Role::Administrator) && !facts.has_role(actor, Role::Administrator) {
        return Err(Refusal::NotAllowed);
    }
    Ok(())
}

fn keeps_an_administrator(
    person: PersonId,
    after: &Person,
    facts: &Facts,
) -> Result<(), Refusal> {
    let runs = |known: &Person| {
        known.status == PersonStatus::Active && known.roles.contains(&Role::Administrator)
    };
    let another = facts
        .people
        .iter()
        .any(|(id, known)| *id != person && runs(known));
    let was = facts.people.get(&person).is_some_and(runs);
    if was && !another && !runs(after) {
        return Err(Refusal::LastAdministrator);
    }
    Ok(())
}
