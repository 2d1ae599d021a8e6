//! Between SQLite's signed integers and blobs and the domain's types.

use caravan_domain::document::DocumentId;
use caravan_domain::id::Id;
use rusqlite::Row;

use crate::store::StoreError;

/// SQLite has no unsigned integers; the bits are kept and come back by [`count`].
pub(super) const fn number(count: u64) -> i64 {
    count.cast_signed()
}

pub(super) fn count(row: &Row<'_>, column: usize) -> Result<u64, StoreError> {
    Ok(row.get::<_, i64>(column)?.cast_unsigned())
}

pub(super) fn id(row: &Row<'_>, column: usize) -> Result<Id, StoreError> {
    Ok(Id::from_bytes(row.get(column)?))
}

pub(super) fn document(row: &Row<'_>, column: usize) -> Result<DocumentId, StoreError> {
    let bytes = row.get_ref(column)?.as_blob();
    DocumentId::from_bytes(bytes.map_err(rusqlite::Error::from)?)
        .ok_or(StoreError::Damaged("document id"))
}
