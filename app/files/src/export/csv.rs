//! CSV that Excel opens as it should: UTF-8 with a byte order mark, CRLF, no cell that runs.

use super::{ExportClient, ExportWords, formula, sheet};
use crate::table::FileError;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub fn csv(clients: &[ExportClient], words: &ExportWords) -> Result<Vec<u8>, FileError> {
    let rows = clients.iter().map(|client| sheet::cells(client, words));
    write([sheet::heading(words)].into_iter().chain(rows))
}

pub(super) fn write(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, FileError> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    for row in rows {
        let cells = row.iter().map(|cell| formula::escape(cell));
        writer
            .write_record(cells)
            .map_err(|_| FileError::Unwritable)?;
    }
    writer.into_inner().map_err(|_| FileError::Unwritable)
}
