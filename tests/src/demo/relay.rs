//! The relay in this process, on a free port of this machine: its router, its store, its limits
//! raised so far that one machine may be a whole team.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use caravan_domain::id::{Id, WorkspaceId};
use caravan_relay::config::{Config, LimitOptions, ListenOptions, StorageConfig, WebConfig};
use caravan_relay::identity::hash_token;
use caravan_relay::merger::Merger;
use caravan_relay::server::listen;
use caravan_relay::store::{LogStore, SqliteStore, Write, WriteBatch};
use caravan_relay::{clock, relay, routes};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const A_MINUTE: i64 = 60 * 1000;

pub struct Relay {
    address: SocketAddr,
    store: Arc<SqliteStore>,
    stopping: CancellationToken,
    serving: JoinHandle<()>,
}

impl Relay {
    /// # Errors
    /// When the folder cannot be used or no port is free.
    pub async fn start(data: &Path) -> Result<Self> {
        let many = Some(NonZeroU32::MAX);
        let listening = ListenOptions {
            port: Some(0),
            ..ListenOptions::default()
        };
        let limits = LimitOptions {
            joins_per_minute: many,
            sign_ins_per_minute: many,
            exchanges_per_second: many,
            ..LimitOptions::default()
        };
        let config = Config {
            listen: listening.resolve()?,
            storage: StorageConfig {
                data: data.to_owned(),
            },
            web: WebConfig { dist: None },
            limits: limits.resolve(),
        };
        let store = Arc::new(SqliteStore::open(&config.storage.database())?);
        let listening = listen(config.listen.address, None).await?;
        let address = listening.address()?;
        let origins = config.listen.origins(address.port());
        let relay = relay::Relay::start(store.clone(), &config, &origins, Merger::here()).await?;
        let stopping = CancellationToken::new();
        let router = routes::router(relay.clone(), &config.limits);
        let (stop, drain) = (stopping.clone(), config.limits.drain);
        let serving = tokio::spawn(async move {
            tokio::join!(
                listening.serve(router, stop.clone(), drain),
                relay.drain_sockets(stop, drain),
            );
        });
        Ok(Self {
            address,
            store,
            stopping,
            serving,
        })
    }

    /// `host:port`.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The token of a link that founds a workspace.
    pub(super) async fn founding_link(&self) -> Result<[u8; 16]> {
        let token = clock::random();
        let founding = Write::Founding {
            token: hash_token(&token),
            expires_at: clock::now().plus_millis(A_MINUTE),
        };
        let batch = WriteBatch {
            workspace: WorkspaceId(Id::ZERO),
            writes: vec![founding],
        };
        self.store.commit(batch).await?;
        Ok(token)
    }

    /// Returns when everything is on disk.
    ///
    /// # Errors
    /// When the relay had come to grief.
    pub async fn stop(self) -> Result<()> {
        self.stopping.cancel();
        Ok(self.serving.await?)
    }
}
