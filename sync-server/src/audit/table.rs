//! The tables whose rows are leaves, as they are read back: key columns first, in the order in
//! which [`Leaf`] takes a row's columns.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::leaf::{Kind, Leaf};
use super::row::digest;

pub(crate) struct Table {
    pub(crate) kind: Kind,
    /// Rows of the workspace that a small integer stands for, in the order of their keys.
    pub(crate) rows: &'static str,
    keys: usize,
    columns: usize,
}

pub(crate) const TABLES: [Table; 9] = [
    Table {
        kind: Kind::Epoch,
        rows: "SELECT epoch FROM workspaces WHERE id = ?1",
        keys: 0,
        columns: 1,
    },
    Table {
        kind: Kind::Entry,
        rows: "SELECT seq, document, hash, device, device_seq, received_at, envelope, refusal
               FROM log WHERE workspace = ?1 ORDER BY seq",
        keys: 1,
        columns: 7,
    },
    Table {
        kind: Kind::Refusal,
        rows: "SELECT seq, refusal FROM log
               WHERE workspace = ?1 AND refusal IS NOT NULL ORDER BY seq",
        keys: 1,
        columns: 2,
    },
    Table {
        kind: Kind::Fact,
        rows: "SELECT key, value, seq FROM facts WHERE workspace = ?1 ORDER BY key",
        keys: 1,
        columns: 3,
    },
    Table {
        kind: Kind::Visibility,
        rows: "SELECT person, document, gained, seq FROM visibility
               WHERE workspace = ?1 ORDER BY person, document",
        keys: 2,
        columns: 4,
    },
    Table {
        kind: Kind::DeviceKey,
        rows: "SELECT device, key FROM device_keys WHERE workspace = ?1 ORDER BY device",
        keys: 1,
        columns: 2,
    },
    Table {
        kind: Kind::Snapshot,
        rows: "SELECT document, upto, bytes FROM snapshots WHERE workspace = ?1 ORDER BY document",
        keys: 1,
        columns: 3,
    },
    Table {
        kind: Kind::Credential,
        rows: "SELECT person, password FROM credentials WHERE workspace = ?1 ORDER BY person",
        keys: 1,
        columns: 2,
    },
    Table {
        kind: Kind::Base,
        rows: "SELECT document, bytes FROM bases WHERE workspace = ?1 ORDER BY document",
        keys: 1,
        columns: 2,
    },
];

impl Table {
    /// Its rows, in words.
    pub(crate) fn what(&self) -> &'static str {
        match self.kind {
            Kind::Epoch => "epochs",
            Kind::Entry => "entries",
            Kind::Refusal => "verdicts",
            Kind::Fact => "facts",
            Kind::Visibility => "rows of who may read what",
            Kind::DeviceKey => "device keys",
            Kind::Snapshot => "snapshots",
            Kind::Credential => "passwords",
            Kind::Base => "documents that the log was rebuilt with",
        }
    }

    /// The leaf that the row should have.
    pub(crate) fn leaf(&self, row: &Row<'_>) -> rusqlite::Result<Leaf> {
        let mut key = Vec::new();
        for column in 0..self.keys {
            match row.get_ref(column)? {
                ValueRef::Integer(value) => key.extend(value.to_be_bytes()),
                ValueRef::Blob(bytes) | ValueRef::Text(bytes) => key.extend(bytes),
                // No key is of these types, and so no leaf has this one.
                ValueRef::Null | ValueRef::Real(_) => {}
            }
        }
        Ok(Leaf {
            kind: self.kind,
            key,
            content: digest(row, self.columns)?,
        })
    }
}
