//! One fault, over and over: builds optimised, runs the soak in full count, prints its figure.

use anyhow::Result;

use crate::{
    node::Programs,
    process::{cargo, run},
    run::relay,
    step::step,
};

/// Those that are played in a real browser (`tests/e2e/soak`).
const IN_A_BROWSER: [&str; 3] = ["browser-killed", "tabs", "bad-line"];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// One of killed, full-disk, rot, schedules, offline, old-backup, frames, mutants, forgers, insider, flips, erasure, and in a browser
    /// browser-killed, tabs, bad-line
    name: String,
    /// Where chance begins [default: 1]
    #[arg(long)]
    seed: Option<u64>,
    /// How often [default: as often as docs/evidence.md asks for]
    #[arg(long)]
    count: Option<u64>,
}

pub(crate) fn soak(args: &Args) -> Result<()> {
    let relay = step("Build the relay", || relay(true))?;
    if IN_A_BROWSER.contains(&args.name.as_str()) {
        let mut soak = Programs::ready(relay)?.run(&[], "soak/main.mjs");
        soak.arg(&args.name)
            .arg(
                args.count
                    .map_or("full".to_owned(), |count| count.to_string()),
            )
            .arg(args.seed.unwrap_or(1).to_string());
        return step("Soak", || run(&mut soak));
    }
    let mut soak = cargo();
    soak.args(["run", "--release", "--package", "caravan-tests"])
        .args(["--bin", "soak", "--", &args.name])
        .env("CARAVAN_RELAY", &relay);
    for (name, value) in [("--seed", args.seed), ("--count", args.count)] {
        if let Some(value) = value {
            soak.args([name, &value.to_string()]);
        }
    }
    step("Soak", || run(&mut soak))
}
