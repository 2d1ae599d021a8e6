//! What the director decides about people: teams, invitations, phones.

use std::collections::BTreeSet;

use anyhow::Result;
use caravan_domain::command::Command;
use caravan_domain::facts::Employment;
use caravan_domain::id::{Id, InvitationId, PersonId, TeamId};
use caravan_domain::people::decision::{Offer, PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_port::act::JoinForm;
use caravan_sync::envelope::Hash;

use super::cast::{self, TEAMS};
use super::contact::phone;
use super::device::Device;
use super::guide::PASSWORD;
use super::relay::Relay;
use super::time::{later, system};
use crate::dice::Dice;

const A_DAY: i64 = 24 * 60;

/// What somebody was given to join with.
pub(super) struct Link {
    pub(super) name: &'static str,
    token: [u8; 16],
}

impl Link {
    /// Joins by the link, as a device of its own.
    pub(super) async fn follow(&self, address: &str, dice: Dice) -> Result<Device> {
        let device = Device::join(address, form(self.name, self.token), dice).await?;
        device.sync().await?;
        Ok(device)
    }
}

pub(super) async fn found(relay: &Relay, dice: Dice) -> Result<Device> {
    let form = JoinForm {
        workspace_name: Some(cast::WORKSPACE.to_owned()),
        ..form(cast::DIRECTOR, relay.founding_link().await?)
    };
    let director = Device::join(&relay.address(), form, dice).await?;
    director.sync().await?;
    Ok(director)
}

/// Opens a team and invites its manager and its members, in this order.
pub(super) async fn invite_team(
    director: &Device,
    number: usize,
    members: usize,
    dice: &Dice,
) -> Result<Vec<Link>> {
    let cast = &TEAMS[number];
    let team = TeamId(Id::mint(system(), dice.bytes()));
    let define = PeopleDecision::DefineTeam {
        team,
        name: cast.name.to_owned(),
        closed: false,
    };
    decide(director, define).await?;
    let mut newcomers = vec![(cast.manager, Role::TeamManager, Employment::FullTime)];
    for (place, name) in cast.members.iter().take(members).enumerate() {
        newcomers.push((name, Role::AccountManager, cast::employment(place)));
    }
    let mut links = Vec::new();
    for (name, role, employment) in newcomers {
        let token: [u8; 16] = dice.bytes();
        let offer = Offer {
            name: name.to_owned(),
            roles: BTreeSet::from([role]),
            team: Some(team),
            employment,
            token_hash: Hash::of(&token).0,
            expires_at: later(system(), A_DAY),
        };
        let invitation = InvitationId(Id::mint(system(), dice.bytes()));
        decide(director, PeopleDecision::Invite { invitation, offer }).await?;
        links.push(Link { name, token });
    }
    director.sync().await?;
    Ok(links)
}

/// Everybody can be called.
pub(super) async fn list_phones(director: &Device, dice: &Dice) -> Result<()> {
    director.sync().await?;
    let people: Vec<PersonId> = director.facts().people.keys().copied().collect();
    for person in people {
        let change = PersonChange::Phone(phone(dice));
        decide(director, PeopleDecision::ChangePerson { person, change }).await?;
    }
    director.sync().await
}

fn form(name: &str, token: [u8; 16]) -> JoinForm {
    JoinForm {
        token,
        name: name.to_owned(),
        workspace_name: None,
        password: PASSWORD.to_owned(),
        own_device: false,
        renewing: false,
        label: "Demo".to_owned(),
    }
}

async fn decide(device: &Device, decision: PeopleDecision) -> Result<()> {
    let decided = device.run(system(), Command::People(decision)).await;
    decided.map(drop)
}
