//! Between the tables and the keys. Takes a database from before there were any: every envelope of a document is encrypted where it stands,
//! with one more leaf in the Merkle log for what is there now; the older leaf stays as evidence of what
//! was there before. Snapshots are derived and are made anew.

use caravan_domain::document::DocumentId;
use caravan_domain::id::WorkspaceId;
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::Snapshot;
use caravan_sync::relay::{Limit, LogEntry, StoredSnapshot};
use rusqlite::{Connection, params};

use super::convert::{self, id, number};
use super::query::{self, all};
use super::seal;
use crate::audit::Leaf;
use crate::cipher;
use crate::store::encode::decoded;
use crate::store::{Held, Holder, Keys, StoreError, Write};

/// Of the log in memory at once.
const PAGE: Limit = Limit {
    entries: 1024,
    bytes: 16 << 20,
};

/// What is encrypted already is left alone, so that a migration that was cut can begin again.
pub(super) fn encrypt_all(connection: &Connection, keys: &Keys) -> Result<(), StoreError> {
    connection.execute("DELETE FROM snapshots", [])?;
    let sql = "SELECT id, workspace FROM workspaces ORDER BY id";
    let workspaces = all(connection, sql, [], |row| {
        Ok((row.get::<_, i64>(0)?, WorkspaceId(id(row, 1)?)))
    })?;
    for (id, workspace) in workspaces {
        let mut rewriting = seal::Rewriting::open(connection, id, workspace)?;
        let mut after = 0;
        loop {
            let page = query::entries(connection, workspace, after, PAGE, |_| Ok(()))?;
            let Some(last) = page.last() else { break };
            after = last.sequence;
            let leaves = encrypt_page(connection, keys, id, workspace, page)?;
            rewriting.add(connection, &leaves)?;
        }
        rewriting.finish(connection)?;
    }
    Ok(())
}

fn encrypt_page(
    connection: &Connection,
    keys: &Keys,
    id: i64,
    workspace: WorkspaceId,
    mut page: Vec<LogEntry>,
) -> Result<Vec<Leaf>, StoreError> {
    page.retain(|entry| {
        cipher::is_kept_secret(entry.document) && entry.envelope.first() != Some(&cipher::VERSION)
    });
    let owner = |entry: &LogEntry| (workspace, Holder::Document(entry.document));
    let owners: Vec<_> = page.iter().map(owner).collect();
    keys.make(&owners)?;
    let mut update = connection
        .prepare_cached("UPDATE log SET envelope = ?3 WHERE workspace = ?1 AND seq = ?2")?;
    let mut leaves = Vec::with_capacity(page.len());
    for mut entry in page {
        let Held::Key(key) = keys.held(owner(&entry))? else {
            return Err(StoreError::Damaged("key"));
        };
        let place = cipher::entry(workspace, entry.document, entry.sequence);
        entry.envelope = key.encrypt(&place, &entry.envelope);
        update.execute(params![id, number(entry.sequence), entry.envelope])?;
        // The verdict has a leaf of its own, which stands.
        entry.refusal = None;
        leaves.extend(Leaf::of(&Write::Entry(entry)));
    }
    Ok(leaves)
}

/// `None` when the document was erased.
pub(super) fn read_snapshot(
    keys: &Keys,
    workspace: WorkspaceId,
    document: DocumentId,
    upto: Sequence,
    bytes: Vec<u8>,
) -> Result<Option<StoredSnapshot>, StoreError> {
    let damaged = StoreError::Damaged("snapshot");
    let plain = match keys.held((workspace, Holder::Document(document)))? {
        Held::Destroyed => return Ok(None),
        Held::Unknown => return Err(damaged),
        Held::Key(key) => key.decrypt(&cipher::snapshot(workspace, document, upto), bytes),
    };
    let snapshot = decoded("snapshot", &plain.ok_or(damaged)?)?;
    Ok(Some(StoredSnapshot { upto, snapshot }))
}

/// `None` when the document was erased.
pub(super) fn read_base(
    keys: &Keys,
    workspace: WorkspaceId,
    document: DocumentId,
    bytes: Vec<u8>,
) -> Result<Option<Snapshot>, StoreError> {
    let damaged = StoreError::Damaged("base");
    let plain = match keys.held((workspace, Holder::Document(document)))? {
        Held::Destroyed => return Ok(None),
        Held::Unknown => return Err(damaged),
        Held::Key(key) => key.decrypt(&cipher::base(workspace, document), bytes),
    };
    decoded("base", &plain.ok_or(damaged)?).map(Some)
}

/// Whether the keys are those of this database: of each workspace one document is asked.
pub(super) fn fits(connection: &Connection, keys: &Keys) -> Result<bool, StoreError> {
    let sql = "SELECT workspaces.workspace,
                      (SELECT document FROM log INDEXED BY log_by_document
                       WHERE log.workspace = workspaces.id AND document >= x'01'
                       ORDER BY document LIMIT 1) AS first
               FROM workspaces WHERE first IS NOT NULL";
    let owners = all(connection, sql, [], |row| {
        let owner = Holder::Document(convert::document(row, 1)?);
        Ok((WorkspaceId(id(row, 0)?), owner))
    })?;
    for owner in owners {
        if matches!(keys.held(owner)?, Held::Unknown) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The pages still hold what stood there before.
pub(super) fn clear_the_rest(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("VACUUM")?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
