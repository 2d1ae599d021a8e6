//! Clients are erased for good while the relay is killed at any moment; afterwards nothing of them is
//! left in its files or in its backups, and nothing of the others is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Program;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::command::Command;
use caravan_domain::document::DocumentId;
use caravan_domain::id::ClientId;
use caravan_relay::audit::{Question, verify};
use rusqlite::{Connection, OpenFlags};
use tokio::time::sleep;

use super::device::Device;
use super::raw;
use super::relay::{Relay, RelayProgram};
use crate::dice::Dice;

/// Names given by each device before each erasure, besides a new client.
const WRITTEN: usize = 3;
/// A kill comes within this time of the push that carries the decision.
const KILLED_WITHIN: usize = 60_000;
/// A backup is taken before every so many erasures.
const BACKUP_EVERY: usize = 10;
/// The founder's workspace: legitimately readable in the files.
const READABLE: &str = "Soak";

/// What it came to; or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasure {
    pub erased: usize,
    pub kept: usize,
    pub kills: usize,
    /// Kills after which the decision was not in the log yet, and was sent again.
    pub undecided: usize,
    pub backups: usize,
    pub names: usize,
    /// Bytes of files looked through.
    pub bytes: u64,
}

impl fmt::Display for Erasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            erased,
            kept,
            kills,
            undecided,
            backups,
            names,
            bytes,
        } = self;
        write!(
            f,
            "{erased} clients erased, {kills} kills ({undecided} before the decision was durable); {names} \
             names they had in {} KB of the relay's files and in {backups} backups after their keys were \
             destroyed: 0 hits, in the clear or with the keys; {kept} others, 0 lost",
            bytes / 1024
        )
    }
}

/// Every name that each client has ever had.
type Names = BTreeMap<ClientId, BTreeSet<String>>;

/// # Errors
/// What was left, or lost.
pub async fn erasure(program: &RelayProgram, seed: u64, erasures: usize) -> Result<Erasure> {
    let data = tempfile::tempdir()?;
    let dice = Dice::new(seed);
    let mut relay = program.serve(data.path())?;
    let founder = Device::found(&relay.address, relay.founding()?, &dice).await?;
    founder.settle(&relay.address).await?;
    let links = founder.links(1).await?;
    founder.settle(&relay.address).await?;
    let link = links.first().context("one link was asked for")?;
    let second = Device::join(&relay.address, *link, &dice).await?;
    second.settle(&relay.address).await?;
    let devices = [founder, second];
    let mut names = Names::new();
    let mut gone = BTreeSet::new();
    let mut keys = Vec::new();
    let mut came_to = Erasure::default();
    while came_to.erased < erasures {
        for device in &devices {
            device.create().await?;
            for _ in 0..WRITTEN {
                device.write().await?;
                note(device, &mut names);
            }
            device.catch_up(&relay).await?;
        }
        if came_to.erased.is_multiple_of(BACKUP_EVERY) {
            backup(program, data.path(), came_to.backups)?;
            came_to.backups += 1;
        }
        let [founder, _] = &devices;
        let there: Vec<_> = founder.names().into_keys().collect();
        let client = *dice.pick(&there).context("clients were written")?;
        keys.push(key_of(data.path(), client)?);
        let reason = ErasureReason::Asked;
        let erase = EraseClient { client, reason };
        founder
            .run(Command::Client(ClientCommand::Erase(erase)))
            .await?;
        gone.insert(client);
        came_to.erased += 1;
        let answered = exchange_until_killed(relay, founder, &dice).await?;
        came_to.kills += 1;
        relay = program.serve(data.path())?;
        let before = founder.engine.waiting();
        founder.settle(&relay.address).await?;
        came_to.undecided += usize::from(!answered && before > 0);
    }
    for _ in 0..2 {
        for device in &devices {
            device.catch_up(&relay).await?;
        }
    }
    // The chores remove what has no key any more.
    sleep(Duration::from_secs(3)).await;
    relay.kill()?;
    check_devices(&devices, &names, &gone)?;
    let (workspace, ..) = devices[0].engine.me().context("the device was wiped")?;
    let folders = (0..came_to.backups).map(|number| place(data.path(), number));
    let folders: Vec<_> = folders.collect();
    erase_keys(program, data.path(), &folders)?;
    let live = data.path().join("relay");
    // Before a store is opened, which would finish what is not done.
    for folder in folders.iter().chain([&live]) {
        check_keys(folder, &keys)?;
    }
    for folder in folders.iter().chain([&live]) {
        came_to.bytes += check_files(folder, &names, &gone)?;
        let log = raw::log(&folder.join("relay.sqlite"), workspace)?;
        let readable: Vec<u8> = log.into_iter().flat_map(|entry| entry.envelope).collect();
        let found = hits(&readable, &names, &gone);
        ensure!(found == 0, "{found} names can be read with the keys");
    }
    check_log(&live, workspace, &names, &gone)?;
    came_to.names = gone.iter().map(|client| names[client].len()).sum();
    came_to.kept = names.len() - gone.len();
    Ok(came_to)
}

/// The key of a client that the relay has.
fn key_of(data: &Path, client: ClientId) -> Result<[u8; 32]> {
    let path = data.join("relay/keys.db");
    let keys = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    keys.busy_timeout(Duration::from_secs(5))?;
    let holder = DocumentId::from(client).to_bytes();
    let sql = "SELECT key FROM keys WHERE holder = ?1";
    Ok(keys.query_row(sql, [holder], |row| row.get(0))?)
}

/// None of them is in any file.
fn check_keys(folder: &Path, keys: &[[u8; 32]]) -> Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let content = fs::read(entry.path())?;
            let mut keys = keys.iter();
            let found = keys.any(|key| memchr::memmem::find(&content, key).is_some());
            ensure!(!found, "a key is left in {}", entry.path().display());
        }
    }
    Ok(())
}

fn note(device: &Device, names: &mut Names) {
    for (client, name) in device.names() {
        names.entry(client).or_default().insert(name);
    }
}

/// Whether the relay had answered by then.
async fn exchange_until_killed(relay: Relay, device: &Device, dice: &Dice) -> Result<bool> {
    let address = relay.address.clone();
    let delay = Duration::from_micros(dice.below(KILLED_WITHIN) as u64);
    let (answered, killed) = tokio::join!(device.exchange(&address), async {
        sleep(delay).await;
        relay.kill()
    });
    killed?;
    Ok(answered.is_ok())
}

fn place(data: &Path, number: usize) -> PathBuf {
    data.join(format!("backup-{number}"))
}

fn backup(program: &RelayProgram, data: &Path, number: usize) -> Result<()> {
    let mut command = Program::new(&program.path);
    command.arg("backup").arg("--data").arg(data.join("relay"));
    command.arg("--to").arg(place(data, number));
    ensure!(command.output()?.status.success(), "there is no backup");
    Ok(())
}

fn erase_keys(program: &RelayProgram, data: &Path, folders: &[PathBuf]) -> Result<()> {
    let mut command = Program::new(&program.path);
    command
        .arg("erase-keys")
        .arg("--data")
        .arg(data.join("relay"));
    command.arg("--backup").args(folders);
    let done = command.output()?;
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    ensure!(done.status.success(), "the keys are still there: {told}");
    Ok(())
}

/// No device holds what was erased, and all hold the rest.
fn check_devices(devices: &[Device], names: &Names, gone: &BTreeSet<ClientId>) -> Result<()> {
    let expected: BTreeSet<_> = names.keys().filter(|id| !gone.contains(id)).collect();
    for device in devices {
        let held = device.names();
        let held: BTreeSet<_> = held.keys().collect();
        ensure!(held == expected, "a device holds other clients");
    }
    Ok(())
}

/// How many bytes there are.
fn check_files(folder: &Path, names: &Names, gone: &BTreeSet<ClientId>) -> Result<u64> {
    let mut bytes = 0;
    let mut readable = false;
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let content = fs::read(entry.path())?;
        bytes += content.len() as u64;
        readable |= memchr::memmem::find(&content, READABLE.as_bytes()).is_some();
        let found = hits(&content, names, gone);
        ensure!(found == 0, "{found} names in {}", entry.path().display());
    }
    ensure!(readable, "the search finds nothing at all");
    Ok(bytes)
}

fn hits(content: &[u8], names: &Names, gone: &BTreeSet<ClientId>) -> usize {
    let names = gone.iter().filter_map(|client| names.get(client)).flatten();
    names
        .filter(|name| memchr::memmem::find(content, name.as_bytes()).is_some())
        .count()
}

/// Every name of every other client can still be read, and the log is whole.
fn check_log(
    folder: &Path,
    workspace: caravan_domain::id::WorkspaceId,
    names: &Names,
    gone: &BTreeSet<ClientId>,
) -> Result<()> {
    let database = folder.join("relay.sqlite");
    let log = raw::log(&database, workspace)?;
    let readable: Vec<u8> = log.into_iter().flat_map(|entry| entry.envelope).collect();
    let kept = names.iter().filter(|(client, _)| !gone.contains(client));
    for name in kept.flat_map(|(_, names)| names) {
        let found = memchr::memmem::find(&readable, name.as_bytes());
        ensure!(found.is_some(), "{name} of another client is lost");
    }
    let report = verify(&database, &Question::default())?;
    let finding = report.findings.first();
    ensure!(finding.is_none(), "the audit finds {finding:?}");
    let erased: u64 = report.workspaces.iter().map(|it| it.erased).sum();
    ensure!(erased >= gone.len() as u64, "the audit sees no erasures");
    Ok(())
}
