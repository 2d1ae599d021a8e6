//! The lists in `tests/data` import exactly as their manifests say.

use caravan_files::row::{DuplicateBy, RowReason};
use caravan_files::table::{Delimiter, Encoding, Format};
use serde_json::Value;

use crate::support::{converted, fixture, table};

/// In the manifest's words.
fn reason(reason: RowReason) -> &'static str {
    match reason {
        RowReason::TooFewColumns => "too few columns",
        RowReason::NameMissing => "客户名称 missing",
        RowReason::NoValidPhone => "手机 invalid and no 座机",
        RowReason::LastFollowUpInvalid => "最近跟进时间 invalid",
        other => panic!("the manifest knows no {other:?}"),
    }
}

fn duplicate(by: DuplicateBy) -> &'static str {
    match by {
        DuplicateBy::Phone => "same phone",
        DuplicateBy::Code => "same 统一社会信用代码",
    }
}

fn imports_as_its_manifest_says(list: &str, encoding: Encoding) {
    let manifest: Value =
        serde_json::from_slice(&fixture(&format!("{list}.manifest.json"))).unwrap();
    let bytes = fixture(&format!("{list}.csv"));
    let read = table(&bytes).unwrap();
    assert_eq!(
        read.format,
        Format::Csv {
            encoding,
            delimiter: Delimiter::Comma
        }
    );
    assert_eq!(
        serde_json::to_value(&read.header).unwrap(),
        manifest["header"]
    );
    assert_eq!(
        read.records.len() as u64,
        manifest["rows"].as_u64().unwrap()
    );

    let conversion = converted(&bytes);
    let errors: Vec<_> = conversion
        .errors
        .iter()
        .map(|error| (error.row, reason(error.reason)))
        .collect();
    assert_eq!(
        serde_json::to_value(&errors).unwrap(),
        manifest["malformed"]
    );
    let duplicates: Vec<_> = conversion
        .duplicates
        .iter()
        .map(|found| (found.row, found.of, duplicate(found.by)))
        .collect();
    assert_eq!(
        serde_json::to_value(&duplicates).unwrap(),
        manifest["duplicates_of"]
    );
    assert_eq!(conversion.rows.len() + errors.len(), read.records.len());

    let owners: Vec<&str> = manifest["owners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|owner| owner.as_str().unwrap())
        .collect();
    for row in &conversion.rows {
        assert!(owners.contains(&row.owner.as_str()), "row {}", row.row);
        assert!(row.followed_up_at.is_some(), "row {}", row.row);
    }
}

#[test]
fn the_short_list() {
    imports_as_its_manifest_says("clients-200", Encoding::Utf8);
}

#[test]
fn the_long_list() {
    imports_as_its_manifest_says("clients-10k", Encoding::Gb18030);
}

#[test]
fn rows_keep_what_the_file_says() {
    let rows = converted(&fixture("clients-200.csv")).rows;
    let first = &rows[0];
    assert_eq!(first.row, 2);
    assert_eq!(first.draft.name, "昂歌信息科技有限公司");
    assert_eq!(
        first.draft.contacts[0].phones,
        ["18877893287", "0755-73171691-867"]
    );
    assert_eq!(first.draft.contacts[0].birthday, "solar:1998-01-08");
    assert_eq!(rows[1].draft.contacts[0].birthday, "lunar:08-15");
    assert_eq!(rows[1].draft.note, "=HYPERLINK(\"http://x\")");
    assert_eq!(rows[5].draft.note, "第一行\n第二行");
    assert_eq!(rows[8].draft.contacts[0].birthday, "solar:1985-06-01");
    assert_eq!(
        rows[9].draft.tags.iter().collect::<Vec<_>>(),
        ["价格敏感，需回访"]
    );
    let several = rows.iter().find(|row| row.draft.tags.len() == 2).unwrap();
    assert!(several.draft.tags.contains("续约"));
}

#[test]
fn a_second_import_names_the_same_clients() {
    let bytes = fixture("clients-10k.csv");
    let first = converted(&bytes).rows;
    let ids: std::collections::BTreeSet<_> = first.iter().map(|row| row.client).collect();
    assert_eq!(ids.len(), first.len());
    assert_eq!(converted(&bytes).rows, first);

    // Without its first record, the others keep their ids.
    let text = String::from_utf8(fixture("clients-200.csv")).unwrap();
    let (header, rest) = text.split_once('\n').unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    let shorter = converted(format!("{header}\n{rest}").as_bytes()).rows;
    let whole = converted(text.as_bytes()).rows;
    assert_eq!(shorter[0].client, whole[1].client);
}
