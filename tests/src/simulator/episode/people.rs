//! People who lose rights, a team, or a phone while they work out of reach.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;
use caravan_domain::facts::PersonStatus;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;

use super::assign;
use crate::simulator::people::{ANN, ANN_AT_HOME, BO, MAX, NORTH, SOUTH};
use crate::simulator::work;
use crate::simulator::world::World;

/// A manager gives clients of the team away, and is no manager any more when the relay hears of it.
pub(super) fn demoted(world: &mut World) -> Option<()> {
    world.catch_up(MAX)?;
    let (max, ann) = (world.person(MAX)?, world.person(ANN)?);
    let client = work::any_client(&world.phones[MAX], &world.dice)?;
    world.part(MAX);
    let owner = world.phones[MAX].engine.settled().owner(client.into())?;
    let to = if owner == ann { max } else { ann };
    world.run(MAX, assign(client, to), None);
    world.run(
        MAX,
        Command::Client(ClientCommand::Share {
            client,
            with: world.another(&[owner, max])?,
        }),
        None,
    );
    world.write_about(MAX, client);
    world.decree_about(max, PersonChange::Roles([Role::AccountManager].into()))?;
    if world.dice.percent(50) {
        world.catch_up(MAX)?;
        world.decree_about(max, PersonChange::Roles([Role::TeamManager].into()))?;
    }
    world.perhaps_come_back(MAX);
    Some(())
}

/// Ann goes to another team while the manager of the old one writes about her clients.
pub(super) fn moved(world: &mut World) -> Option<()> {
    let ann = world.person(ANN)?;
    let (command, word) = work::create(&world.phones[ANN], &world.dice);
    world.run(ANN, command, word);
    world.catch_up(ANN)?;
    world.catch_up(MAX)?;
    let hers: Vec<_> = {
        let facts = world.phones[MAX].engine.settled();
        let grants = facts.grants.iter().filter(|(_, grant)| grant.owner == ann);
        grants
            .filter_map(|(document, _)| document.client())
            .collect()
    };
    let client = *world.dice.pick(&hers)?;
    world.part(MAX);
    world.write_about(MAX, client);
    let team = world.relay.core.facts().people.get(&ann)?.team;
    let other = if team == Some(NORTH) { SOUTH } else { NORTH };
    world.decree_about(ann, PersonChange::Team(Some(other)))?;
    world.perhaps_come_back(MAX);
    Some(())
}

/// Somebody writes a client down and shares it, and works at the order desk when that arrives.
pub(super) fn no_longer_works_with_clients(world: &mut World) -> Option<()> {
    world.catch_up(BO)?;
    let bo = world.person(BO)?;
    world.part(BO);
    let (command, word) = work::create(&world.phones[BO], &world.dice);
    let before: Vec<_> = world.phones[BO]
        .engine
        .rows()
        .clients
        .keys()
        .copied()
        .collect();
    world.run(BO, command, word);
    let client = {
        let rows = world.phones[BO].engine.rows();
        rows.clients
            .keys()
            .copied()
            .find(|client| !before.contains(client))?
    };
    world.write_about(BO, client);
    let share = ClientCommand::Share {
        client,
        with: world.another(&[bo])?,
    };
    world.run(BO, Command::Client(share), None);
    world.decree_about(bo, PersonChange::Roles([Role::OrderDesk].into()))?;
    if world.dice.percent(70) {
        world.catch_up(BO)?;
        world.decree_about(bo, PersonChange::Roles([Role::AccountManager].into()))?;
    }
    world.perhaps_come_back(BO);
    Some(())
}

/// A client is given to somebody who is suspended by then, and often active again a moment later,
/// before the own phones have noticed.
pub(super) fn suspended_for_a_while(world: &mut World) -> Option<()> {
    world.catch_up(MAX)?;
    let ann = world.person(ANN)?;
    let client = work::any_client(&world.phones[MAX], &world.dice)?;
    world.part(MAX);
    world.run(MAX, assign(client, ann), None);
    for number in [ANN, ANN_AT_HOME] {
        world.part(number);
        if let Some(client) = work::any_client(&world.phones[number], &world.dice) {
            world.write_about(number, client);
        }
    }
    world.decree_about(ann, PersonChange::Status(PersonStatus::Suspended))?;
    world.catch_up(MAX)?;
    if world.dice.percent(80) {
        world.decree_about(ann, PersonChange::Status(PersonStatus::Active))?;
    }
    world.perhaps_come_back(ANN);
    world.perhaps_come_back(ANN_AT_HOME);
    Some(())
}

/// A phone is revoked with something unsent on it.
pub(super) fn lost_phone(world: &mut World) -> Option<()> {
    let number = *world.dice.pick(&[ANN_AT_HOME, ANN_AT_HOME, BO])?;
    world.catch_up(number)?;
    let client = work::any_client(&world.phones[number], &world.dice)?;
    world.part(number);
    world.write_about(number, client);
    let device = world.phones[number].device()?;
    world.decree(Command::People(PeopleDecision::RevokeDevice { device }))?;
    world.perhaps_come_back(number);
    Some(())
}
