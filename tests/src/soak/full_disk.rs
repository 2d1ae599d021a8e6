//! The relay's disk fills up under it. The disk is a small one of its own, in a mount namespace that
//! goes with the relay: nothing is mounted anywhere else.

use std::fmt;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use caravan_engine::Next;

use super::device::Device;
use super::relay::{Relay, RelayProgram, ready};
use crate::dice::Dice;

/// Of the relay's disk, in mebibytes.
const DISK: u64 = 8;
/// Writes before the disk is full, and so many again after.
const WRITES: usize = 20;
/// Pushes that are tried while it is full.
const TRIES: usize = 5;
/// A relay that has room again and does not say so by then is not going to.
const PATIENCE: Duration = Duration::from_secs(30);

/// What it came to; nothing acknowledged was lost, or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FullDisk {
    pub rounds: usize,
    /// Pushes that were tried while the disk was full; none was acknowledged.
    pub refused: usize,
    pub acknowledged: u64,
    /// From free space to `/readyz` 200, the longest.
    pub recovery: Duration,
}

impl fmt::Display for FullDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rounds,
            refused,
            acknowledged,
            recovery,
        } = self;
        write!(
            f,
            "disk full {rounds} times: {refused} pushes, none acknowledged, /readyz 503; ready again after at \
             most {} ms without a restart; {acknowledged} envelopes acknowledged in all, 0 lost",
            recovery.as_millis()
        )
    }
}

/// `None` where this system allows no mount namespace.
///
/// # Errors
/// What was acknowledged and lost, or that it did not recover.
pub async fn full_disk(
    program: &RelayProgram,
    seed: u64,
    rounds: usize,
) -> Result<Option<FullDisk>> {
    let Some(unshare) = unshare() else {
        return Ok(None);
    };
    let mount = tempfile::tempdir()?;
    let dice = Dice::new(seed);
    let mut command = Command::new("unshare");
    command
        .args(unshare)
        .args([
            "sh",
            "-c",
            "mount -t tmpfs -o size=$0 tmpfs \"$1\" && shift 2 && exec \"$@\"",
        ])
        .arg(format!("{DISK}m"))
        .arg(mount.path())
        .arg("--")
        .arg(&program.path);
    let mut relay = program.serve_within(command, mount.path())?;
    // The process's own view of its disk.
    let disk = PathBuf::from(format!(
        "/proc/{}/root{}",
        relay.id(),
        mount.path().display()
    ));
    let device = Device::found(&relay.address, relay.founding()?, &dice).await?;
    device.settle(&relay.address).await?;
    let mut came_to = FullDisk::default();
    for _ in 0..rounds {
        write_all(&device, &relay).await?;
        let filler = fill(&disk)?;
        came_to.refused += refused(&device, &relay).await?;
        fs::remove_file(filler)?;
        came_to.recovery = came_to.recovery.max(recovery(&relay).await?);
        device.settle(&relay.address).await?;
        came_to.rounds += 1;
        ensure!(relay.is_running()?, "the relay has gone");
    }
    write_all(&device, &relay).await?;
    came_to.acknowledged = device.written.get() - u64::from(device.engine.waiting());
    everything_is_there(&device, &relay, &dice).await?;
    ensure!(relay.panics() == 0, "the relay panicked");
    Ok(Some(came_to))
}

/// How this system makes a mount namespace, if it does.
fn unshare() -> Option<Vec<&'static str>> {
    let ways = [
        vec!["--mount"],
        vec!["--user", "--map-root-user", "--mount"],
    ];
    ways.into_iter().find(|way| {
        let tried = Command::new("unshare").args(way).arg("true").output();
        tried.is_ok_and(|tried| tried.status.success())
    })
}

async fn write_all(device: &Device, relay: &Relay) -> Result<()> {
    for _ in 0..WRITES {
        device.write().await?;
    }
    device.settle(&relay.address).await
}

/// Takes up every block that is left.
fn fill(disk: &Path) -> Result<PathBuf> {
    let path = disk.join("filler");
    let mut file = File::create(&path)?;
    for size in [64 * 1024, 4096, 1] {
        while file.write_all(&vec![0xa5; size]).is_ok() {}
    }
    Ok(path)
}

/// Pushes until the relay cannot write, then as often again; none may be acknowledged.
async fn refused(device: &Device, relay: &Relay) -> Result<usize> {
    // What the database has reserved already may still take a little.
    let mut waiting = 0;
    for _ in 0..10_000 {
        device.write().await?;
        waiting = device.engine.waiting();
        if !is_acknowledged(device, relay).await? {
            break;
        }
    }
    ensure!(waiting > 0, "the disk never was full");
    for _ in 0..TRIES {
        ensure!(ready(&relay.address).await? == 503, "ready on a full disk");
        device.write().await?;
        let acknowledged = is_acknowledged(device, relay).await?;
        ensure!(!acknowledged, "acknowledged on a full disk");
    }
    Ok(TRIES + 1)
}

async fn is_acknowledged(device: &Device, relay: &Relay) -> Result<bool> {
    let before = device.engine.waiting();
    let mut next = device.exchange(&relay.address).await?;
    // The challenge was used up by an exchange that the relay could not serve.
    if next == Next::BeginAgain {
        next = device.exchange(&relay.address).await?;
    }
    let after = device.engine.waiting();
    ensure!(
        after == 0 || after == before,
        "some of a push was acknowledged: {before} waited, {after} wait"
    );
    ensure!(
        after == 0 || matches!(next, Next::Trouble(_)),
        "not acknowledged, and the relay says {next:?}"
    );
    Ok(after == 0)
}

async fn recovery(relay: &Relay) -> Result<Duration> {
    let began = Instant::now();
    while ready(&relay.address).await? != 200 {
        ensure!(began.elapsed() < PATIENCE, "not ready with room again");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(began.elapsed())
}

/// A device that has nothing but what the relay has holds the same.
async fn everything_is_there(device: &Device, relay: &Relay, dice: &Dice) -> Result<()> {
    let links = device.links(1).await?;
    device.settle(&relay.address).await?;
    let token = links.first().context("one link was asked for")?;
    let fresh = Device::join(&relay.address, *token, dice).await?;
    // The log is out of sight in there: what is still being looked into is waited for.
    let began = Instant::now();
    loop {
        fresh.settle(&relay.address).await?;
        if fresh.heads().await? == device.heads().await? {
            return Ok(());
        }
        let patient = began.elapsed() < PATIENCE;
        ensure!(patient, "the relay has lost something");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
