//! Comma-, semicolon- and tab-separated text (RFC 4180, and what spreadsheets make of it).

use super::TableBuilder;
use super::text::decode;
use crate::export::formula;
use crate::table::{Delimiter, FileError, Format, Table};

/// How many records are read between two reports.
const REPORT_EVERY: u32 = 512;

pub(super) fn read(bytes: &[u8], progress: &mut dyn FnMut(u16)) -> Result<Table, FileError> {
    let (text, encoding) = decode(bytes)?;
    let delimiter = guess_delimiter(&text);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(byte_of(delimiter))
        .from_reader(text.as_bytes());
    let mut table = TableBuilder::new();
    let mut record = ::csv::StringRecord::new();
    let mut number = 0;
    loop {
        // The text is valid UTF-8 and records may differ in length, so nothing else can fail.
        match reader.read_record(&mut record) {
            Ok(true) => number += 1,
            Ok(false) => break,
            Err(_) => return Err(FileError::Unknown),
        }
        let cells = record
            .iter()
            .map(|cell| formula::unescape(cell).to_owned())
            .collect();
        table.push(number, cells)?;
        if number % REPORT_EVERY == 0 {
            progress(thousandths(reader.position().byte(), text.len()));
        }
    }
    table.finish(Format::Csv {
        encoding,
        delimiter,
    })
}

pub(super) fn thousandths(done: u64, total: usize) -> u16 {
    let total = u64::try_from(total).unwrap_or(u64::MAX).max(1);
    u16::try_from(done.min(total) * 1000 / total).unwrap_or(1000)
}

/// The one that parts the first line, outside quotes, into the most cells.
fn guess_delimiter(text: &str) -> Delimiter {
    let mut quoted = false;
    let mut counts = [
        (Delimiter::Comma, 0u32),
        (Delimiter::Semicolon, 0),
        (Delimiter::Tab, 0),
    ];
    for c in text.trim_start().chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (delimiter, count) in &mut counts {
                    *count += u32::from(c == char::from(byte_of(*delimiter)));
                }
            }
        }
    }
    let [mut best, rivals @ ..] = counts;
    for rival in rivals {
        if rival.1 > best.1 {
            best = rival;
        }
    }
    best.0
}

const fn byte_of(delimiter: Delimiter) -> u8 {
    match delimiter {
        Delimiter::Comma => b',',
        Delimiter::Semicolon => b';',
        Delimiter::Tab => b'\t',
    }
}
