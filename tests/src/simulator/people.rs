//! Who takes part, and how they come in: by the real invitations, over a network that works.

use std::collections::BTreeSet;

use caravan_domain::command::Command;
use caravan_domain::facts::Employment;
use caravan_domain::id::{Id, InvitationId, TeamId};
use caravan_domain::people::decision::{Offer, PeopleDecision};
use caravan_domain::role::Role;
use caravan_domain::time::Instant;
use caravan_port::act::JoinForm;
use caravan_sync::envelope::Hash;
use futures_executor::block_on;

use super::world::World;

pub(super) const NORTH: TeamId = TeamId(Id::from_bytes([1; 16]));
pub(super) const SOUTH: TeamId = TeamId(Id::from_bytes([2; 16]));

/// Runs the workspace.
pub(super) const DIRECTOR: usize = 0;
/// Manages the north.
pub(super) const MAX: usize = 1;
/// Ann of the north has two devices, [`ANN`] and the one after it.
pub(super) const ANN: usize = 2;
pub(super) const ANN_AT_HOME: usize = 3;
/// Bo of the south has one device of his own, and the [`Intruder`](super::intruder) another.
pub(super) const BO: usize = 4;
pub(super) const PHONES: usize = 5;

/// The director founds, invites a manager and Ann to the north and Bo to the south; Ann brings in
/// a second device, and Bo one that somebody else has got hold of.
pub(super) fn come_together(world: &mut World) {
    join(world, DIRECTOR, "Dora", [9; 16], Some("Caravan".into()));
    for (team, name) in [(NORTH, "north"), (SOUTH, "south")] {
        let define = PeopleDecision::DefineTeam {
            team,
            name: name.into(),
            closed: false,
        };
        decide(world, DIRECTOR, define);
    }
    let invited = [
        (MAX, "Max", Role::TeamManager, NORTH),
        (ANN, "Ann", Role::AccountManager, NORTH),
        (BO, "Bo", Role::AccountManager, SOUTH),
    ];
    for (number, name, role, team) in invited {
        let token = world.dice.bytes();
        let invite = PeopleDecision::Invite {
            invitation: InvitationId(Id::mint(world.relay.now(), world.dice.bytes())),
            offer: Offer {
                name: name.into(),
                roles: BTreeSet::from([role]),
                team: Some(team),
                employment: Employment::FullTime,
                token_hash: Hash::of(&token).0,
                expires_at: expiry(world),
            },
        };
        decide(world, DIRECTOR, invite);
        world.settle_one(DIRECTOR);
        join(world, number, "", token, None);
    }
    let token = own_device_link(world, ANN);
    join(world, ANN_AT_HOME, "", token, None);
    let token = own_device_link(world, BO);
    let request = world.intruder.join_request(token);
    let joined = world.relay.join(&request).expect("the link is fresh");
    world.intruder.joined(&joined);
}

fn own_device_link(world: &mut World, number: usize) -> [u8; 16] {
    let token = world.dice.bytes();
    let add = PeopleDecision::AddOwnDevice {
        invitation: InvitationId(Id::mint(world.relay.now(), world.dice.bytes())),
        token_hash: Hash::of(&token).0,
        expires_at: expiry(world),
    };
    decide(world, number, add);
    world.settle_one(number);
    token
}

fn expiry(world: &World) -> Instant {
    world.relay.now().plus_millis(60_000)
}

fn decide(world: &mut World, number: usize, decision: PeopleDecision) {
    world.run(number, Command::People(decision), None);
}

fn join(
    world: &mut World,
    number: usize,
    name: &str,
    token: [u8; 16],
    workspace_name: Option<String>,
) {
    let form = JoinForm {
        token,
        name: name.into(),
        workspace_name,
        password: String::new(),
        own_device: false,
        renewing: false,
        label: "Chrome · Android".into(),
    };
    let engine = &world.phones[number].engine;
    let request = block_on(engine.join_request(form)).expect("a handset can sign");
    let joined = world.relay.join(&request).expect("the link is fresh");
    block_on(engine.joined(joined)).expect("storage in memory can be written");
    world.settle_one(number);
}
