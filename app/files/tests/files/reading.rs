//! Files as people have them: encodings, delimiters, shapes, workbooks, and files that lie.

use std::io::{Cursor, Write};

use caravan_files::convert::convert;
use caravan_files::export::xlsx;
use caravan_files::field::Field;
use caravan_files::mapping::Mapping;
use caravan_files::row::{DoubtKind, RowReason};
use caravan_files::table::{BYTES_MAX, Delimiter, Encoding, FileError, Format, RECORDS_MAX};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use crate::support::{IMPORTER, NOW, client, converted, fixture, table, words};

fn format(bytes: &[u8]) -> Format {
    table(bytes).unwrap().format
}

#[test]
fn encodings_and_delimiters_are_told_by_content() {
    let csv = |encoding, delimiter| Format::Csv {
        encoding,
        delimiter,
    };
    assert_eq!(
        format("名称;电话\n\"甲,乙\";1".as_bytes()),
        csv(Encoding::Utf8, Delimiter::Semicolon)
    );
    let utf16: Vec<u8> = "\u{feff}名称\t电话\r\n甲\t1"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(format(&utf16), csv(Encoding::Utf16, Delimiter::Tab));
    assert_eq!(table(&utf16).unwrap().header, ["名称", "电话"]);
    let (gb, _, _) = encoding_rs::GB18030.encode("名称,电话\n𠮷田,1");
    assert_eq!(format(&gb), csv(Encoding::Gb18030, Delimiter::Comma));
    assert_eq!(table(&gb).unwrap().records[0].cells, ["𠮷田", "1"]);
}

#[test]
fn blank_records_keep_their_numbers() {
    let read = table("名称,电话\n,\n甲,1\n".as_bytes()).unwrap();
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.records[0].row, 3);
}

#[test]
fn every_reason_is_told_with_its_cell() {
    let text = "名称,手机,座机,最近跟进时间\n\
        甲,,,\n\
        乙,1234,,2026-13-45 99:99\n\
        丙,13812345678,,,x\n\
        丁\u{fffd},13812345679,,\n\
        ,13812345670,,,\n";
    let errors: Vec<_> = converted(text.as_bytes())
        .errors
        .into_iter()
        .map(|error| (error.row, error.column, error.value, error.reason))
        .collect();
    let told = |row, column, value: &str, reason| (row, column, value.to_owned(), reason);
    assert_eq!(
        errors,
        [
            told(2, Some(1), "", RowReason::PhoneMissing),
            told(3, Some(1), "1234", RowReason::NoValidPhone),
            told(
                3,
                Some(3),
                "2026-13-45 99:99",
                RowReason::LastFollowUpInvalid
            ),
            told(4, None, "x", RowReason::TooManyColumns),
            told(5, Some(0), "丁\u{fffd}", RowReason::Undecodable),
            told(6, Some(0), "", RowReason::NameMissing),
        ]
    );
    let long = format!("名称\n{}", "长".repeat(201));
    assert_eq!(
        converted(long.as_bytes()).errors[0].reason,
        RowReason::TooLong
    );
}

#[test]
fn what_only_looks_wrong_is_doubted() {
    let text = "名称,信用代码,手机,生日,客户等级\n甲,123,1234/13812345678,不详,特级\n";
    let conversion = converted(text.as_bytes());
    assert_eq!(conversion.errors, []);
    let row = &conversion.rows[0];
    assert_eq!(row.draft.code, "123");
    assert_eq!(row.draft.contacts[0].phones, ["13812345678"]);
    let doubted: Vec<_> = row
        .doubts
        .iter()
        .map(|doubt| (doubt.field, doubt.kind))
        .collect();
    assert_eq!(doubted.len(), 4);
    assert!(doubted.contains(&(Field::Mobile, DoubtKind::PhoneLeftOut)));
    assert!(doubted.contains(&(Field::Birthday, DoubtKind::BirthdayLeftOut)));
    assert!(doubted.contains(&(Field::Grade, DoubtKind::UnknownWord)));
}

#[test]
fn tags_part_where_the_person_says() {
    let read = table("名称,标签\n甲,价格敏感，需回访；重点\n".as_bytes()).unwrap();
    let mut mapping = Mapping::guess(&read.header);
    let tags = |mapping: &Mapping| {
        let conversion = convert(&read, mapping, IMPORTER, &mut |_| {});
        conversion.rows[0].draft.tags.len()
    };
    assert_eq!(tags(&mapping), 2);
    mapping.tag_separators.push('，');
    assert_eq!(tags(&mapping), 3);
}

fn workbook(sheet: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned()),
        ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
        ("xl/_rels/workbook.xml.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned()),
        ("xl/workbook.xml", r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#.to_owned()),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#)),
    ];
    for (name, text) in parts {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn workbook_cells_read_as_people_see_them() {
    let bytes = workbook(
        r#"<row r="2"><c r="A2" t="inlineStr"><is><t>名称</t></is></c><c r="B2" t="inlineStr"><is><t>手机</t></is></c><c r="C2" t="inlineStr"><is><t>备注</t></is></c></row>
           <row r="4"><c r="A4" t="inlineStr"><is><t>甲</t></is></c><c r="B4"><v>13812345678</v></c></row>"#,
    );
    let read = table(&bytes).unwrap();
    assert_eq!(read.format, Format::Xlsx);
    assert_eq!(read.header, ["名称", "手机", "备注"]);
    // The header is in the second row of the sheet, so the fourth is the third.
    assert_eq!(read.records[0].row, 3);
    assert_eq!(read.records[0].cells, ["甲", "13812345678", ""]);
}

#[test]
fn two_far_corners_do_not_fill_the_memory() {
    let bytes = workbook(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>"#,
    );
    assert_eq!(table(&bytes).unwrap().records.len(), 1);
    let bytes = workbook(r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#);
    assert_eq!(table(&bytes), Err(FileError::TooManyColumns));
}

#[test]
fn files_beyond_the_limits_are_refused() {
    assert_eq!(table(&vec![b'a'; BYTES_MAX + 1]), Err(FileError::TooLarge));
    let many = format!("a\n{}", "b\n".repeat(RECORDS_MAX + 1));
    assert_eq!(table(many.as_bytes()), Err(FileError::TooManyRecords));
    assert_eq!(
        table(",".repeat(300).as_bytes()),
        Err(FileError::TooManyColumns)
    );
    assert_eq!(table(b""), Err(FileError::Empty));
    assert_eq!(table(b" \r\n,,\r\n"), Err(FileError::Empty));
    assert_eq!(table(b"\x00\x01\x02"), Err(FileError::Unknown));
    assert_eq!(
        table(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Err(FileError::OldOrLocked)
    );
    assert_eq!(table(b"PK\x03\x04"), Err(FileError::Damaged));
}

#[test]
fn a_bomb_is_not_inflated() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..201 {
        archive.write_all(&zeros).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < BYTES_MAX);
    assert_eq!(table(&bomb), Err(FileError::Inflates));
}

/// Bytes changed, dropped, doubled: whatever comes out, it comes out as a value.
fn read_mutant(seed: &[u8], cuts: &[(prop::sample::Index, u8, u8)]) {
    let mut bytes = seed.to_vec();
    for (at, kind, value) in cuts {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        match kind % 4 {
            0 => bytes[at] = *value,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, *value),
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
    if let Ok(read) = table(&bytes) {
        let conversion = convert(&read, &Mapping::guess(&read.header), IMPORTER, &mut |_| {});
        assert!(conversion.rows.len() + conversion.errors.len() >= read.records.len());
    }
}

fn cuts() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec(any::<(prop::sample::Index, u8, u8)>(), 1..8)
}

fn small_csv() -> Vec<u8> {
    let list = fixture("clients-10k.csv");
    list[..4_000].to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_csv_never_panics(cuts in cuts()) {
        read_mutant(&small_csv(), &cuts);
    }

    #[test]
    fn mutated_workbooks_never_panic(cuts in cuts()) {
        let seed = xlsx(&[client()], &words(), NOW).unwrap();
        read_mutant(&seed, &cuts);
    }

    /// Past the checksums: the XML itself is changed and packed again.
    #[test]
    fn mutated_sheets_never_panic(cuts in cuts(), at in any::<prop::sample::Index>(), value in "[<>/=\"'a-zA-Z0-9&;]{0,4}") {
        let sheet = r#"<row r="1" spans="1:3"><c r="A1" s="1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="d"><v>2026-01-01</v></c></row><row r="2"><c r="A2" s="99"><f>A1+1</f><v>45000.5</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="b"><v>1</v></c></row>"#;
        let mut text: Vec<char> = sheet.chars().collect();
        for (cut, kind, _) in &cuts {
            let place = cut.index(text.len().max(1)).min(text.len());
            if kind % 2 == 0 && place < text.len() {
                text.remove(place);
            } else {
                text.splice(place..place, value.chars());
            }
        }
        let place = at.index(text.len() + 1);
        text.truncate(place.max(text.len() / 3));
        let _ = table(&workbook(&text.into_iter().collect::<String>()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_mutant(&bytes, &[]);
    }
}
