//! The schema's history: one file per step, never changed once released. `user_version` counts the
//! steps a database has taken.

use rusqlite::Connection;

use super::{encrypting, seal};
use crate::store::{Keys, StoreError};

const STEPS: [&str; 9] = [
    include_str!("0001_log.sql"),
    include_str!("0002_identity.sql"),
    include_str!("0003_blobs.sql"),
    include_str!("0004_probe.sql"),
    include_str!("0005_released.sql"),
    include_str!("0006_merkle_log.sql"),
    include_str!("0007_encrypted.sql"),
    include_str!("0008_refill.sql"),
    include_str!("0009_rebuilt.sql"),
];

/// The step with which the Merkle log begins.
const MERKLE_LOG: usize = 5;
/// The step with which what people wrote is encrypted.
const ENCRYPTED: usize = 6;

/// The version this relay reads and writes.
#[must_use]
pub fn newest_version() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Takes the steps that are missing, all or none. A database of a newer relay is refused.
pub(super) fn migrate(connection: &mut Connection, keys: &Keys) -> Result<(), StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > newest_version() {
        return Err(StoreError::Newer(version));
    }
    let transaction = connection.transaction()?;
    for (place, step) in STEPS.iter().enumerate().skip(version as usize) {
        transaction.execute_batch(step)?;
        if place == MERKLE_LOG {
            seal::begin(&transaction)?;
        }
        if place == ENCRYPTED && version > 0 {
            encrypting::encrypt_all(&transaction, keys)?;
        }
    }
    // Only once the pages are clear of what was readable is the step taken: until then it begins again.
    let clears = (1..=ENCRYPTED).contains(&(version as usize));
    let reached = match clears {
        true => u32::try_from(ENCRYPTED).unwrap_or(u32::MAX),
        false => newest_version(),
    };
    transaction.pragma_update(None, "user_version", reached)?;
    transaction.commit()?;
    if clears {
        encrypting::clear_the_rest(connection)?;
        connection.pragma_update(None, "user_version", newest_version())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_migrates_once_and_stays() {
        let mut connection = Connection::open_in_memory().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys.db")).unwrap();
        migrate(&mut connection, &keys).unwrap();
        migrate(&mut connection, &keys).unwrap();
        let tables: u32 = connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert!(tables >= 12, "{tables} tables");
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys.db")).unwrap();
        connection.pragma_update(None, "user_version", 900).unwrap();
        assert!(matches!(
            migrate(&mut connection, &keys),
            Err(StoreError::Newer(900))
        ));
    }
}
