//! A list with amounts as a spreadsheet: text stays text, money is a number that can be added up.

use caravan_domain::time::Instant;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::{ExportCell, ExportGrid};
use crate::export::xlsx::{clipped, sheet_name};
use crate::table::FileError;

const COLUMN_WIDTH: f64 = 16.0;
const MONEY: &str = "#,##0.00;[Red]-#,##0.00";

pub fn grid(grid: &ExportGrid, now: Instant) -> Result<Vec<u8>, FileError> {
    write(grid, now).map_err(|_| FileError::Unwritable)
}

fn write(grid: &ExportGrid, now: Instant) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(now.millis().div_euclid(1000))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(sheet_name(&grid.sheet))?;
    worksheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    let money = Format::new().set_num_format(MONEY);
    for (column, heading) in (0u16..).zip(&grid.heading) {
        worksheet.set_column_width(column, COLUMN_WIDTH)?;
        worksheet.write_string_with_format(0, column, clipped(heading), &bold)?;
    }
    for (row, cells) in (1u32..).zip(&grid.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                ExportCell::Text(text) if text.is_empty() => {}
                ExportCell::Text(text) => {
                    worksheet.write_string(row, column, clipped(text))?;
                }
                // Exact: fifteen digits of a double reach far beyond any pay in fen.
                ExportCell::Money(fen) => {
                    let yuan = fen.0 as f64 / 100.0;
                    worksheet.write_number_with_format(row, column, yuan, &money)?;
                }
            }
        }
    }
    workbook.save_to_buffer()
}
