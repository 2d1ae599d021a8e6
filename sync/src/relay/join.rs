//! How people and devices come in, as facts. The shell has checked signatures, passwords and the
//! pace of tries; it writes what these give back through [`RelayCore::bind`](super::RelayCore::bind).

use std::collections::BTreeSet;

use caravan_domain::facts::{
    Device, DeviceDetail, Employment, Fact, FactChange, FactKey, Facts, Invitation,
    InvitationState, Person, PersonStatus, Workspace,
};
use caravan_domain::id::{DeviceId, InvitationId, PersonId};
use caravan_domain::people::decision::NAME_MAX;
use caravan_domain::role::Role;
use caravan_domain::time::Instant;

use crate::join::{JoinError, Offered};

/// What a browser may say of itself, in characters; the rest is cut.
const LABEL_MAX: usize = 80;

/// A device on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    pub device: DeviceId,
    pub label: String,
    pub at: Instant,
}

/// The first person of a workspace runs it, and may work in it, too.
///
/// # Errors
/// `BadName`.
pub fn found_workspace(
    workspace_name: &str,
    founder: PersonId,
    founder_name: &str,
    newcomer: &Newcomer,
) -> Result<Vec<FactChange>, JoinError> {
    let workspace = Workspace {
        name: checked_name(workspace_name)?,
        founded_at: newcomer.at,
    };
    let person = Person {
        name: checked_name(founder_name)?,
        roles: BTreeSet::from([Role::Administrator, Role::Director]),
        team: None,
        status: PersonStatus::Active,
        employment: Employment::FullTime,
        phone: String::new(),
        joined_at: newcomer.at,
    };
    let mut changes = vec![
        set(FactKey::Workspace, Fact::Workspace(workspace)),
        set(FactKey::Person(founder), Fact::Person(person)),
    ];
    changes.extend(device_of(founder, newcomer));
    Ok(changes)
}

/// What the link with this token offers, before anybody decides.
///
/// # Errors
/// Why it offers nothing.
pub fn offered(token_hash: &[u8; 32], now: Instant, facts: &Facts) -> Result<Offered, JoinError> {
    let (_, invitation) = open_invitation(token_hash, now, facts)?;
    let inviter = facts.people.get(&invitation.invited_by);
    let invited_by = inviter
        .map(|person| person.name.clone())
        .unwrap_or_default();
    let workspace_name = facts
        .workspace
        .as_ref()
        .map(|workspace| workspace.name.clone())
        .unwrap_or_default();
    let name = invitation.name.clone();
    Ok(match password_rule(invitation) {
        PasswordRule::Renewed => Offered::NewPassword {
            workspace_name,
            name,
            made_by: invited_by,
        },
        rule => Offered::Membership {
            workspace_name,
            name,
            invited_by,
            own_device: rule == PasswordRule::Kept,
        },
    })
}

/// What becomes of the password that is sent with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordRule {
    /// Of somebody new: theirs from now on, if there is one.
    First,
    /// One more device leaves the person's as it is: whoever has an open phone in hand could set it otherwise.
    Kept,
    /// It takes the place of the one that was forgotten.
    Renewed,
}

/// Of the link with this token.
///
/// # Errors
/// Why it lets nobody in.
pub fn password_rule_of(
    token_hash: &[u8; 32],
    now: Instant,
    facts: &Facts,
) -> Result<PasswordRule, JoinError> {
    let (_, invitation) = open_invitation(token_hash, now, facts)?;
    Ok(password_rule(invitation))
}

fn password_rule(invitation: &Invitation) -> PasswordRule {
    match invitation.person {
        None => PasswordRule::First,
        Some(person) if person == invitation.invited_by => PasswordRule::Kept,
        Some(_) => PasswordRule::Renewed,
    }
}

/// Uses up the invitation. `fresh` becomes the person, unless the link binds one more device to
/// somebody who is already here; who it was is given back.
///
/// # Errors
/// Why nobody came in.
pub fn accept_invitation(
    token_hash: &[u8; 32],
    fresh: PersonId,
    name: &str,
    newcomer: &Newcomer,
    facts: &Facts,
) -> Result<(PersonId, Vec<FactChange>), JoinError> {
    let (id, invitation) = open_invitation(token_hash, newcomer.at, facts)?;
    let mut changes = Vec::new();
    let person = match invitation.person {
        Some(person) => person,
        None => {
            let name = match name.trim() {
                "" => checked_name(&invitation.name)?,
                name => checked_name(name)?,
            };
            let person = Person {
                name,
                roles: invitation.roles.clone(),
                team: invitation.team,
                status: PersonStatus::Active,
                employment: invitation.employment,
                phone: String::new(),
                joined_at: newcomer.at,
            };
            changes.push(set(FactKey::Person(fresh), Fact::Person(person)));
            fresh
        }
    };
    let used = Invitation {
        state: InvitationState::Used { by: person },
        ..invitation.clone()
    };
    changes.push(set(FactKey::Invitation(id), Fact::Invitation(used)));
    if invitation.person.is_some() {
        changes.extend(bind_device(person, newcomer, facts)?);
    } else {
        check_unbound(newcomer, facts)?;
        changes.extend(device_of(person, newcomer));
    }
    Ok((person, changes))
}

/// Uses up a link for the very device that opens it: a log that was rebuilt names it, and does not know its key. What it wrote
/// has its place.
///
/// # Errors
/// Why it does not come in again: `Malformed` when the link or the device is somebody else's.
pub fn accept_again(
    token_hash: &[u8; 32],
    device: DeviceId,
    now: Instant,
    facts: &Facts,
) -> Result<(PersonId, Vec<FactChange>), JoinError> {
    let (id, invitation) = open_invitation(token_hash, now, facts)?;
    let known = facts.devices.get(&device);
    let known = known.filter(|it| it.revoked_at.is_none() && invitation.person == Some(it.person));
    let person = known.ok_or(JoinError::Malformed)?.person;
    facts.active(person).ok_or(JoinError::UnknownLink)?;
    let used = Invitation {
        state: InvitationState::Used { by: person },
        ..invitation.clone()
    };
    let change = set(FactKey::Invitation(id), Fact::Invitation(used));
    Ok((person, vec![change]))
}

/// One more device of somebody who is here, by link or by password.
///
/// # Errors
/// `UnknownLink` when the person is not active, `Malformed` when the device was bound before: a
/// device id belongs to one person and one key for ever.
pub fn bind_device(
    person: PersonId,
    newcomer: &Newcomer,
    facts: &Facts,
) -> Result<Vec<FactChange>, JoinError> {
    facts.active(person).ok_or(JoinError::UnknownLink)?;
    check_unbound(newcomer, facts)?;
    Ok(device_of(person, newcomer).into())
}

fn check_unbound(newcomer: &Newcomer, facts: &Facts) -> Result<(), JoinError> {
    let bound = facts.devices.contains_key(&newcomer.device);
    (!bound).then_some(()).ok_or(JoinError::Malformed)
}

fn device_of(person: PersonId, newcomer: &Newcomer) -> [FactChange; 2] {
    let detail = DeviceDetail {
        person,
        label: newcomer.label.chars().take(LABEL_MAX).collect(),
        joined_at: newcomer.at,
    };
    let device = Device {
        person,
        revoked_at: None,
    };
    [
        set(FactKey::Device(newcomer.device), Fact::Device(device)),
        set(
            FactKey::DeviceDetail(newcomer.device),
            Fact::DeviceDetail(detail),
        ),
    ]
}

/// The tokens' hashes are compared as they are: they are hashes of 128 random bits.
fn open_invitation<'a>(
    token_hash: &[u8; 32],
    now: Instant,
    facts: &'a Facts,
) -> Result<(InvitationId, &'a Invitation), JoinError> {
    let mut invitations = facts.invitations.iter();
    let (id, invitation) = invitations
        .find(|(_, known)| known.token_hash == *token_hash)
        .ok_or(JoinError::UnknownLink)?;
    match invitation.state {
        InvitationState::Used { .. } => Err(JoinError::LinkUsed),
        InvitationState::Cancelled => Err(JoinError::UnknownLink),
        InvitationState::Open if now >= invitation.expires_at => Err(JoinError::LinkExpired),
        InvitationState::Open => Ok((*id, invitation)),
    }
}

fn checked_name(name: &str) -> Result<String, JoinError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(JoinError::BadName);
    }
    Ok(name.to_owned())
}

fn set(key: FactKey, fact: Fact) -> FactChange {
    FactChange {
        key,
        fact: Some(fact),
    }
}
