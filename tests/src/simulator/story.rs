//! One seed from beginning to end.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Failed;
use super::check::check;
use super::tally::Tally;
use super::world::World;

/// How much happens before the network heals.
const STEPS: usize = 112;

/// What a seed came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// One line for each thing that happened.
    pub told: Vec<String>,
    pub tally: Tally,
}

/// Plays a seed: the same seed is the same story, on every machine.
///
/// # Errors
/// What did not hold in the end, or what panicked on the way.
pub fn run(seed: u64) -> Result<Outline, Failed> {
    let world = play(seed, |world| {
        world.heal()?;
        check(world)
    })?;
    Ok(Outline {
        told: world.told,
        tally: world.tally,
    })
}

/// A story in which the network has not healed yet.
pub(super) fn begin(seed: u64) -> Result<World, Failed> {
    play(seed, |_| Ok(()))
}

fn play(seed: u64, end: impl FnOnce(&mut World) -> Result<(), String>) -> Result<World, Failed> {
    let mut world = World::new(seed);
    let ended = catch_unwind(AssertUnwindSafe(|| {
        world.begin();
        for _ in 0..STEPS {
            world.step();
        }
        end(&mut world)
    }));
    let ended = ended.unwrap_or_else(|panic| Err(message(panic.as_ref())));
    match ended {
        Ok(()) => Ok(world),
        Err(what) => Err(Failed {
            seed,
            what,
            told: world.told,
        }),
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("something panicked").to_owned()
}
