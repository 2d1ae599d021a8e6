//! `caravan rebuild`

use super::{CliError, link};
use crate::config::{ConfigFile, ListenOptions, StorageOptions};
use crate::store::SqliteStore;

/// Print a link with which a director's phone gives a workspace back to a relay that has lost everything
///
/// For when there is no backup: with one, `caravan restore` brings back more. The director opens the
/// link on the device that they used before, in the same browser. What the workspace decided is
/// taken from that device as it stands, so send the link to nobody else: whoever opens it says who
/// is who. Other phones then come back by themselves and bring what they have.
///
/// Works while the relay runs, for a workspace that it does not have. Give it the same --public-url (or --port) as `serve`.
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
    link::print(link::GIVE_BACK, &link::rebuild(&store, origin).await?)
}
