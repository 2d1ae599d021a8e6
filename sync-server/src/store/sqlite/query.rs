//! What is asked of the database. Each question is one statement, kept prepared.

use caravan_domain::document::DocumentId;
use caravan_domain::id::{BlobHash, DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::{Hash, Signature};
use caravan_sync::relay::{Limit, LogEntry};
use rusqlite::{Connection, Params, Row, params};

use super::convert::{count, document, id, number};
use crate::store::encode::decoded;
use crate::store::paged::Paged;
use crate::store::{BlobRow, Credential, SessionRow, StoreError, TokenHash, Witness, WorkspaceRow};

pub(super) fn workspaces(connection: &Connection) -> Result<Vec<WorkspaceRow>, StoreError> {
    let sql = "SELECT workspace, epoch, head FROM workspaces ORDER BY workspace";
    all(connection, sql, [], |row| {
        Ok(WorkspaceRow {
            workspace: WorkspaceId(id(row, 0)?),
            epoch: count(row, 1)?,
            head: count(row, 2)?,
        })
    })
}

/// Selects entries of one workspace; `entry` reads its rows.
pub(super) const ENTRY: &str =
    "SELECT seq, document, hash, device, device_seq, received_at, refusal, envelope
     FROM log JOIN workspaces ON workspaces.id = log.workspace
     WHERE workspaces.workspace = ?1";

pub(super) fn entry(row: &Row<'_>) -> Result<LogEntry, StoreError> {
    let refusal: Option<Vec<u8>> = row.get(6)?;
    Ok(LogEntry {
        sequence: count(row, 0)?,
        document: document(row, 1)?,
        hash: Hash(row.get(2)?),
        device: DeviceId(id(row, 3)?),
        device_sequence: count(row, 4)?,
        received_at: Instant::from_millis(row.get(5)?),
        refusal: refusal
            .map(|bytes| decoded("refusal", &bytes))
            .transpose()?,
        envelope: row.get(7)?,
    })
}

pub(super) fn entries(
    connection: &Connection,
    workspace: WorkspaceId,
    after: Sequence,
    limit: Limit,
    decrypt: impl Fn(&mut LogEntry) -> Result<(), StoreError>,
) -> Result<Vec<LogEntry>, StoreError> {
    let sql = format!("{ENTRY} AND seq > ?2 ORDER BY seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![workspace.0.as_bytes(), number(after)])?;
    let mut page = Paged::new(limit);
    while let Some(row) = rows.next()? {
        let mut entry = entry(row)?;
        decrypt(&mut entry)?;
        if !page.take(entry) {
            break;
        }
    }
    Ok(page.entries)
}

pub(super) fn document_entries(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
    after: Sequence,
) -> Result<Vec<LogEntry>, StoreError> {
    let values = params![workspace.0.as_bytes(), document.to_bytes(), number(after)];
    all(connection, &document_entries_sql(), values, entry)
}

/// Left to itself, SQLite takes the primary key for the order's sake and reads the whole log for
/// each document.
fn document_entries_sql() -> String {
    let entry = ENTRY.replace("FROM log", "FROM log INDEXED BY log_by_document");
    format!("{entry} AND document = ?2 AND seq > ?3 ORDER BY seq")
}

pub(super) fn pushed(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
    device_sequence: u64,
) -> Result<Option<LogEntry>, StoreError> {
    let sql = format!("{ENTRY} AND device = ?2 AND device_seq = ?3");
    let values = params![
        workspace.0.as_bytes(),
        device.0.as_bytes(),
        number(device_sequence)
    ];
    one(connection, &sql, values, entry)
}

pub(super) fn snapshot(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Option<(Sequence, Vec<u8>)>, StoreError> {
    let sql = "SELECT upto, bytes
               FROM snapshots JOIN workspaces ON workspaces.id = snapshots.workspace
               WHERE workspaces.workspace = ?1 AND document = ?2";
    let values = params![workspace.0.as_bytes(), document.to_bytes()];
    one(connection, sql, values, |row| {
        Ok((count(row, 0)?, row.get(1)?))
    })
}

pub(super) fn overgrown(
    connection: &Connection,
    workspace: WorkspaceId,
    entries: u32,
    limit: u32,
) -> Result<Vec<DocumentId>, StoreError> {
    let sql = "SELECT log.document
               FROM log JOIN workspaces ON workspaces.id = log.workspace
               LEFT JOIN snapshots ON snapshots.workspace = log.workspace
                                  AND snapshots.document = log.document
               WHERE workspaces.workspace = ?1 AND seq > coalesce(upto, 0)
                 AND log.document >= x'01'
                 AND NOT EXISTS (SELECT 1 FROM facts WHERE facts.workspace = log.workspace
                                 AND key = CAST(x'0108' || log.document AS BLOB)
                                 AND value IS NOT NULL)
               GROUP BY log.document HAVING count(*) >= ?2
               ORDER BY log.document LIMIT ?3";
    let values = params![workspace.0.as_bytes(), entries, limit];
    all(connection, sql, values, |row| document(row, 0))
}

pub(super) fn credential(
    connection: &Connection,
    workspace: WorkspaceId,
    person: PersonId,
) -> Result<Option<Credential>, StoreError> {
    let sql = "SELECT person, password
               FROM credentials JOIN workspaces ON workspaces.id = credentials.workspace
               WHERE workspaces.workspace = ?1 AND person = ?2";
    let values = params![workspace.0.as_bytes(), person.0.as_bytes()];
    one(connection, sql, values, |row| {
        Ok(Credential {
            person: PersonId(id(row, 0)?),
            password: row.get(1)?,
        })
    })
}

pub(super) fn session(
    connection: &Connection,
    token: TokenHash,
) -> Result<Option<SessionRow>, StoreError> {
    let sql = "SELECT workspaces.workspace, device, since
               FROM sessions JOIN workspaces ON workspaces.id = sessions.workspace
               WHERE token = ?1";
    one(connection, sql, [token], |row| {
        Ok(SessionRow {
            workspace: WorkspaceId(id(row, 0)?),
            device: DeviceId(id(row, 1)?),
            since: Instant::from_millis(row.get(2)?),
        })
    })
}

pub(super) fn blob(
    connection: &Connection,
    workspace: WorkspaceId,
    hash: BlobHash,
) -> Result<Option<BlobRow>, StoreError> {
    let sql = "SELECT hash, size, media_type, received_at
               FROM blobs JOIN workspaces ON workspaces.id = blobs.workspace
               WHERE workspaces.workspace = ?1 AND hash = ?2";
    let values = params![workspace.0.as_bytes(), hash.0];
    one(connection, sql, values, |row| {
        Ok(BlobRow {
            hash: BlobHash(row.get(0)?),
            size: count(row, 1)?,
            media_type: row.get(2)?,
            received_at: Instant::from_millis(row.get(3)?),
        })
    })
}

pub(super) fn blob_documents(
    connection: &Connection,
    workspace: WorkspaceId,
    hash: BlobHash,
) -> Result<Vec<DocumentId>, StoreError> {
    let sql = "SELECT document
               FROM blob_documents JOIN workspaces ON workspaces.id = blob_documents.workspace
               WHERE workspaces.workspace = ?1 AND hash = ?2 ORDER BY document";
    let values = params![workspace.0.as_bytes(), hash.0];
    all(connection, sql, values, |row| document(row, 0))
}

pub(super) fn founding(
    connection: &Connection,
    token: TokenHash,
) -> Result<Option<Instant>, StoreError> {
    let sql = "SELECT expires_at FROM foundings WHERE token = ?1";
    one(connection, sql, [token], |row| {
        Ok(Instant::from_millis(row.get(0)?))
    })
}

pub(super) fn base(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT bytes FROM bases JOIN workspaces ON workspaces.id = bases.workspace
               WHERE workspaces.workspace = ?1 AND document = ?2";
    let values = params![workspace.0.as_bytes(), document.to_bytes()];
    one(connection, sql, values, |row| Ok(row.get(0)?))
}

pub(super) fn witnesses(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Vec<Witness>, StoreError> {
    let sql = "SELECT signed, signature
               FROM witnesses JOIN workspaces ON workspaces.id = witnesses.workspace
               WHERE workspaces.workspace = ?1 AND device = ?2 ORDER BY signed";
    let values = params![workspace.0.as_bytes(), device.0.as_bytes()];
    all(connection, sql, values, |row| {
        Ok(Witness {
            device,
            signed: row.get(0)?,
            signature: Signature(row.get(1)?),
        })
    })
}

pub(super) fn share(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Option<[u8; 32]>, StoreError> {
    let sql = "SELECT share FROM shares JOIN workspaces ON workspaces.id = shares.workspace
               WHERE workspaces.workspace = ?1 AND device = ?2";
    let values = params![workspace.0.as_bytes(), device.0.as_bytes()];
    one(connection, sql, values, |row| Ok(row.get(0)?))
}

pub(super) fn all<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn one<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    rows.next()?.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::super::migrations;
    use super::*;
    use crate::store::Keys;

    #[test]
    fn one_document_is_found_without_reading_the_others() {
        let mut connection = Connection::open_in_memory().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys.db")).unwrap();
        migrations::migrate(&mut connection, &keys).unwrap();
        let sql = format!("EXPLAIN QUERY PLAN {}", document_entries_sql());
        let values = params![[0u8; 16], [0u8; 17], 0];
        let plan: Vec<String> = all(&connection, &sql, values, |row| Ok(row.get(3)?)).unwrap();
        let searched =
            "SEARCH log USING INDEX log_by_document (workspace=? AND document=? AND seq>?)";
        assert!(plan.iter().any(|step| step == searched), "{plan:?}");
        assert!(
            !plan.iter().any(|step| step.contains("TEMP B-TREE")),
            "{plan:?}"
        );
    }
}
