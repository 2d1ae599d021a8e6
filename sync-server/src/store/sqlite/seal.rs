//! Keeps the Merkle log up with what is written: leaves with each batch, one checkpoint for each
//! workspace that a commit touches, and then the reach beside the database.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::sync::Arc;

use caravan_domain::id::WorkspaceId;
use rusqlite::{Connection, OptionalExtension, params};

use super::convert::{count, id, number};
use super::query::all;
use super::secret;
use crate::audit::{self, Checkpoint, Kind, Leaf, Ledger, Reach, Reached, RelayKey, TABLES};
use crate::clock;
use crate::store::{StoreError, Write, WriteBatch};

/// What outlives a commit.
#[derive(Debug)]
pub(super) struct Seal {
    key: RelayKey,
    reach: Reach,
}

impl Seal {
    /// Refuses a database that does not come up to what was acknowledged, or whose newest
    /// checkpoint is not what this relay signed.
    pub(super) fn open(connection: &Connection, database: &Path) -> Result<Self, StoreError> {
        let folder = |error| StoreError::Folder(Arc::new(error));
        // Before the database is asked: another process may be writing.
        let (reached, whole) = Reach::read(database).map_err(folder)?;
        if !whole {
            tracing::warn!("the file beside the database is damaged; it is written anew");
        }
        let seal = Self {
            key: key(connection)?,
            reach: Reach::open(database).map_err(folder)?,
        };
        let found = newest(connection, &seal.key)?;
        for reached in reached {
            let size = found.get(&reached.workspace).copied().unwrap_or_default();
            if size < reached.size {
                return Err(StoreError::Behind {
                    workspace: reached.workspace,
                    found: size,
                    reached: reached.size,
                });
            }
        }
        Ok(seal)
    }

    pub(super) fn begin(&self) -> Sealing<'_> {
        Sealing {
            key: &self.key,
            ledgers: BTreeMap::new(),
        }
    }

    /// After the commit. When it fails, the database holds all the same what it holds.
    pub(super) fn reached(&mut self, sealed: Vec<(i64, Reached)>) {
        for (place, reached) in sealed {
            if let Err(error) = self.reach.write(place.cast_unsigned(), reached) {
                tracing::warn!(%error, "the file beside the database could not be written");
            }
        }
    }
}

/// The ledgers that one commit touches.
pub(super) struct Sealing<'a> {
    key: &'a RelayKey,
    ledgers: BTreeMap<i64, Ledger>,
}

impl Sealing<'_> {
    /// Adds what a batch has written; nothing of it may be refused any more.
    pub(super) fn add(
        &mut self,
        connection: &Connection,
        batch: &WriteBatch,
    ) -> Result<(), StoreError> {
        let leaves: Vec<_> = batch.writes.iter().flat_map(Leaf::of).collect();
        let advances = batch
            .writes
            .iter()
            .any(|write| matches!(write, Write::Advance { .. }));
        if leaves.is_empty() && !advances {
            return Ok(());
        }
        let found = connection
            .prepare_cached("SELECT id, checkpoint, edge FROM workspaces WHERE workspace = ?1")?
            .query_row([batch.workspace.0.as_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let damaged = StoreError::Damaged("workspace");
        let (id, newest, edge): (i64, Option<Vec<u8>>, Option<Vec<u8>>) = found.ok_or(damaged)?;
        let ledger = match self.ledgers.entry(id) {
            Entry::Occupied(open) => open.into_mut(),
            Entry::Vacant(place) => {
                let founded = matches!(batch.writes.first(), Some(Write::Workspace { .. }));
                let ledger = match (newest, edge) {
                    (None, None) if founded => Some(Ledger::begin(batch.workspace)),
                    (Some(newest), Some(edge)) => Ledger::resume(batch.workspace, &newest, &edge),
                    _ => None,
                };
                place.insert(ledger.ok_or(StoreError::Damaged("checkpoint"))?)
            }
        };
        insert(connection, id, ledger, &leaves)
    }

    /// Signs what there is now; to be committed with it.
    pub(super) fn seal(self, connection: &Connection) -> Result<Vec<(i64, Reached)>, StoreError> {
        let mut sealed = Vec::with_capacity(self.ledgers.len());
        for (id, mut ledger) in self.ledgers {
            let sequence = connection
                .prepare_cached("SELECT head FROM workspaces WHERE id = ?1")?
                .query_row([id], |row| Ok(count(row, 0)))??;
            let checkpoint = ledger.seal(self.key, sequence, clock::now());
            let bytes = checkpoint.to_bytes();
            connection
                .prepare_cached("UPDATE workspaces SET checkpoint = ?2, edge = ?3 WHERE id = ?1")?
                .execute(params![id, bytes, ledger.edge()])?;
            if checkpoint.kept {
                connection
                    .prepare_cached(
                        "INSERT INTO checkpoints (workspace, size, bytes) VALUES (?1, ?2, ?3)",
                    )?
                    .execute(params![id, number(checkpoint.size), bytes])?;
            }
            sealed.push((id, Reached::from(&checkpoint)));
        }
        Ok(sealed)
    }
}

/// Makes the first leaves of what a database of an earlier relay holds.
pub(super) fn begin(connection: &Connection) -> Result<(), StoreError> {
    let key = key(connection)?;
    let sql = "SELECT id, workspace FROM workspaces ORDER BY id";
    let workspaces = all(connection, sql, [], |row| {
        Ok((row.get::<_, i64>(0)?, WorkspaceId(id(row, 1)?)))
    })?;
    let mut ledgers = BTreeMap::new();
    for (id, workspace) in workspaces {
        let mut ledger = Ledger::begin(workspace);
        // Bases came later: a database from then has none, and not even their table yet.
        for table in TABLES.iter().filter(|table| table.kind != Kind::Base) {
            let leaves = all(connection, table.rows, [id], |row| Ok(table.leaf(row)?))?;
            insert(connection, id, &mut ledger, &leaves)?;
        }
        ledgers.insert(id, ledger);
    }
    let sealing = Sealing { key: &key, ledgers };
    sealing.seal(connection).map(drop)
}

/// The log of one workspace while a migration writes rows anew.
pub(super) struct Rewriting {
    key: RelayKey,
    id: i64,
    ledger: Ledger,
}

impl Rewriting {
    pub(super) fn open(
        connection: &Connection,
        id: i64,
        workspace: WorkspaceId,
    ) -> Result<Self, StoreError> {
        let sql = "SELECT checkpoint, edge FROM workspaces WHERE id = ?1";
        let (newest, edge): (Vec<u8>, Vec<u8>) =
            connection.query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let ledger = Ledger::resume(workspace, &newest, &edge);
        Ok(Self {
            key: key(connection)?,
            id,
            ledger: ledger.ok_or(StoreError::Damaged("checkpoint"))?,
        })
    }

    pub(super) fn add(
        &mut self,
        connection: &Connection,
        leaves: &[Leaf],
    ) -> Result<(), StoreError> {
        insert(connection, self.id, &mut self.ledger, leaves)
    }

    pub(super) fn finish(self, connection: &Connection) -> Result<(), StoreError> {
        let ledgers = BTreeMap::from([(self.id, self.ledger)]);
        let key = &self.key;
        Sealing { key, ledgers }.seal(connection).map(drop)
    }
}

fn insert(
    connection: &Connection,
    id: i64,
    ledger: &mut Ledger,
    leaves: &[Leaf],
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO leaves (workspace, number, kind, key, content) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for leaf in leaves {
        let place = ledger.append(leaf);
        let kind = leaf.kind as i64;
        statement.execute(params![id, number(place), kind, leaf.key, leaf.content])?;
    }
    Ok(())
}

fn key(connection: &Connection) -> Result<RelayKey, StoreError> {
    let seed = secret::kept(connection, audit::SECRET, clock::random())?;
    Ok(RelayKey::from_seed(&seed))
}

/// How far each workspace has come by its newest checkpoint.
fn newest(
    connection: &Connection,
    key: &RelayKey,
) -> Result<BTreeMap<WorkspaceId, u64>, StoreError> {
    let sql = "SELECT workspace, checkpoint, edge FROM workspaces";
    let found = all(connection, sql, [], |row| {
        let workspace = WorkspaceId(id(row, 0)?);
        let damaged = StoreError::Damaged("checkpoint");
        let (newest, edge): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(1)?, row.get(2)?);
        let (newest, edge) = newest.zip(edge).ok_or(damaged.clone())?;
        let ledger = Ledger::resume(workspace, &newest, &edge).ok_or(damaged.clone())?;
        let newest = ledger
            .newest()
            .filter(|newest| newest.is_signed_by(&key.public()));
        Ok((workspace, newest.ok_or(damaged)?.size))
    })?;
    Ok(found.into_iter().collect())
}

/// The newest checkpoint of a workspace.
pub(super) fn checkpoint(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Option<Checkpoint>, StoreError> {
    let bytes: Option<Option<Vec<u8>>> = connection
        .prepare_cached("SELECT checkpoint FROM workspaces WHERE workspace = ?1")?
        .query_row([workspace.0.as_bytes()], |row| row.get(0))
        .optional()?;
    let read =
        |bytes: Vec<u8>| Checkpoint::from_bytes(&bytes).ok_or(StoreError::Damaged("checkpoint"));
    bytes.flatten().map(read).transpose()
}
