//! The conversation with the worker, in bytes.

use caravan_domain::money::Fen;
use caravan_files::export::{ExportCell, ExportFormat, ExportGrid};
use caravan_files::mapping::Mapping;
use caravan_files::message::{
    ErrorWords, FilesReply, FilesRequest, FromFiles, ToFiles, read, write,
};
use caravan_files::row::RowReason;
use caravan_files::table::FileError;
use caravan_files::worker::Worker;
use proptest::prelude::*;

use crate::support::{IMPORTER, NOW, client, fixture, words};

fn ask(worker: &mut Worker, request: FilesRequest) -> Vec<FilesReply> {
    let message = write(&ToFiles { number: 7, request }).unwrap();
    let mut replies = Vec::new();
    worker.receive(&message, &mut |bytes| {
        let reply: FromFiles = read(&bytes).unwrap();
        assert_eq!(reply.number, 7);
        replies.push(reply.reply);
    });
    replies
}

fn opened(worker: &mut Worker, list: &str) -> (Vec<FilesReply>, Mapping) {
    let mut replies = ask(worker, FilesRequest::Open(fixture(list)));
    match replies.pop() {
        Some(FilesReply::Opened(opened)) => (replies, opened.mapping),
        other => panic!("{other:?}"),
    }
}

/// What is told besides progress.
fn rows_and_rest(replies: Vec<FilesReply>) -> (usize, Vec<FilesReply>) {
    let mut rows = 0;
    let mut rest = Vec::new();
    for reply in replies {
        match reply {
            FilesReply::Progress(done) => assert!(done <= 1000),
            FilesReply::Rows(some) => rows += some.len(),
            other => rest.push(other),
        }
    }
    (rows, rest)
}

fn error_words() -> ErrorWords {
    ErrorWords {
        row: "行号".to_owned(),
        column: "列".to_owned(),
        value: "内容".to_owned(),
        reason: "原因".to_owned(),
        reasons: RowReason::ALL
            .into_iter()
            .map(|reason| (reason, format!("{reason:?}")))
            .collect(),
    }
}

fn convert_by(mapping: Mapping) -> FilesRequest {
    FilesRequest::Convert {
        mapping,
        importer: IMPORTER,
    }
}

#[test]
fn a_list_is_opened_converted_and_its_errors_written() {
    let mut worker = Worker::default();
    let (progress, mapping) = opened(&mut worker, "clients-10k.csv");
    assert!(progress.len() > 5, "a long list tells its progress");
    let (rows, rest) = rows_and_rest(ask(&mut worker, convert_by(mapping.clone())));
    let [FilesReply::Converted(converted)] = rest.as_slice() else {
        panic!("{rest:?}");
    };
    assert_eq!((rows, converted.rows), (10_000 - 112, 10_000 - 112));
    assert_eq!(converted.errors.len(), 112);

    // The mapping can be changed without opening the file again.
    let mut nameless = mapping;
    nameless.columns[0] = None;
    let (rows, _) = rows_and_rest(ask(&mut worker, convert_by(nameless)));
    assert_eq!(rows, 0);
}

#[test]
fn errors_are_written_with_row_column_value_and_reason() {
    let mut worker = Worker::default();
    let (_, mapping) = opened(&mut worker, "clients-200.csv");
    ask(&mut worker, convert_by(mapping));
    let written = ask(&mut worker, FilesRequest::WriteErrors(error_words()));
    let [FilesReply::File(file)] = written.as_slice() else {
        panic!("{written:?}");
    };
    assert_eq!(
        String::from_utf8_lossy(file),
        "\u{feff}行号,列,内容,原因\r\n154,最近跟进时间,2026-13-45 99:99,LastFollowUpInvalid\r\n"
    );
}

#[test]
fn refusals_are_replies() {
    let mut worker = Worker::default();
    let refused = |error| vec![FilesReply::Refused(error)];
    let convert = convert_by(Mapping::guess(&[]));
    assert_eq!(ask(&mut worker, convert), refused(FileError::NotOpen));
    assert_eq!(
        ask(&mut worker, FilesRequest::Open(b"PK\x03\x04".to_vec())),
        refused(FileError::Damaged)
    );
}

#[test]
fn every_format_is_written() {
    let mut worker = Worker::default();
    for (format, beginning) in [
        (ExportFormat::Csv, "\u{feff}".as_bytes()),
        (ExportFormat::Xlsx, b"PK\x03\x04"),
        (ExportFormat::VCard, b"BEGIN:VCARD\r\n"),
    ] {
        let request = FilesRequest::WriteClients {
            format,
            clients: vec![client()],
            words: words(),
            now: NOW,
        };
        let written = ask(&mut worker, request);
        let [FilesReply::File(file)] = written.as_slice() else {
            panic!("{written:?}");
        };
        assert!(file.starts_with(beginning), "{format:?}");
    }
}

#[test]
fn amounts_are_numbers_and_text_is_never_a_formula() {
    let grid = ExportGrid {
        sheet: "工资/单".to_owned(),
        heading: vec!["事由".to_owned(), "金额".to_owned()],
        rows: vec![vec![
            ExportCell::Text("=1+1".to_owned()),
            ExportCell::Money(Fen(-123_456)),
        ]],
    };
    let written = ask(
        &mut Worker::default(),
        FilesRequest::WriteGrid { grid, now: NOW },
    );
    let [FilesReply::File(file)] = written.as_slice() else {
        panic!("{written:?}");
    };
    let mut opened = ask(&mut Worker::default(), FilesRequest::Open(file.clone()));
    let Some(FilesReply::Opened(opened)) = opened.pop() else {
        panic!("{opened:?}");
    };
    assert_eq!(opened.header, ["事由", "金额"]);
    assert_eq!(opened.sample[0].cells, ["=1+1", "-1234.56"]);
}

proptest! {
    #[test]
    fn any_message_is_answered(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut replies = 0;
        Worker::default().receive(&bytes, &mut |_| replies += 1);
        prop_assert!(replies >= 1);
    }
}
