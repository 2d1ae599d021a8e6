//! `caravan backup`

use std::fs;
use std::path::{Path, PathBuf};

use super::CliError;
use crate::config::{ConfigFile, StorageConfig, StorageOptions};
use crate::store::copy_database;

/// Copy the database and the photos into a folder, while the relay runs
///
/// The database is copied as of one moment into a new file; photos never change, so those already
/// in the folder stay. Restore with `caravan restore`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to copy into; it is made when it is missing
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    storage: StorageOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    let from = args.storage.or(file.storage).resolve();
    let to = StorageConfig { data: args.to };
    let copied = tokio::task::spawn_blocking(move || copy(&from, &to)).await??;
    tracing::info!(photos = copied, "the backup is complete");
    Ok(())
}

/// The database first: a photo it knows was complete before, so it is in the folder that is copied
/// after it. The old copy is replaced only by a whole new one.
fn copy(from: &StorageConfig, to: &StorageConfig) -> Result<usize, CliError> {
    fs::create_dir_all(&to.data)?;
    let fresh = to.data.join("relay.sqlite.new");
    if fresh.exists() {
        fs::remove_file(&fresh)?;
    }
    copy_database(&from.database(), &fresh)?;
    fs::rename(&fresh, to.database())?;
    copy_blobs(&from.blobs(), &to.blobs())
}

/// How many were copied. Each appears under its name only when it is whole.
pub(super) fn copy_blobs(from: &Path, to: &Path) -> Result<usize, CliError> {
    fs::create_dir_all(to)?;
    let mut copied = 0;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copied += copy_blobs(&entry.path(), &target)?;
        } else if !target.exists() {
            let part = target.with_extension("part");
            fs::copy(entry.path(), &part)?;
            fs::File::open(&part)?.sync_all()?;
            fs::rename(&part, &target)?;
            copied += 1;
        }
    }
    Ok(copied)
}
