//! Seats that two ask for, and proposals that two settle, none knowing of the other.

use std::collections::BTreeSet;

use caravan_domain::command::Command;
use caravan_domain::grades::command::GradeCommand;
use caravan_domain::people::decision::PersonChange;

use crate::simulator::people::{ANN, BO, DIRECTOR, MAX, NORTH, SOUTH};
use crate::simulator::work;
use crate::simulator::world::World;

/// Ann and Bo come to a class that seldom has room for both, and two who may mark them do so out of reach.
pub(super) fn last_seat(world: &mut World) -> Option<()> {
    let (ann, bo) = (world.person(ANN)?, world.person(BO)?);
    let trainer = world.person(MAX)?;
    world.catch_up(DIRECTOR)?;
    let invited = BTreeSet::from([ann, bo]);
    let (hold, word) = work::class_for(&world.phones[DIRECTOR], &world.dice, trainer, invited);
    let known: BTreeSet<_> = world
        .relay
        .core
        .facts()
        .training
        .classes
        .keys()
        .copied()
        .collect();
    world.run(DIRECTOR, hold, word);
    world.catch_up(DIRECTOR)?;
    let class = {
        let mut all = world.relay.core.facts().training.classes.keys();
        *all.find(|class| !known.contains(class))?
    };
    for number in [ANN, BO] {
        world.catch_up(number)?;
        world.part(number);
        world.run(number, work::come(class), None);
    }
    for number in [MAX, DIRECTOR] {
        world.catch_up(number)?;
        world.part(number);
        if let Some(mark) = work::marked(&world.phones[number], &world.dice, class) {
            world.run(number, mark, None);
        }
    }
    for number in [ANN, BO, MAX, DIRECTOR] {
        world.perhaps_come_back(number);
    }
    Some(())
}

/// Max scores a role play of Ann's out of reach, while she goes to another team.
pub(super) fn scored_too_late(world: &mut World) -> Option<()> {
    let ann = world.person(ANN)?;
    world.decree(work::any_sheet())?;
    world.catch_up(MAX)?;
    world.part(MAX);
    let (score, word) = work::scored(&world.phones[MAX], &world.dice, ann)?;
    world.run(MAX, score, word);
    let team = world.relay.core.facts().people.get(&ann)?.team;
    let other = if team == Some(NORTH) { SOUTH } else { NORTH };
    if world.dice.percent(60) {
        world.decree_about(ann, PersonChange::Team(Some(other)))?;
    }
    world.perhaps_come_back(MAX);
    Some(())
}

/// Max proposes a grade for Ann and thinks better of it, while the director accepts it.
pub(super) fn decided_twice(world: &mut World) -> Option<()> {
    let ann = world.person(ANN)?;
    world.catch_up(DIRECTOR)?;
    if world.relay.core.facts().ladders.is_none() {
        let word = world.phones[DIRECTOR].words.next();
        let publish = work::publish_ladder(&world.phones[DIRECTOR], &world.dice, &word);
        world.run(DIRECTOR, publish, Some(word));
        world.catch_up(DIRECTOR)?;
    }
    world.catch_up(MAX)?;
    let (propose, word) = work::propose_for(&world.phones[MAX], &world.dice, ann)?;
    world.run(MAX, propose, word);
    world.catch_up(MAX)?;
    world.catch_up(DIRECTOR)?;
    let open = {
        let facts = world.relay.core.facts();
        facts.grades.get(&ann)?.open()?.id
    };
    world.part(MAX);
    world.part(DIRECTOR);
    let word = world.phones[DIRECTOR].words.next();
    let accept = GradeCommand::Accept {
        person: ann,
        promotion: open,
        since: world.phones[DIRECTOR].engine.today(),
        reply: word.clone(),
    };
    world.run(DIRECTOR, Command::Grade(accept), Some(word));
    world.run(MAX, Command::Grade(GradeCommand::Withdraw(ann, open)), None);
    world.perhaps_come_back(MAX);
    world.perhaps_come_back(DIRECTOR);
    Some(())
}
