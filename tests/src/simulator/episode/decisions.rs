//! Decisions taken on two phones that cannot both stand.

use caravan_domain::command::Command;
use caravan_domain::id::{Id, InvitationId};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::{Role, Roles};

use crate::simulator::people::{ANN, ANN_AT_HOME, DIRECTOR, MAX};
use crate::simulator::world::World;

/// Ann cancels one invitation on both of her phones.
pub(super) fn settled_twice(world: &mut World) -> Option<()> {
    let now = world.relay.now();
    let invitation = InvitationId(Id::mint(now, world.dice.bytes()));
    let add = PeopleDecision::AddOwnDevice {
        invitation,
        token_hash: world.dice.bytes(),
        expires_at: now.plus_millis(60_000),
    };
    world.catch_up(ANN)?;
    world.run(ANN, Command::People(add), None);
    world.catch_up(ANN)?;
    world.catch_up(ANN_AT_HOME)?;
    for number in [ANN, ANN_AT_HOME] {
        world.part(number);
        let cancel = PeopleDecision::CancelInvitation { invitation };
        world.run(number, Command::People(cancel), None);
    }
    world.perhaps_come_back(ANN);
    world.perhaps_come_back(ANN_AT_HOME);
    Some(())
}

/// Two administrators lay it down, each relying on the other.
pub(super) fn last_administrator(world: &mut World) -> Option<()> {
    let (dora, max) = (world.person(DIRECTOR)?, world.person(MAX)?);
    let both = Roles::from([Role::TeamManager, Role::Administrator]);
    world.decree_about(max, PersonChange::Roles(both))?;
    world.catch_up(MAX)?;
    let plans = [
        (MAX, max, Role::TeamManager),
        (DIRECTOR, dora, Role::Director),
    ];
    for (number, person, role) in plans {
        world.part(number);
        let change = PersonChange::Roles([role].into());
        let step_down = PeopleDecision::ChangePerson { person, change };
        world.run(number, Command::People(step_down), None);
    }
    world.perhaps_come_back(MAX);
    world.perhaps_come_back(DIRECTOR);
    Some(())
}
