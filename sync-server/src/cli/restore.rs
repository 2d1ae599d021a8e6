//! `caravan restore`

use std::fs;
use std::path::PathBuf;

use caravan_domain::time::Instant;
use caravan_sync::relay::Refill;

use super::CliError;
use super::backup::copy_blobs;
use crate::clock;
use crate::config::{ConfigFile, StorageConfig, StorageOptions};
use crate::store::{LogStore, SqliteStore, Write, WriteBatch, copy_database};

const REFILL_HOURS: u32 = 72;
const HOUR: i64 = 60 * 60 * 1000;

/// Put a backup into an empty data folder
///
/// Every workspace gets a new epoch, so that phones compare what they have with what the backup
/// holds and give back what is newer, their own and what they have read of others': an old backup
/// loses nothing that a phone still has. For the hours of --refill-hours what cannot be judged yet,
/// because what it rests on is still on another phone, waits.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that `caravan backup` wrote
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
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
    let until = clock::now().plus_millis(i64::from(args.refill_hours) * HOUR);
    let workspaces = renew(&SqliteStore::open(&to.database())?, until).await?;
    let refill_hours = args.refill_hours;
    tracing::info!(
        workspaces,
        photos = copied,
        refill_hours,
        "the backup is restored"
    );
    Ok(())
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
                }),
            ],
        };
        store.commit(batch).await?;
    }
    Ok(workspaces.len())
}
