//! Records into drafts of clients, by a mapping.

mod cells;
mod duplicates;
mod identity;
mod record;

pub use duplicates::duplicates;

use caravan_domain::id::PersonId;

use crate::mapping::Mapping;
use crate::row::{Duplicate, ImportRow, RowError};
use crate::table::Table;

use self::identity::Identities;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conversion {
    pub rows: Vec<ImportRow>,
    pub errors: Vec<RowError>,
    pub duplicates: Vec<Duplicate>,
}

const REPORT_EVERY: usize = 512;

/// Every record becomes a row or at least one error. `progress` is told thousandths.
#[must_use]
pub fn convert(
    table: &Table,
    mapping: &Mapping,
    importer: PersonId,
    progress: &mut dyn FnMut(u16),
) -> Conversion {
    let mut conversion = Conversion::default();
    let mut identities = Identities::new(importer);
    for (done, record) in table.records.iter().enumerate() {
        match record::convert(record, table.header.len(), mapping) {
            Ok(mut row) => {
                row.client = identities.of(&row.draft);
                conversion.rows.push(row);
            }
            Err(errors) => conversion.errors.extend(errors),
        }
        if done % REPORT_EVERY == REPORT_EVERY - 1 {
            progress(u16::try_from(done * 1000 / table.records.len()).unwrap_or(1000));
        }
    }
    conversion.duplicates = duplicates(&conversion.rows);
    conversion
}
