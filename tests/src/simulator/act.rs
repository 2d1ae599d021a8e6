//! What somebody does on a phone, and what the engine promised then.

use caravan_domain::command::Command;
use caravan_port::act::{Act, ActError};
use caravan_port::ask::{Ask, Told};
use caravan_port::message::RunError;
use futures_executor::block_on;

use super::world::World;
use super::{socket, work};

impl World {
    pub(super) fn work(&mut self, number: usize) {
        if let Some((command, word)) = work::draw(&self.phones[number], &self.dice) {
            self.run(number, command, word);
        }
    }

    /// Runs a command and remembers what the engine promised; whether it took it.
    pub(super) fn run(&mut self, number: usize, command: Command, word: Option<String>) -> bool {
        self.tell(format!("{number} runs {command:?}"));
        let label = command.label();
        let phone = &mut self.phones[number];
        let before = phone.engine.waiting();
        match block_on(phone.engine.run(command, None)) {
            Ok(_) => {
                let written = phone.engine.waiting() - before;
                phone.envelopes += u64::from(written);
                if written > 0 {
                    phone.promised.extend(word);
                    self.tally.add(format!("command: {label:?}"), 1);
                }
                socket::push(&mut self.phones[number]);
                return true;
            }
            Err(RunError::StorageFailed) => self.crash(number),
            Err(RunError::StorageFull) => self.tally.add("storage full", 1),
            Err(RunError::Command(refused)) => self.tell(format!("  refused: {refused}")),
            Err(RunError::NotJoined) => {}
            Err(RunError::Damaged) => panic!("phone {number} holds a damaged document"),
        }
        false
    }

    pub(super) fn take_back(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        let Ok(Told::Undo(lines)) = block_on(phone.engine.answer(&Ask::Undo)) else {
            return;
        };
        let Some(undo) = lines.first().map(|line| line.undo) else {
            return;
        };
        let before = phone.engine.waiting();
        match block_on(phone.engine.act(Act::Undo(undo))) {
            Ok(_) => {
                phone.envelopes += u64::from(phone.engine.waiting() - before);
                self.tally.add("undo", 1);
                self.tell(format!("{number} takes back {undo}"));
            }
            Err(ActError::StorageFailed) => self.crash(number),
            Err(_) => {}
        }
    }

    /// What was being typed when the form was left.
    pub(super) fn leave_draft(&mut self, number: usize, key: String) {
        let draft = Act::SaveDraft {
            key,
            draft: b"half a sentence".to_vec(),
        };
        if block_on(self.phones[number].engine.act(draft)) == Err(ActError::StorageFailed) {
            self.crash(number);
        }
    }
}
