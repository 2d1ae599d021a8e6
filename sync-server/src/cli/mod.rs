//! The command line: what an operator can do, one file per command.

mod audit;
mod backup;
mod erase_keys;
mod healthcheck;
mod invite_admin;
mod link;
mod rebuild;
mod restore;
mod serve;
mod trust;

use std::error::Error;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat, LogOptions, read_file};
use crate::merger;

/// The relay of Caravan: it keeps a team's log, settles what is disputed and passes each phone
/// what its person may read.
///
/// Every option can also be an environment variable or a key of a TOML file (see --config), whose
/// tables are listen, storage, web, limits and log, and whose keys are the long names below. A flag
/// wins over the environment, and that over the file.
#[derive(Debug, Parser)]
#[command(name = "caravan", version)]
pub struct Cli {
    /// A TOML file with options
    #[arg(long, env = "CARAVAN_CONFIG", value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    log: LogOptions,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    InviteAdmin(invite_admin::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Rebuild(rebuild::Args),
    EraseKeys(erase_keys::Args),
    Audit(audit::Args),
    Healthcheck(healthcheck::Args),
    /// Look into changes for the relay, which starts this by itself
    #[command(hide = true)]
    Merger,
}

/// What stopped a command, for the operator to read with its causes.
pub type CliError = Box<dyn Error + Send + Sync>;

impl Cli {
    /// # Errors
    /// What the operator must know.
    pub async fn run(self) -> Result<(), CliError> {
        let file = read_file(self.config.as_deref())?;
        // The merger has nothing to tell the operator, and Automerge would tell of every step.
        if !matches!(self.command, Command::Merger) {
            start_log(&self.log.or(file.log.clone()).resolve())?;
        }
        match self.command {
            Command::Serve(args) => serve::run(args, file).await,
            Command::InviteAdmin(args) => invite_admin::run(args, file).await,
            Command::Backup(args) => backup::run(args, file).await,
            Command::Restore(args) => restore::run(args, file).await,
            Command::Rebuild(args) => rebuild::run(args, file).await,
            Command::EraseKeys(args) => erase_keys::run(args, file).await,
            Command::Audit(args) => audit::run(args, file).await,
            Command::Healthcheck(args) => healthcheck::run(args, file).await,
            Command::Merger => Ok(merger::run_child()?),
        }
    }
}

/// The log goes to standard error; standard output is for what a command was asked for.
fn start_log(config: &LogConfig) -> Result<(), CliError> {
    let filter = EnvFilter::try_new(&config.filter)?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    }
}
