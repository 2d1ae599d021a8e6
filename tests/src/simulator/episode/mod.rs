//! Troubles that chance alone would seldom bring about: somebody writes out of reach while, elsewhere, it
//! is decided that they may not, or somebody else writes the same.

mod agreements;
mod decisions;
mod documents;
mod growth;
mod people;

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;
use caravan_domain::id::{ClientId, PersonId};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};

use super::people::DIRECTOR;
use super::work;
use super::world::World;

/// One of them, as far as the present state of things allows it.
pub(super) fn play(world: &mut World) {
    let (name, played) = match world.dice.below(19) {
        0..=2 => ("taken away", documents::taken_away(world)),
        3..=4 => ("shared and unshared", documents::shared_and_unshared(world)),
        5..=6 => (
            "one field, two people",
            documents::one_field_two_people(world),
        ),
        7 => ("demoted", people::demoted(world)),
        8 => ("moved to another team", people::moved(world)),
        9 => (
            "no longer works with clients",
            people::no_longer_works_with_clients(world),
        ),
        10 => (
            "suspended for a while",
            people::suspended_for_a_while(world),
        ),
        11 => ("away and back", documents::away_and_back(world)),
        12 => ("settled twice", decisions::settled_twice(world)),
        13 => ("to be signed first", agreements::sign_first(world)),
        14 => ("signed twice", agreements::signed_twice(world)),
        15 => ("the last seat", growth::last_seat(world)),
        16 => ("scored too late", growth::scored_too_late(world)),
        17 => ("one proposal, two answers", growth::decided_twice(world)),
        _ => match world.dice.percent(50) {
            true => (
                "the last administrator",
                decisions::last_administrator(world),
            ),
            false => ("a lost phone", people::lost_phone(world)),
        },
    };
    if played.is_some() {
        world.tally.add(format!("episode: {name}"), 1);
        world.tell(format!("that was: {name}"));
    }
}

impl World {
    /// Writes about a client on a phone, a few times over.
    fn write_about(&mut self, number: usize, client: ClientId) {
        for _ in 0..1 + self.dice.below(3) {
            let drawn = work::change(&self.phones[number], client, &self.dice);
            if let Some((command, word)) = drawn {
                self.run(number, command, word);
            }
        }
        // Nobody can be in the form of a client that has not reached the phone.
        let is_here = self.phones[number]
            .engine
            .documents()
            .contains(&client.into());
        if self.dice.percent(50) && is_here {
            self.leave_draft(number, format!("clients/{client}/edit"));
        }
    }

    /// The director decides, and the relay hears of it at once.
    pub(super) fn decree(&mut self, command: Command) -> Option<()> {
        self.catch_up(DIRECTOR)?;
        let taken = self.run(DIRECTOR, command, None);
        self.catch_up(DIRECTOR)?;
        taken.then_some(())
    }

    fn decree_about(&mut self, person: PersonId, change: PersonChange) -> Option<()> {
        self.decree(Command::People(PeopleDecision::ChangePerson {
            person,
            change,
        }))
    }

    /// Sometimes at once, sometimes when it happens to, at the latest in the end.
    fn perhaps_come_back(&mut self, number: usize) {
        if self.dice.percent(50) {
            self.come_back(number);
        }
    }

    fn person(&self, number: usize) -> Option<PersonId> {
        self.phones[number].person()
    }

    /// Somebody who is neither of them.
    pub(super) fn another(&self, than: &[PersonId]) -> Option<PersonId> {
        let facts = self.relay.core.facts();
        let others = facts.people.keys().copied();
        let others: Vec<_> = others
            .filter(|person| facts.active(*person).is_some() && !than.contains(person))
            .collect();
        self.dice.pick(&others).copied()
    }
}

pub(super) fn assign(client: ClientId, owner: PersonId) -> Command {
    Command::Client(ClientCommand::Assign {
        clients: vec![client],
        owner,
    })
}
