//! Plays seeds of the simulator, on every core: `--from 0 --seeds 1000`; one again, step by step:
//! `--from 17 --seeds 1 --verbose`.

use std::process::ExitCode;
use std::time::Instant;

use caravan_tests::simulator::{run, run_all};
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
    let end = options.from.saturating_add(options.seeds);
    if options.verbose {
        return (options.from..end).map(tell).fold(ExitCode::SUCCESS, worse);
    }
    let began = Instant::now();
    let played = run_all(options.from..end);
    for failed in &played.failed {
        eprintln!("{failed}");
    }
    print!("{}", played.tally);
    println!(
        "{} seeds, {} failed, {:.1} s",
        options.seeds,
        played.failed.len(),
        began.elapsed().as_secs_f64()
    );
    match played.failed.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn tell(seed: u64) -> ExitCode {
    let (told, outcome, code) = match run(seed) {
        Ok(outline) => (outline.told, outline.tally.to_string(), ExitCode::SUCCESS),
        Err(failed) => (failed.told.clone(), failed.to_string(), ExitCode::FAILURE),
    };
    for line in told {
        println!("{line}");
    }
    println!("{outcome}");
    code
}

fn worse(one: ExitCode, other: ExitCode) -> ExitCode {
    match one == ExitCode::SUCCESS {
        true => other,
        false => one,
    }
}
