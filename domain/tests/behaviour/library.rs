//! The library: kept by those who run training, found by everybody.

use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::document::DocumentKind;
use caravan_domain::id::EntryId;
use caravan_domain::policy::{may_claim, may_put};
use caravan_domain::query::{Answer, Query};
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::course::Topic;
use caravan_domain::training::library::answer::{LibraryList, LibraryPage};
use caravan_domain::training::library::command::{ENTRY_MAX, LibraryCommand};
use caravan_domain::training::library::record::EntryDraft;
use caravan_domain::value::{Map, Value};

use crate::field::{ADMIN, ALICE, DIRECTOR, EAST_MANAGER, Field};

fn draft(title: &str) -> EntryDraft {
    EntryDraft {
        title: title.to_owned(),
        topic: Topic::Sales,
        text: "先问清楚比的是什么。".to_owned(),
        link: "https://example.com/price".to_owned(),
    }
}

fn run(
    field: &mut Field,
    me: caravan_domain::id::PersonId,
    command: LibraryCommand,
) -> Result<(), CommandError> {
    let command = Command::Training(TrainingCommand::Library(command));
    field.run(me, command).map(drop)
}

pub(crate) fn add(field: &mut Field, title: &str) {
    run(field, DIRECTOR, LibraryCommand::Add(draft(title))).unwrap();
}

fn found(field: &Field, list: LibraryList) -> LibraryPage {
    match field.ask(ALICE, &Query::Library(list)) {
        Answer::Library(page) => page,
        other => panic!("{other:?}"),
    }
}

fn titles(field: &Field, search: &str) -> Vec<String> {
    let list = LibraryList {
        search: search.to_owned(),
        ..LibraryList::default()
    };
    let entries = found(field, list).entries.into_iter();
    entries.map(|entry| entry.draft.title).collect()
}

fn only(field: &Field) -> EntryId {
    found(field, LibraryList::default()).entries[0].id
}

#[test]
fn everybody_finds_it_by_words_pinyin_and_initials() {
    let mut field = Field::new();
    add(&mut field, "价格异议应对");
    add(&mut field, "合同范本");
    assert_eq!(
        titles(&field, ""),
        ["合同范本", "价格异议应对"],
        "by pinyin"
    );
    for typed in ["价格", "jiage", "jgyy"] {
        assert_eq!(
            titles(&field, typed).first().map(String::as_str),
            Some("价格异议应对"),
            "{typed}"
        );
    }
    assert_eq!(titles(&field, "hetong"), ["合同范本"]);
    assert_eq!(titles(&field, "比的是").len(), 2, "in the words of both");
    assert_eq!(titles(&field, "没有"), Vec::<String>::new());
    let topic = Some(Topic::Ethics);
    let of_topic = LibraryList {
        topic,
        ..LibraryList::default()
    };
    assert_eq!(found(&field, of_topic).entries.len(), 0);
}

#[test]
fn who_keeps_it() {
    for (me, may) in [
        (DIRECTOR, true),
        (ADMIN, true),
        (EAST_MANAGER, false),
        (ALICE, false),
    ] {
        let mut field = Field::new();
        let added = run(&mut field, me, LibraryCommand::Add(draft("范本")));
        assert_eq!(added.is_ok(), may, "{me}");
        add(&mut field, "别的");
        let entry = only(&field);
        let archive = LibraryCommand::SetArchived {
            entry,
            archived: true,
        };
        assert_eq!(run(&mut field, me, archive).is_ok(), may, "{me}");
    }
    let steps = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    assert!(
        !may_put(DocumentKind::Company, &steps("library/1"), true),
        "written once"
    );
    assert!(!may_put(
        DocumentKind::Company,
        &steps("library/1/created_by"),
        true
    ));
    let by = Map::from([("created_by".to_owned(), Value::from(ALICE.to_string()))]);
    assert!(!may_claim(
        DocumentKind::Company,
        &steps("library/1"),
        &Value::Map(by),
        DIRECTOR
    ));
}

#[test]
fn only_what_differs_is_written_and_what_is_out_of_use_is_kept() {
    let mut field = Field::new();
    add(&mut field, "范本");
    let entry = only(&field);
    let after = EntryDraft {
        link: String::new(),
        ..draft("范本")
    };
    let change = LibraryCommand::Change {
        entry,
        before: draft("范本"),
        after,
    };
    let command = Command::Training(TrainingCommand::Library(change.clone()));
    assert_eq!(field.propose(DIRECTOR, command).unwrap().edits.len(), 1);
    run(&mut field, DIRECTOR, change).unwrap();
    assert_eq!(
        found(&field, LibraryList::default()).entries[0].draft.link,
        ""
    );
    let archive = LibraryCommand::SetArchived {
        entry,
        archived: true,
    };
    run(&mut field, DIRECTOR, archive).unwrap();
    let page = found(&field, LibraryList::default());
    assert!(page.entries.is_empty() && page.any_archived && !page.any);
    let archived = LibraryList {
        archived: true,
        ..LibraryList::default()
    };
    assert_eq!(found(&field, archived).entries.len(), 1);
}

#[test]
fn what_cannot_be_kept_is_refused_with_its_field() {
    let mut field = Field::new();
    let mut refused = |change: fn(&mut EntryDraft)| {
        let mut draft = draft("范本");
        change(&mut draft);
        run(&mut field, DIRECTOR, LibraryCommand::Add(draft)).unwrap_err()
    };
    assert_eq!(
        refused(|it| it.title.clear()),
        CommandError::Blank(FormField::Title)
    );
    assert_eq!(
        refused(|it| it.link = "javascript:alert(1)".to_owned()),
        CommandError::Malformed(FormField::Link)
    );
    let too_long = refused(|it| it.text = "字".repeat(ENTRY_MAX + 1));
    assert!(matches!(
        too_long,
        CommandError::TooLong {
            field: FormField::Note,
            ..
        }
    ));
}
