//! Measures: the relay and its peers without a browser, then the app in Chromium.

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    node::Programs,
    process::{cargo, run},
    run::relay,
    step::step,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only this part; both when none is named
    part: Option<Part>,
    /// Passed on to the part, which explains them with --help
    #[arg(last = true)]
    rest: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Sync, appends, idle connections, and the same with automerge-repo
    Relay,
    /// Cold start, typing, forms, memory and sizes
    Browser,
}

pub(crate) fn bench(args: &Args) -> Result<()> {
    let relay = step("Build the relay", || relay(true))?;
    let wanted = |part| args.part.is_none_or(|only| only == part);
    if wanted(Part::Relay) {
        step("Measure the relay", || {
            run(cargo()
                .args([
                    "run",
                    "--release",
                    "--package",
                    "caravan-tests",
                    "--bin",
                    "bench",
                    "--",
                ])
                .args(&args.rest)
                .env("CARAVAN_RELAY", &relay))
        })?;
    }
    if wanted(Part::Browser) {
        let programs = Programs::ready(relay)?;
        step("Measure the app in Chromium", || {
            run(programs.run(&[], "bench.mjs").args(&args.rest))
        })?;
    }
    Ok(())
}
