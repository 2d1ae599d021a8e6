//! What is exported can be read again: by an import, and by others' readers of the standards.

use calcard::icalendar::{ICalendarComponentType, ICalendarProperty};
use calcard::vcard::{VCardProperty, VCardVersion};
use calcard::{Entry, Parser};
use caravan_domain::clients::record::ContactDraft;
use caravan_domain::time::Day;
use caravan_files::export::{ExportClient, ExportReminder, calendar, csv, vcards, xlsx};
use caravan_files::row::ImportRow;

use crate::support::{NOW, client, converted, words};

fn imported(bytes: &[u8]) -> ImportRow {
    let mut conversion = converted(bytes);
    assert_eq!(conversion.errors, []);
    assert_eq!(conversion.rows.len(), 1);
    conversion.rows.remove(0)
}

#[test]
fn what_is_written_imports_as_it_was() {
    let there = client();
    let files = [
        csv(std::slice::from_ref(&there), &words()).unwrap(),
        xlsx(std::slice::from_ref(&there), &words(), NOW).unwrap(),
    ];
    for file in files {
        let back = imported(&file);
        assert_eq!(back.draft, there.draft);
        assert_eq!(back.owner, there.owner);
        assert_eq!(back.followed_up_at, there.followed_up_at);
        assert_eq!(back.doubts, []);
    }
}

#[test]
fn csv_is_dressed_for_excel_and_runs_nothing() {
    let file = csv(&[client()], &words()).unwrap();
    assert!(file.starts_with("\u{feff}客户名称,".as_bytes()));
    let text = String::from_utf8(file).unwrap();
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\n第二行\""));
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches("\r\n").count(), 2);
}

#[test]
fn xlsx_is_the_same_for_the_same_input() {
    let write = || xlsx(&[client()], &words(), NOW).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn cards_are_read_by_another_reader() {
    let mut shared = client();
    shared.draft.contacts.push(ContactDraft {
        name: "李; 四".to_owned(),
        birthday: "solar:02-07".to_owned(),
        phones: vec!["+85291234567".to_owned()],
        ..ContactDraft::default()
    });
    let mut bare = ExportClient { ..client() };
    bare.draft.contacts.clear();
    let text = String::from_utf8(vcards(&[shared, bare], NOW)).unwrap();

    let mut parser = Parser::new(&text).strict();
    let mut cards = Vec::new();
    loop {
        match parser.entry() {
            Entry::VCard(card) => cards.push(card),
            Entry::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(cards.len(), 3);
    let text_of = |card: usize, property: VCardProperty| {
        let values = &cards[card].property(&property).unwrap().values;
        values[0].as_text().unwrap().to_owned()
    };
    for (at, name) in ["𠮷田", "李; 四", "创汇，\"网络\"有限公司"]
        .into_iter()
        .enumerate()
    {
        assert_eq!(cards[at].version(), Some(VCardVersion::V4_0));
        assert_eq!(text_of(at, VCardProperty::Fn), name);
        assert_eq!(
            text_of(at, VCardProperty::Note),
            "=HYPERLINK(\"http://x\")\n第二行"
        );
    }
    let phones = cards[0].properties(&VCardProperty::Tel).count();
    assert_eq!(phones, 3);
    assert_eq!(text_of(1, VCardProperty::Tel), "+85291234567");
    let birthday = cards[1].property(&VCardProperty::Bday).unwrap();
    let birthday = birthday.values[0].as_partial_date_time().unwrap();
    assert_eq!(
        (birthday.year, birthday.month, birthday.day),
        (None, Some(2), Some(7))
    );
    assert_ne!(cards[0].uid(), cards[1].uid());
}

#[test]
fn reminders_are_read_by_another_reader() {
    let reminder = |uid: &str, at: &str| ExportReminder {
        uid: uid.to_owned(),
        title: "拜访：创汇, 3 楼".to_owned(),
        detail: "带合同\n带样品；".to_owned(),
        on: "2026-12-31".parse::<Day>().unwrap(),
        at: at.to_owned(),
    };
    let reminders = [
        reminder("visit-1@caravan", "07:30"),
        reminder("task-1@caravan", ""),
    ];
    let file = calendar("商队", &reminders, NOW);
    assert_eq!(file, calendar("商队", &reminders, NOW));
    let text = String::from_utf8(file).unwrap();
    assert!(text.contains("\r\nDTSTART:20261230T233000Z\r\n"));
    assert!(text.contains("\r\nDTSTART;VALUE=DATE:20261231\r\n"));
    assert!(text.contains("\r\nDTEND;VALUE=DATE:20270101\r\n"));
    assert!(text.contains("\r\nDTSTAMP:20261122T010000Z\r\n"));

    // This reader's strict mode stops at the end of any component within another.
    let mut parser = Parser::new(&text);
    let Entry::ICalendar(read) = parser.entry() else {
        panic!("not a calendar: {text}");
    };
    assert_eq!(parser.entry(), Entry::Eof);
    let unknown: Vec<_> = read
        .components
        .iter()
        .flat_map(|component| &component.entries)
        .filter(
            |line| matches!(&line.name, ICalendarProperty::Other(name) if name != "X-WR-CALNAME"),
        )
        .collect();
    assert_eq!(unknown, Vec::<&calcard::icalendar::ICalendarEntry>::new());
    let events: Vec<_> = read
        .components
        .iter()
        .filter(|it| it.component_type == ICalendarComponentType::VEvent)
        .collect();
    let uids: Vec<_> = events.iter().filter_map(|event| event.uid()).collect();
    assert_eq!(uids, ["visit-1@caravan", "task-1@caravan"]);
    for event in &events {
        let summary = event.property(&ICalendarProperty::Summary).unwrap();
        assert_eq!(summary.values[0].as_text(), Some("拜访：创汇, 3 楼"));
        assert_eq!(event.component_ids.len(), 1, "an alarm each");
    }
}
