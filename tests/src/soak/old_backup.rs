//! The relay is restored from an old backup, and its devices give back what came after it.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::process::Command as Process;

use anyhow::{Context, Result, ensure};
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;
use caravan_domain::id::{ClientId, DeviceId, PersonId, WorkspaceId};
use caravan_domain::role::Role;
use caravan_port::ask::Ask;
use caravan_relay::store::{LogStore, SqliteStore};
use caravan_sync::relay::Limit;

use super::device::Device;
use super::relay::{Relay, RelayProgram};
use crate::dice::Dice;

/// Account managers beside the director; the last of them loses their phone.
const PEOPLE: usize = 3;
/// Rounds of everybody's work; the backup is taken after one of them.
const ROUNDS: usize = 5;
/// Writes of a device in a round.
const WRITES_MAX: usize = 4;
/// Rounds in which devices come back. More are no progress.
const RETURNS_MAX: usize = 30;

/// What it came to; everything came back, or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldBackup {
    pub restores: usize,
    /// In the log and not in the backup.
    pub lacking: usize,
    /// Of these, written by a device that is lost for ever, and given back by others.
    pub of_lost: usize,
    pub documents: usize,
}

impl fmt::Display for OldBackup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            restores,
            lacking,
            of_lost,
            documents,
        } = self;
        write!(
            f,
            "{restores} relays restored from a backup that lacked {lacking} acknowledged envelopes, {of_lost} of \
             them by a device that is gone: 0 lost, {documents} documents equal on every device"
        )
    }
}

/// # Errors
/// What was lost, or does not agree.
pub async fn old_backup(program: &RelayProgram, seed: u64, count: usize) -> Result<OldBackup> {
    let dice = Dice::new(seed);
    let mut came_to = OldBackup::default();
    for _ in 0..count {
        once(program, &dice, &mut came_to).await?;
    }
    Ok(came_to)
}

async fn once(program: &RelayProgram, dice: &Dice, came_to: &mut OldBackup) -> Result<()> {
    let data = tempfile::tempdir()?;
    let (before, after) = (data.path().join("before"), data.path().join("after"));
    let backup = data.path().join("backup");
    let relay = program.serve(&before)?;
    let mut devices = team(&relay, dice).await?;
    let (workspace, ..) = devices[0].engine.me().context("the device was wiped")?;
    let backed_up = dice.below(ROUNDS - 1);
    for round in 0..ROUNDS {
        work(&relay, &devices, dice).await?;
        if round == backed_up {
            let from = before.join("relay");
            cli(program, "backup", &[("--data", &from), ("--to", &backup)])?;
            hand_over(&relay, &devices).await?;
        }
    }
    for _ in 0..2 {
        for device in &devices {
            device.catch_up(&relay).await?;
        }
    }
    let expected = devices[0].heads().await?;
    let gone = devices.pop().context("somebody loses their phone")?;
    let (_, _, gone) = gone.engine.me().context("the device was wiped")?;
    let mut refused = Vec::new();
    for device in &devices {
        refused.push(device.needs_attention().await?);
    }
    relay.kill()?;
    let restored = after.join("relay");
    cli(
        program,
        "restore",
        &[("--data", &restored), ("--from", &backup)],
    )?;
    let old = counted(&before.join("relay"), workspace)?;
    let lacking: BTreeSet<_> = &old - &counted(&restored, workspace)?;
    let relay = program.serve(&after)?;
    come_back(&relay, workspace, &devices, dice).await?;
    agree(&relay, &devices, &refused, &expected).await?;
    relay.kill()?;
    let found = counted(&restored, workspace)?;
    let lost = old.difference(&found).next();
    ensure!(lost.is_none(), "{lost:?} was acknowledged and is lost");
    came_to.restores += 1;
    came_to.lacking += lacking.len();
    came_to.of_lost += lacking.iter().filter(|(device, _)| *device == gone).count();
    came_to.documents += expected.len();
    Ok(())
}

async fn team(relay: &Relay, dice: &Dice) -> Result<Vec<Device>> {
    let founder = Device::found(&relay.address, relay.founding()?, dice).await?;
    founder.settle(&relay.address).await?;
    let mut links = founder.links(1).await?;
    for _ in 0..PEOPLE {
        let roles = [Role::AccountManager].into();
        links.push(founder.invite(roles, None).await?);
    }
    founder.settle(&relay.address).await?;
    let mut devices = vec![founder];
    for token in links {
        let device = Device::join(&relay.address, token, dice).await?;
        device.settle(&relay.address).await?;
        devices.push(device);
    }
    Ok(devices)
}

/// Everybody writes and exchanges, in any order.
async fn work(relay: &Relay, devices: &[Device], dice: &Dice) -> Result<()> {
    for _ in 0..devices.len() {
        let device = dice.pick(devices).context("there are devices")?;
        for _ in 0..=dice.below(WRITES_MAX) {
            device.write().await?;
        }
        device.catch_up(relay).await?;
    }
    Ok(())
}

/// One who has clients loses one to another, who writes in it at once: with a right that the backup
/// does not know, on top of what it does not have.
async fn hand_over(relay: &Relay, devices: &[Device]) -> Result<()> {
    let [founder, _, from, to, ..] = devices else {
        anyhow::bail!("too few devices");
    };
    from.write_new().await?;
    from.write_new().await?;
    from.settle(&relay.address).await?;
    founder.catch_up(relay).await?;
    let (_, owner, _) = from.engine.me().context("the device was wiped")?;
    let client = client_of(founder, owner).context("they have one now")?;
    from.rename(client).await?;
    from.settle(&relay.address).await?;
    let (_, heir, _) = to.engine.me().context("the device was wiped")?;
    let assign = ClientCommand::Assign {
        clients: vec![client],
        owner: heir,
    };
    founder.catch_up(relay).await?;
    founder.run(Command::Client(assign)).await?;
    founder.settle(&relay.address).await?;
    to.catch_up(relay).await?;
    to.rename(client).await?;
    to.settle(&relay.address).await
}

fn client_of(device: &Device, owner: PersonId) -> Option<ClientId> {
    let facts = device.engine.settled();
    let mut grants = facts.grants.iter();
    grants.find_map(|(document, grant)| (grant.owner == owner).then(|| document.client())?)
}

/// One after the other in any order, again and again, until the log grows no more.
async fn come_back(
    relay: &Relay,
    workspace: WorkspaceId,
    devices: &[Device],
    dice: &Dice,
) -> Result<()> {
    let mut still = 0;
    for _ in 0..RETURNS_MAX {
        let newest = relay.newest(workspace)?;
        let first = dice.below(devices.len());
        for device in devices.iter().cycle().skip(first).take(devices.len()) {
            device.let_time_pass();
            device.settle(&relay.address).await?;
            device.refill(&relay.address).await?;
            device.catch_up(relay).await?;
        }
        still = if relay.newest(workspace)? == newest {
            still + 1
        } else {
            0
        };
        if still > 1 {
            return Ok(());
        }
    }
    anyhow::bail!("the relay is refilled for ever")
}

async fn agree(
    relay: &Relay,
    devices: &[Device],
    refused_before: &[usize],
    expected: &[(caravan_domain::document::DocumentId, Vec<[u8; 32]>)],
) -> Result<()> {
    for (device, before) in devices.iter().zip(refused_before) {
        device.catch_up(relay).await?;
        let view = device.engine.answer(&Ask::Sync).await?;
        ensure!(
            device.engine.waiting() == 0,
            "something still waits: {view:?}"
        );
        let refused = device.needs_attention().await?;
        ensure!(refused == *before, "something else was refused: {view:?}");
    }
    let founder = devices.first().context("somebody founded")?;
    ensure!(
        founder.heads().await? == expected,
        "a document is another one"
    );
    // Who comes in only now has nothing but what the relay has.
    let links = founder.links(1).await?;
    founder.settle(&relay.address).await?;
    let token = links.first().context("one link was asked for")?;
    let fresh = Device::join(&relay.address, *token, &Dice::new(7)).await?;
    fresh.catch_up(relay).await?;
    ensure!(
        fresh.heads().await? == expected,
        "the relay lacks something"
    );
    for device in devices {
        for (id, heads) in device.heads().await? {
            let same = expected.iter().any(|known| *known == (id, heads.clone()));
            ensure!(same, "{id} is another one on some device");
        }
    }
    Ok(())
}

/// What counts in the log of a relay that does not run.
fn counted(data: &Path, workspace: WorkspaceId) -> Result<BTreeSet<(DeviceId, u64)>> {
    let store = SqliteStore::open(&data.join("relay.sqlite"))?;
    let all = Limit {
        entries: usize::MAX,
        bytes: usize::MAX,
    };
    let entries = store.entries(workspace, 0, all)?;
    let counts = entries.iter().filter(|entry| entry.refusal.is_none());
    Ok(counts.map(|it| (it.device, it.device_sequence)).collect())
}

fn cli(program: &RelayProgram, command: &str, folders: &[(&str, &Path)]) -> Result<()> {
    let mut process = Process::new(&program.path);
    process.arg(command).env("CARAVAN_LOG", "warn");
    for (flag, folder) in folders {
        process.arg(flag).arg(folder);
    }
    let output = process.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command}: {said}");
    Ok(())
}
