//! Bytes of a file into a [`Table`]. Never panics, never holds more than the limits allow.

mod csv;
mod text;
mod xlsx;

use crate::table::{BYTES_MAX, COLUMNS_MAX, FileError, Format, RECORDS_MAX, Record, Table};

/// How every ZIP, and so every XLSX, begins.
const ZIP: &[u8] = b"PK\x03\x04";
/// How a compound file begins: an XLS, or a workbook locked with a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// `progress` is told thousandths.
pub fn read(bytes: &[u8], progress: &mut dyn FnMut(u16)) -> Result<Table, FileError> {
    if bytes.len() > BYTES_MAX {
        return Err(FileError::TooLarge);
    }
    if bytes.starts_with(ZIP) {
        xlsx::read(bytes, progress)
    } else if bytes.starts_with(COMPOUND) {
        Err(FileError::OldOrLocked)
    } else {
        csv::read(bytes, progress)
    }
}

/// Gathers records within the limits; the first that is not blank is the header.
struct TableBuilder {
    header: Option<(u32, Vec<String>)>,
    records: Vec<Record>,
}

impl TableBuilder {
    const fn new() -> Self {
        Self {
            header: None,
            records: Vec::new(),
        }
    }

    /// `number` counts from 1 in the file; blank records are passed over and keep their number.
    fn push(&mut self, number: u32, cells: Vec<String>) -> Result<(), FileError> {
        if cells.len() > COLUMNS_MAX {
            return Err(FileError::TooManyColumns);
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let Some((first, _)) = &self.header else {
            self.header = Some((number, cells));
            return Ok(());
        };
        if self.records.len() == RECORDS_MAX {
            return Err(FileError::TooManyRecords);
        }
        // A damaged sheet may number its rows as it likes.
        let row = number.saturating_sub(*first).saturating_add(1);
        self.records.push(Record { row, cells });
        Ok(())
    }

    fn finish(self, format: Format) -> Result<Table, FileError> {
        let (_, header) = self.header.ok_or(FileError::Empty)?;
        Ok(Table {
            format,
            header,
            records: self.records,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_may_be_numbered_backwards() {
        let mut builder = TableBuilder::new();
        for number in [5, 3, u32::MAX] {
            builder.push(number, vec!["甲".to_owned()]).unwrap();
        }
        let table = builder.finish(Format::Xlsx).unwrap();
        let rows: Vec<_> = table.records.iter().map(|record| record.row).collect();
        assert_eq!(rows, [1, u32::MAX - 4]);
    }
}
