//! `caravan restore`

use std::fs;
use std::path::PathBuf;

use caravan_domain::time::Instant;
use caravan_sync::relay::Refill;

use super::CliError;
use super::backup::copy_blobs;
use crate::clock;
use crate::config::{ConfigFile, StorageConfig, StorageOptions};
use crate::store::{ErasedList, Keys, LogStore, SqliteStore, Write, WriteBatch, copy_database};
use crate::workspace::erase_again;

const REFILL_HOURS: u32 = 72;
const HOUR: i64 = 60 * 60 * 1000;

/// Put a backup into an empty data folder
///
/// Every workspace gets a new epoch, so that phones compare what they have with what the backup
/// holds and give back what is newer, their own and what they have read of others': an old backup
/// loses nothing that a phone still has. For the hours of --refill-hours what cannot be judged yet,
/// because what it rests on is still on another phone, waits.
///
/// What was erased since the backup is erased again, as far as the lists named `erased` tell: in the
/// backup, beside its keys, in the data folder, and where --erased-from says.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that `caravan backup` wrote
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// The folder of the backup's keys [default: the same]
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// A data folder, or a list named `erased`, of what was erased; may be given several times
    #[arg(long, value_name = "PATH")]
    erased_from: Vec<PathBuf>,
    /// How long phones may take to give back what the backup lacks
    #[arg(long, value_name = "HOURS", default_value_t = REFILL_HOURS)]
    refill_hours: u32,
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
    let keys = args.keys.unwrap_or_else(|| from.data.clone());
    let lists = [from.data.clone(), keys.clone(), to.data.clone()];
    let erased = erased(lists.into_iter().chain(args.erased_from))?;
    erased.write(&ErasedList::path(&to.data))?;
    let copied = tokio::task::spawn_blocking({
        let (from, to, erased) = (from.clone(), to.clone(), erased.clone());
        let keys = StorageConfig { data: keys };
        move || -> Result<usize, CliError> {
            copy_database(&from.database(), &to.database())?;
            // A backup of an earlier relay has none: it is encrypted when it is opened.
            if keys.keys().exists() {
                copy_database(&keys.keys(), &to.keys())?;
                Keys::open(&to.keys())?.destroy_listed(&erased)?;
            }
            if from.blobs().exists() {
                return copy_blobs(&from.blobs(), &to.blobs());
            }
            Ok(0)
        }
    })
    .await??;
    let store = SqliteStore::open(&to.database())?;
    let again = erase_again(&store, &erased).await?;
    let refill_hours = args.refill_hours;
    let until = clock::now().plus_millis(i64::from(refill_hours) * HOUR);
    let workspaces = renew(&store, until).await?;
    tracing::info!(
        workspaces,
        photos = copied,
        erased = again,
        refill_hours,
        "the backup is restored"
    );
    Ok(())
}

/// Out of data folders and lists; a folder without one says nothing.
fn erased(places: impl Iterator<Item = PathBuf>) -> Result<ErasedList, CliError> {
    let mut all = ErasedList::default();
    for place in places {
        let list = match place.is_dir() {
            true => ErasedList::path(&place),
            false => place,
        };
        all.add_all(&ErasedList::read(&list)?);
    }
    Ok(all)
}

async fn renew(store: &dyn LogStore, until: Instant) -> Result<usize, CliError> {
    let workspaces = store.workspaces()?;
    for row in &workspaces {
        let batch = WriteBatch {
            workspace: row.workspace,
            writes: vec![
                Write::Epoch(u64::from_be_bytes(clock::random())),
                Write::Refill(Refill {
                    since: row.head,
                    until,
                    facts_of: None,
                }),
            ],
        };
        store.commit(batch).await?;
    }
    Ok(workspaces.len())
}
