//! One fault, over and over: builds optimised, runs the soak in full count, prints its figure.

use anyhow::Result;

use crate::{
    process::{cargo, run},
    run::relay,
    step::step,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// One of killed, full-disk, rot, schedules, offline, frames, forgers, insider, flips
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
