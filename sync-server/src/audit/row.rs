//! What a row of a table comes to in 32 bytes: SHA-256 over its columns, each with its type and
//! length, so that no two rows look alike. Written from values, checked from what SQLite holds.

use ring::digest::{Context, SHA256};
use rusqlite::Row;
use rusqlite::types::ValueRef;

const NULL: u8 = 0;
const INTEGER: u8 = 1;
const BLOB: u8 = 2;
const TEXT: u8 = 3;
/// No column is of this type; a row that claims it must differ from all that were written.
const REAL: u8 = 4;

pub(super) struct RowDigest(Context);

impl RowDigest {
    pub(super) fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    pub(super) fn integer(mut self, value: i64) -> Self {
        self.0.update(&[INTEGER]);
        self.0.update(&value.to_be_bytes());
        self
    }

    pub(super) fn blob(self, bytes: &[u8]) -> Self {
        self.sized(BLOB, bytes)
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.sized(TEXT, text.as_bytes())
    }

    pub(super) fn blob_or_null(mut self, bytes: Option<&[u8]>) -> Self {
        match bytes {
            Some(bytes) => self.blob(bytes),
            None => {
                self.0.update(&[NULL]);
                self
            }
        }
    }

    pub(super) fn finish(self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.0.finish().as_ref());
        hash
    }

    fn sized(mut self, kind: u8, bytes: &[u8]) -> Self {
        self.0.update(&[kind]);
        self.0.update(&(bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }

    fn value(mut self, value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => self.blob_or_null(None),
            ValueRef::Integer(value) => self.integer(value),
            ValueRef::Blob(bytes) => self.blob(bytes),
            ValueRef::Text(bytes) => self.sized(TEXT, bytes),
            ValueRef::Real(value) => {
                self.0.update(&[REAL]);
                self.0.update(&value.to_bits().to_be_bytes());
                self
            }
        }
    }
}

/// Of the first `columns` columns.
pub(super) fn digest(row: &Row<'_>, columns: usize) -> rusqlite::Result<[u8; 32]> {
    let mut digest = RowDigest::new();
    for column in 0..columns {
        digest = digest.value(row.get_ref(column)?);
    }
    Ok(digest.finish())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn a_row_that_was_written_comes_to_the_same_when_it_is_read() {
        let connection = Connection::open_in_memory().unwrap();
        let sql = "SELECT 7, x'0102', NULL, 'abc'";
        let read = connection.query_row(sql, [], |row| digest(row, 4)).unwrap();
        let written = RowDigest::new().integer(7).blob(&[1, 2]);
        let written = written.blob_or_null(None).text("abc").finish();
        assert_eq!(read, written);
    }

    #[test]
    fn columns_do_not_run_into_each_other() {
        let one = RowDigest::new().blob(&[1, 2]).blob(&[]).finish();
        let other = RowDigest::new().blob(&[1]).blob(&[2]).finish();
        let text = RowDigest::new().text("\u{1}\u{2}").blob(&[]).finish();
        assert!(one != other && one != text);
    }
}
