//! One bit of the relay's files is another one when it starts again: anywhere in the database, in
//! its write-ahead log, or in the file beside them.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use caravan_domain::id::WorkspaceId;
use caravan_relay::audit::{Question, verify};
use caravan_relay::store::{LogStore, SqliteStore, StoreError};
use caravan_sync::relay::{Limit, LogEntry};

use super::relay::RelayProgram;
use super::written::{team, write};
use crate::dice::Dice;

const DATABASE: &str = "relay.sqlite";
const FILES: [&str; 3] = [DATABASE, "relay.sqlite-wal", "relay.reach"];

/// What it came to; nothing acknowledged was missing without a word, or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rot {
    pub flips: usize,
    /// In each of the files.
    pub in_file: [usize; 3],
    /// The relay would not start.
    pub refused: usize,
    /// It would, and `caravan audit verify` names what is wrong.
    pub named: usize,
    /// Of those, the ones after which something that was acknowledged is missing or another.
    pub named_losses: usize,
    /// Every acknowledged envelope is there, byte for byte.
    pub harmless: usize,
    pub entries: usize,
}

impl fmt::Display for Rot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            flips,
            in_file: [database, log, reach],
            refused,
            named,
            named_losses,
            harmless,
            entries,
        } = self;
        write!(
            f,
            "{flips} bits of the files of a killed relay with {entries} entries ({database} in the database, {log} in \
             the write-ahead log, {reach} beside): {refused} times the relay would not start, {named} times audit \
             verify named the damage ({named_losses} with an entry lost or changed), {harmless} times every \
             acknowledged envelope was there byte for byte; 0 lost without a word"
        )
    }
}

/// # Errors
/// What was lost without a word.
pub async fn rot(program: &RelayProgram, seed: u64, flips: usize) -> Result<Rot> {
    let data = tempfile::tempdir()?;
    let dice = Dice::new(seed);
    let whole = killed(program, data.path(), &dice).await?;
    let mut came_to = Rot {
        entries: whole.entries.len(),
        ..Rot::default()
    };
    for flip in 0..flips {
        // Most of the bytes are in the write-ahead log: half of the flips are in the database.
        let place = match flip % 32 {
            0 => 2,
            even if even % 2 == 0 => 0,
            _ => 1,
        };
        let bit = dice.below(whole.files[place].1.len() * 8);
        came_to.flips += 1;
        came_to.in_file[place] += 1;
        let outcome = whole.flipped(place, bit);
        let outcome = outcome.with_context(|| format!("bit {bit} of {}", FILES[place]))?;
        match outcome {
            Outcome::Refused => came_to.refused += 1,
            Outcome::Named { lost } => {
                came_to.named += 1;
                came_to.named_losses += usize::from(lost);
            }
            Outcome::Harmless => came_to.harmless += 1,
        }
    }
    Ok(came_to)
}

enum Outcome {
    Refused,
    Named { lost: bool },
    Harmless,
}

/// The files of a relay that was killed, and what it had acknowledged.
struct Whole {
    workspace: WorkspaceId,
    files: Vec<(&'static str, Vec<u8>)>,
    entries: Vec<LogEntry>,
}

/// Half of the log is in the database, the other half only in the write-ahead log.
async fn killed(program: &RelayProgram, data: &Path, dice: &Dice) -> Result<Whole> {
    let relay = program.serve(data)?;
    let devices = team(&relay, dice).await?;
    write(&relay, &devices).await?;
    relay.kill()?;
    let folder = data.join("relay");
    fold_in(&folder.join(DATABASE))?;
    let relay = program.serve(data)?;
    write(&relay, &devices).await?;
    relay.kill()?;
    let founder = devices.first().context("somebody founded")?;
    let (workspace, ..) = founder.engine.me().context("the device was wiped")?;
    let read = |name| Ok((name, fs::read(folder.join(name))?));
    let files = FILES.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let store = SqliteStore::open(&folder.join(DATABASE))?;
    let entries = entries(&store, workspace)?;
    let acknowledged: u64 = devices.iter().map(|device| device.written.get()).sum();
    ensure!(
        entries.len() as u64 == acknowledged,
        "something is lost already"
    );
    Ok(Whole {
        workspace,
        files,
        entries,
    })
}

/// Closing the last connection writes the log back into the database.
fn fold_in(database: &Path) -> Result<()> {
    let connection = rusqlite::Connection::open(database)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

impl Whole {
    fn flipped(&self, place: usize, bit: usize) -> Result<Outcome> {
        let folder = tempfile::tempdir()?;
        self.put(folder.path(), place, bit)?;
        let database: PathBuf = folder.path().join(DATABASE);
        let named = verify(&database, &Question::default());
        let named = named.map_or(true, |report| !report.findings.is_empty());
        // As it was: even looking may have tidied up.
        self.put(folder.path(), place, bit)?;
        let held = SqliteStore::open(&database).map(|store| entries(&store, self.workspace));
        let lost = match held {
            Err(_) => return Ok(Outcome::Refused),
            Ok(Ok(held)) => held != self.entries,
            Ok(Err(_)) => true,
        };
        ensure!(named || !lost, "acknowledged, gone, and nothing says so");
        Ok(match named {
            true => Outcome::Named { lost },
            false => Outcome::Harmless,
        })
    }

    fn put(&self, folder: &Path, place: usize, bit: usize) -> Result<()> {
        // What is left over from the last look is not of this database.
        for name in ["relay.sqlite-shm", "relay.sqlite-wal"] {
            if folder.join(name).exists() {
                fs::remove_file(folder.join(name))?;
            }
        }
        for (file, (name, bytes)) in self.files.iter().enumerate() {
            let mut bytes = bytes.clone();
            if file == place {
                bytes[bit / 8] ^= 1 << (bit % 8);
            }
            fs::write(folder.join(name), bytes)?;
        }
        Ok(())
    }
}

fn entries(store: &SqliteStore, workspace: WorkspaceId) -> Result<Vec<LogEntry>, StoreError> {
    let all = Limit {
        entries: usize::MAX,
        bytes: usize::MAX,
    };
    store.entries(workspace, 0, all)
}
