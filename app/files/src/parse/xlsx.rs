//! The first worksheet of an XLSX workbook that holds anything. Cells are streamed, since a range
//! of two far corners would fill the memory; formulas are read as their last result.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::TableBuilder;
use super::csv::thousandths;
use crate::table::{COLUMNS_MAX, FileError, Format, INFLATED_MAX, Table};

const REPORT_EVERY: u32 = 512;

pub(super) fn read(bytes: &[u8], progress: &mut dyn FnMut(u16)) -> Result<Table, FileError> {
    check_inflated_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in sheets {
        match read_sheet(&mut workbook, &sheet, progress) {
            Err(FileError::Empty) => {}
            read => return read,
        }
    }
    Err(FileError::Empty)
}

/// Declared sizes can lie, so every entry is inflated once, to nowhere, with an eye on the sum.
fn check_inflated_size(bytes: &[u8]) -> Result<(), FileError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    let mut left = INFLATED_MAX;
    for entry in 0..archive.len() {
        let file = archive.by_index(entry).map_err(|_| FileError::Damaged)?;
        let taken = std::io::copy(&mut file.take(left + 1), &mut std::io::sink())
            .map_err(|_| FileError::Damaged)?;
        left = left.checked_sub(taken).ok_or(FileError::Inflates)?;
    }
    Ok(())
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    progress: &mut dyn FnMut(u16),
) -> Result<Table, FileError> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    let last_row = reader.dimensions().end.0 as usize + 1;
    let mut table = TableBuilder::new();
    let mut current: Option<(u32, Vec<String>)> = None;
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        if current.as_ref().is_none_or(|(at, _)| *at != row) {
            flush(&mut table, current.take())?;
            current = Some((row, Vec::new()));
            if row % REPORT_EVERY == 0 {
                progress(thousandths(u64::from(row), last_row));
            }
        }
        let value = written(cell.get_value());
        if value.is_empty() {
            continue;
        }
        let column = column as usize;
        if column >= COLUMNS_MAX {
            return Err(FileError::TooManyColumns);
        }
        if let Some((_, cells)) = &mut current {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = value;
        }
    }
    flush(&mut table, current)?;
    let mut table = table.finish(Format::Xlsx)?;
    // A workbook stores no empty cells at the end of a row: none is missing there.
    let columns = table.header.len();
    for record in &mut table.records {
        if record.cells.len() < columns {
            record.cells.resize(columns, String::new());
        }
    }
    Ok(table)
}

fn flush(table: &mut TableBuilder, row: Option<(u32, Vec<String>)>) -> Result<(), FileError> {
    match row {
        Some((row, cells)) => table.push(row.saturating_add(1), cells),
        None => Ok(()),
    }
}

/// As a person would read the cell; errors such as `#N/A` are left empty.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(int) => int.to_string(),
        DataRef::Float(float) => float.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn damaged(error: XlsxError) -> FileError {
    match error {
        XlsxError::Password => FileError::OldOrLocked,
        _ => FileError::Damaged,
    }
}
