//! What is found out about a change before anybody else is given it.

use std::collections::BTreeSet;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};
use caravan_documents::{Document, Finding, NewChange, Touch};
use caravan_domain::value::Value;
use proptest::prelude::*;

use crate::support::*;

fn examine(document: &mut Document, change: &NewChange) -> Result<Vec<Touch>, Finding> {
    let mut examined = document.examine([change.bytes.as_slice()]);
    examined.pop().unwrap()
}

fn paths(touches: &[Touch]) -> Vec<String> {
    touches.iter().map(|touch| touch.path.join("/")).collect()
}

#[test]
fn a_change_is_known_by_the_places_it_writes_in() {
    let mut author = Document::new(client());
    let visit = map([("kind", text("call")), ("note", prose("谈了价格"))]);
    let change = write(
        &mut author,
        1,
        &[
            put(&["profile", "name"], "Ann"),
            put(&["visits", "1"], visit),
            put(&["visits", "1", "photos", "a"], true),
            put(&["contacts", "1", "phones", "2"], "123"),
        ],
    );
    let mut relay = Document::new(client());
    let touches = examine(&mut relay, &change).unwrap();
    assert_eq!(
        paths(&touches),
        [
            "contacts/1/phones/2",
            "profile/name",
            "visits/1",
            "visits/1/photos/a"
        ]
    );
    assert!(touches.iter().all(|touch| !touch.known));
    assert_eq!(touches[1].written, Some(text("Ann")));
    let visit = touches[2].written.as_ref().unwrap();
    assert_eq!(visit.text(&["note"]), Some("谈了价格"));
    assert_eq!(relay.heads(), author.heads());

    let change = write(
        &mut author,
        2,
        &[
            put(&["profile", "name"], "Anna"),
            put(&["visits", "1", "note"], prose("谈了新价格")),
            delete(&["contacts", "1", "phones", "2"]),
        ],
    );
    let touches = examine(&mut relay, &change).unwrap();
    assert_eq!(
        paths(&touches),
        ["contacts/1/phones/2", "profile/name", "visits/1/note"]
    );
    assert!(touches.iter().all(|touch| touch.known));
    assert_eq!(touches[1].holders, BTreeSet::from([device(1)]));
    assert_eq!(touches[0].written, None);
    assert_eq!(touches[2].written, Some(prose("谈了新价格")));
}

#[test]
fn who_did_not_know_of_a_value_is_told_apart_from_who_did() {
    let mut one = Document::new(client());
    let mut other = one.clone();
    let first = write(&mut one, 1, &[put(&["visits", "1"], map([]))]);
    let second = write(&mut other, 2, &[put(&["visits", "1"], map([]))]);
    let mut relay = Document::new(client());
    examine(&mut relay, &first).unwrap();
    let touches = examine(&mut relay, &second).unwrap();
    assert!(!touches[0].known);
    assert_eq!(touches[0].holders, BTreeSet::from([device(1)]));
}

#[test]
fn what_was_taken_out_can_be_read_and_written_anew() {
    let mut author = Document::new(client());
    write(&mut author, 1, &[put(&["profile", "name"], "Ann")]);
    write(
        &mut author,
        1,
        &[put(&["profile", "note"], prose("谈了价格"))],
    );
    let before = author.clone();
    let edits = [
        put(&["contacts", "1", "name"], "Bo"),
        delete(&["profile", "name"]),
        put(&["profile", "note"], prose("谈了新的价格")),
    ];
    let change = write(&mut author, 1, &edits);
    let mut read = before.would_write(&change.bytes).unwrap();
    read.sort_by(|one, other| one.path.cmp(&other.path));
    assert_eq!(read, edits);
    assert!(Document::new(client()).would_write(&change.bytes).is_err());
    let words = caravan_documents::words(&change.bytes);
    let expected = [("name", "Bo"), ("", "新的")];
    assert_eq!(
        words,
        expected.map(|(place, word)| (place.to_owned(), word.to_owned()))
    );
    assert_eq!(caravan_documents::words(b"no change"), []);
}

#[test]
fn what_rests_on_something_else_must_wait_for_it() {
    let mut author = Document::new(client());
    let first = write(&mut author, 1, &[put(&["profile", "name"], "Ann")]);
    let second = write(&mut author, 1, &[put(&["profile", "name"], "Anna")]);
    let mut relay = Document::new(client());
    assert_eq!(examine(&mut relay, &second), Err(Finding::Unfounded));
    assert_eq!(relay.heads(), Document::new(client()).heads());
    examine(&mut relay, &first).unwrap();
    examine(&mut relay, &second).unwrap();
}

/// A change that Automerge makes without this crate, on top of an empty client.
fn foreign(write: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) -> Vec<u8> {
    let mut document = Document::new(client());
    let name = super::support::write(&mut document, 1, &[put(&["profile", "name"], "Ann")]);
    let mut inner = Automerge::load(&document.save().unwrap()).unwrap();
    inner.set_actor(ActorId::from([20; 16]));
    let mut transaction = inner.transaction();
    write(&mut transaction);
    transaction.commit_with(CommitOptions::default()).0.unwrap();
    let changes = inner.get_changes(&[automerge::ChangeHash(name.hash.0)]);
    changes[0].raw_bytes().to_vec()
}

#[test]
fn nobody_writes_at_the_root_makes_lists_or_counts() {
    let profile = |transaction: &automerge::transaction::Transaction<'_>| {
        transaction.get(ROOT, "profile").unwrap().unwrap().1
    };
    let foreign = [
        foreign(|at| at.put(ROOT, "profile", 1).unwrap()),
        foreign(|at| at.put(ROOT, "new", true).unwrap()),
        foreign(|at| {
            let profile = profile(at);
            at.put_object(profile, "name", ObjType::List).unwrap();
        }),
        foreign(|at| {
            let profile = profile(at);
            at.put(profile, "", true).unwrap();
        }),
        foreign(|at| {
            // A container over what stands there would hide it.
            let profile = profile(at);
            let made = at.put_object(profile, "name", ObjType::Map).unwrap();
            at.put(made, "", true).unwrap();
        }),
    ];
    for change in foreign {
        let mut document = Document::new(client());
        write(&mut document, 1, &[put(&["profile", "name"], "Ann")]);
        let before = document.heads();
        let found = document.examine([change.as_slice()]);
        assert_eq!(found, [Err(Finding::Foreign)]);
        assert_eq!(document.heads(), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the engine writes is passed on, and nothing is written but where it was asked for.
    #[test]
    fn our_own_changes_pass(
        rounds in prop::collection::vec((0u8..3, any::<bool>(), edits()), 1..6),
    ) {
        let mut people = [(); 3].map(|()| Document::new(client()));
        let mut relay = Document::new(client());
        let mut sent: Vec<Vec<u8>> = Vec::new();
        for (who, catches_up, edits) in rounds {
            let author = &mut people[usize::from(who)];
            if catches_up {
                for change in &sent {
                    author.apply(change).unwrap();
                }
            }
            // Some paths lead through values that are no maps: those edits are refused.
            let Ok(Some(change)) = author.commit(device(who), at(0), &edits) else {
                continue;
            };
            let touches = examine(&mut relay, &change);
            let touches = touches.map_err(|found| TestCaseError::fail(format!("{found:?}")))?;
            prop_assert!(!touches.is_empty());
            for touch in touches {
                prop_assert!(
                    edits.iter().any(|edit| edit.path == touch.path),
                    "{:?} is none of {edits:?}", touch.path
                );
            }
            sent.push(change.bytes);
        }
        let bytes: Vec<_> = sent.iter().map(Vec::as_slice).collect();
        let again = Document::new(client()).examine(bytes);
        prop_assert!(again.iter().all(Result::is_ok));
        let plain = sent.iter().try_fold(Document::new(client()), |mut document, change| {
            document.apply(change).map(|_| document)
        });
        prop_assert_eq!(plain.unwrap().heads(), relay.heads());
    }
}

#[test]
fn a_document_that_would_not_load_again_is_not_made() {
    // Found among mutants: each is well formed; Automerge takes some and never gives them back.
    let mut base = Document::new(client());
    write(
        &mut base,
        1,
        &[
            put(&["profile", "name"], "Ann"),
            put(&["tags", "vip"], true),
        ],
    );
    let change = write(
        &mut base.clone(),
        2,
        &[
            put(&["profile", "name"], Value::Prose("Anna".into())),
            delete(&["tags", "vip"]),
        ],
    );
    let mut refused = 0;
    for place in 10..change.bytes.len() {
        for bit in 0..8 {
            let mut bent = change.bytes.clone();
            bent[place] ^= 1 << bit;
            let bent = mended(bent);
            let mut document = base.clone();
            refused += usize::from(document.examine([bent.as_slice()])[0].is_err());
            let saved = document.save().unwrap();
            let again = Document::load(client(), &saved).unwrap();
            assert_eq!(again.heads(), document.heads());
        }
    }
    assert!(refused > 500, "{refused} refused");
}

/// Who has begun the record is told of what is written beside it, whoever writes that: it may be another's to give.
#[test]
fn who_began_a_record_is_told_of_what_is_added_to_it() {
    let mut author = Document::new(client());
    let mut relay = Document::new(client());
    let first = write(&mut author, 1, &[put(&["visits", "1"], map([]))]);
    let touches = examine(&mut relay, &first).unwrap();
    assert_eq!(touches[0].began, None, "of the record itself nobody has");
    for (device_number, who) in [(2, "ann"), (3, "bo")] {
        let added = write(
            &mut author,
            device_number,
            &[put(&["visits", "1", "with", who], true)],
        );
        let touches = examine(&mut relay, &added).unwrap();
        assert_eq!(paths(&touches), [format!("visits/1/with/{who}")]);
        assert_eq!(touches[0].began, Some(device(1)));
    }
}
