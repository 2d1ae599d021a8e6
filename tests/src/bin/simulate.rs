//! Plays seeds of the simulator, on every core: `--from 0 --seeds 1000`; one again, step by step:
//! `--from 17 --seeds 1 --verbose`.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use caravan_tests::simulator::{Failed, run};
use clap::Parser;

#[derive(Debug, Parser)]
struct Options {
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many.
    #[arg(long, default_value_t = 1000)]
    seeds: u64,
    /// Tells what happens.
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let began = Instant::now();
    let next = AtomicU64::new(options.from);
    let end = options.from.saturating_add(options.seeds);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut failed: Vec<Failed> = thread::scope(|scope| {
        let players: Vec<_> = (0..cores)
            .map(|_| scope.spawn(|| play(&next, end, options.verbose)))
            .collect();
        let played = players
            .into_iter()
            .map(|player| player.join().unwrap_or_default());
        played.flatten().collect()
    });
    failed.sort_by_key(|failed| failed.seed);
    for failed in &failed {
        eprintln!("{failed}");
    }
    println!(
        "{} seeds, {} failed, {:.1} s",
        options.seeds,
        failed.len(),
        began.elapsed().as_secs_f64()
    );
    match failed.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn play(next: &AtomicU64, end: u64, verbose: bool) -> Vec<Failed> {
    let mut failures = Vec::new();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return failures;
        }
        let (told, outcome) = match run(seed) {
            Ok(outline) => {
                let outline_of = format!(
                    "seed {seed}: {} entries, {} refused, {} clients",
                    outline.entries, outline.refused, outline.documents
                );
                (outline.told, outline_of)
            }
            Err(failed) => {
                let told = failed.told.clone();
                let what = failed.what.clone();
                failures.push(failed);
                (told, what)
            }
        };
        if verbose {
            for line in told {
                println!("{line}");
            }
            println!("{outcome}");
        }
    }
}
