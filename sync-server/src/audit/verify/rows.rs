//! Every row is what its newest leaf says.

use rusqlite::Row;

use super::Work;
use super::checkpoints::Recorded;
use super::finding::{Damage, Subject};
use crate::audit::leaf::{Kind, Leaf};
use crate::audit::table::Table;

impl Work<'_> {
    /// All rows of one table; how many.
    pub(super) fn rows(&mut self, table: &Table, recorded: &mut Recorded) -> u64 {
        let mut count = 0;
        self.each(table.what(), table.rows, |work, row| {
            count += 1;
            work.row(table, row, recorded)
        });
        count
    }

    /// Where the row's leaf is; the end when it has none.
    pub(super) fn row(
        &mut self,
        table: &Table,
        row: &Row<'_>,
        recorded: &mut Recorded,
    ) -> rusqlite::Result<u64> {
        let leaf = table.leaf(row)?;
        let Some(newest) = recorded.remove(&(leaf.kind, leaf.key.clone())) else {
            let subject = Subject::new(leaf.kind, leaf.key);
            self.found(u64::MAX, Damage::Unrecorded(subject));
            return Ok(u64::MAX);
        };
        if newest.content != leaf.content {
            let subject = Subject::new(leaf.kind, leaf.key);
            self.found(newest.number, Damage::Altered(subject));
        }
        Ok(newest.number)
    }

    /// What has a leaf and no row.
    pub(super) fn missing(&mut self, recorded: Recorded) {
        for ((kind, key), newest) in recorded {
            let may_be_gone = match kind {
                // Derived from the log: made again when it is needed.
                Kind::Snapshot => true,
                Kind::Refusal => is_lifted(&key, &newest.content),
                _ => false,
            };
            if !may_be_gone {
                let subject = Subject::new(kind, key);
                self.found(newest.number, Damage::Missing(subject));
            }
        }
    }
}

/// Whether the last verdict was that there is nothing against the entry.
fn is_lifted(key: &[u8], content: &[u8; 32]) -> bool {
    let sequence = key.try_into().map(u64::from_be_bytes);
    sequence.is_ok_and(|sequence| Leaf::refusal(sequence, None).content == *content)
}
