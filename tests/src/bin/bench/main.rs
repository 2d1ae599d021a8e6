//! `cargo xtask bench`: the relay and the protocol in numbers, beside automerge-repo on the same machine in the same run.
//!
//! One JSON object per line as they come, then a table. A missed target is printed as such; it is no failure of the run.
//! It leaves out everything that happens in a browser: that is `tests/e2e/bench.mjs`.

mod append;
mod clients;
mod first_sync;
mod idle;
mod live;
mod peer;
mod reconnect;
mod relay;
mod report;
mod store;
mod team;
mod traffic;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};

use crate::{relay::RelayProgram, report::Report};

#[derive(Parser)]
struct Args {
    /// Only these benches; all of them when none is named
    benches: Vec<Bench>,
    /// The relay's program [default: the one built beside this]
    #[arg(long, env = "CARAVAN_RELAY")]
    relay: Option<PathBuf>,
    /// Numbers of clients known to a device
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000])]
    clients: Vec<usize>,
    /// Numbers of documents for automerge-repo, which needs minutes for 10,000
    #[arg(long, value_delimiter = ',', default_values_t = [1_000])]
    peer_documents: Vec<usize>,
    /// Devices that stay connected and do nothing
    #[arg(long, default_value_t = 1_000)]
    idle: usize,
    /// Repetitions, of which the median is reported
    #[arg(long, default_value_t = 7)]
    runs: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// First sync and reconnect
    Sync,
    /// Durable appends, through the store and through sockets
    Append,
    /// What a connection costs that does nothing
    Idle,
    /// automerge-repo and its sync server
    Peer,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let program = RelayProgram(args.relay.clone().map_or_else(beside, Ok)?);
    let mut report = Report::default();
    let measured = measure(&args, &program, &mut report).await;
    // Even when one of them could not be measured.
    report.print_table();
    measured
}

async fn measure(args: &Args, program: &RelayProgram, report: &mut Report) -> Result<()> {
    let wanted = |bench| args.benches.is_empty() || args.benches.contains(&bench);
    if wanted(Bench::Sync) {
        for clients in &args.clients {
            first_sync::measure(program, *clients, args.runs, report).await?;
        }
    }
    if wanted(Bench::Append) {
        store::measure(report).await?;
        append::measure(program, report).await?;
    }
    if wanted(Bench::Idle) {
        idle::measure(program, args.idle, report).await?;
    }
    if wanted(Bench::Peer) {
        for documents in &args.peer_documents {
            peer::measure(*documents, report)?;
        }
    }
    Ok(())
}

fn beside() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().context("a program stands in a folder")?;
    Ok(folder
        .join("caravan")
        .with_extension(std::env::consts::EXE_EXTENSION))
}
