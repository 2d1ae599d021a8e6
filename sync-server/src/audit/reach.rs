//! How far each workspace had come when something of it was last acknowledged, in a small file
//! beside the database.
//!
//! SQLite reads its write-ahead log up to the first frame that is not whole and takes the rest for
//! what a crash left undone: a damaged frame takes everything after it along, and what is left is
//! a sound database with fewer entries. Nothing inside can tell. This file is written after each
//! commit and before its answers, so a database that does not come up to it has lost something.
//!
//! It is not synced: the system writes it out in its own time, so that it costs no second wait for
//! the disk. After a power cut it may say less than the database holds, which does no harm, and
//! never more, because the commit was durable first.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use caravan_domain::id::{Id, WorkspaceId};
use caravan_sync::cursor::Sequence;
use ring::digest::{SHA256, digest};

use super::checkpoint::Checkpoint;

const VERSION: u8 = 1;
/// A slot is: version, workspace, size and sequence big-endian, room; and the first bytes of their
/// SHA-256. It lies within one sector.
const SLOT: usize = 64;
const BODY: usize = 48;
/// A file with more slots than this is none.
const SLOTS_MAX: u64 = 1 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    pub(crate) workspace: WorkspaceId,
    /// Leaves of the tree.
    pub(crate) size: u64,
    pub(crate) sequence: Sequence,
}

impl From<&Checkpoint> for Reached {
    fn from(checkpoint: &Checkpoint) -> Self {
        Self {
            workspace: checkpoint.workspace,
            size: checkpoint.size,
            sequence: checkpoint.sequence,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Reach(File);

impl Reach {
    /// Beside the database.
    pub(crate) fn path(database: &Path) -> PathBuf {
        database.with_extension("reach")
    }

    pub(crate) fn open(database: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        Ok(Self(options.open(Self::path(database))?))
    }

    /// What the file beside the database says. A slot that cannot be read says nothing; whether
    /// there was one is told.
    pub(crate) fn read(database: &Path) -> io::Result<(Vec<Reached>, bool)> {
        let file = match File::open(Self::path(database)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), true)),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        file.take(SLOTS_MAX * SLOT as u64).read_to_end(&mut bytes)?;
        let (slots, rest) = bytes.as_chunks::<SLOT>();
        let used = slots.iter().filter(|slot| **slot != [0; SLOT]);
        let read: Vec<_> = used.map(decoded).collect();
        let whole = rest.is_empty() && read.iter().all(Option::is_some);
        Ok((read.into_iter().flatten().collect(), whole))
    }

    /// `place` is the number that stands for the workspace in the database.
    pub(crate) fn write(&mut self, place: u64, reached: Reached) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(place * SLOT as u64))?;
        self.0.write_all(&encoded(reached))
    }
}

fn encoded(reached: Reached) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    slot[0] = VERSION;
    slot[1..17].copy_from_slice(reached.workspace.0.as_bytes());
    slot[17..25].copy_from_slice(&reached.size.to_be_bytes());
    slot[25..33].copy_from_slice(&reached.sequence.to_be_bytes());
    let (body, check) = slot.split_at_mut(BODY);
    check.copy_from_slice(&digest(&SHA256, body).as_ref()[..SLOT - BODY]);
    slot
}

fn decoded(slot: &[u8; SLOT]) -> Option<Reached> {
    let number = |at: usize| {
        let bytes = slot[at..].first_chunk::<8>()?;
        Some(u64::from_be_bytes(*bytes))
    };
    let reached = Reached {
        workspace: WorkspaceId(Id::from_bytes(*slot[1..].first_chunk::<16>()?)),
        size: number(17)?,
        sequence: number(25)?,
    };
    (encoded(reached) == *slot).then_some(reached)
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    const REACHED: Reached = Reached {
        workspace: WorkspaceId(Id::from_bytes([7; 16])),
        size: 300,
        sequence: 200,
    };

    /// A slot of version 1 as it lies beside people's databases.
    #[test]
    fn what_version_1_wrote_is_still_read() {
        let written = concat!(
            "0107070707070707070707070707070707000000000000012c00000000000000",
            "c8000000000000000000000000000000fe2aefb3ee63f74eeeaf989fab3c54ef"
        );
        assert_eq!(HEXLOWER.encode(&encoded(REACHED)), written);
        let slot = HEXLOWER.decode(written.as_bytes()).unwrap();
        assert_eq!(decoded(&slot.try_into().unwrap()), Some(REACHED));
    }

    #[test]
    fn a_damaged_slot_says_nothing_and_the_others_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("relay.sqlite");
        assert_eq!(Reach::read(&database).unwrap(), (Vec::new(), true));
        let mut reach = Reach::open(&database).unwrap();
        let other = Reached { size: 1, ..REACHED };
        reach.write(1, other).unwrap();
        reach.write(3, REACHED).unwrap();
        assert_eq!(
            Reach::read(&database).unwrap(),
            (vec![other, REACHED], true)
        );
        let mut bytes = std::fs::read(Reach::path(&database)).unwrap();
        bytes[SLOT + 20] ^= 4;
        std::fs::write(Reach::path(&database), bytes).unwrap();
        assert_eq!(Reach::read(&database).unwrap(), (vec![REACHED], false));
    }
}
