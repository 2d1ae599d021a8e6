//! Clients that wait for a signature while somebody writes about them, and signatures given twice.

use caravan_domain::agreements::command::AgreementCommand;
use caravan_domain::agreements::decision::{Terms, Waits};
use caravan_domain::agreements::row::AgreementRow;
use caravan_domain::command::Command;
use caravan_domain::people::decision::PersonChange;
use caravan_domain::role::{Role, Roles};

use crate::simulator::people::{ANN, ANN_AT_HOME, BO, DIRECTOR, MAX};
use crate::simulator::work;
use crate::simulator::world::World;

/// Everybody is to sign before they see clients, while somebody writes about one out of reach. What they wrote counts; the
/// client goes, and often comes back with the signature.
pub(super) fn sign_first(world: &mut World) -> Option<()> {
    let writer = *world.dice.pick(&[ANN, ANN_AT_HOME, BO])?;
    let row = published(world)?;
    world.catch_up(writer)?;
    let client = work::any_client(&world.phones[writer], &world.dice)?;
    world.part(writer);
    world.write_about(writer, client);
    require(world, &row)?;
    if world.dice.percent(60) {
        world.catch_up(writer)?;
        world.part(writer);
        sign(world, writer, &row);
    }
    world.perhaps_come_back(writer);
    Some(())
}

/// Ann signs on both of her phones, and two directors sign for the company, none knowing of the other.
pub(super) fn signed_twice(world: &mut World) -> Option<()> {
    let row = published(world)?;
    require(world, &row)?;
    for number in [ANN, ANN_AT_HOME] {
        world.catch_up(number)?;
        world.part(number);
        sign(world, number, &row);
    }
    let ann = world.person(ANN)?;
    let max = world.person(MAX)?;
    let both = Roles::from([Role::TeamManager, Role::Director]);
    world.decree_about(max, PersonChange::Roles(both))?;
    world.catch_up(ANN)?;
    for number in [MAX, DIRECTOR] {
        world.catch_up(number)?;
        world.part(number);
        let countersign = AgreementCommand::Countersign {
            agreement: row.id,
            person: ann,
            version: row.versions.last()?.digest,
            name: "公司".into(),
        };
        world.run(number, Command::Agreement(countersign), None);
    }
    for number in [ANN_AT_HOME, MAX, DIRECTOR] {
        world.perhaps_come_back(number);
    }
    Some(())
}

/// One with a version, written for the purpose when there is none.
fn published(world: &mut World) -> Option<AgreementRow> {
    world.catch_up(DIRECTOR)?;
    let known = |world: &World| {
        let rows = world.phones[DIRECTOR].engine.rows();
        let all = rows.agreements.iter().map(|(_, row)| row);
        let mut usable = all.filter(|row| !row.archived);
        usable.next().cloned()
    };
    if known(world).is_none() {
        let word = world.phones[DIRECTOR].words.next();
        let add = work::write_agreement(&word);
        world.run(DIRECTOR, add, Some(word));
    }
    let row = known(world)?;
    if row.versions.is_empty() {
        let agreement = row.id;
        let publish = AgreementCommand::Publish { agreement };
        world.decree(Command::Agreement(publish))?;
    }
    known(world).filter(|row| !row.versions.is_empty())
}

/// Of account managers, the last version.
fn require(world: &mut World, row: &AgreementRow) -> Option<()> {
    let require = AgreementCommand::Require {
        agreement: row.id,
        version: row.versions.last()?.digest,
        terms: Terms {
            required_of: [Role::AccountManager].into(),
            within_days: 7,
            waits: Waits::Everybody,
        },
    };
    world.decree(Command::Agreement(require))
}

fn sign(world: &mut World, number: usize, row: &AgreementRow) {
    let only = std::slice::from_ref(row);
    let sign = work::sign_one_of(&world.phones[number], &world.dice, only);
    if let Some(sign) = sign {
        world.run(number, Command::Agreement(sign), None);
    }
}
