//! A thousand schedules of a team on a bad network. `CARAVAN_SEED=17` plays one alone;
//! `CARAVAN_SEEDS=20000` plays more.

use std::env;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use caravan_tests::simulator::{Outline, run};

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    Some(text.parse().expect("a seed is a number"))
}

fn play(seed: u64) -> Outline {
    run(seed).unwrap_or_else(|failed| panic!("{failed}"))
}

#[test]
fn devices_that_come_back_agree() {
    if let Some(seed) = number("CARAVAN_SEED") {
        play(seed);
        return;
    }
    let seeds = number("CARAVAN_SEEDS").unwrap_or(1000);
    let next = AtomicU64::new(0);
    let failed = AtomicU64::new(u64::MAX);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds || failed.load(Ordering::Relaxed) != u64::MAX {
                        break;
                    }
                    if let Err(failure) = run(seed) {
                        eprintln!("{failure}");
                        failed.fetch_min(seed, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner();
    assert_eq!(failed, u64::MAX, "seed {failed} failed; see above");
}

#[test]
fn a_seed_is_the_same_story_every_time() {
    assert_eq!(play(3), play(3));
}

#[test]
fn things_do_happen() {
    let stories: Vec<_> = (0..20).map(play).collect();
    let total = |count: fn(&Outline) -> usize| stories.iter().map(count).sum::<usize>();
    let (entries, refused, documents) = (
        total(|story| story.entries),
        total(|story| story.refused),
        total(|story| story.documents),
    );
    assert!(
        entries > 20 * 15 && refused > 0 && documents > 20 * 3,
        "{entries} entries, {refused} refused, {documents} documents"
    );
}
