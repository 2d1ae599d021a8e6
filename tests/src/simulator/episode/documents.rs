//! Clients that change hands, or change, while somebody writes out of reach.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;

use super::assign;
use crate::simulator::people::{ANN, ANN_AT_HOME, BO, DIRECTOR, MAX, PHONES};
use crate::simulator::work;
use crate::simulator::world::World;

/// A client goes to somebody else while its owner, or the owner's manager, writes about it.
pub(super) fn taken_away(world: &mut World) -> Option<()> {
    let writer = *world.dice.pick(&[MAX, ANN, ANN_AT_HOME, BO])?;
    world.catch_up(writer)?;
    let client = work::any_client(&world.phones[writer], &world.dice)?;
    world.part(writer);
    world.write_about(writer, client);
    let owner = world.relay.core.facts().owner(client.into())?;
    let other = world.another(&[owner, world.person(writer)?])?;
    world.decree(assign(client, other))?;
    world.perhaps_come_back(writer);
    Some(())
}

/// A client goes away and comes back between two pushes, and the answer to the first is lost: what
/// is pushed then rests on what was refused.
pub(super) fn away_and_back(world: &mut World) -> Option<()> {
    let writer = *world.dice.pick(&[ANN, ANN_AT_HOME, BO])?;
    world.catch_up(writer)?;
    let client = work::any_client(&world.phones[writer], &world.dice)?;
    let owner = world.relay.core.facts().owner(client.into())?;
    let other = world.another(&[owner, world.person(writer)?])?;
    world.part(writer);
    world.write_about(writer, client);
    world.decree(assign(client, other))?;
    world.lose_the_answer(writer)?;
    if world.dice.percent(50) {
        world.restart_relay();
    }
    world.write_about(writer, client);
    world.decree(assign(client, owner))?;
    world.perhaps_come_back(writer);
    Some(())
}

/// A client is shared, and no longer when the other's edits arrive.
pub(super) fn shared_and_unshared(world: &mut World) -> Option<()> {
    let writer = *world.dice.pick(&[ANN, ANN_AT_HOME, BO])?;
    world.catch_up(DIRECTOR)?;
    let client = work::any_client(&world.phones[DIRECTOR], &world.dice)?;
    let with = world.person(writer)?;
    world.decree(Command::Client(ClientCommand::Share { client, with }))?;
    world.catch_up(writer)?;
    world.part(writer);
    world.write_about(writer, client);
    world.decree(Command::Client(ClientCommand::Unshare { client, with }))?;
    world.perhaps_come_back(writer);
    Some(())
}

/// Two phones give a client different names without knowing of each other; sometimes one of the two
/// finds out and picks.
pub(super) fn one_field_two_people(world: &mut World) -> Option<()> {
    let one = world.dice.below(PHONES);
    let other = (one + 1 + world.dice.below(PHONES - 1)) % PHONES;
    world.catch_up(one)?;
    world.catch_up(other)?;
    world.catch_up(one)?;
    let common: Vec<_> = {
        let (ours, theirs) = (
            world.phones[one].engine.rows(),
            world.phones[other].engine.rows(),
        );
        let common = ours
            .clients
            .keys()
            .filter(|id| theirs.clients.contains_key(*id));
        common.copied().collect()
    };
    let client = *world.dice.pick(&common)?;
    for number in [one, other] {
        world.part(number);
        let (command, word) = work::rename(&world.phones[number], client)?;
        world.run(number, command, word);
    }
    if world.dice.percent(50) {
        for number in [one, other, one] {
            world.catch_up(number)?;
        }
        if let Some((command, word)) = work::settle_conflict(&world.phones[one], &world.dice) {
            world.run(one, command, word);
        }
    }
    world.perhaps_come_back(one);
    world.perhaps_come_back(other);
    Some(())
}
