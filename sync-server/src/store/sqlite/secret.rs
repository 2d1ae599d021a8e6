//! Secrets of this relay that outlive restarts.

use rusqlite::{Connection, OptionalExtension};

use crate::store::StoreError;

/// The one that is kept under this name; `made` when there was none yet.
pub(super) fn kept(
    connection: &Connection,
    name: &str,
    made: [u8; 32],
) -> Result<[u8; 32], StoreError> {
    connection.execute(
        "INSERT INTO secrets (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING",
        (name, made),
    )?;
    let kept = connection
        .query_row("SELECT value FROM secrets WHERE name = ?1", [name], |row| {
            row.get(0)
        })
        .optional()?;
    kept.ok_or(StoreError::Damaged("secret"))
}
