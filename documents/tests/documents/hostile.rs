//! Bytes from outside are refused or read; nothing panics out.

use crate::support::*;
use caravan_documents::{Document, DocumentError};
use caravan_domain::value::Value;
use proptest::prelude::*;

fn sample() -> (Document, Vec<u8>) {
    let mut document = Document::new(client());
    write(
        &mut document,
        1,
        &[
            put(&["profile", "name"], "Ann"),
            put(&["tags", "vip"], true),
        ],
    );
    let visit = map([
        ("note", prose("谈了价格")),
        ("by", Value::Bytes(vec![1, 2])),
    ]);
    let base = document.clone();
    let change = write(
        &mut document,
        2,
        &[
            put(&["profile", "name"], "Anna"),
            put(&["visits", "1"], visit),
            delete(&["tags", "vip"]),
        ],
    );
    (base, change.bytes)
}

/// Everything that reads, on a document that may be anything.
fn exercise(mut document: Document) {
    let _ = document.tree();
    let _ = document.conflicts();
    let _ = document
        .save()
        .map(|saved| Document::load(client(), &saved));
    let _ = document.snapshot();
    let _ = document.origin(&["profile".into(), "name".into()]);
    let _ = document.commit(device(3), at(3), &[put(&["profile", "name"], "x")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
        let _ = Document::load(client(), &bytes);
        prop_assert!(Document::new(client()).apply(&bytes).is_err());
    }

    #[test]
    fn a_bent_change_never_panics_out(
        bends in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (mut base, mut change) = sample();
        for (place, byte) in &bends {
            // Past the header, which would only be refused.
            let place = 10 + place.index(change.len() - 10);
            change[place] = *byte;
        }
        let change = mended(change);
        if let Err(DocumentError::Damaged) = base.apply(&change) {
            prop_assert!(matches!(base.tree(), Err(DocumentError::Damaged)));
        }
        exercise(base);
        let _ = Document::load(client(), &change).map(exercise);
    }

    #[test]
    fn a_bent_saved_document_never_panics_out(
        bends in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (base, _) = sample();
        let mut saved = base.save().unwrap();
        for (place, byte) in &bends {
            let place = 10 + place.index(saved.len() - 10);
            saved[place] = *byte;
        }
        let _ = Document::load(client(), &mended(saved)).map(exercise);
    }
}

#[test]
fn a_genesis_from_outside_is_refused() {
    let saved = Document::new(client()).save().unwrap();
    assert!(matches!(
        Document::new(client()).apply(&saved),
        Err(DocumentError::Malformed)
    ));
}
