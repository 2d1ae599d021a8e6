//! What becomes of the writing of several people who did not know of each other.

use crate::support::*;
use caravan_documents::{Applied, Document, NewChange};
use caravan_domain::value::Value;
use proptest::prelude::*;

/// Two people write on top of `base`; both orders of arrival must give the same document.
fn both(
    base: &[caravan_domain::edit::Edit],
    edits: [&[caravan_domain::edit::Edit]; 2],
) -> Document {
    let mut ground = Document::new(client());
    let first: Vec<NewChange> = ground
        .commit(device(0), at(0), base)
        .unwrap()
        .into_iter()
        .collect();
    let one = write(&mut ground.clone(), 1, edits[0]);
    let other = write(&mut ground, 2, edits[1]);
    let forth = merged(first.iter().chain([&one, &other]));
    let back = merged(first.iter().chain([&other, &one]));
    assert_eq!(forth.tree().unwrap(), back.tree().unwrap());
    assert_eq!(forth.conflicts().unwrap(), back.conflicts().unwrap());
    forth
}

#[test]
fn two_fields_of_one_record_both_change() {
    let ann = map([("name", text("Ann")), ("title", text("clerk"))]);
    let document = both(
        &[put(&["contacts", "1"], ann)],
        [
            &[put(&["contacts", "1", "name"], "Anna")],
            &[put(&["contacts", "1", "title"], "head")],
        ],
    );
    let tree = document.tree().unwrap();
    assert_eq!(tree.text(&["contacts", "1", "name"]), Some("Anna"));
    assert_eq!(tree.text(&["contacts", "1", "title"]), Some("head"));
    assert_eq!(document.conflict_count().unwrap(), 0);
}

#[test]
fn one_field_written_twice_keeps_both_values_until_somebody_picks() {
    let mut document = both(
        &[put(&["profile", "name"], "Anne")],
        [
            &[put(&["profile", "name"], "Anna")],
            &[put(&["profile", "name"], "Annie")],
        ],
    );
    let conflicts = document.conflicts().unwrap();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].path, ["profile", "name"]);
    let shown = document.tree().unwrap().string(&["profile", "name"]);
    assert_eq!(conflicts[0].values[0].value, text(&shown));
    let mut writers: Vec<_> = conflicts[0]
        .values
        .iter()
        .map(|written| {
            (
                written.value.clone(),
                written.origin.device,
                written.origin.written_at,
            )
        })
        .collect();
    writers.sort_by_key(|(_, device, _)| *device);
    assert_eq!(
        writers,
        [
            (text("Anna"), device(1), at(1)),
            (text("Annie"), device(2), at(2)),
        ]
    );
    // Picking the value that is shown anyway settles it, too.
    write(
        &mut document,
        3,
        &[put(&["profile", "name"], shown.clone())],
    );
    assert_eq!(document.conflict_count().unwrap(), 0);
    assert_eq!(
        document.tree().unwrap().text(&["profile", "name"]),
        Some(shown.as_str())
    );
}

#[test]
fn the_same_value_written_twice_is_no_conflict() {
    let edits = [
        put(&["profile", "name"], "Ann"),
        put(&["profile", "note"], prose("new")),
    ];
    let document = both(&[], [&edits, &edits]);
    assert_eq!(document.conflicts().unwrap(), []);
}

#[test]
fn a_tag_added_survives_its_removal_by_somebody_who_did_not_know() {
    let document = both(
        &[put(&["tags", "vip"], true), put(&["tags", "old"], true)],
        [
            &[
                delete(&["tags", "vip"]),
                put(&["tags", "vip"], true),
                put(&["tags", "new"], true),
            ],
            &[delete(&["tags", "vip"]), delete(&["tags", "old"])],
        ],
    );
    let tree = document.tree().unwrap();
    let tags: Vec<_> = tree.entries(&["tags"]).map(|(tag, _)| tag).collect();
    assert_eq!(tags, ["new", "vip"]);
    assert_eq!(document.conflict_count().unwrap(), 0);
}

#[test]
fn two_paragraphs_both_survive() {
    let document = both(
        &[put(&["visits", "1", "note"], prose("谈了价格。\n"))],
        [
            &[put(
                &["visits", "1", "note"],
                prose("老张在场。谈了价格。\n"),
            )],
            &[put(
                &["visits", "1", "note"],
                prose("谈了价格。\n下周再来。"),
            )],
        ],
    );
    let tree = document.tree().unwrap();
    assert_eq!(
        tree.at(&["visits", "1", "note"]),
        Some(&prose("老张在场。谈了价格。\n下周再来。"))
    );
}

#[test]
fn a_note_begun_by_two_people_shows_both_and_can_be_settled() {
    let mut document = both(
        &[],
        [
            &[put(&["profile", "note"], prose("a"))],
            &[put(&["profile", "note"], prose("b"))],
        ],
    );
    assert_eq!(document.conflict_count().unwrap(), 1);
    write(
        &mut document,
        3,
        &[put(&["profile", "note"], prose("a, b"))],
    );
    assert_eq!(document.conflict_count().unwrap(), 0);
    assert_eq!(
        document.tree().unwrap().text(&["profile", "note"]),
        Some("a, b")
    );
}

#[test]
fn photos_of_two_people_stand_in_one_visit() {
    let visit = map([("kind", text("regular"))]);
    let document = both(
        &[put(&["visits", "1"], visit)],
        [
            &[put(
                &["visits", "1", "photos", "a"],
                map([("by", text("Ann"))]),
            )],
            &[put(
                &["visits", "1", "photos", "b"],
                map([("by", text("Bo"))]),
            )],
        ],
    );
    let tree = document.tree().unwrap();
    let photos: Vec<_> = tree
        .entries(&["visits", "1", "photos"])
        .map(|(photo, _)| photo)
        .collect();
    assert_eq!(photos, ["a", "b"]);
}

#[test]
fn a_photo_in_a_container_made_twice_can_be_rewritten_and_removed() {
    let mut document = both(
        &[],
        [
            &[
                put(&["visits", "1", "photos", "a"], 1i64),
                put(&["visits", "1", "photos", "c"], 1i64),
            ],
            &[
                put(&["visits", "1", "photos", "b"], 2i64),
                put(&["visits", "1", "photos", "c"], 2i64),
            ],
        ],
    );
    assert_eq!(document.conflict_count().unwrap(), 1);
    let edits = [
        put(&["visits", "1", "photos", "a"], 3i64),
        put(&["visits", "1", "photos", "b"], 3i64),
        delete(&["visits", "1", "photos", "c"]),
    ];
    write(&mut document, 3, &edits);
    let tree = document.tree().unwrap();
    let expected = map([("a", Value::Int(3)), ("b", Value::Int(3))]);
    assert_eq!(tree.at(&["visits", "1", "photos"]), Some(&expected));
    assert_eq!(document.conflict_count().unwrap(), 0);
}

#[test]
fn a_value_deleted_by_one_and_written_by_another_stays_without_a_conflict() {
    let document = both(
        &[put(&["profile", "address"], "a")],
        [
            &[put(&["profile", "address"], "b")],
            &[delete(&["profile", "address"])],
        ],
    );
    assert_eq!(
        document.tree().unwrap().text(&["profile", "address"]),
        Some("b")
    );
    assert_eq!(document.conflict_count().unwrap(), 0);
}

#[test]
fn a_change_waits_for_what_it_rests_on() {
    let mut ann = Document::new(client());
    let first = write(&mut ann, 1, &[put(&["profile", "name"], "Ann")]);
    let second = write(&mut ann, 1, &[put(&["profile", "name"], "Anna")]);
    let mut bo = Document::new(client());
    let waits = Applied::Waiting {
        missing: vec![first.hash],
    };
    assert_eq!(bo.apply(&second.bytes).unwrap(), waits);
    assert_eq!(bo.tree().unwrap(), Document::new(client()).tree().unwrap());
    let mut bo = Document::load(client(), &bo.save().unwrap()).unwrap();
    assert_eq!(bo.apply(&first.bytes).unwrap(), Applied::Merged);
    assert_eq!(bo.apply(&first.bytes).unwrap(), Applied::Known);
    assert_eq!(bo.heads(), ann.heads());
}

#[test]
fn a_refused_change_goes_and_takes_along_what_rests_on_it() {
    let mut ann = Document::new(client());
    let first = write(&mut ann, 1, &[put(&["profile", "name"], "Ann")]);
    let mut bo = ann.clone();
    let refused = write(&mut ann, 1, &[put(&["profile", "name"], "no")]);
    write(&mut ann, 1, &[put(&["profile", "code"], "no")]);
    let other = write(&mut bo, 2, &[put(&["tags", "vip"], true)]);
    ann.apply(&other.bytes).unwrap();
    let mut cleared = ann.without(&[refused.hash]).unwrap();
    assert_eq!(cleared.heads(), bo.heads());
    assert_eq!(cleared.without(&[]).unwrap().heads(), bo.heads());
    // The numbers of what never counted are free again.
    assert_eq!(
        write(&mut cleared, 1, &[put(&["profile", "code"], "1")]).sequence,
        2
    );
    assert_eq!(first.sequence, 1);
}

/// What 3 devices write, each sometimes taking in what the others have so far.
fn history(
    steps: &[(u8, bool, Vec<caravan_domain::edit::Edit>)],
) -> (Vec<NewChange>, Vec<Document>) {
    let mut devices = vec![Document::new(client()); 3];
    let mut changes: Vec<NewChange> = Vec::new();
    for (time, (number, catches_up, edits)) in steps.iter().enumerate() {
        let document = &mut devices[usize::from(*number)];
        if *catches_up {
            for change in &changes {
                document.apply(&change.bytes).unwrap();
            }
        }
        let time = at(i64::try_from(time).unwrap());
        if let Ok(Some(change)) = document.commit(device(*number), time, edits) {
            changes.push(change);
        }
    }
    (changes, devices)
}

proptest! {
    #[test]
    fn any_order_and_repetition_gives_the_same_document(
        steps in prop::collection::vec((0u8..3, any::<bool>(), edits()), 1..12),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..24),
    ) {
        let (changes, devices) = history(&steps);
        let expected = merged(&changes);
        for mut document in devices {
            let drawn = order.iter().filter(|_| !changes.is_empty()).map(|index| index.get(&changes));
            for change in drawn.chain(changes.iter().rev()) {
                document.apply(&change.bytes).unwrap();
            }
            prop_assert_eq!(document.heads(), expected.heads());
            prop_assert_eq!(document.tree().unwrap(), expected.tree().unwrap());
            prop_assert_eq!(document.conflicts().unwrap(), expected.conflicts().unwrap());
        }
    }
}
