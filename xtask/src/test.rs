//! Everything that must hold before a change lands, in stages that can be run one by one.

mod journeys;
mod lint;
mod units;
mod web;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{build, step::spent};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these stages, in this order; all of them when none is named
    stages: Vec<Stage>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Stage {
    /// Formatting
    Fmt,
    /// Lints for this machine, warnings denied
    Clippy,
    /// Lints for the browser, warnings denied
    ClippyWasm,
    /// Unit, property and simulator tests
    Units,
    /// Examples in the documentation
    Docs,
    /// Tests that run in a browser's Wasm
    Web,
    /// The PWA as it is shipped
    App,
    /// Journeys in Chromium against a real relay
    Journeys,
}

/// Runs the stages to the end, even after a failure, and fails when one of them did.
pub(crate) fn test(args: &Args) -> Result<()> {
    let stages = if args.stages.is_empty() {
        Stage::value_variants()
    } else {
        &args.stages
    };
    let start = Instant::now();
    let outcomes: Vec<Outcome> = stages.iter().map(|stage| attempt(*stage)).collect();

    println!("\nStages:");
    for outcome in &outcomes {
        let mark = if outcome.passed { "✓" } else { "✗" };
        println!(
            "  {mark} {:<12} {}",
            outcome.stage.name(),
            spent(outcome.time)
        );
    }
    println!("  in {}", spent(start.elapsed()));
    if outcomes.iter().any(|outcome| !outcome.passed) {
        bail!("not all stages passed");
    }
    Ok(())
}

struct Outcome {
    stage: Stage,
    passed: bool,
    time: Duration,
}

fn attempt(stage: Stage) -> Outcome {
    println!("\n▸ Stage {}", stage.name());
    let start = Instant::now();
    let passed = match stage.run() {
        Ok(()) => true,
        Err(error) => {
            println!("✗ Stage {}: {error:#}", stage.name());
            false
        }
    };
    let time = start.elapsed();
    println!(
        "{} Stage {} ({})",
        if passed { "✓" } else { "✗" },
        stage.name(),
        spent(time)
    );
    Outcome {
        stage,
        passed,
        time,
    }
}

impl Stage {
    fn run(self) -> Result<()> {
        match self {
            Self::Fmt => lint::fmt(),
            Self::Clippy => lint::host(),
            Self::ClippyWasm => lint::wasm(),
            Self::Units => units::units(),
            Self::Docs => units::docs(),
            Self::Web => web::web(),
            Self::App => build::release().map(drop),
            Self::Journeys => journeys::journeys(),
        }
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}
