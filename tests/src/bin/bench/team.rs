//! A workspace with one person who writes, and more devices of that person.

use anyhow::Result;
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Employment, Fact, FactKey};
use caravan_domain::id::{IdSource, InvitationId};
use caravan_domain::people::decision::{Offer, PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_sync::envelope::{Hash, Payload};
use caravan_sync::frame::Reply;

use crate::live::Live;
use crate::relay::Relay;
use caravan_tests::native::{Device, Ids, now};

const A_DAY: i64 = 24 * 60 * 60 * 1000;

/// Founds a workspace; its founder is made a director too, so that they may write clients.
pub(crate) async fn found(relay: &Relay) -> Result<(Device, Live)> {
    let mut device = Device::found(relay.address(), relay.founding()).await?;
    let (mut live, reply) = Live::connect(&mut device).await?;
    live.catch_up(&mut device, &reply, |_| Ok(())).await?;
    if let Some(roles) = missing_role(&device, &reply) {
        let change = PeopleDecision::ChangePerson {
            person: device.person,
            change: PersonChange::Roles(roles),
        };
        let envelope = decision(&mut device, change)?;
        live.push(&mut device, &[envelope]).await?;
    }
    Ok((device, live))
}

/// Links for `count` more devices of the founder.
pub(crate) async fn links(
    device: &mut Device,
    live: &mut Live,
    count: usize,
) -> Result<Vec<[u8; 16]>> {
    let mut tokens = Vec::with_capacity(count);
    let mut envelopes = Vec::with_capacity(count);
    for _ in 0..count {
        let token = *Ids.mint().as_bytes();
        let invite = PeopleDecision::AddOwnDevice {
            invitation: InvitationId(Ids.mint()),
            token_hash: Hash::of(&token).0,
            expires_at: now().plus_millis(A_DAY),
        };
        envelopes.push(decision(device, invite)?);
        tokens.push(token);
    }
    live.push(device, &envelopes).await?;
    Ok(tokens)
}

/// Links for `count` people who work with clients of their own: none reads another's.
pub(crate) async fn invitations(
    device: &mut Device,
    live: &mut Live,
    count: usize,
) -> Result<Vec<[u8; 16]>> {
    let mut tokens = Vec::with_capacity(count);
    let mut envelopes = Vec::with_capacity(count);
    for number in 0..count {
        let token = *Ids.mint().as_bytes();
        let invite = PeopleDecision::Invite {
            invitation: InvitationId(Ids.mint()),
            offer: Offer {
                name: format!("Account manager {number}"),
                roles: [Role::AccountManager].into(),
                team: None,
                employment: Employment::FullTime,
                token_hash: Hash::of(&token).0,
                expires_at: now().plus_millis(A_DAY),
            },
        };
        envelopes.push(decision(device, invite)?);
        tokens.push(token);
    }
    live.push(device, &envelopes).await?;
    Ok(tokens)
}

pub(crate) async fn another_device(device: &mut Device, live: &mut Live) -> Result<Device> {
    let tokens = links(device, live, 1).await?;
    Device::join(device.address.clone(), tokens[0], None).await
}

fn decision(
    device: &mut Device,
    decision: PeopleDecision,
) -> Result<caravan_sync::envelope::Envelope> {
    let bytes = postcard::to_allocvec(&Decision::People(decision))?;
    device.envelope(DocumentId::WORKSPACE, Payload::Decision(bytes))
}

fn missing_role(device: &Device, reply: &Reply) -> Option<std::collections::BTreeSet<Role>> {
    let me = reply
        .facts
        .iter()
        .find(|change| change.key == FactKey::Person(device.person))?;
    let Some(Fact::Person(me)) = &me.fact else {
        return None;
    };
    let mut roles = me.roles.clone();
    roles.insert(Role::Director).then_some(roles)
}
