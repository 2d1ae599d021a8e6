//! Text that means harm to whoever opens the file. The list is the one the domain and the browser are
//! tried with.

use calcard::icalendar::ICalendarProperty;
use calcard::vcard::VCardProperty;
use calcard::{Entry, Parser};
use caravan_domain::clients::record::{ClientDraft, ContactDraft};
use caravan_domain::id::{ClientId, Id};
use caravan_files::export::{ExportClient, ExportReminder, calendar, csv, vcards, xlsx};
use caravan_files::table::Table;
use proptest::prelude::*;

use crate::support::{NOW, fixture, table, words};

/// What begins a formula.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn hostile() -> Vec<String> {
    serde_json::from_slice(&fixture("hostile.json")).unwrap()
}

/// The text in every field there is.
fn client(text: &str) -> ExportClient {
    let text = || text.to_owned();
    ExportClient {
        client: ClientId(Id::MAX),
        draft: ClientDraft {
            name: text(),
            region: text(),
            address: text(),
            source: text(),
            note: text(),
            tags: [text()].into(),
            contacts: vec![ContactDraft {
                name: text(),
                title: text(),
                email: text(),
                wechat: text(),
                note: text(),
                phones: vec![text()],
                ..ContactDraft::default()
            }],
            ..ClientDraft::default()
        },
        owner: text(),
        followed_up_at: None,
    }
}

fn reminder(text: &str) -> ExportReminder {
    ExportReminder {
        uid: "visit-1@caravan".to_owned(),
        title: text.to_owned(),
        detail: text.to_owned(),
        on: "2026-12-31".parse().unwrap(),
        at: "07:30".to_owned(),
    }
}

/// Cells as a spreadsheet sees them.
fn cells(csv: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(csv).unwrap();
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' | '\r' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {}
            other => cell.push(other),
        }
    }
    assert!(!quoted && cell.is_empty(), "the file ends within a cell");
    cells
}

fn runs_nothing(text: &str) {
    let file = csv(&[client(text)], &words()).unwrap();
    let columns = words().headings.len() + 1;
    let cells = cells(&file);
    assert_eq!(
        cells.len(),
        2 * columns,
        "{text:?} has made columns or rows"
    );
    for cell in &cells {
        assert!(!cell.starts_with(TRIGGERS), "{cell:?} would run");
    }
}

#[test]
fn no_cell_of_a_csv_runs_or_breaks_out() {
    for text in hostile() {
        runs_nothing(&text);
    }
}

#[test]
fn every_cell_of_an_xlsx_is_a_text() {
    for text in hostile() {
        let file = xlsx(&[client(&text)], &words(), NOW).unwrap();
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
        let sheet = book.by_name("xl/worksheets/sheet1.xml").unwrap();
        let sheet = std::io::read_to_string(sheet).unwrap();
        assert!(!sheet.contains("<f>"), "{text:?} is a formula");
        let cells = sheet.matches("<c ").count();
        assert_eq!(
            sheet.matches("t=\"s\"").count(),
            cells,
            "{text:?} is a number"
        );
        // A reader that checks its XML takes it.
        let Table { records, .. } = table(&file).unwrap();
        assert_eq!(records.len(), 1, "{text:?}");
    }
}

fn cards(text: &str) {
    let file = String::from_utf8(vcards(&[client(text)], NOW)).unwrap();
    assert_lines(&file, text);
    let mut parser = Parser::new(&file).strict();
    let Entry::VCard(card) = parser.entry() else {
        panic!("no card: {file}");
    };
    assert_eq!(
        parser.entry(),
        Entry::Eof,
        "{text:?} has made a second card"
    );
    for property in [VCardProperty::Tel, VCardProperty::Fn] {
        assert_eq!(card.properties(&property).count(), 1, "{text:?}");
    }
}

fn events(text: &str) {
    let file = String::from_utf8(calendar(text, &[reminder(text)], NOW)).unwrap();
    assert_lines(&file, text);
    assert_eq!(file.matches("\r\nBEGIN:VEVENT\r\n").count(), 1, "{text:?}");
    let mut parser = Parser::new(&file);
    let Entry::ICalendar(read) = parser.entry() else {
        panic!("no calendar: {file}");
    };
    assert_eq!(parser.entry(), Entry::Eof);
    let attendees = read
        .components
        .iter()
        .filter(|it| it.property(&ICalendarProperty::Attendee).is_some());
    assert_eq!(attendees.count(), 0, "{text:?} has invited somebody");
}

/// Only the names of the format begin a line, and nothing but CRLF ends one.
fn assert_lines(file: &str, text: &str) {
    for line in file.split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "{text:?} has broken a line");
        let begins = line.starts_with(' ')
            || line.is_empty()
            || line.starts_with(|c: char| c.is_ascii_uppercase());
        assert!(begins, "{text:?} begins a line: {line:?}");
        for planted in ["FN:evil", "ATTENDEE", "TEL:1"] {
            assert!(!line.starts_with(planted), "{text:?} has planted a line");
        }
    }
}

#[test]
fn cards_and_calendars_hold_one_of_each_whatever_is_in_them() {
    for text in hostile() {
        // A name that is blank has no line.
        if text.trim().is_empty() {
            continue;
        }
        cards(&text);
        events(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_made_of_such_pieces_runs(pieces in proptest::collection::vec(
        proptest::sample::select(vec![
            "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", "'", "\"", ",", ";", "\\", " ",
            "\u{feff}", "\u{202e}", "BEGIN:VEVENT", "END:VCARD", ":", "x", "长", "\u{0}",
        ]),
        1..12,
    )) {
        let text = pieces.concat();
        runs_nothing(&text);
        if !text.trim().is_empty() {
            events(&text);
        }
    }
}
