//! `caravan invite-admin`

use super::{CliError, link};
use crate::config::{ConfigFile, ListenOptions, StorageOptions};
use crate::store::SqliteStore;

/// Print a link with which somebody founds a new workspace and becomes its first administrator
///
/// Works while the relay runs. Give it the same --public-url (or --port) as `serve`, because the
/// link begins with it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    listen: ListenOptions,
    #[command(flatten)]
    storage: StorageOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    let listen = args.listen.or(file.listen).resolve()?;
    let storage = args.storage.or(file.storage).resolve();
    let store = SqliteStore::open(&storage.database())?;
    let origins = listen.origins(listen.address.port());
    let origin = origins.first().ok_or("no address is configured")?;
    link::print(
        link::FIRST_ADMINISTRATOR,
        &link::found(&store, origin).await?,
    )
}
