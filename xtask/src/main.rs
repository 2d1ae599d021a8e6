//! `cargo xtask`: from a checkout to a running Caravan, and everything CI asks of it.
//!
//! One verb per file. What is downloaded or compiled once goes into a cache outside the checkout, keyed by version.
//! It leaves out everything that belongs to the product itself: the relay serves, the demo workspace is filled by a
//! program of `tests`, the journeys are in `tests/e2e`.

mod artefacts;
mod bench;
mod browser;
mod build;
mod compress;
mod demo;
mod fingerprint;
mod node;
mod npm;
mod offline;
mod page;
mod parts;
mod places;
mod process;
mod run;
mod site;
mod soak;
mod step;
mod style;
mod test;
mod tools;
mod versioned;
mod wasm_opt;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Sets Caravan up, builds, runs and tests it"
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build everything, start the relay and serve the app
    Run(run::Args),
    /// Build the PWA only
    Build(build::Args),
    /// Run the checks and tests, all stages or the ones named
    Test(test::Args),
    /// Measure against the targets and against automerge-repo
    Bench(bench::Args),
    /// Try one fault as often as it takes to believe that nothing is lost
    Soak(soak::Args),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().verb {
        Verb::Run(args) => run::run(&args),
        Verb::Build(args) => build::build(&args).map(drop),
        Verb::Test(args) => test::test(&args),
        Verb::Bench(args) => bench::bench(&args),
        Verb::Soak(args) => soak::soak(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}
