//! `caravan erase-keys`

use std::path::PathBuf;

use super::CliError;
use crate::config::{ConfigFile, StorageConfig, StorageOptions};
use crate::store::{ErasedList, Keys};

/// Destroy the keys of erased clients in the key stores of earlier backups
///
/// A backup made before an erasure still has the key. What was erased is read from the relay's data
/// folder; the relay may run. Backups without keys are not touched and need not be.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder into which `caravan backup` wrote keys.db; may be given several times
    #[arg(long = "backup", value_name = "DIR", required = true, num_args = 1..)]
    backups: Vec<PathBuf>,
    #[command(flatten)]
    storage: StorageOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    let live = args.storage.or(file.storage).resolve();
    tokio::task::spawn_blocking(move || {
        let list = ErasedList::read(&ErasedList::path(&live.data))?;
        for backup in &args.backups {
            let backup = StorageConfig {
                data: backup.clone(),
            };
            let keys = destroy(&backup, &list)?;
            let backup = backup.data.display();
            tracing::info!(%backup, keys, "keys of erased clients and pictures destroyed");
        }
        Ok(())
    })
    .await?
}

/// How many keys there were. The list stays with the backup, for `caravan restore`.
fn destroy(backup: &StorageConfig, list: &ErasedList) -> Result<usize, CliError> {
    if !backup.keys().exists() {
        return Err(format!("there is no keys.db in {}", backup.data.display()).into());
    }
    let beside = ErasedList::path(&backup.data);
    let mut known = ErasedList::read(&beside)?;
    known.add_all(list);
    known.write(&beside)?;
    Ok(Keys::open(&backup.keys())?.destroy_listed(&known)?)
}
