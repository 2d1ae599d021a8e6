//! The last commands that carried a name, and what came of them.

use std::collections::BTreeMap;

use caravan_port::message::Ran;

use crate::stored::{Answered, CommandId};

/// More are never unanswered at a failover.
const KEPT: u64 = 256;

#[derive(Debug, Default)]
pub(crate) struct Answers {
    last: u64,
    known: BTreeMap<CommandId, Answered>,
}

impl Answers {
    pub(crate) fn get(&self, command: CommandId) -> Option<&Ran> {
        self.known.get(&command).map(|known| &known.ran)
    }

    pub(crate) fn next(&self, command: CommandId, ran: Ran) -> Answered {
        Answered {
            command,
            order: self.last + 1,
            ran,
        }
    }

    pub(crate) fn insert(&mut self, answered: Answered) {
        self.last = self.last.max(answered.order);
        let oldest = self.last.saturating_sub(KEPT);
        self.known.insert(answered.command, answered);
        self.known.retain(|_, known| known.order > oldest);
    }
}

/// The place in the store, which the next answer but 255 takes over.
pub(crate) fn slot(answered: &Answered) -> [u8; 1] {
    [(answered.order % KEPT) as u8]
}
