//! One seed from beginning to end.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Failed;
use super::check::check;
use super::world::World;

/// How much happens before the network heals.
const STEPS: usize = 110;

/// What a seed came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// One line for each thing that happened.
    pub told: Vec<String>,
    /// Of the relay's log.
    pub entries: usize,
    pub refused: usize,
    pub documents: usize,
}

/// Plays a seed: the same seed is the same story, on every machine.
///
/// # Errors
/// What did not hold in the end, or what panicked on the way.
pub fn run(seed: u64) -> Result<Outline, Failed> {
    let mut world = World::new(seed);
    let ended = catch_unwind(AssertUnwindSafe(|| {
        for _ in 0..STEPS {
            world.step();
        }
        world.heal()?;
        check(&mut world)
    }));
    let ended = ended.unwrap_or_else(|panic| Err(message(panic.as_ref())));
    if let Err(what) = ended {
        return Err(Failed {
            seed,
            what,
            told: world.told,
        });
    }
    let entries = || world.relay.log.iter();
    Ok(Outline {
        entries: entries().count(),
        refused: entries().filter(|entry| entry.refusal.is_some()).count(),
        documents: world.relay.core.facts().grants.len(),
        told: world.told,
    })
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("something panicked").to_owned()
}
