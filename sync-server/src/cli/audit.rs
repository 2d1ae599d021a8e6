//! `caravan audit`

use std::io::Write;
use std::path::PathBuf;

use caravan_domain::id::WorkspaceId;
use clap::Subcommand;
use data_encoding::HEXLOWER;

use super::CliError;
use crate::audit::{
    Checkpoint, Clocks, Examined, PublicKey, Question, RelayKey, Report, SECRET, verify,
};
use crate::clock;
use crate::config::{ConfigFile, StorageOptions};
use crate::store::{LogStore, SqliteStore};

const HOUR: i64 = 60 * 60 * 1000;

/// Check that nobody has changed what the relay wrote
///
/// The relay keeps a Merkle log of everything that matters in its database and signs it after every
/// commit. Keep the key and now and then a checkpoint somewhere else: whoever can write the database
/// can read the relay's key in it and sign a log of their own, but not one that goes on from yours.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Verify(Box<VerifyArgs>),
    Key(KeyArgs),
}

/// Check a database offline: its pages, the log, its signatures, the snapshots
///
/// Stop the relay first, or give the folder of a backup. Nothing is written. Ends with an error and
/// names the first damaged or missing entry when there is one.
#[derive(Debug, clap::Args)]
struct VerifyArgs {
    /// Only this workspace
    #[arg(long, value_name = "ID", value_parser = workspace)]
    workspace: Option<WorkspaceId>,
    /// The relay's key as `caravan audit key` printed it; by default the one in the database
    #[arg(long, value_name = "KEY")]
    key: Option<PublicKey>,
    /// A checkpoint that an earlier check printed: the log must have gone on from there
    #[arg(long, value_name = "TEXT", value_parser = checkpoint)]
    checkpoint: Option<Checkpoint>,
    /// The folder of the key store, where it is kept apart; by default the database's
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// Envelopes written longer before they were received are counted
    #[arg(long, value_name = "HOURS", default_value_t = 24)]
    tolerance: u32,
    #[command(flatten)]
    storage: StorageOptions,
}

/// Print the key that this relay signs its checkpoints with
#[derive(Debug, clap::Args)]
struct KeyArgs {
    #[command(flatten)]
    storage: StorageOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    match args.command {
        Command::Verify(args) => {
            tokio::task::spawn_blocking(move || run_verify(*args, file)).await?
        }
        Command::Key(args) => {
            let database = args.storage.or(file.storage).resolve().database();
            let store = SqliteStore::open(&database)?;
            let seed = store.secret(SECRET, clock::random()).await?;
            let key = RelayKey::from_seed(&seed).public();
            Ok(writeln!(std::io::stdout(), "{key}")?)
        }
    }
}

fn run_verify(args: VerifyArgs, file: ConfigFile) -> Result<(), CliError> {
    let database = args.storage.or(file.storage).resolve().database();
    let question = Question {
        workspace: args.workspace,
        key: args.key,
        checkpoint: args.checkpoint,
        keys: args.keys.map(|folder| folder.join("keys.db")),
        tolerance: i64::from(args.tolerance) * HOUR,
    };
    let report = verify(&database, &question)?;
    let mut out = std::io::stdout().lock();
    for examined in &report.workspaces {
        print(&mut out, examined, args.tolerance)?;
    }
    match first(&report) {
        None => Ok(()),
        Some(told) => Err(told.into()),
    }
}

fn first(report: &Report) -> Option<String> {
    let (first, others) = report.findings.split_first()?;
    Some(match others.len() {
        0 => first.to_string(),
        more => format!("{first} (the first of {} findings)", more + 1),
    })
}

fn print(out: &mut impl Write, examined: &Examined, tolerance: u32) -> std::io::Result<()> {
    let Examined {
        workspace,
        entries,
        refused,
        erased,
        locked,
        rows,
        snapshots,
        checkpoints,
        newest,
        clocks,
    } = examined;
    writeln!(out, "workspace {workspace}")?;
    writeln!(
        out,
        "  {entries} entries ({refused} refused), {rows} rows that follow from them, {snapshots} \
         snapshots, {checkpoints} checkpoints"
    )?;
    if *erased > 0 {
        writeln!(
            out,
            "  {erased} entries are of erased documents: what they held is gone"
        )?;
    }
    if *locked > 0 {
        writeln!(
            out,
            "  {locked} entries were not looked into, because the keys are not here (--keys)"
        )?;
    }
    if let Some(newest) = newest {
        writeln!(
            out,
            "  newest checkpoint: {} leaves, root {}, up to sequence {}, {}",
            newest.size,
            HEXLOWER.encode(&newest.root.0),
            newest.sequence,
            newest.at.in_shanghai()
        )?;
        writeln!(out, "  to keep elsewhere: {}", newest.to_text())?;
    }
    let Clocks {
        before,
        after,
        worst,
    } = clocks;
    writeln!(
        out,
        "  clocks: {before} envelopes written more than {tolerance} h before they were received, \
         {after} after"
    )?;
    for offset in worst {
        let hours = offset.millis.unsigned_abs() / HOUR.unsigned_abs();
        let side = if offset.millis < 0 { "after" } else { "before" };
        writeln!(
            out,
            "    entry {} of device {}: {hours} h {side}",
            offset.sequence, offset.device
        )?;
    }
    Ok(())
}

fn workspace(text: &str) -> Result<WorkspaceId, String> {
    let id = text.parse();
    id.map(WorkspaceId)
        .map_err(|_| "not a workspace's id".to_owned())
}

fn checkpoint(text: &str) -> Result<Checkpoint, &'static str> {
    Checkpoint::from_text(text).ok_or("not a checkpoint")
}
