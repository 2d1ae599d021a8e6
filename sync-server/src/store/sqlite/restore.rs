//! What a core starts from, read from the tables once.

use caravan_domain::facts::{FactChange, FactKey};
use caravan_domain::id::{DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::envelope::Hash;
use caravan_sync::join::PublicKey;
use caravan_sync::relay::{
    LogEntry, Refill, Restored, RestoredDevice, SequencedFact, VisibilityChange,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::convert::{count, document, id};
use super::decrypt;
use super::query::{ENTRY, all, entry};
use crate::cipher;
use crate::store::encode::decoded;
use crate::store::{Held, Holder, Keys, Owner, StoreError};

/// Newest sequence, released, and of a refill: since, until, of when the facts are.
type Reached = (i64, i64, Option<i64>, Option<i64>, Option<i64>);

pub(super) fn restore(
    connection: &Connection,
    keys: &Keys,
    workspace: WorkspaceId,
) -> Result<Restored, StoreError> {
    // One transaction, so that all of it is of one moment.
    let connection = connection.unchecked_transaction()?;
    let reached: Option<Reached> = connection
        .query_row(
            "SELECT head, released, refill_since, refill_until, facts_of
             FROM workspaces WHERE workspace = ?1",
            [workspace.0.as_bytes()],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            },
        )
        .optional()?;
    let (position, released, since, until, facts_of) = reached.unwrap_or_default();
    let refill = since.zip(until).map(|(since, until)| Refill {
        since: since.cast_unsigned(),
        until: Instant::from_millis(until),
        facts_of: facts_of.map(Instant::from_millis),
    });
    let devices = match refill {
        None => devices(&connection, workspace)?,
        Some(_) => devices_with_gaps(&connection, workspace)?,
    };
    let refused = format!("{ENTRY} AND refusal IS NOT NULL");
    let mut refused = all(&connection, &refused, [workspace.0.as_bytes()], entry)?;
    for entry in &mut refused {
        decrypt(keys, workspace, entry)?;
    }
    Ok(Restored {
        position: position.cast_unsigned(),
        released: released.cast_unsigned(),
        facts: facts(&connection, keys, workspace)?,
        visibility: visibility(&connection, workspace)?,
        devices,
        refused: refused
            .iter()
            .filter_map(LogEntry::refused_change)
            .collect(),
        quarantined: refused.iter().filter_map(LogEntry::quarantined).collect(),
        refill,
    })
}

fn facts(
    connection: &Connection,
    keys: &Keys,
    of: WorkspaceId,
) -> Result<Vec<SequencedFact>, StoreError> {
    let sql = "SELECT seq, key, value
               FROM facts JOIN workspaces ON workspaces.id = facts.workspace
               WHERE workspaces.workspace = ?1 ORDER BY seq";
    all(connection, sql, [of.0.as_bytes()], |row| {
        let sequence = count(row, 0)?;
        let key: Vec<u8> = row.get(1)?;
        let key: FactKey = decoded("fact", &key)?;
        let value: Option<Vec<u8>> = row.get(2)?;
        let value = match (key.kept_with(), value) {
            (Some(document), Some(value)) => {
                let place = cipher::fact(of, document, sequence);
                decrypted_fact(keys, (of, Holder::Document(document)), &place, value)?
            }
            (_, value) => value,
        };
        Ok(SequencedFact {
            sequence,
            change: FactChange {
                key,
                fact: value.map(|value| decoded("fact", &value)).transpose()?,
            },
        })
    })
}

/// `None` when the document it is kept with was erased.
fn decrypted_fact(
    keys: &Keys,
    owner: Owner,
    place: &cipher::Place,
    value: Vec<u8>,
) -> Result<Option<Vec<u8>>, StoreError> {
    match keys.held(owner)? {
        Held::Destroyed => Ok(None),
        Held::Unknown => Err(StoreError::Damaged("fact")),
        Held::Key(key) => {
            let plain = key.decrypt(place, value);
            plain.map(Some).ok_or(StoreError::Damaged("fact"))
        }
    }
}

fn visibility(
    connection: &Connection,
    of: WorkspaceId,
) -> Result<Vec<VisibilityChange>, StoreError> {
    let sql = "SELECT seq, person, document, gained
               FROM visibility JOIN workspaces ON workspaces.id = visibility.workspace
               WHERE workspaces.workspace = ?1 ORDER BY seq";
    all(connection, sql, [of.0.as_bytes()], |row| {
        Ok(VisibilityChange {
            sequence: count(row, 0)?,
            person: PersonId(id(row, 1)?),
            document: document(row, 2)?,
            gained: row.get(3)?,
        })
    })
}

fn devices(connection: &Connection, of: WorkspaceId) -> Result<Vec<RestoredDevice>, StoreError> {
    // With one max() the other columns of an aggregate come from the row that holds it.
    let sql = "SELECT device_keys.device, key, coalesce(max(device_seq), 0), hash
               FROM device_keys JOIN workspaces ON workspaces.id = device_keys.workspace
               LEFT JOIN log ON log.workspace = device_keys.workspace
                            AND log.device = device_keys.device
               WHERE workspaces.workspace = ?1
               GROUP BY device_keys.device ORDER BY device_keys.device";
    all(connection, sql, [of.0.as_bytes()], |row| {
        let hash: Option<[u8; 32]> = row.get(3)?;
        Ok(RestoredDevice {
            device: DeviceId(id(row, 0)?),
            key: PublicKey(row.get(1)?),
            sequence: count(row, 2)?,
            hash: hash.map_or(Hash::NONE, Hash),
            ahead: Vec::new(),
        })
    })
}

/// Of a log that was restored once: a number may be missing below another. Only then every entry is
/// looked at.
fn devices_with_gaps(
    connection: &Connection,
    of: WorkspaceId,
) -> Result<Vec<RestoredDevice>, StoreError> {
    let mut devices = devices(connection, of)?;
    let sql = format!("{ENTRY} AND device = ?2 ORDER BY device_seq");
    let count_sql = "SELECT count(*) FROM log JOIN workspaces ON workspaces.id = log.workspace
                     WHERE workspaces.workspace = ?1 AND device = ?2";
    for known in &mut devices {
        let values = params![of.0.as_bytes(), known.device.0.as_bytes()];
        let entries: i64 = connection
            .prepare_cached(count_sql)?
            .query_row(values, |row| row.get(0))?;
        if entries.cast_unsigned() != known.sequence {
            let entries = all(connection, &sql, values, entry)?;
            let chain = entries.iter().map(LogEntry::link);
            *known = RestoredDevice::new(known.device, known.key.clone(), chain);
        }
    }
    Ok(devices)
}
