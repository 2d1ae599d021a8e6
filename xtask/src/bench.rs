//! Measures: the relay and its peers without a browser, then the app in Chromium.

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    node::Programs,
    places,
    process::{cargo, program, run},
    run::relay,
    step::step,
    tools::{self, WASM},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only this part; all when none is named
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
    /// Dashboards, reviews and pay of forty people and three years, as a program and as Wasm in V8
    Figures,
}

const FIGURES: [&str; 2] = ["--package", "caravan-figures"];

pub(crate) fn bench(args: &Args) -> Result<()> {
    let wanted = |part| args.part.is_none_or(|only| only == part);
    if wanted(Part::Figures) {
        figures()?;
    }
    if args.part == Some(Part::Figures) {
        return Ok(());
    }
    let relay = step("Build the relay", || relay(true))?;
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

/// The Wasm is compiled as the engine's is, and runs in Node, whose V8 is that of Chromium.
fn figures() -> Result<()> {
    step("Measure figures as a program", || {
        run(cargo().args(["run", "--release"]).args(FIGURES))
    })?;
    let tools = tools::wasm_bindgen()?;
    let folder = places::target().join("figures");
    step("Build the same as Wasm", || {
        run(cargo()
            .args(["build", "--target", WASM, "--profile", "wasm-release"])
            .args(FIGURES))?;
        let built = places::target()
            .join(WASM)
            .join("wasm-release/caravan-figures.wasm");
        run(program(tools.join("wasm-bindgen"))
            .args(["--target", "nodejs", "--out-dir"])
            .args([&folder, &built]))
    })?;
    let firm = folder.join("firm");
    step("Make the firm up for a device that reads it", || {
        run(cargo()
            .args(["run", "--release"])
            .args(FIGURES)
            .arg("--")
            .arg(&firm))
    })?;
    step("Measure figures and memory as Wasm", || {
        run(program("node")
            .arg(folder.join("caravan-figures.js"))
            .env("CARAVAN_FIGURES_FILE", &firm))
    })
}
