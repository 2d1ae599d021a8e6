//! A relay on a port of its own, and devices that speak to it as a phone would.

mod client;
mod device;
mod socket;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use caravan_domain::id::{Id, WorkspaceId};
use caravan_relay::clock;
use caravan_relay::config::{
    Config, LimitConfig, LimitOptions, ListenOptions, StorageConfig, TlsFiles, WebConfig,
};
use caravan_relay::identity::hash_token;
use caravan_relay::merger::Merger;
use caravan_relay::relay::Relay;
use caravan_relay::routes;
use caravan_relay::server::{ReloadableTls, listen};
use caravan_relay::store::{LogStore, SqliteStore, Write, WriteBatch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) use client::{Answer, Client};
pub(crate) use device::{Device, client_document, join_request, mint, new_key, sign};
pub(crate) use socket::Socket;

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<dyn LogStore>,
    relay: Relay,
    stopping: CancellationToken,
    serving: JoinHandle<()>,
}

#[derive(Default)]
pub(crate) struct Setup {
    pub(crate) dist: Option<PathBuf>,
    pub(crate) tls: Option<TlsFiles>,
    pub(crate) limits: LimitOptions,
    /// One in this process, when none is given.
    pub(crate) merger: Option<Merger>,
}

impl Running {
    pub(crate) async fn start(data: &Path) -> Self {
        Self::with(data, Setup::default()).await
    }

    /// Whatever is received waits.
    pub(crate) async fn without_merger(data: &Path) -> Self {
        let merger = Some(Merger::child("/nowhere/caravan".into()));
        let setup = Setup {
            merger,
            ..Setup::default()
        };
        Self::with(data, setup).await
    }

    pub(crate) async fn with(data: &Path, setup: Setup) -> Self {
        let limits: LimitConfig = setup.limits.resolve();
        let config = Config {
            listen: ListenOptions {
                port: Some(0),
                ..ListenOptions::default()
            }
            .resolve()
            .unwrap(),
            storage: StorageConfig {
                data: data.to_owned(),
            },
            web: WebConfig { dist: setup.dist },
            limits: LimitConfig {
                drain: Duration::from_secs(2),
                ..limits
            },
        };
        let merger = setup.merger.unwrap_or_else(Merger::here);
        let tls = setup.tls.map(|files| ReloadableTls::load(files).unwrap());
        let store = Arc::new(SqliteStore::open(&config.storage.database()).unwrap());
        let listening = listen(config.listen.address, tls).await.unwrap();
        let address = listening.address().unwrap();
        let origins = config.listen.origins(address.port());
        let relay = Relay::start(store.clone(), &config, &origins, merger)
            .await
            .unwrap();
        let stopping = CancellationToken::new();
        let router = routes::router(relay.clone(), &config.limits);
        let drain = config.limits.drain;
        let (stop, serving_relay) = (stopping.clone(), relay.clone());
        let serving = tokio::spawn(async move {
            tokio::join!(
                listening.serve(router, stop.clone(), drain),
                serving_relay.drain_sockets(stop, drain),
            );
        });
        Self {
            address,
            store,
            relay,
            stopping,
            serving,
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// The token of a new link that founds a workspace.
    pub(crate) async fn founding_link(&self) -> [u8; 16] {
        let token = clock::random();
        let founding = Write::Founding {
            token: hash_token(&token),
            expires_at: clock::now().plus_millis(60_000),
        };
        let batch = WriteBatch {
            workspace: WorkspaceId(Id::ZERO),
            writes: vec![founding],
        };
        self.store.commit(batch).await.unwrap();
        token
    }

    /// A new workspace and the device of its first administrator.
    pub(crate) async fn founder(&self) -> Device {
        let token = self.founding_link().await;
        Device::found(self.client(), token).await
    }

    /// So many people, one device each, in the order in which `director` invited them.
    pub(crate) async fn joined<const N: usize>(&self, director: &mut Device) -> [Device; N] {
        let mut joined = Vec::new();
        for _ in 0..N {
            let token = director.invite().await;
            joined.push(Device::join(self.client(), token).await);
        }
        let Ok(joined) = joined.try_into() else {
            panic!("each invitation brings one device");
        };
        joined
    }

    /// The chores, too.
    pub(crate) fn tend(&self) {
        tokio::spawn(self.relay.clone().tend(self.stopping.clone()));
    }

    /// Makes snapshots; how many.
    pub(crate) async fn compact(&self) -> usize {
        let mut made = 0;
        for workspace in self.relay.workspaces().all() {
            made += workspace.compact_some().await.unwrap();
        }
        made
    }

    /// Everything that was received has been looked into.
    pub(crate) async fn settled(&self) {
        let waits = || {
            let mut workspaces = self.relay.workspaces().all().into_iter();
            workspaces.any(|it| it.look(|core| core.released() < core.position()))
        };
        while waits() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    pub(crate) async fn stop(self) {
        self.stopping.cancel();
        self.serving.await.unwrap();
    }
}
