//! Edits go in as values and come out as the same values.

use crate::support::*;
use caravan_documents::{Document, DocumentError};
use caravan_domain::document::DocumentKind;
use caravan_domain::id::{ClientId, Id};
use caravan_domain::value::Value;
use proptest::prelude::*;

#[test]
fn every_device_begins_with_the_same_genesis() {
    let other = ClientId(Id::from_bytes([2; 16])).into();
    assert_eq!(
        Document::new(client()).heads(),
        Document::new(client()).heads()
    );
    assert_eq!(
        Document::new(client()).heads(),
        Document::new(other).heads()
    );
    // For ever: a genesis that changed would cut every stored document off from its past.
    assert_eq!(
        genesis(DocumentKind::Client),
        [
            "5b5b315809130df522658646a24d1dff97af140a25d098e66a933bb261c0b499",
            "d59c7e594ca06f3aacd5997c172784e54a1602d8a3c1cea5012e1fe005745464",
        ]
    );
    assert_eq!(
        genesis(DocumentKind::Person),
        [
            "f0e45680695ae9d705b9a6862ddea119b1010fa4b127bc47293f528ec9c5fad3",
            "8a61757b4cf1103873b96d8e538eeebfbe25d3b0f06ff623e2de292d3c32d0df",
            "a338c4cb95ccbad641fcdb90f72efc5b073c9ae765dcabc5090171d17767613e",
        ]
    );
}

/// Its hashes in hexadecimal, the oldest version first.
fn genesis(kind: DocumentKind) -> Vec<String> {
    let hashes = Document::genesis(kind).into_iter();
    hashes
        .map(|hash| hash.0.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect()
}

#[test]
fn the_genesis_is_never_sent() {
    let mut document = Document::new(client());
    assert_eq!(document.changes_since_genesis().unwrap().count(), 0);
    assert!(document.snapshot().unwrap().is_empty());
    let change = write(&mut document, 1, &[put(&["profile", "name"], "Ann")]);
    let stored: Vec<_> = document.changes_since_genesis().unwrap().collect();
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].device, device(1));
    assert_eq!(stored[0].sequence, 1);
    assert_eq!(stored[0].bytes, change.bytes);
}

#[test]
fn a_value_that_is_there_already_makes_no_change() {
    let mut document = Document::new(client());
    let edits = [
        put(&["profile", "name"], "Ann"),
        put(&["profile", "note"], prose("long ago")),
        put(
            &["contacts", "1"],
            map([("name", text("Bo")), ("note", prose("x"))]),
        ),
        put(&["tags", "vip"], true),
    ];
    assert!(document.commit(device(1), at(0), &edits).unwrap().is_some());
    assert_eq!(document.commit(device(2), at(1), &edits).unwrap(), None);
    let gone = [
        delete(&["tags", "old"]),
        delete(&["visits", "1", "with", "2"]),
    ];
    assert_eq!(document.commit(device(2), at(1), &gone).unwrap(), None);
}

#[test]
fn a_change_is_counted_per_device_and_dated() {
    let mut document = Document::new(client());
    assert_eq!(
        write(&mut document, 1, &[put(&["profile", "name"], "Ann")]).sequence,
        1
    );
    assert_eq!(
        write(&mut document, 1, &[put(&["profile", "code"], "9")]).sequence,
        2
    );
    assert_eq!(
        write(&mut document, 2, &[put(&["tags", "vip"], true)]).sequence,
        1
    );
    let origin = document
        .origin(&["profile".into(), "code".into()])
        .unwrap()
        .unwrap();
    assert_eq!(
        (origin.device, origin.sequence, origin.written_at),
        (device(1), 2, at(1))
    );
    assert_eq!(document.origin(&["profile".into()]).unwrap(), None);
    assert_eq!(
        document
            .origin(&["profile".into(), "grade".into()])
            .unwrap(),
        None
    );
}

#[test]
fn an_edit_in_the_wrong_place_changes_nothing() {
    let mut document = Document::new(client());
    write(&mut document, 1, &[put(&["profile", "name"], "Ann")]);
    let before = document.tree().unwrap();
    let elsewhere = caravan_domain::edit::Edit::put(
        ClientId(Id::from_bytes([2; 16])),
        &["profile", "name"],
        "Bo",
    );
    let refused = document.commit(device(1), at(0), &[elsewhere]);
    assert!(matches!(refused, Err(DocumentError::WrongDocument(_))));
    for path in [
        &["profile"] as &[&str],
        &[],
        &["profile", "name", "first"],
        &["a"; 40],
    ] {
        let edits = [put(&["profile", "code"], "1"), put(path, "x")];
        let refused = document.commit(device(1), at(0), &edits);
        assert!(matches!(refused, Err(DocumentError::BadPath)), "{path:?}");
    }
    assert_eq!(document.tree().unwrap(), before);
    assert_eq!(
        write(&mut document, 1, &[put(&["tags", "vip"], true)]).sequence,
        2
    );
}

proptest! {
    #[test]
    fn a_value_comes_out_as_it_went_in(value in value()) {
        let mut document = Document::new(client());
        document.commit(device(1), at(0), &[put(&["visits", "1", "it"], value.clone())]).unwrap();
        let tree = document.tree().unwrap();
        prop_assert_eq!(tree.at(&["visits", "1", "it"]), Some(&value));
        prop_assert_eq!(tree.at(&["tags"]), Some(&Value::Map([].into())));
    }

    #[test]
    fn what_was_saved_is_loaded(history in prop::collection::vec((0u8..3, edits()), 0..8)) {
        let mut document = Document::new(client());
        for (author, edits) in &history {
            let _ = document.commit(device(*author), at(0), edits);
        }
        let plain: Vec<u8> = document.changes_since_genesis().unwrap().flat_map(|c| c.bytes).collect();
        for chunks in [document.save().unwrap(), document.snapshot().unwrap(), plain] {
            let loaded = Document::load(client(), &chunks).unwrap();
            prop_assert_eq!(loaded.heads(), document.heads());
            prop_assert_eq!(loaded.tree().unwrap(), document.tree().unwrap());
            prop_assert_eq!(loaded.conflicts().unwrap(), document.conflicts().unwrap());
        }
    }

    #[test]
    fn the_inverse_leads_back(first in edits(), second in edits()) {
        let mut document = Document::new(client());
        let _ = document.commit(device(1), at(0), &first);
        let before = document.tree().unwrap();
        let inverse = document.inverse(&second).unwrap();
        if document.commit(device(1), at(1), &second).is_ok() {
            // A container that the edits made stays behind, empty and unseen.
            document.commit(device(1), at(2), &inverse).unwrap();
            prop_assert_eq!(document.tree().unwrap(), before);
        }
    }
}
