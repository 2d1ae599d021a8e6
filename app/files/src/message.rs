//! What the interface and the files worker say to each other: postcard bytes through
//! `postMessage`. Both ends are of one build, so there is no version in it.

use caravan_domain::id::PersonId;
use caravan_domain::time::Instant;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::export::{ExportClient, ExportFormat, ExportGrid, ExportReminder, ExportWords};
use crate::mapping::Mapping;
use crate::row::{Duplicate, ImportRow, RowError, RowReason};
use crate::table::{FileError, Format, Record};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToFiles {
    /// Chosen by the interface; every reply carries it.
    pub number: u32,
    pub request: FilesRequest,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FromFiles {
    pub number: u32,
    pub reply: FilesReply,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FilesRequest {
    /// Reads a file, which stays open until the next: `Progress`, then `Opened`.
    Open(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Reads the open file's records by a mapping, as often as the person changes it:
    /// `Progress` and `Rows`, then `Converted`.
    Convert {
        mapping: Mapping,
        importer: PersonId,
    },
    /// The errors of the last `Convert` as CSV: `File`.
    WriteErrors(ErrorWords),
    /// `File`.
    WriteClients {
        format: ExportFormat,
        clients: Vec<ExportClient>,
        words: ExportWords,
        now: Instant,
    },
    /// Reminders as iCalendar: `File`.
    WriteCalendar {
        name: String,
        reminders: Vec<ExportReminder>,
        now: Instant,
    },
    /// As XLSX: `File`.
    WriteGrid { grid: ExportGrid, now: Instant },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FilesReply {
    /// Thousandths of the request.
    Progress(u16),
    Opened(Opened),
    /// Some of the rows, in the order of the file.
    Rows(Vec<ImportRow>),
    Converted(Converted),
    File(#[serde(with = "serde_bytes")] Vec<u8>),
    Refused(FileError),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    pub format: Format,
    pub header: Vec<String>,
    pub records: u32,
    /// The first few, for the preview.
    pub sample: Vec<Record>,
    pub mapping: Mapping,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Converted {
    pub rows: u32,
    pub errors: Vec<RowError>,
    pub duplicates: Vec<Duplicate>,
}

/// Translated headings and reasons for the list of errors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorWords {
    pub row: String,
    pub column: String,
    pub value: String,
    pub reason: String,
    pub reasons: Vec<(RowReason, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be read or written")]
pub struct BadMessage;

pub fn write<T: Serialize>(message: &T) -> Result<Vec<u8>, BadMessage> {
    postcard::to_allocvec(message).map_err(|_| BadMessage)
}

pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BadMessage> {
    postcard::from_bytes(bytes).map_err(|_| BadMessage)
}
