//! `cargo xtask soak NAME`: one fault, over and over; prints its figure, or fails with what did not
//! hold. The soaks themselves are in [`caravan_tests::soak`].

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use caravan_tests::soak::{self, RelayProgram};
use clap::{Parser, ValueEnum};

#[derive(Debug, Parser)]
struct Options {
    name: Name,
    /// Where chance begins.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often [default: as often as `docs/evidence.md` asks for]
    #[arg(long)]
    count: Option<u64>,
    /// The relay's program [default: the one built beside this]
    #[arg(long, env = "CARAVAN_RELAY")]
    relay: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    /// Row 1: the relay killed in mid-commit
    Killed,
    /// Row 2: the relay's disk full
    FullDisk,
    /// Row 3: simulated schedules
    Schedules,
    /// Row 4: 30 days offline, the link cut at every message
    Offline,
    /// Row 2, second half: one bit of the relay's files
    Rot,
    /// Row 5: malformed frames
    Frames,
    /// Row 5, second half: changes that are rotten inside, and what inflates without bound
    Mutants,
    /// Row 6: the relay restored from an old backup
    OldBackup,
    /// Row 10: forged, badly signed and replayed envelopes, stolen cookies, copied profiles, hostile
    /// origins
    Forgers,
    /// Row 11: people of the workspace who want more than they may
    Insider,
    /// Row 12: one-bit edits of the Merkle log and what it covers
    Flips,
    /// Row 6, at rest: clients erased for good while the relay is killed
    Erasure,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    let began = Instant::now();
    let figure = run(&options).await?;
    println!("{figure} ({:.0} s)", began.elapsed().as_secs_f64());
    Ok(())
}

async fn run(options: &Options) -> Result<String> {
    let relay = || match &options.relay {
        Some(path) => Ok(RelayProgram { path: path.clone() }),
        None => RelayProgram::beside(),
    };
    let seed = options.seed;
    let count = |full| options.count.unwrap_or(full);
    Ok(match options.name {
        Name::Killed => {
            let kills = usize::try_from(count(1000))?;
            soak::killed(&relay()?, seed, kills).await?.to_string()
        }
        Name::FullDisk => {
            let rounds = usize::try_from(count(20))?;
            let filled = soak::full_disk(&relay()?, seed, rounds).await?;
            let filled = filled.context("this system allows no mount namespace")?;
            filled.to_string()
        }
        Name::Schedules => {
            let count = count(10_000);
            let tally = soak::schedules(seed, count)?;
            format!("{tally}{count} schedules: all agree, 0 lost, 0 leaked")
        }
        Name::Offline => soak::offline(seed, count(10_000))?.to_string(),
        Name::OldBackup => {
            let restores = usize::try_from(count(100))?;
            soak::old_backup(&relay()?, seed, restores)
                .await?
                .to_string()
        }
        Name::Rot => {
            let flips = usize::try_from(count(10_000))?;
            soak::rot(&relay()?, seed, flips).await?.to_string()
        }
        Name::Flips => {
            let flips = usize::try_from(count(10_000))?;
            soak::flips(&relay()?, seed, flips).await?.to_string()
        }
        Name::Frames => {
            let count = count(1_000_000);
            let heard = soak::frames(&relay()?, seed, count, count / 50).await?;
            heard.to_string()
        }
        Name::Mutants => {
            let count = count(100_000);
            let mutants = soak::mutants(&relay()?, seed, count, count.div_ceil(500)).await?;
            mutants.to_string()
        }
        Name::Forgers => {
            let count = usize::try_from(count(10_000))?;
            soak::forgers(&relay()?, seed, count).await?.to_string()
        }
        Name::Erasure => {
            let erasures = usize::try_from(count(200))?;
            soak::erasure(&relay()?, seed, erasures).await?.to_string()
        }
        Name::Insider => {
            let rounds = usize::try_from(count(100))?;
            soak::insider(&relay()?, seed, rounds).await?.to_string()
        }
    })
}
