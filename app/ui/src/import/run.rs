//! The import itself. Every batch is one command, durable before the next begins; a client that is here already is left
//! alone, so that whatever was cut short is done by doing it again.

use caravan_domain::{
    clients::command::{ClientCommand, ImportedClient},
    command::Command,
    id::BatchId,
};
use leptos::prelude::*;

use super::{
    owners::Owners,
    wizard::{Step, Wizard},
};
use crate::{
    format::now,
    random::{self, NoRandomness},
};

/// Clients in one command: few enough that the progress moves and other commands get their turn.
const AT_ONCE: usize = 200;

/// What became of the rows that were to be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Outcome {
    pub(super) imported: usize,
    pub(super) left: usize,
}

impl Wizard {
    /// From the beginning, or on from where it stopped.
    pub(super) fn import(self, owners: &Owners) {
        let batch = match self.batch() {
            Ok(batch) => batch,
            Err(error) => return self.failure.set(Some(error.into())),
        };
        let clients = self.clients(owners);
        let from = self.outcome.get_untracked().imported.min(clients.len());
        self.work(Step::Importing, Step::Done, async move {
            self.count(from, clients.len());
            let mut imported = from;
            for chunk in clients[from..].chunks(AT_ONCE) {
                let command = ClientCommand::Import {
                    batch,
                    clients: chunk.to_vec(),
                };
                self.engine.run(Command::Client(command)).await?;
                imported += chunk.len();
                self.count(imported, clients.len());
            }
            Ok(Step::Done)
        });
    }

    /// One for each run of the wizard, so that going on after an interruption belongs to the same batch.
    fn batch(self) -> Result<BatchId, NoRandomness> {
        if let Some(batch) = self.batch.get_untracked() {
            return Ok(batch);
        }
        let batch = BatchId(random::mint(untrack(now))?);
        self.batch.set(Some(batch));
        Ok(batch)
    }

    fn clients(self, owners: &Owners) -> Vec<ImportedClient> {
        self.checked.with_untracked(|checked| {
            let choices = self.choices.read_untracked();
            checked
                .to_import(&choices)
                .map(|row| ImportedClient {
                    client: row.client,
                    draft: row.draft.clone(),
                    owner: owners.known.get(&row.owner).copied(),
                    followed_up_at: row.followed_up_at,
                })
                .collect()
        })
    }

    fn count(self, imported: usize, all: usize) {
        self.rows_done.set((imported, all));
        self.outcome.set(Outcome {
            imported,
            left: all - imported,
        });
    }
}
