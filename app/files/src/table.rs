//! A file read as a table, before anyone knows what its columns mean.

use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes.
pub const BYTES_MAX: usize = 20 * 1024 * 1024;
/// The most that a spreadsheet may inflate to, in bytes.
pub const INFLATED_MAX: u64 = 200 * 1024 * 1024;
pub const RECORDS_MAX: usize = 100_000;
pub const COLUMNS_MAX: usize = 256;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub format: Format,
    pub header: Vec<String>,
    pub records: Vec<Record>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The record's number with the header as 1; a record can span lines of the file.
    pub row: u32,
    /// As many as the file has there, which can be fewer or more than the header's.
    pub cells: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Csv {
        encoding: Encoding,
        delimiter: Delimiter,
    },
    Xlsx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    Utf8,
    Utf16,
    Gb18030,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delimiter {
    Comma,
    Semicolon,
    Tab,
}

/// Why a file cannot be read or written at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FileError {
    #[error("larger than {BYTES_MAX} bytes")]
    TooLarge,
    #[error("inflates to more than {INFLATED_MAX} bytes")]
    Inflates,
    #[error("more than {RECORDS_MAX} records")]
    TooManyRecords,
    #[error("more than {COLUMNS_MAX} columns")]
    TooManyColumns,
    #[error("no header and no records")]
    Empty,
    /// The binary format of old Excel, or a file locked with a password.
    #[error("an old or locked workbook")]
    OldOrLocked,
    #[error("neither text nor a workbook")]
    Unknown,
    #[error("the workbook is damaged")]
    Damaged,
    /// Rows were asked for before a file was opened.
    #[error("no file is open")]
    NotOpen,
    #[error("the file could not be written")]
    Unwritable,
    #[error("the request cannot be read")]
    Request,
}
