//! Builds the app and the relay and starts serving.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{
    build,
    demo::Demo,
    places, process,
    step::{beside, step},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where the relay listens on this machine [default: 8080, with --demo 8081]
    #[arg(long)]
    port: Option<u16>,
    /// Serve a made-up team's workspace, filled the first time
    #[arg(long)]
    demo: bool,
    /// Build the relay optimised
    #[arg(long)]
    release: bool,
}

/// Ends as the relay.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.demo {
        return demo(args);
    }
    let relay = || step("Build the relay", || relay(args.release));
    let (dist, relay) = beside(build::release, relay)?;
    let data = places::root().join(".caravan");
    serve(&relay, &dist, &data, args.port.unwrap_or(8080))
}

fn demo(args: &Args) -> Result<()> {
    let programs = || {
        step("Build the relay and the demo", || {
            let packages = ["--package", "caravan-relay", "--package", "caravan-tests"];
            cargo_build(&packages, &["caravan", "demo"], args.release)?;
            Ok((built("caravan", args.release), built("demo", args.release)))
        })
    };
    let (dist, (relay, filler)) = beside(build::release, programs)?;
    let demo = Demo::ready(&filler)?;
    // An address of its own: a browser that knows the real workspace keeps its data under the other.
    let port = args.port.unwrap_or(8081);
    demo.print(port);
    serve(&relay, &dist, &demo.data, port)
}

/// The relay's program, built.
pub(crate) fn relay(optimised: bool) -> Result<PathBuf> {
    cargo_build(&["--package", "caravan-relay"], &["caravan"], optimised)?;
    Ok(built("caravan", optimised))
}

/// The same, out of what the unit tests were built from. Built by itself it would need half of its libraries once more: with
/// other features than those that the whole workspace and its tests ask for.
pub(crate) fn relay_beside_tests() -> Result<PathBuf> {
    cargo_build(&["--workspace", "--test", "http"], &["caravan"], false)?;
    Ok(built("caravan", false))
}

fn cargo_build(packages: &[&str], programs: &[&str], optimised: bool) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.arg("build").args(packages);
    for program in programs {
        cargo.args(["--bin", program]);
    }
    if optimised {
        cargo.arg("--release");
    }
    process::run(&mut cargo)
}

fn built(program: &str, optimised: bool) -> PathBuf {
    let profile = if optimised { "release" } else { "debug" };
    places::target()
        .join(profile)
        .join(program)
        .with_extension(std::env::consts::EXE_EXTENSION)
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
