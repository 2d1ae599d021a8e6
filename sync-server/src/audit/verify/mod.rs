//! Checks everything that the Merkle log covers, from the database alone: no relay need run, and
//! nothing is written.
//!
//! In this order, for each workspace: the leaves lead to the root of every checkpoint; every row is
//! what its newest leaf says, and none is missing or too many; every envelope is its device's and
//! follows the one before it; every snapshot holds what the log holds.

mod checkpoints;
mod clocks;
mod content;
mod entries;
mod finding;
mod rows;
mod snapshots;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use caravan_domain::document::DocumentId;
use caravan_domain::id::{Id, WorkspaceId};
use caravan_sync::cursor::Sequence;
use rusqlite::{Connection, OptionalExtension};

pub use clocks::{Clocks, Offset};
pub use finding::{Damage, EnvelopeFault, Finding, Subject};

use super::checkpoint::Checkpoint;
use super::key::{PublicKey, RelayKey, SECRET};
use super::leaf::Kind;
use super::reach::{Reach, Reached};
use super::table::TABLES;
use crate::store::{
    ErasedList, Keys, StoreError, erased_by, keys_beside, newest_version, open_to_read,
};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Question {
    /// All of them when `None`.
    pub workspace: Option<WorkspaceId>,
    /// The relay's key as it was kept elsewhere; the one in the database when `None`.
    pub key: Option<PublicKey>,
    /// A checkpoint that was kept elsewhere: the log must have gone on from it.
    pub checkpoint: Option<Checkpoint>,
    /// The key store; by default the one beside the database, when there is one. Without it what is
    /// encrypted is compared with its leaves and not looked into.
    pub keys: Option<PathBuf>,
    /// How far a device's clock may be before the relay's to go unmentioned, in milliseconds.
    pub tolerance: i64,
}

impl Default for Question {
    /// All there is, by the key in the database, and a day for the clocks.
    fn default() -> Self {
        Self {
            workspace: None,
            key: None,
            checkpoint: None,
            keys: None,
            tolerance: 24 * 60 * 60 * 1000,
        }
    }
}

#[derive(Debug, Default)]
pub struct Report {
    /// The first damage first.
    pub findings: Vec<Finding>,
    pub workspaces: Vec<Examined>,
}

/// What was looked at in one workspace.
#[derive(Debug)]
pub struct Examined {
    pub workspace: WorkspaceId,
    pub entries: u64,
    /// Of the entries.
    pub refused: u64,
    /// Of the entries: their documents were erased, and what they held is gone.
    pub erased: u64,
    /// Of the entries: their keys were not given, so that nobody looked into them.
    pub locked: u64,
    /// Rows that follow from the entries: facts, keys, who may read what.
    pub rows: u64,
    pub snapshots: u64,
    pub checkpoints: u64,
    pub newest: Option<Checkpoint>,
    pub clocks: Clocks,
}

#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("there is no database at {0}")]
    NoDatabase(String),
    #[error("there is no workspace {0} in this database")]
    NoWorkspace(WorkspaceId),
    #[error("the database is of version {found}, and this relay reads version {expected}")]
    Version { found: u32, expected: u32 },
    #[error("the database cannot be read")]
    Unreadable(#[from] rusqlite::Error),
    #[error("a file beside the database cannot be read")]
    Reach(#[source] std::io::Error),
    #[error("the database cannot be opened")]
    Store(#[from] StoreError),
}

/// Examines a database and the file beside it.
///
/// # Errors
/// When there is nothing that can be examined.
pub fn verify(database: &Path, question: &Question) -> Result<Report, AuditError> {
    if !database.exists() {
        return Err(AuditError::NoDatabase(database.display().to_string()));
    }
    let (reached, whole) = Reach::read(database).map_err(AuditError::Reach)?;
    let folder = database.parent().unwrap_or(Path::new(""));
    let listed = ErasedList::read(&ErasedList::path(folder)).map_err(AuditError::Reach)?;
    let mut question = question.clone();
    let beside = keys_beside(database);
    question.keys = question.keys.or(beside.exists().then_some(beside));
    let question = &question;
    let mut report = look_into(&open_to_read(database)?, question, &listed)?;
    if !whole {
        report.findings.push(Finding::of_all(Damage::Reach));
    }
    for reached in reached {
        let asked = question
            .workspace
            .is_none_or(|asked| asked == reached.workspace);
        let examined = report.workspaces.iter();
        let mut newest = examined.filter(|examined| examined.workspace == reached.workspace);
        let newest = newest.next().and_then(|examined| examined.newest.as_ref());
        report
            .findings
            .extend(asked.then(|| behind(reached, newest)).flatten());
    }
    report.findings.sort_by_key(|finding| finding.place);
    Ok(report)
}

fn behind(reached: Reached, newest: Option<&Checkpoint>) -> Option<Finding> {
    let size = newest.map_or(0, |newest| newest.size);
    (size < reached.size).then_some(Finding {
        workspace: Some(reached.workspace),
        place: size,
        damage: Damage::Behind {
            found: newest.map_or(0, |newest| newest.sequence),
            reached: reached.sequence,
        },
    })
}

/// Examines what is in the database.
///
/// # Errors
/// When there is nothing that can be examined.
pub fn examine(connection: &Connection, question: &Question) -> Result<Report, AuditError> {
    look_into(connection, question, &ErasedList::default())
}

/// What is on the list was erased, too, after the database was copied.
fn look_into(
    connection: &Connection,
    question: &Question,
    listed: &ErasedList,
) -> Result<Report, AuditError> {
    let found = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found != newest_version() {
        return Err(AuditError::Version {
            found,
            expected: newest_version(),
        });
    }
    let mut report = Report::default();
    if let Some(damage) = pages(connection)? {
        report.findings.push(Finding::of_all(damage));
    }
    let Some(key) = key(connection, question)? else {
        report.findings.push(Finding::of_all(Damage::NoKey));
        return Ok(report);
    };
    let keys = question.keys.as_deref().map(Keys::open_to_read);
    let keys = keys.transpose()?;
    let mut erased = erased_by(connection).unwrap_or_default();
    erased.extend(listed.iter());
    let mut statement = connection
        .prepare("SELECT id, workspace, refill_since IS NOT NULL FROM workspaces ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let workspace = WorkspaceId(Id::from_bytes(row.get(1)?));
        if question.workspace.is_some_and(|asked| asked != workspace) {
            continue;
        }
        let work = Work {
            connection,
            question,
            key,
            keys: keys.as_ref(),
            erased: erased
                .iter()
                .filter(|line| line.workspace == workspace)
                .map(|line| line.document)
                .collect(),
            id: row.get(0)?,
            workspace,
            refilled: row.get(2)?,
            findings: Vec::new(),
        };
        let (examined, findings) = work.examine();
        report.workspaces.push(examined);
        report.findings.extend(findings);
    }
    let missing = |asked: &WorkspaceId| {
        let mut examined = report.workspaces.iter();
        !examined.any(|examined| examined.workspace == *asked)
    };
    if let Some(asked) = question.workspace.filter(missing) {
        return Err(AuditError::NoWorkspace(asked));
    }
    report.findings.sort_by_key(|finding| finding.place);
    Ok(report)
}

/// Whether SQLite finds its own pages whole.
fn pages(connection: &Connection) -> rusqlite::Result<Option<Damage>> {
    let told: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if told != "ok" {
        return Ok(Some(Damage::Database(told)));
    }
    let orphan = connection.query_row("PRAGMA foreign_key_check", [], |row| row.get(0));
    Ok(orphan.optional()?.map(Damage::Orphan))
}

fn key(connection: &Connection, question: &Question) -> rusqlite::Result<Option<PublicKey>> {
    if question.key.is_some() {
        return Ok(question.key);
    }
    let sql = "SELECT value FROM secrets WHERE name = ?1";
    let seed = connection.query_row(sql, [SECRET], |row| row.get(0));
    let key = |seed: [u8; 32]| RelayKey::from_seed(&seed).public();
    Ok(seed.optional()?.map(key))
}

/// One workspace while it is examined.
struct Work<'a> {
    connection: &'a Connection,
    question: &'a Question,
    key: PublicKey,
    keys: Option<&'a Keys>,
    erased: BTreeSet<DocumentId>,
    /// What stands for the workspace in the tables.
    id: i64,
    workspace: WorkspaceId,
    /// Restored once from a backup, and filled up by devices.
    refilled: bool,
    findings: Vec<Finding>,
}

impl Work<'_> {
    fn examine(mut self) -> (Examined, Vec<Finding>) {
        let mut tree = self.tree();
        let log = self.entries(&mut tree.rows);
        let mut rows = 0;
        for table in TABLES.iter().filter(|table| table.kind != Kind::Entry) {
            rows += self.rows(table, &mut tree.rows);
        }
        self.missing(tree.rows);
        let snapshots = self.snapshots();
        self.erased_keys();
        let examined = Examined {
            workspace: self.workspace,
            entries: log.entries,
            refused: log.refused,
            erased: log.erased,
            locked: log.locked,
            rows,
            snapshots,
            checkpoints: tree.checkpoints,
            newest: tree.newest,
            clocks: log.clocks,
        };
        (examined, self.findings)
    }

    fn found(&mut self, place: u64, damage: Damage) {
        self.findings.push(Finding {
            workspace: Some(self.workspace),
            place,
            damage,
        });
    }

    fn found_entry(&mut self, place: u64, sequence: Sequence, fault: EnvelopeFault) {
        self.found(place, Damage::Envelope { sequence, fault });
    }

    /// Hands out rows until the last or until one cannot be read, which is told.
    fn each(
        &mut self,
        what: &'static str,
        sql: &str,
        mut take: impl FnMut(&mut Self, &rusqlite::Row<'_>) -> rusqlite::Result<u64>,
    ) {
        let mut place = 0;
        let connection = self.connection;
        let outcome = (|| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([self.id])?;
            while let Some(row) = rows.next()? {
                place = take(self, row)?;
            }
            Ok::<_, rusqlite::Error>(())
        })();
        if let Err(error) = outcome {
            self.unreadable(place, what, &error);
        }
    }

    fn unreadable(&mut self, place: u64, what: &'static str, error: &rusqlite::Error) {
        let why = error.to_string();
        self.found(place, Damage::Unreadable { what, why });
    }
}
