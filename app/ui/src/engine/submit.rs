//! A form's way to the engine: one command at a time, what was refused beside the fields, the draft dropped as soon as
//! the command is durable, even when the person has left the form by then.

use caravan_domain::command::Command;
use caravan_port::message::{Ran, RunError};
use leptos::{prelude::*, task::spawn_local};

use super::{Engine, Failure, draft::Keeping, use_engine};

#[derive(Clone, Copy)]
pub(crate) struct Submit {
    pub(crate) busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure<RunError>>>,
    engine: Engine,
    keeping: Option<Keeping>,
}

/// For a form without a draft; see [`Draft::submit`](super::draft::Draft::submit). To be called while a component is
/// being built.
pub(crate) fn use_submit(keeping: Option<Keeping>) -> Submit {
    Submit {
        busy: RwSignal::new(false),
        failure: RwSignal::new(None),
        engine: use_engine(),
        keeping,
    }
}

impl Submit {
    /// Does nothing while the command before is under way. `then` runs when the command is durable and the form still
    /// there: whoever has gone elsewhere is not called back.
    pub(crate) fn run(self, command: Command, then: impl FnOnce(Ran) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let key = self.keeping.map(Keeping::key);
        // Before anything is answered: whoever reads that it was refused and leaves finds it here again.
        let typed = self.keeping.and_then(Keeping::save);
        spawn_local(async move {
            if let Some(draft) = typed {
                super::draft::tell(self.engine, draft).await;
            }
            let outcome = self.engine.run(command).await;
            let left = self.busy.is_disposed();
            match outcome {
                Ok(_) if left => {
                    if let Some(key) = key {
                        super::draft::drop_draft(self.engine, key);
                    }
                }
                Ok(ran) => {
                    self.failure.set(None);
                    if let Some(keeping) = self.keeping {
                        keeping.discard();
                    }
                    then(ran);
                }
                Err(refused) => {
                    self.failure.try_set(Some(refused));
                }
            }
            self.busy.try_set(false);
        });
    }
}
