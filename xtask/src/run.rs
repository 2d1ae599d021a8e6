//! Builds the app and the relay and starts serving.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{build, places, process, step::step};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where the relay listens on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build the relay optimised
    #[arg(long)]
    release: bool,
}

/// Ends as the relay.
pub(crate) fn run(args: &Args) -> Result<()> {
    let dist = build::release()?;
    let relay = step("Build the relay", || relay(args.release))?;
    let data = places::root().join(".caravan");
    serve(&relay, &dist, &data, args.port)
}

/// The relay's program, built.
pub(crate) fn relay(optimised: bool) -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--package", "caravan-relay", "--bin", "caravan"]);
    if optimised {
        cargo.arg("--release");
    }
    process::run(&mut cargo)?;
    let profile = if optimised { "release" } else { "debug" };
    Ok(places::target()
        .join(profile)
        .join("caravan")
        .with_extension(std::env::consts::EXE_EXTENSION))
}

/// Becomes the relay, so that whoever stops this command stops the relay. It prints its address, and the first
/// administrator's link when there is no workspace yet.
fn serve(relay: &Path, dist: &Path, data: &Path, port: u16) -> Result<()> {
    println!("▸ Start the relay");
    let mut command = process::program(relay);
    command
        .arg("serve")
        .arg("--dist")
        .arg(dist)
        .arg("--data")
        .arg(data)
        .args(["--port", &port.to_string()]);
    process::become_it(&mut command)
}
