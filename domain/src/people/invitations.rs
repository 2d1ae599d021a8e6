//! Links by which people, and their further devices, come in.

use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts, Invitation, InvitationState};
use crate::id::{InvitationId, PersonId};
use crate::time::Instant;

use super::authority::{may_offer, may_renew_password, must, runs_the_workspace};
use super::decision::{INVITATION_MAX_MILLIS, Offer, checked_name, set};
use super::workspace::must_be_open;

pub(super) struct Link {
    pub(super) token_hash: [u8; 32],
    pub(super) expires_at: Instant,
}

pub(super) fn invite(
    invitation: InvitationId,
    offer: &Offer,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    must(may_offer(&offer.roles, offer.team, actor, facts))?;
    if facts.invitations.contains_key(&invitation) {
        return Err(Refusal::AlreadySettled);
    }
    if let Some(team) = offer.team {
        must_be_open(team, facts)?;
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

pub(super) fn add_own_device(
    invitation: InvitationId,
    link: Link,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    one_more_device(invitation, actor, link, actor, at, facts)
}

/// Whoever opens it comes in as `person`: only those who run the workspace make one, and only an administrator for an
/// administrator.
pub(super) fn renew_password(
    invitation: InvitationId,
    person: PersonId,
    link: Link,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    must(may_renew_password(person, actor, facts))?;
    one_more_device(invitation, person, link, actor, at, facts)
}

fn one_more_device(
    invitation: InvitationId,
    person: PersonId,
    link: Link,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if facts.invitations.contains_key(&invitation) {
        return Err(Refusal::AlreadySettled);
    }
    let known = facts.active(person).ok_or(Refusal::NotActive)?;
    Ok(vec![set(
        FactKey::Invitation(invitation),
        Fact::Invitation(Invitation {
            name: known.name.clone(),
            roles: known.roles.clone(),
            team: known.team,
            employment: known.employment,
            token_hash: link.token_hash,
            invited_by: actor,
            expires_at: link.expires_at.min(at.plus_millis(INVITATION_MAX_MILLIS)),
            state: InvitationState::Open,
            person: Some(person),
        }),
    )])
}

pub(super) fn cancel(
    invitation: InvitationId,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts
        .invitations
        .get(&invitation)
        .ok_or(Refusal::NotFound)?;
    if before.invited_by != actor {
        must(runs_the_workspace(actor, facts))?;
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
