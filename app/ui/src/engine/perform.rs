//! A command from one tap: what was done is said with undo beside it, what failed is said with its reason.

use caravan_domain::command::Command;
use caravan_port::act::Act;
use leptos::task::spawn_local;

use super::{Engine, use_engine};
use crate::{
    errors::Explain,
    ui::{Toasts, use_toasts},
};

#[derive(Clone, Copy)]
pub(crate) struct Perform {
    engine: Engine,
    toasts: Toasts,
    explain: Explain,
}

/// To be called while a component is being built.
pub(crate) fn use_perform() -> Perform {
    Perform {
        engine: use_engine(),
        toasts: use_toasts(),
        explain: Explain::new(),
    }
}

impl Perform {
    /// `said` is the sentence for success.
    pub(crate) fn run(self, command: Command, said: impl Into<String>) {
        let said = said.into();
        spawn_local(async move {
            match self.engine.run(command).await {
                Ok(ran) => match ran.undo {
                    Some(undo) => self.toasts.say_with_undo(said, move || self.undo(undo)),
                    None => self.toasts.say(said),
                },
                Err(failure) => self.toasts.say(self.explain.run(failure)),
            }
        });
    }

    pub(crate) fn undo(self, undo: u64) {
        spawn_local(async move {
            if let Err(failure) = self.engine.act(Act::Undo(undo)).await {
                self.toasts.say(self.explain.act(failure));
            }
        });
    }
}
