//! `caravan backup`

use std::fs;
use std::path::{Path, PathBuf};

use super::CliError;
use crate::config::{ConfigFile, StorageConfig, StorageOptions};
use crate::store::{ErasedList, copy_database};

/// Copy the database and the photos into a folder, while the relay runs
///
/// The database is copied as of one moment into a new file; photos never change, so those already
/// in the folder stay. Both are encrypted: keep the keys apart from them, and what the relay erases
/// is erased in every copy once `caravan erase-keys` has been at the keys. Restore with `caravan
/// restore`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to copy into; it is made when it is missing
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The folder to copy the keys into [default: the same]
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    #[command(flatten)]
    storage: StorageOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    let from = args.storage.or(file.storage).resolve();
    let to = StorageConfig { data: args.to };
    let keys = args.keys.map_or(to.clone(), |data| StorageConfig { data });
    let copied = tokio::task::spawn_blocking(move || copy(&from, &to, &keys)).await??;
    tracing::info!(photos = copied, "the backup is complete");
    Ok(())
}

/// The database first: a photo it knows was complete before, so it is in the folder that is copied
/// after it. The keys then: each was there before what it encrypts. The list of what was erased last,
/// so that it names whatever lost its key meanwhile. An old copy is replaced only by a whole new one.
fn copy(from: &StorageConfig, to: &StorageConfig, keys: &StorageConfig) -> Result<usize, CliError> {
    replace(&from.database(), &to.database())?;
    let copied = copy_blobs(&from.blobs(), &to.blobs())?;
    remove_unencrypted(&from.blobs(), &to.blobs())?;
    // A database that no relay of this version has opened yet has none.
    if from.keys().exists() {
        replace(&from.keys(), &keys.keys())?;
    }
    let erased = ErasedList::read(&ErasedList::path(&from.data))?;
    for folder in [&to.data, &keys.data] {
        erased.write(&ErasedList::path(folder))?;
    }
    Ok(copied)
}

fn replace(from: &Path, to: &Path) -> Result<(), CliError> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let fresh = to.with_extension("new");
    if fresh.exists() {
        fs::remove_file(&fresh)?;
    }
    copy_database(from, &fresh)?;
    Ok(fs::rename(&fresh, to)?)
}

/// An earlier backup into the same folder holds pictures as they came; the relay has encrypted them
/// since.
fn remove_unencrypted(from: &Path, to: &Path) -> Result<(), CliError> {
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        let here = from.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            remove_unencrypted(&here, &entry.path())?;
        } else if !entry.file_name().to_string_lossy().contains('-') && !here.exists() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
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
