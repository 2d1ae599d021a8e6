//! `caravan serve`

use std::io::Write;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::{CliError, link};
use crate::config::{
    Config, ConfigFile, LimitOptions, ListenOptions, Origin, StorageOptions, WebOptions,
};
use crate::merger::Merger;
use crate::relay::Relay;
use crate::routes;
use crate::server::{ReloadableTls, listen, stop_on_signals};
use crate::store::{LogStore, SqliteStore};

/// Serve the app and keep phones in step
///
/// Prints the address and, while there is no workspace, a link and a QR code for the first
/// administrator. SIGTERM and SIGINT let open requests finish; SIGHUP reads the certificate again.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    listen: ListenOptions,
    #[command(flatten)]
    storage: StorageOptions,
    #[command(flatten)]
    web: WebOptions,
    #[command(flatten)]
    limits: LimitOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    let config = Config {
        listen: args.listen.or(file.listen).resolve()?,
        storage: args.storage.or(file.storage).resolve(),
        web: args.web.or(file.web).resolve(),
        limits: args.limits.or(file.limits).resolve(),
    };
    let tls = config
        .listen
        .tls
        .clone()
        .map(ReloadableTls::load)
        .transpose()?;
    let store = Arc::new(SqliteStore::open(&config.storage.database())?);
    let listening = listen(config.listen.address, tls.clone()).await?;
    let origins = config.listen.origins(listening.address()?.port());
    let merger = Merger::child(std::env::current_exe()?);
    let relay = Relay::start(store.clone(), &config, &origins, merger).await?;
    announce(&*store, &origins).await?;

    let stopping = CancellationToken::new();
    tokio::spawn(stop_on_signals(stopping.clone(), tls));
    tokio::spawn(relay.clone().tend(stopping.clone()));
    let router = routes::router(relay.clone(), &config.limits);
    let drain = config.limits.drain;
    tokio::join!(
        listening.serve(router, stopping.clone(), drain),
        relay.drain_sockets(stopping, drain),
    );
    tracing::info!("stopped");
    Ok(())
}

async fn announce(store: &dyn LogStore, origins: &[Origin]) -> Result<(), CliError> {
    let Some(origin) = origins.first() else {
        return Ok(());
    };
    writeln!(std::io::stdout(), "\n  Caravan · 商队  {origin}")?;
    if store.workspaces()?.is_empty() {
        link::print(
            link::FIRST_ADMINISTRATOR,
            &link::found(store, origin).await?,
        )?;
    }
    Ok(())
}
