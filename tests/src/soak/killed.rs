//! The relay is killed in the middle of its commits, over and over, while devices push.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use caravan_domain::id::DeviceId;
use caravan_relay::store::{LogStore, SqliteStore};
use caravan_sync::relay::Limit;
use tokio::task::LocalSet;
use tokio::time::sleep;

use super::device::Device;
use super::relay::{Relay, RelayProgram};
use crate::dice::Dice;

const DEVICES: usize = 4;
/// Writes of a device before it exchanges.
const WRITES_MAX: usize = 4;
/// Exchanges by which it is measured how long one takes here.
const MEASURED: u32 = 10;
/// A kill comes within the time of so many exchanges.
const EXCHANGES_PER_KILL: u32 = 3;
/// Kills between two looks at everything.
const KILLS_PER_LOOK: usize = 100;

/// What it came to; nothing acknowledged was lost, or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Killed {
    pub kills: usize,
    /// Kills while a push was on its way or being committed.
    pub in_flight: usize,
    /// Of the pushes that were never answered, those that turned out to be durable: the relay died
    /// between commit and answer.
    pub unanswered_but_durable: usize,
    /// And those that were not, so that the device sent them again.
    pub unanswered_and_gone: usize,
    /// In the log, each once.
    pub envelopes: u64,
}

impl fmt::Display for Killed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kills,
            in_flight,
            unanswered_but_durable,
            unanswered_and_gone,
            envelopes,
        } = self;
        write!(
            f,
            "{kills} kills, {in_flight} with pushes in flight ({unanswered_but_durable} pushes durable but \
             unanswered, {unanswered_and_gone} gone and sent again); {envelopes} envelopes, each in the log \
             once; 0 acknowledged changes lost"
        )
    }
}

/// # Errors
/// What was lost, doubled, or does not agree.
pub async fn killed(program: &RelayProgram, seed: u64, kills: usize) -> Result<Killed> {
    let data = tempfile::tempdir()?;
    let dice = Dice::new(seed);
    let mut relay = program.serve(data.path())?;
    let devices = team(&relay, &dice).await?;
    let within = EXCHANGES_PER_KILL * time_of_exchange(&relay, &devices).await?;
    let mut came_to = Killed::default();
    while came_to.kills < kills {
        let flights = push_until_killed(relay, &devices, within, &dice).await?;
        came_to.kills += 1;
        came_to.in_flight += usize::from(!flights.is_empty());
        let durable = durable(data.path(), &devices)?;
        for flight in flights {
            match durable.contains(&flight) {
                true => came_to.unanswered_but_durable += 1,
                false => came_to.unanswered_and_gone += 1,
            }
        }
        relay = program.serve(data.path())?;
        if came_to.kills.is_multiple_of(KILLS_PER_LOOK) || came_to.kills == kills {
            agree(&relay, &devices, &dice).await?;
            came_to.envelopes = each_once(data.path(), &devices)?;
        }
    }
    Ok(came_to)
}

type Devices = Vec<Rc<Device>>;
/// The device and the sequence of its envelope.
type Pushed = (DeviceId, u64);

async fn team(relay: &Relay, dice: &Dice) -> Result<Devices> {
    let founder = Device::found(&relay.address, relay.founding()?, dice).await?;
    founder.settle(&relay.address).await?;
    let links = founder.links(DEVICES - 1).await?;
    founder.settle(&relay.address).await?;
    let mut devices = vec![Rc::new(founder)];
    for token in links {
        let device = Device::join(&relay.address, token, dice).await?;
        device.settle(&relay.address).await?;
        devices.push(Rc::new(device));
    }
    Ok(devices)
}

/// With every device at it, as it will be.
async fn time_of_exchange(relay: &Relay, devices: &Devices) -> Result<Duration> {
    let began = Instant::now();
    for _ in 0..MEASURED {
        for device in devices {
            device.write().await?;
        }
        let exchanges = devices.iter().map(|device| device.exchange(&relay.address));
        futures_util::future::try_join_all(exchanges).await?;
    }
    Ok(began.elapsed() / MEASURED)
}

/// The last envelope of each push that was on its way when the relay was killed.
async fn push_until_killed(
    relay: Relay,
    devices: &Devices,
    within: Duration,
    dice: &Dice,
) -> Result<Vec<Pushed>> {
    let local = LocalSet::new();
    let address: Rc<str> = relay.address.as_str().into();
    let dead = Rc::new(Cell::new(false));
    let pushing: Vec<_> = devices
        .iter()
        .map(|device| {
            let (address, dead, dice) = (address.clone(), dead.clone(), dice.clone());
            local.spawn_local(push(device.clone(), address, dead, dice))
        })
        .collect();
    let micros = usize::try_from(within.as_micros())?;
    let delay = Duration::from_micros(dice.below(micros) as u64);
    local
        .run_until(async move {
            sleep(delay).await;
            dead.set(true);
            relay.kill()?;
            let mut flights = Vec::new();
            for pushing in pushing {
                flights.extend(pushing.await??);
            }
            Ok(flights)
        })
        .await
}

/// Writes and exchanges until the relay is gone; what was on its way then.
async fn push(
    device: Rc<Device>,
    address: Rc<str>,
    dead: Rc<Cell<bool>>,
    dice: Dice,
) -> Result<Option<Pushed>> {
    while !dead.get() {
        for _ in 0..=dice.below(WRITES_MAX) {
            device.write().await?;
        }
        let last = device.written.get();
        let answered = device.exchange(&address).await;
        if answered.is_err() {
            let (_, _, id) = device.engine.me().context("the device was wiped")?;
            return Ok(Some((id, last)));
        }
    }
    Ok(None)
}

/// The last envelope of each device that is in the log of a relay that does not run.
fn durable(data: &Path, devices: &Devices) -> Result<BTreeSet<Pushed>> {
    let store = SqliteStore::open(&data.join("relay/relay.sqlite"))?;
    let mut found = BTreeSet::new();
    for device in devices {
        let (workspace, _, id) = device.engine.me().context("the device was wiped")?;
        let last = device.written.get();
        if store.pushed(workspace, id, last)?.is_some() {
            found.insert((id, last));
        }
    }
    Ok(found)
}

/// Every device, and one that comes in only now and has nothing but what the relay has, hold the
/// same.
async fn agree(relay: &Relay, devices: &Devices, dice: &Dice) -> Result<()> {
    for _ in 0..2 {
        for device in devices {
            device.catch_up(relay).await?;
        }
    }
    let founder = devices.first().context("somebody founded")?;
    let links = founder.links(1).await?;
    founder.settle(&relay.address).await?;
    let token = links.first().context("one link was asked for")?;
    let fresh = Device::join(&relay.address, *token, dice).await?;
    fresh.catch_up(relay).await?;
    let expected = fresh.heads().await?;
    for device in devices {
        let held = device.heads().await?;
        ensure!(held == expected, "a device holds what the relay has not");
        let rows = *device.engine.rows() == *fresh.engine.rows();
        ensure!(rows, "a device shows other rows");
    }
    Ok(())
}

/// Everything that was ever written is in the log, and nothing twice; how much it is.
fn each_once(data: &Path, devices: &Devices) -> Result<u64> {
    let store = SqliteStore::open(&data.join("relay/relay.sqlite"))?;
    let first = devices.first().context("somebody founded")?;
    let (workspace, ..) = first.engine.me().context("the device was wiped")?;
    let page = Limit {
        entries: 4096,
        bytes: usize::MAX,
    };
    let mut seen: BTreeSet<Pushed> = BTreeSet::new();
    let mut after = 0;
    loop {
        let entries = store.entries(workspace, after, page)?;
        let Some(last) = entries.last() else { break };
        after = last.sequence;
        for entry in &entries {
            let pushed = (entry.device, entry.device_sequence);
            ensure!(seen.insert(pushed), "{pushed:?} is in the log twice");
            ensure!(entry.refusal.is_none(), "{pushed:?} was refused");
        }
    }
    for device in devices {
        let (_, _, id) = device.engine.me().context("the device was wiped")?;
        let lost = (1..=device.written.get()).find(|sequence| !seen.contains(&(id, *sequence)));
        ensure!(lost.is_none(), "envelope {lost:?} of {id} is lost");
    }
    Ok(seen.len() as u64)
}
