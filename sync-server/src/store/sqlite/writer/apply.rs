//! One batch, written statement by statement. What breaks the order of the log is a conflict.

use caravan_domain::facts::FactKey;
use caravan_domain::id::{BlobHash, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::frame::Rejection;
use caravan_sync::relay::{LogEntry, SequencedFact, VisibilityChange};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::encode::encoded;
use crate::store::rows::{BlobRow, DeviceKey, SessionRow, TokenHash};
use crate::store::sqlite::convert::number;
use crate::store::{Conflict, StoreError, Write, WriteBatch};

pub(super) fn batch(connection: &Connection, batch: &WriteBatch) -> Result<(), StoreError> {
    let mut known = find(connection, batch.workspace)?;
    for write in &batch.writes {
        match write {
            Write::Workspace { epoch } => {
                if known.is_some() {
                    return Err(StoreError::Conflict(Conflict::WorkspaceExists));
                }
                execute(
                    connection,
                    "INSERT INTO workspaces (workspace, epoch) VALUES (?1, ?2)",
                    params![batch.workspace.0.as_bytes(), number(*epoch)],
                )?;
                known = Some(connection.last_insert_rowid());
            }
            Write::Founding { token, expires_at } => execute(
                connection,
                "INSERT OR REPLACE INTO foundings (token, expires_at) VALUES (?1, ?2)",
                params![token, expires_at.millis()],
            )?,
            Write::Founded(token) => use_founding(connection, token)?,
            within => {
                let id = known.ok_or(StoreError::Conflict(Conflict::NoWorkspace))?;
                write_within(connection, id, within)?;
            }
        }
    }
    Ok(())
}

fn write_within(connection: &Connection, id: i64, write: &Write) -> Result<(), StoreError> {
    match write {
        Write::Advance { from, to } => advance(connection, id, *from, *to),
        Write::Entry(entry) => insert_entry(connection, id, entry),
        Write::Quarantine { sequence, reason } => execute(
            connection,
            "UPDATE log SET refusal = ?3 WHERE workspace = ?1 AND seq = ?2",
            params![
                id,
                number(*sequence),
                encoded(&Rejection::Quarantined(*reason))
            ],
        ),
        Write::Release(upto) => execute(
            connection,
            "UPDATE workspaces SET released = max(released, ?2) WHERE id = ?1",
            params![id, number(*upto)],
        ),
        Write::Fact(fact) => put_fact(connection, id, fact),
        Write::EncryptedFact {
            key,
            value,
            sequence,
        } => put_value(connection, id, key, Some(value), *sequence),
        Write::Visibility(change) => put_visibility(connection, id, change),
        Write::EncryptedSnapshot {
            document,
            upto,
            bytes,
        } => execute(
            connection,
            "INSERT OR REPLACE INTO snapshots (workspace, document, upto, bytes)
             VALUES (?1, ?2, ?3, ?4)",
            params![id, document.to_bytes(), number(*upto), bytes],
        ),
        Write::ForgetBlob(hash) => forget_blob(connection, id, hash),
        Write::Credential(row) => execute(
            connection,
            "INSERT OR REPLACE INTO credentials (workspace, person, password)
             VALUES (?1, ?2, ?3)",
            params![id, row.person.0.as_bytes(), row.password],
        ),
        Write::DeviceKey(row) => put_device_key(connection, id, row),
        Write::Session { token, session } => put_session(connection, id, token, session),
        Write::Blob(row) => put_blob(connection, id, row),
        Write::BlobDocument { hash, document } => execute(
            connection,
            "INSERT OR IGNORE INTO blob_documents (workspace, hash, document)
             VALUES (?1, ?2, ?3)",
            params![id, hash.0, document.to_bytes()],
        ),
        Write::Epoch(epoch) => execute(
            connection,
            "UPDATE workspaces SET epoch = ?2 WHERE id = ?1",
            params![id, number(*epoch)],
        ),
        Write::Refill(refill) => execute(
            connection,
            "UPDATE workspaces SET refill_since = ?2, refill_until = ?3, facts_of = coalesce(?4, facts_of)
             WHERE id = ?1",
            params![
                id,
                number(refill.since),
                refill.until.millis(),
                refill.facts_of.map(Instant::millis)
            ],
        ),
        Write::EncryptedBase { document, bytes } => execute(
            connection,
            "INSERT INTO bases (workspace, document, bytes) VALUES (?1, ?2, ?3)",
            params![id, document.to_bytes(), bytes],
        ),
        Write::Witness(row) => execute(
            connection,
            "INSERT OR IGNORE INTO witnesses (workspace, device, signed, signature)
             VALUES (?1, ?2, ?3, ?4)",
            params![id, row.device.0.as_bytes(), row.signed, row.signature.0],
        ),
        Write::Share { device, share } => execute(
            connection,
            "INSERT OR IGNORE INTO shares (workspace, device, share) VALUES (?1, ?2, ?3)",
            params![id, device.0.as_bytes(), share],
        ),
        // Handled by the caller: the first do not need the workspace to exist, and the last come
        // encrypted.
        Write::Workspace { .. }
        | Write::Founding { .. }
        | Write::Founded(_)
        | Write::Snapshot(_)
        | Write::Base(_) => Ok(()),
    }
}

fn use_founding(connection: &Connection, token: &TokenHash) -> Result<(), StoreError> {
    let used = connection
        .prepare_cached("DELETE FROM foundings WHERE token = ?1")?
        .execute([token])?;
    match used {
        0 => Err(StoreError::Conflict(Conflict::LinkUsed)),
        _ => Ok(()),
    }
}

fn advance(connection: &Connection, id: i64, from: u64, to: u64) -> Result<(), StoreError> {
    let advanced = connection
        .prepare_cached("UPDATE workspaces SET head = ?3 WHERE id = ?1 AND head = ?2")?
        .execute(params![id, number(from), number(to)])?;
    match advanced {
        0 => Err(StoreError::Conflict(Conflict::Sequence)),
        _ => Ok(()),
    }
}

fn insert_entry(connection: &Connection, id: i64, entry: &LogEntry) -> Result<(), StoreError> {
    let inserted = connection
        .prepare_cached(
            "INSERT INTO log (workspace, seq, document, hash, device, device_seq, received_at,
                              refusal, envelope)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (workspace, device, device_seq) DO NOTHING",
        )?
        .execute(params![
            id,
            number(entry.sequence),
            entry.document.to_bytes(),
            entry.hash.0,
            entry.device.0.as_bytes(),
            number(entry.device_sequence),
            entry.received_at.millis(),
            entry.refusal.as_ref().map(encoded),
            entry.envelope,
        ])?;
    if inserted == 0 {
        return Err(StoreError::Conflict(Conflict::DeviceSequence));
    }
    Ok(())
}

fn put_fact(connection: &Connection, id: i64, fact: &SequencedFact) -> Result<(), StoreError> {
    let (key, value) = (&fact.change.key, &fact.change.fact);
    if let (FactKey::Erased(document), Some(_)) = (key, value) {
        execute(
            connection,
            "DELETE FROM snapshots WHERE workspace = ?1 AND document = ?2",
            params![id, document.to_bytes()],
        )?;
    }
    let value = value.as_ref().map(encoded);
    put_value(connection, id, key, value.as_deref(), fact.sequence)
}

fn put_value(
    connection: &Connection,
    id: i64,
    key: &FactKey,
    value: Option<&[u8]>,
    sequence: Sequence,
) -> Result<(), StoreError> {
    execute(
        connection,
        "INSERT OR REPLACE INTO facts (workspace, key, value, seq) VALUES (?1, ?2, ?3, ?4)",
        params![id, encoded(key), value, number(sequence)],
    )
}

fn put_visibility(
    connection: &Connection,
    id: i64,
    change: &VisibilityChange,
) -> Result<(), StoreError> {
    execute(
        connection,
        "INSERT OR REPLACE INTO visibility (workspace, person, document, gained, seq)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id,
            change.person.0.as_bytes(),
            change.document.to_bytes(),
            change.gained,
            number(change.sequence)
        ],
    )
}

fn put_device_key(connection: &Connection, id: i64, row: &DeviceKey) -> Result<(), StoreError> {
    let device = row.device.0.as_bytes();
    let held: Option<Vec<u8>> = connection
        .prepare_cached("SELECT key FROM device_keys WHERE workspace = ?1 AND device = ?2")?
        .query_row(params![id, device], |row| row.get(0))
        .optional()?;
    match held {
        Some(held) if held == row.key.0 => Ok(()),
        Some(_) => Err(StoreError::Conflict(Conflict::DeviceKey)),
        None => execute(
            connection,
            "INSERT INTO device_keys (workspace, device, key) VALUES (?1, ?2, ?3)",
            params![id, device, row.key.0],
        ),
    }
}

fn put_session(
    connection: &Connection,
    id: i64,
    token: &TokenHash,
    session: &SessionRow,
) -> Result<(), StoreError> {
    execute(
        connection,
        "DELETE FROM sessions WHERE workspace = ?1 AND device = ?2",
        params![id, session.device.0.as_bytes()],
    )?;
    execute(
        connection,
        "INSERT OR REPLACE INTO sessions (token, workspace, device, since)
         VALUES (?1, ?2, ?3, ?4)",
        params![
            token,
            id,
            session.device.0.as_bytes(),
            session.since.millis()
        ],
    )
}

fn put_blob(connection: &Connection, id: i64, row: &BlobRow) -> Result<(), StoreError> {
    execute(
        connection,
        "INSERT OR REPLACE INTO blobs (workspace, hash, size, media_type, received_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id,
            row.hash.0,
            number(row.size),
            row.media_type,
            row.received_at.millis()
        ],
    )
}

/// The rows of a picture that only erased documents show.
fn forget_blob(connection: &Connection, id: i64, hash: &BlobHash) -> Result<(), StoreError> {
    for table in ["blob_documents", "blobs"] {
        let sql = format!("DELETE FROM {table} WHERE workspace = ?1 AND hash = ?2");
        execute(connection, &sql, params![id, hash.0])?;
    }
    Ok(())
}

fn find(connection: &Connection, workspace: WorkspaceId) -> Result<Option<i64>, StoreError> {
    let id = connection
        .prepare_cached("SELECT id FROM workspaces WHERE workspace = ?1")?
        .query_row([workspace.0.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(id)
}

fn execute(
    connection: &Connection,
    statement: &str,
    values: impl rusqlite::Params,
) -> Result<(), StoreError> {
    connection.prepare_cached(statement)?.execute(values)?;
    Ok(())
}
