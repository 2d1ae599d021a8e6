//! A database with some of everything in it, made by a real relay and real devices.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, Id, WorkspaceId};
use caravan_relay::merger::Merger;
use caravan_relay::metrics::Metrics;
use caravan_relay::store::{DeviceKey as HeldKey, LogStore, SqliteStore, Write, WriteBatch};
use caravan_relay::workspace::Workspaces;
use caravan_sync::envelope::{Envelope, Hash, Payload, Signature};
use caravan_sync::frame::Rejection;
use caravan_sync::join::PublicKey;
use caravan_sync::relay::LogEntry;

use super::device::Device;
use super::relay::{Relay, RelayProgram};
use crate::dice::Dice;
use crate::native::{DeviceKey, now};

const DEVICES: usize = 3;
const ROUNDS: usize = 12;
/// Writes of a device in a round.
const WRITES: usize = 5;
/// Of one document: enough for a snapshot.
const RENAMED: usize = 70;

/// Where it is; the relay has been killed, and its write-ahead log gone into the database.
pub(super) async fn written(program: &RelayProgram, data: &Path, dice: &Dice) -> Result<PathBuf> {
    let relay = program.serve(data)?;
    let devices = team(&relay, dice).await?;
    let founder = devices.first().context("somebody founded")?;
    for _ in 0..RENAMED {
        founder.write_to_first().await?;
    }
    write(&relay, &devices).await?;
    let (workspace, ..) = founder.engine.me().context("the device was wiped")?;
    relay.kill()?;
    let database = data.join("relay/relay.sqlite");
    let store = Arc::new(SqliteStore::open(&database)?);
    refuse(&*store, workspace, dice).await?;
    let metrics = Arc::<Metrics>::default();
    let workspaces = Workspaces::open(store, metrics, Merger::here()).await?;
    for workspace in workspaces.all() {
        // Once all of it was looked into.
        while workspace.compact_some().await? == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    Ok(database)
}

pub(super) async fn team(relay: &Relay, dice: &Dice) -> Result<Vec<Device>> {
    let founder = Device::found(&relay.address, relay.founding()?, dice).await?;
    founder.settle(&relay.address).await?;
    let links = founder.links(DEVICES - 1).await?;
    founder.settle(&relay.address).await?;
    let mut devices = vec![founder];
    for token in links {
        let device = Device::join(&relay.address, token, dice).await?;
        device.settle(&relay.address).await?;
        devices.push(device);
    }
    Ok(devices)
}

/// Everything is acknowledged when it returns.
pub(super) async fn write(relay: &Relay, devices: &[Device]) -> Result<()> {
    for _ in 0..ROUNDS {
        for device in devices {
            for _ in 0..WRITES {
                device.write().await?;
            }
            device.settle(&relay.address).await?;
        }
    }
    Ok(())
}

/// An entry that is kept as evidence, as the relay writes it down.
async fn refuse(store: &dyn LogStore, workspace: WorkspaceId, dice: &Dice) -> Result<()> {
    let key = DeviceKey::generate()?;
    let device = DeviceId(Id::mint(now(), dice.bytes()));
    let mut envelope = Envelope {
        document: DocumentId::WORKSPACE,
        device,
        sequence: 1,
        previous: Hash::NONE,
        written_at: now(),
        payload: Payload::Decision(vec![0xff; 8]),
        signature: Signature([0; 64]),
    };
    envelope.signature = key.sign(&envelope.signed_bytes(workspace)?)?;
    let rows = store.workspaces()?;
    let from = rows.iter().find(|row| row.workspace == workspace);
    let from = from.context("the workspace is there")?.head;
    let entry = LogEntry {
        sequence: from + 1,
        document: envelope.document,
        hash: envelope.hash(workspace)?,
        device,
        device_sequence: 1,
        received_at: now(),
        refusal: Some(Rejection::Malformed),
        envelope: envelope.to_bytes(),
    };
    let held = HeldKey {
        device,
        key: PublicKey(key.public()),
    };
    let to = from + 1;
    let writes = vec![
        Write::Advance { from, to },
        Write::DeviceKey(held),
        Write::Entry(entry),
    ];
    Ok(store.commit(WriteBatch { workspace, writes }).await?)
}
