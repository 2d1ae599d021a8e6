//! `caravan restore`

use std::fs;
use std::path::PathBuf;

use super::CliError;
use super::backup::copy_blobs;
use crate::clock;
use crate::config::{ConfigFile, StorageConfig, StorageOptions};
use crate::store::{LogStore, SqliteStore, Write, WriteBatch, copy_database};

/// Put a backup into an empty data folder
///
/// Every workspace gets a new epoch, so that phones compare what they have with what the backup
/// holds and send again what is newer: an old backup loses nothing that a phone still has.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that `caravan backup` wrote
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    #[command(flatten)]
    storage: StorageOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    let from = StorageConfig { data: args.from };
    let to = args.storage.or(file.storage).resolve();
    if to.database().exists() {
        return Err(format!("{} holds a database already", to.data.display()).into());
    }
    fs::create_dir_all(&to.data)?;
    let copied = tokio::task::spawn_blocking({
        let (from, to) = (from.clone(), to.clone());
        move || -> Result<usize, CliError> {
            copy_database(&from.database(), &to.database())?;
            if from.blobs().exists() {
                return copy_blobs(&from.blobs(), &to.blobs());
            }
            Ok(0)
        }
    })
    .await??;
    let workspaces = renew_epochs(&SqliteStore::open(&to.database())?).await?;
    tracing::info!(workspaces, photos = copied, "the backup is restored");
    Ok(())
}

async fn renew_epochs(store: &dyn LogStore) -> Result<usize, CliError> {
    let workspaces = store.workspaces()?;
    for row in &workspaces {
        let batch = WriteBatch {
            workspace: row.workspace,
            writes: vec![Write::Epoch(u64::from_be_bytes(clock::random()))],
        };
        store.commit(batch).await?;
    }
    Ok(workspaces.len())
}
