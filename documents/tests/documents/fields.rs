//! What becomes of each kind of field when two people write it at once: the table in
//! `docs/merging.md`, tried.

use caravan_documents::Document;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::{Edit, path_of};
use caravan_domain::id::{PersonId, TeamId};
use caravan_domain::value::Value;

use crate::support::*;

/// Every field that is a value of its own, by the document it stands in.
const VALUES: [&str; 38] = [
    "client profile/name",
    "client profile/code",
    "client profile/grade",
    "client profile/stage",
    "client profile/region",
    "client profile/address",
    "client profile/source",
    "client profile/position",
    "client profile/created_by",
    "client profile/batch",
    "client profile/followed_up_at",
    "client profile/archived_at",
    "client profile/undone_at",
    "client contacts/1/name",
    "client contacts/1/title",
    "client contacts/1/birthday",
    "client contacts/1/email",
    "client contacts/1/wechat",
    "client contacts/1/note",
    "client contacts/1/phones/2",
    "client visits/1/by",
    "client visits/1/kind",
    "client visits/1/purpose",
    "client visits/1/planned_on",
    "client visits/1/planned_at",
    "client visits/1/next_step",
    "client visits/1/next_on",
    "client visits/1/actions/survey/text",
    "person tasks/1/title",
    "person tasks/1/detail",
    "person tasks/1/kind",
    "person tasks/1/due",
    "person tasks/1/client",
    "person tasks/1/status",
    "person tasks/1/progress",
    "person tasks/1/done_at",
    "person tasks/1/difficulty",
    "person tasks/1/estimate",
];

fn placed(field: &str) -> (DocumentId, Vec<&str>) {
    let (kind, path) = field.split_once(' ').unwrap();
    let document = match kind {
        "client" => client(),
        "team" => TeamId(client().id).into(),
        _ => PersonId(client().id).into(),
    };
    (document, path.split('/').collect())
}

/// What two people make of what both had before, in either order.
fn both(document: DocumentId, base: &[Edit], one: &[Edit], other: &[Edit]) -> Document {
    let mut ground = Document::new(document);
    let mut first = ground.commit(device(0), at(0), base).unwrap();
    let first: Vec<_> = first.take().into_iter().collect();
    let one = write(&mut ground.clone(), 1, one);
    let other = write(&mut ground, 2, other);
    let grown = |order: [&caravan_documents::NewChange; 2]| {
        let mut document = Document::new(document);
        for change in first.iter().chain(order) {
            document.apply(&change.bytes).unwrap();
        }
        document
    };
    let (forth, back) = (grown([&one, &other]), grown([&other, &one]));
    assert_eq!(forth.tree().unwrap(), back.tree().unwrap());
    assert_eq!(forth.conflicts().unwrap(), back.conflicts().unwrap());
    forth
}

#[test]
fn a_value_written_twice_shows_both() {
    for field in VALUES {
        let (document, path) = placed(field);
        let value = |text: &str| Edit::put(document, &path, text);
        let merged = both(document, &[value("a")], &[value("b")], &[value("c")]);
        let conflicts = merged.conflicts().unwrap();
        assert_eq!(conflicts.len(), 1, "{field}");
        assert_eq!(conflicts[0].path, path_of(&path), "{field}");
        assert_eq!(conflicts[0].values.len(), 2, "{field}");
    }
}

#[test]
fn a_value_deleted_by_one_and_written_by_the_other_stays() {
    for field in VALUES {
        let (document, path) = placed(field);
        let value = |text: &str| Edit::put(document, &path, text);
        let gone = [Edit::delete(document, &path)];
        let merged = both(document, &[value("a")], &gone, &[value("b")]);
        let tree = merged.tree().unwrap();
        assert_eq!(tree.text(&path), Some("b"), "{field}");
        assert_eq!(merged.conflict_count().unwrap(), 0, "{field}");
    }
}

#[test]
fn what_each_adds_under_a_name_of_its_own_is_there() {
    for field in [
        "client tags",
        "client contacts",
        "client contacts/1/phones",
        "client interactions",
        "client visits",
        "client visits/1/with",
        "client visits/1/actions",
        "client visits/1/photos",
        "person tasks",
        "person tasks/1/time",
        "person tasks/1/help",
        "person tasks/1/handed",
        "person skills/follow-up",
        "person goals/1/versions",
        "person goals/1/setter",
        "person goals/1/bearer",
        "person goals/1/updates",
    ] {
        let (document, path) = placed(field);
        let at = |name: &'static str| {
            let path: Vec<_> = path.iter().copied().chain([name]).collect();
            Edit::put(document, &path, map([("text", text(name))]))
        };
        let merged = both(document, &[at("x")], &[at("a")], &[at("b")]);
        let tree = merged.tree().unwrap();
        let names: Vec<_> = tree.entries(&path).map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b", "x"], "{field}");
        assert_eq!(merged.conflict_count().unwrap(), 0, "{field}");
    }
}

#[test]
fn marks_set_and_taken_away_at_once_are_set() {
    for field in [
        "client tags/vip",
        "client visits/1/with/ann",
        "person calendar/mon/09:00-12:00",
        "team posts/1/applause/ann",
    ] {
        let (document, path) = placed(field);
        let set = Edit::put(document, &path, true);
        let away = Edit::delete(document, &path);
        let again = [away.clone(), set.clone()];
        let merged = both(document, &[set], &[away], &again);
        assert_eq!(
            merged.tree().unwrap().at(&path),
            Some(&Value::Bool(true)),
            "{field}"
        );
    }
}

/// Nobody has made the collection before: two who applaud at once both make it, and both count.
#[test]
fn applause_of_two_people_at_once_counts_twice() {
    let (document, path) = placed("team posts/1");
    let post = [Edit::put(document, &path, Value::Map([].into()))];
    let applause = |who| [Edit::put(document, &["posts", "1", "applause", who], true)];
    let merged = both(document, &post, &applause("ann"), &applause("bo"));
    let tree = merged.tree().unwrap();
    let applauding: Vec<_> = tree.entries(&["posts", "1", "applause"]).collect();
    assert_eq!(applauding.len(), 2);
    assert_eq!(merged.conflict_count().unwrap(), 0);
}

#[test]
fn letters_of_two_people_both_stand() {
    for field in ["client profile/note", "client visits/1/note"] {
        let (document, path) = placed(field);
        let words = |text: &str| [Edit::put(document, &path, prose(text))];
        let merged = both(document, &words("b"), &words("ab"), &words("bc"));
        let tree = merged.tree().unwrap();
        assert_eq!(tree.at(&path), Some(&prose("abc")), "{field}");
        assert_eq!(merged.conflict_count().unwrap(), 0, "{field}");
        // Emptied by one while the other wrote: what was written stays.
        let merged = both(document, &words("b"), &words(""), &words("bc"));
        assert_eq!(
            merged.tree().unwrap().at(&path),
            Some(&prose("c")),
            "{field}"
        );
    }
}

/// What somebody saw on a visit is written field by field, so that of two who write it up at once both texts are there to
/// pick from.
#[test]
fn of_an_action_that_two_write_up_at_once_both_texts_are_shown() {
    let (document, path) = placed("client visits/1/actions/survey");
    let visit = Edit::put(document, &path[..2], map([("actions", map([]))]));
    let done = |when: i64, seen: &str| {
        let below = |field| [&path[..], &[field]].concat();
        [
            Edit::put(document, &below("at"), when),
            Edit::put(document, &below("text"), seen),
        ]
    };
    let merged = both(document, &[visit], &done(1, "a"), &done(2, "b"));
    let conflicts = merged.conflicts().unwrap();
    let text = conflicts
        .iter()
        .find(|it| it.path.last().unwrap() == "text");
    assert_eq!(text.unwrap().values.len(), 2);
    let tree = merged.tree().unwrap();
    assert!(tree.int(&[&path[..], &["at"]].concat()).is_some());
}

/// A record that is removed is gone, with what somebody wrote inside it meanwhile.
#[test]
fn a_record_removed_by_one_and_changed_inside_by_another_is_gone() {
    for field in ["client contacts/1", "client visits/1/actions/survey"] {
        let (document, path) = placed(field);
        let inside: Vec<_> = path.iter().copied().chain(["name"]).collect();
        let record = [Edit::put(document, &path, map([("name", text("a"))]))];
        let gone = [Edit::delete(document, &path)];
        let changed = [Edit::put(document, &inside, "b")];
        let merged = both(document, &record, &gone, &changed);
        assert_eq!(merged.tree().unwrap().at(&path), None, "{field}");
        assert_eq!(merged.conflict_count().unwrap(), 0, "{field}");
    }
}

/// Two devices of one person, or two people, at the same door: one record, as one of them wrote it.
#[test]
fn of_a_record_written_whole_by_two_one_counts() {
    for field in [
        "client visits/1/check_in",
        "client visits/1/check_out",
        "client visits/1/cancelled",
        "client visits/1/photos/a",
    ] {
        let (document, path) = placed(field);
        let record = |at: &str| map([("at", text(at)), (at, text("own"))]);
        let one = [Edit::put(document, &path, record("9:00"))];
        let other = [Edit::put(document, &path, record("9:01"))];
        let merged = both(document, &[], &one, &other);
        let shown = merged.tree().unwrap().at(&path).cloned().unwrap();
        assert!(
            [record("9:00"), record("9:01")].contains(&shown),
            "{field}: {shown:?}"
        );
        assert_eq!(merged.conflict_count().unwrap(), 0, "{field}");
    }
}
