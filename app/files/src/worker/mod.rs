//! The worker's side of the conversation, without the browser: a request in, replies out.

use caravan_domain::id::PersonId;

use crate::convert::convert;
use crate::export::{ExportFormat, calendar, csv, errors_csv, grid, vcards, xlsx};
use crate::mapping::Mapping;
use crate::message::{
    Converted, FilesReply, FilesRequest, FromFiles, Opened, ToFiles, read, write,
};
use crate::parse;
use crate::row::RowError;
use crate::table::{FileError, Table};

const SAMPLE_RECORDS: usize = 20;
/// Rows in one reply: some hundred kilobytes.
const ROWS_PER_REPLY: usize = 500;

/// Holds the open file and the errors found in it.
#[derive(Default)]
pub struct Worker {
    table: Option<Table>,
    errors: Vec<RowError>,
}

impl Worker {
    /// Answers one message's bytes with the bytes of its replies, each as soon as it is ready.
    pub fn receive(&mut self, bytes: &[u8], tell: &mut dyn FnMut(Vec<u8>)) {
        let (number, request) = match read::<ToFiles>(bytes) {
            Ok(message) => (message.number, Some(message.request)),
            Err(_) => (0, None),
        };
        let mut tell = |reply| {
            // The replies hold nothing that postcard cannot write.
            if let Ok(bytes) = write(&FromFiles { number, reply }) {
                tell(bytes);
            }
        };
        match request {
            Some(request) => self.answer(request, &mut tell),
            None => tell(FilesReply::Refused(FileError::Request)),
        }
    }

    pub fn answer(&mut self, request: FilesRequest, tell: &mut dyn FnMut(FilesReply)) {
        let reply = match request {
            FilesRequest::Open(bytes) => self.open(&bytes, tell).map(FilesReply::Opened),
            FilesRequest::Convert { mapping, importer } => self
                .convert(&mapping, importer, tell)
                .map(FilesReply::Converted),
            FilesRequest::WriteErrors(words) => {
                let header = self.table.as_ref().map(|table| table.header.as_slice());
                let header = header.unwrap_or_default();
                errors_csv(&self.errors, header, &words).map(FilesReply::File)
            }
            FilesRequest::WriteClients {
                format,
                clients,
                words,
                now,
            } => match format {
                ExportFormat::Csv => csv(&clients, &words),
                ExportFormat::Xlsx => xlsx(&clients, &words, now),
                ExportFormat::VCard => Ok(vcards(&clients, now)),
            }
            .map(FilesReply::File),
            FilesRequest::WriteCalendar {
                name,
                reminders,
                now,
            } => Ok(FilesReply::File(calendar(&name, &reminders, now))),
            FilesRequest::WriteGrid { grid: list, now } => grid(&list, now).map(FilesReply::File),
        };
        tell(reply.unwrap_or_else(FilesReply::Refused));
    }

    fn open(
        &mut self,
        bytes: &[u8],
        tell: &mut dyn FnMut(FilesReply),
    ) -> Result<Opened, FileError> {
        self.table = None;
        self.errors.clear();
        let table = parse::read(bytes, &mut |done| tell(FilesReply::Progress(done)))?;
        let opened = Opened {
            format: table.format,
            header: table.header.clone(),
            records: u32::try_from(table.records.len()).unwrap_or(u32::MAX),
            sample: table.records.iter().take(SAMPLE_RECORDS).cloned().collect(),
            mapping: Mapping::guess(&table.header),
        };
        self.table = Some(table);
        Ok(opened)
    }

    fn convert(
        &mut self,
        mapping: &Mapping,
        importer: PersonId,
        tell: &mut dyn FnMut(FilesReply),
    ) -> Result<Converted, FileError> {
        let table = self.table.as_ref().ok_or(FileError::NotOpen)?;
        let converted = convert(table, mapping, importer, &mut |done| {
            tell(FilesReply::Progress(done))
        });
        for rows in converted.rows.chunks(ROWS_PER_REPLY) {
            tell(FilesReply::Rows(rows.to_vec()));
        }
        self.errors = converted.errors;
        Ok(Converted {
            rows: u32::try_from(converted.rows.len()).unwrap_or(u32::MAX),
            errors: self.errors.clone(),
            duplicates: converted.duplicates,
        })
    }
}
