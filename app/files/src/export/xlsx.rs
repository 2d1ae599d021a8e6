//! XLSX with every cell a text: nothing runs, no number loses its zeros.

use caravan_domain::time::Instant;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::{ExportClient, ExportWords, sheet};
use crate::table::FileError;

/// What Excel allows in a cell, in characters (UTF-16), and in a sheet's name.
const CELL_MAX: usize = 32_767;
const SHEET_NAME_MAX: usize = 31;
const COLUMN_WIDTH: f64 = 18.0;

pub fn xlsx(
    clients: &[ExportClient],
    words: &ExportWords,
    now: Instant,
) -> Result<Vec<u8>, FileError> {
    write(clients, words, now).map_err(|_| FileError::Unwritable)
}

fn write(
    clients: &[ExportClient],
    words: &ExportWords,
    now: Instant,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(now.millis().div_euclid(1000))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(sheet_name(&words.sheet))?;
    worksheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, heading) in (0u16..).zip(sheet::heading(words)) {
        worksheet.set_column_width(column, COLUMN_WIDTH)?;
        worksheet.write_string_with_format(0, column, clipped(&heading), &bold)?;
    }
    for (row, client) in (1u32..).zip(clients) {
        for (column, cell) in (0u16..).zip(sheet::cells(client, words)) {
            if !cell.is_empty() {
                worksheet.write_string(row, column, clipped(&cell))?;
            }
        }
    }
    workbook.save_to_buffer()
}

pub(super) fn sheet_name(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''))
        .take(SHEET_NAME_MAX / 2)
        .collect();
    if name.trim().is_empty() {
        "Sheet1".to_owned()
    } else {
        name
    }
}

pub(super) fn clipped(cell: &str) -> &str {
    let mut units = 0;
    let end = cell.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > CELL_MAX).then_some(at)
    });
    &cell[..end.unwrap_or(cell.len())]
}
