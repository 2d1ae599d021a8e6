//! A copy of the database as of one moment, made while the relay goes on working.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::connection::open_to_read;
use crate::store::StoreError;

/// Copies `from` into the new file `to`, and returns when it is durable.
///
/// # Errors
/// When `to` exists, `from` is no database, or the disk is full.
pub fn copy_database(from: &Path, to: &Path) -> Result<(), StoreError> {
    let connection = open_to_read(from)?;
    // The copy inherits it: without it the pages that are split on the way keep what stood in them, and
    // a key that is destroyed in the copy later would be left there.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    File::open(to)
        .and_then(|copy| copy.sync_all())
        .map_err(|error| StoreError::Folder(Arc::new(error)))
}
