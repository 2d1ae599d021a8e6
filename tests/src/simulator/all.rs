//! Many seeds, on every core.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::{Failed, Tally, run};

/// What many seeds came to.
#[derive(Debug, Default)]
pub struct Played {
    pub tally: Tally,
    /// By seed.
    pub failed: Vec<Failed>,
}

/// Plays every seed, also after one has failed.
#[must_use]
pub fn run_all(seeds: Range<u64>) -> Played {
    let next = AtomicU64::new(seeds.start);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut all = Played::default();
    thread::scope(|scope| {
        let players: Vec<_> = (0..cores)
            .map(|_| scope.spawn(|| play(&next, seeds.end)))
            .collect();
        for player in players {
            let played = player.join().expect("a story's panics are caught");
            all.tally.add_all(&played.tally);
            all.failed.extend(played.failed);
        }
    });
    all.failed.sort_by_key(|failed| failed.seed);
    all
}

fn play(next: &AtomicU64, end: u64) -> Played {
    let mut played = Played::default();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return played;
        }
        match run(seed) {
            Ok(outline) => played.tally.add_all(&outline.tally),
            Err(failed) => played.failed.push(failed),
        }
    }
}
