//! Writing clients: what each command writes, refuses and leaves alone.

use std::collections::BTreeSet;

use caravan_domain::clients::command::{ClientCommand, ImportedClient};
use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::clients::ownership::{CLIENTS_MAX, OwnershipDecision};
use caravan_domain::clients::record::{
    Client, ClientDraft, ContactDraft, Grade, InteractionDraft, InteractionKind, Stage,
};
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::path_of;
use caravan_domain::id::{BatchId, ClientId, Id};
use caravan_domain::time::Instant;
use caravan_domain::value::Value;
use proptest::prelude::*;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, Field, MORNING, contact, id, named, written,
};

fn change(client: ClientId, before: &ClientDraft, after: &ClientDraft) -> Command {
    Command::Client(ClientCommand::Change {
        client,
        before: before.clone(),
        after: after.clone(),
    })
}

fn log(client: ClientId, text: &str) -> Command {
    Command::Client(ClientCommand::LogInteraction {
        client,
        draft: InteractionDraft {
            kind: InteractionKind::Call,
            text: text.to_owned(),
            happened_at: None,
            corrects: None,
        },
    })
}

fn full() -> ClientDraft {
    ClientDraft {
        name: " 张三商贸 ".to_owned(),
        code: "9144 0300-71526726xg".to_owned(),
        grade: Grade::A,
        stage: Stage::Negotiating,
        region: "上海市黄浦区".to_owned(),
        address: "中山东一路 1 号".to_owned(),
        source: "展会".to_owned(),
        note: "喜欢喝茶\n周三在".to_owned(),
        tags: BTreeSet::from(["VIP".to_owned(), " 续约 ".to_owned(), "  ".to_owned()]),
        contacts: vec![
            ContactDraft {
                birthday: "农历八月十五".to_owned(),
                ..contact(
                    "张三",
                    &["+86 138 1234 5678", "13812345678", "", "0755-73171691"],
                )
            },
            contact(" ", &[" "]),
            contact("李四", &[]),
        ],
        position: "geo:31.2304,121.4737;u=15".to_owned(),
    }
}

#[test]
fn a_new_client_is_stored_in_normal_form() {
    let mut field = Field::new();
    let client = field.create(ALICE, full());
    let read = field.client(client);
    assert_eq!(read.created_by, Some(ALICE));
    let draft = read.draft;
    assert_eq!(draft.name, "张三商贸");
    assert_eq!(draft.code, "9144030071526726XG");
    assert_eq!((draft.grade, draft.stage), (Grade::A, Stage::Negotiating));
    assert_eq!(draft.note, "喜欢喝茶\n周三在");
    assert_eq!(
        draft.tags,
        BTreeSet::from(["VIP".to_owned(), "续约".to_owned()])
    );
    // Blank contacts are left out; the order is the form's, and so is that of the phones.
    let [first, second] = &draft.contacts[..] else {
        panic!("{:?}", draft.contacts);
    };
    assert_eq!((&*first.name, &*second.name), ("张三", "李四"));
    assert_eq!(first.phones, ["13812345678", "0755-73171691"]);
    assert_eq!(first.birthday, "lunar:08-15");
    assert_eq!(field.facts.owner(client.into()), Some(ALICE));
}

#[test]
fn what_a_form_gets_wrong_is_said_beside_the_field() {
    use FormField as F;
    let with = |change: fn(&mut ClientDraft)| {
        let mut draft = named("甲");
        change(&mut draft);
        draft
    };
    let too_long = |field, max| CommandError::TooLong { field, max };
    for (draft, error) in [
        (named(" \u{3000}"), CommandError::Blank(F::Name)),
        (named(&"长".repeat(201)), too_long(F::Name, 200)),
        (
            with(|it| it.address = "长".repeat(501)),
            too_long(F::Address, 500),
        ),
        (
            with(|it| it.note = "长".repeat(20_001)),
            too_long(F::Note, 20_000),
        ),
        (
            with(|it| it.tags = ["长".repeat(201)].into()),
            too_long(F::Tags, 200),
        ),
        (
            with(|it| it.position = "31.2,121.4".to_owned()),
            CommandError::Malformed(F::Position),
        ),
        (
            with(|it| it.contacts = vec![contact("张三", &["123"])]),
            CommandError::Malformed(F::Phone),
        ),
        (
            with(|it| {
                it.contacts = vec![contact("张三", &[])];
                it.contacts[0].birthday = "不详".to_owned();
            }),
            CommandError::Malformed(F::Birthday),
        ),
    ] {
        let mut field = Field::new();
        let create = Command::Client(ClientCommand::Create(draft.clone()));
        assert_eq!(field.propose(ALICE, create), Err(error), "{draft:?}");
    }
}

#[test]
fn a_change_writes_only_what_differs() {
    let mut field = Field::new();
    let client = field.create(ALICE, full());
    let before = field.client(client).draft;
    assert_eq!(
        written(
            &field
                .propose(ALICE, change(client, &before, &before))
                .unwrap()
        ),
        [""; 0]
    );
    let mut after = before.clone();
    after.grade = Grade::B;
    after.address.clear();
    after.note.push('。');
    after.tags = BTreeSet::from(["续约".to_owned(), "新".to_owned()]);
    after.contacts[0].title = "经理".to_owned();
    let outcome = field
        .propose(ALICE, change(client, &before, &after))
        .unwrap();
    let contact = before.contacts[0].id.unwrap();
    assert_eq!(
        written(&outcome),
        [
            "profile/address removed".to_owned(),
            "profile/note ~ 喜欢喝茶\n周三在。".to_owned(),
            "profile/grade = B".to_owned(),
            "tags/新 = Bool(true)".to_owned(),
            "tags/VIP removed".to_owned(),
            format!("contacts/{contact}/title = 经理"),
        ]
    );
    assert!(outcome.decisions.is_empty());
}

#[test]
fn a_field_changed_elsewhere_meanwhile_is_left_alone() {
    let mut field = Field::new();
    let client = field.create(ALICE, full());
    let seen = field.client(client).draft;
    let mut theirs = seen.clone();
    theirs.region = "北京市".to_owned();
    field
        .run(EAST_MANAGER, change(client, &seen, &theirs))
        .unwrap();
    let mut mine = seen.clone();
    mine.source = "转介绍".to_owned();
    field.run(ALICE, change(client, &seen, &mine)).unwrap();
    let merged = field.client(client).draft;
    assert_eq!((&*merged.region, &*merged.source), ("北京市", "转介绍"));
}

#[test]
fn contacts_and_phones_come_and_go_one_by_one() {
    let mut field = Field::new();
    let client = field.create(ALICE, full());
    let before = field.client(client).draft;
    let mut after = before.clone();
    after.contacts.remove(1);
    after.contacts[0].phones = vec!["0755 73171691".to_owned(), "139-8888-7777".to_owned()];
    after.contacts.push(contact("王五", &["13700001111"]));
    field.now = MORNING.plus_millis(1);
    field.run(ALICE, change(client, &before, &after)).unwrap();
    let contacts = field.client(client).draft.contacts;
    assert_eq!(contacts.len(), 2);
    assert_eq!(contacts[0].phones, ["0755-73171691", "13988887777"]);
    assert_eq!(
        (&*contacts[1].name, &*contacts[1].phones[0]),
        ("王五", "13700001111")
    );
}

#[test]
fn what_was_not_touched_is_not_checked_again() {
    let mut field = Field::new();
    let client = field.create(ALICE, full());
    // An older version, or another app, may have stored what this one would refuse.
    let contact = field.client(client).draft.contacts[0]
        .id
        .unwrap()
        .to_string();
    for (path, text) in [
        (path_of(&["contacts", &contact, "birthday"]), "不详"),
        (path_of(&["contacts", &contact, "phones", "old"]), "12"),
        (path_of(&["profile", "position"]), "somewhere"),
    ] {
        let steps: Vec<_> = path.iter().map(String::as_str).collect();
        field.write(&caravan_domain::edit::Edit::put(client, &steps, text));
    }
    let before = field.client(client).draft;
    let mut after = before.clone();
    after.contacts[0].name = "张三丰".to_owned();
    let outcome = field
        .propose(ALICE, change(client, &before, &after))
        .unwrap();
    assert_eq!(
        written(&outcome),
        [format!("contacts/{contact}/name = 张三丰")]
    );
}

#[test]
fn the_timeline_only_grows() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    field.run(ALICE, log(client, " 报价已发 ")).unwrap();
    let entry = field.client(client).interactions[0].clone();
    assert_eq!(
        (&*entry.text, entry.by, entry.written_at),
        ("报价已发", ALICE, MORNING)
    );
    assert_eq!(entry.happened_at, MORNING);
    let correction = |corrects| {
        Command::Client(ClientCommand::LogInteraction {
            client,
            draft: InteractionDraft {
                kind: InteractionKind::Call,
                text: "报价是昨天发的".to_owned(),
                happened_at: Some(MORNING.plus_millis(-86_400_000)),
                corrects: Some(corrects),
            },
        })
    };
    field.run(EAST_MANAGER, correction(entry.id)).unwrap();
    let kinds: Vec<_> = field
        .client(client)
        .interactions
        .iter()
        .map(|entry| (entry.kind, entry.by))
        .collect();
    assert_eq!(
        kinds,
        [
            (InteractionKind::Correction, EAST_MANAGER),
            (InteractionKind::Call, ALICE)
        ]
    );
    let unknown = correction(caravan_domain::id::InteractionId(Id::ZERO));
    assert_eq!(field.run(ALICE, unknown), Err(CommandError::NotFound));
    assert_eq!(
        field.run(ALICE, log(client, " ")),
        Err(CommandError::Blank(FormField::Note))
    );
    // Nobody rewrites an entry, by whatever way.
    let rewrite = Command::Resolve {
        document: client.into(),
        path: path_of(&["interactions", &entry.id.to_string()]),
        value: Value::from("别的"),
    };
    assert_eq!(field.run(ALICE, rewrite), Err(CommandError::NotAllowed));
}

#[test]
fn archiving_and_restoring_write_once() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let archive = Command::Client(ClientCommand::Archive(client));
    let restore = Command::Client(ClientCommand::Restore(client));
    assert_eq!(
        written(&field.propose(ALICE, restore.clone()).unwrap()),
        [""; 0]
    );
    field.run(ALICE, archive.clone()).unwrap();
    assert_eq!(field.client(client).archived_at, Some(MORNING));
    assert_eq!(written(&field.propose(ALICE, archive).unwrap()), [""; 0]);
    field.run(ALICE, restore).unwrap();
    assert_eq!(field.client(client).archived_at, None);
}

#[test]
fn a_conflict_is_settled_by_writing_the_chosen_value() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let resolve = |document| Command::Resolve {
        document,
        path: path_of(&["profile", "name"]),
        value: Value::from("乙"),
    };
    field.run(ALICE, resolve(client.into())).unwrap();
    assert_eq!(field.client(client).draft.name, "乙");
    let unknown = resolve(ClientId(id(99)).into());
    assert_eq!(field.run(ALICE, unknown), Err(CommandError::NotFound));
}

#[test]
fn policy_stands_before_every_command() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let mut after = named("甲");
    after.source = "展会".to_owned();
    let command = change(client, &named("甲"), &after);
    for (person, expected) in [
        (ALICE, Ok(None)),
        (EAST_MANAGER, Ok(None)),
        (DIRECTOR, Ok(None)),
        (BOB, Err(CommandError::NotAllowed)),
        (CAROL, Err(CommandError::NotAllowed)),
        (FINANCE, Err(CommandError::NotAllowed)),
    ] {
        assert_eq!(field.run(person, command.clone()), expected, "{person}");
    }
    let create = Command::Client(ClientCommand::Create(named("乙")));
    assert_eq!(field.run(FINANCE, create), Err(CommandError::NotAllowed));
}

#[test]
fn ownership_commands_become_decisions_and_are_refused_early() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let assign = Command::Client(ClientCommand::Assign {
        clients: vec![client],
        owner: BOB,
    });
    let refused = Err(CommandError::Refused(Refusal::NotAllowed));
    assert_eq!(field.run(ALICE, assign.clone()), refused);
    field.run(EAST_MANAGER, assign).unwrap();
    assert_eq!(field.facts.owner(client.into()), Some(BOB));
    let share = Command::Client(ClientCommand::Share {
        client,
        with: CAROL,
    });
    let outcome = field.propose(BOB, share).unwrap();
    assert!(outcome.edits.is_empty());
    assert_eq!(
        outcome.decisions,
        [Decision::Ownership(OwnershipDecision::Share {
            client,
            with: CAROL
        })]
    );
}

fn imported(n: u8, owner: Option<caravan_domain::id::PersonId>) -> ImportedClient {
    ImportedClient {
        client: ClientId(id(n)),
        draft: named(&format!("客户{n}")),
        owner,
        followed_up_at: Some(Instant::from_millis(1_790_000_000_000)),
    }
}

fn import(clients: Vec<ImportedClient>) -> Command {
    Command::Client(ClientCommand::Import {
        batch: BatchId(id(80)),
        clients,
    })
}

#[test]
fn an_import_can_be_repeated_and_undone() {
    let mut field = Field::new();
    let rows = vec![
        imported(100, None),
        imported(101, Some(BOB)),
        imported(102, Some(BOB)),
    ];
    field.run(EAST_MANAGER, import(rows.clone())).unwrap();
    let owners: Vec<_> = rows
        .iter()
        .map(|row| field.facts.owner(row.client.into()))
        .collect();
    assert_eq!(owners, [Some(EAST_MANAGER), Some(BOB), Some(BOB)]);
    let read = field.client(rows[0].client);
    assert_eq!(read.batch, Some(BatchId(id(80))));
    assert_eq!(read.followed_up_at, rows[0].followed_up_at);
    assert_eq!(
        read.created_at(),
        id(80).minted_at(),
        "not what its id says"
    );

    let mut longer = rows.clone();
    longer.push(imported(103, None));
    let again = field.propose(EAST_MANAGER, import(longer)).unwrap();
    let documents: BTreeSet<_> = again.edits.iter().map(|edit| edit.document).collect();
    assert_eq!(
        documents,
        BTreeSet::from([DocumentId::from(ClientId(id(103)))])
    );
    assert!(again.decisions.is_empty());

    let undo = |batch, client| {
        Command::Client(ClientCommand::UndoImport {
            batch: BatchId(id(batch)),
            clients: vec![client],
        })
    };
    field.run(EAST_MANAGER, undo(80, rows[0].client)).unwrap();
    assert!(field.client(rows[0].client).archived_at.is_some());
    assert!(field.client(rows[1].client).archived_at.is_none());
    assert_eq!(
        field.run(EAST_MANAGER, undo(81, rows[1].client)),
        Err(CommandError::NotFound)
    );

    let archive = Command::Client(ClientCommand::Archive(rows[1].client));
    field.run(EAST_MANAGER, archive).unwrap();
    field.run(EAST_MANAGER, import(rows.clone())).unwrap();
    let back = field.client(rows[0].client);
    assert!(back.archived_at.is_none(), "the undone client is back");
    assert_eq!(back.draft.contacts.len(), rows[0].draft.contacts.len());
    assert!(
        field.client(rows[1].client).archived_at.is_some(),
        "what a person archived stays archived"
    );
}

#[test]
fn an_import_passes_over_what_was_erased() {
    let mut field = Field::new();
    let rows = vec![imported(100, None), imported(101, None)];
    field.run(DIRECTOR, import(rows.clone())).unwrap();
    let erase = EraseClient {
        client: rows[0].client,
        reason: ErasureReason::Mistake,
    };
    field
        .run(DIRECTOR, Command::Client(ClientCommand::Erase(erase)))
        .unwrap();
    field.trees.clear();
    let again = field.propose(DIRECTOR, import(rows.clone())).unwrap();
    let documents: BTreeSet<_> = again.edits.iter().map(|edit| edit.document).collect();
    assert_eq!(documents, BTreeSet::from([rows[1].client.into()]));
}

#[test]
fn an_import_gives_nothing_to_whom_its_author_may_not_give() {
    let mut field = Field::new();
    let refused = Err(CommandError::Refused(Refusal::NotAllowed));
    assert_eq!(
        field.run(ALICE, import(vec![imported(100, Some(BOB))])),
        refused
    );
    assert_eq!(
        field.run(EAST_MANAGER, import(vec![imported(100, Some(CAROL))])),
        refused
    );
    field
        .run(DIRECTOR, import(vec![imported(100, Some(CAROL))]))
        .unwrap();
    let many = (0..=CLIENTS_MAX).map(|_| imported(1, None)).collect();
    assert_eq!(
        field.run(DIRECTOR, import(many)),
        Err(CommandError::TooMany)
    );
}

fn any_draft() -> impl Strategy<Value = ClientDraft> {
    let text = || "[a-z甲乙 ]{0,4}";
    (
        "[a-z甲乙]{1,4}",
        (text(), text(), text(), text()),
        (0usize..4, 0usize..6),
        proptest::collection::btree_set("[a-c]{1,2}", 0..4),
        proptest::collection::vec(("[a-z]{1,3}", 0u64..4, text()), 0..4),
    )
        .prop_map(
            |(name, (region, address, source, note), (grade, stage), tags, people)| ClientDraft {
                name,
                code: String::new(),
                grade: Grade::ALL[grade],
                stage: Stage::ALL[stage],
                region,
                address,
                source,
                note,
                tags,
                contacts: people
                    .into_iter()
                    .map(|(name, phones, title)| ContactDraft {
                        name,
                        title,
                        phones: (0..phones).map(|n| format!("1380000000{n}")).collect(),
                        ..ContactDraft::default()
                    })
                    .collect(),
                position: String::new(),
            },
        )
}

/// As the form would come back: trimmed, without ids.
fn plain(mut draft: ClientDraft) -> ClientDraft {
    for text in [&mut draft.region, &mut draft.address, &mut draft.source] {
        *text = text.trim().to_owned();
    }
    for contact in &mut draft.contacts {
        contact.id = None;
        contact.title = contact.title.trim().to_owned();
    }
    draft
        .contacts
        .sort_by(|one, other| one.name.cmp(&other.name));
    draft
}

proptest! {
    #[test]
    fn what_was_typed_is_what_is_stored(draft in any_draft()) {
        let mut field = Field::new();
        let client = field.create(ALICE, draft.clone());
        prop_assert_eq!(plain(field.client(client).draft), plain(draft));
    }

    /// A change from any client to any other arrives there, and once there has nothing to write.
    #[test]
    fn a_change_arrives(one in any_draft(), other in any_draft()) {
        let mut field = Field::new();
        let client = field.create(ALICE, one);
        let before = field.client(client).draft;
        let mut after = other;
        for (kept, typed) in before.contacts.iter().zip(&mut after.contacts) {
            typed.id = kept.id;
        }
        field.now = MORNING.plus_millis(1);
        field.run(ALICE, change(client, &before, &after)).unwrap();
        let stored = field.client(client).draft;
        prop_assert_eq!(plain(stored.clone()), plain(after));
        let again = field.propose(ALICE, change(client, &stored, &stored)).unwrap();
        prop_assert!(again.edits.is_empty());
    }

    #[test]
    fn any_document_is_read(tree in any_tree()) {
        let _ = Client::read(ClientId(id(1)), &tree);
    }
}

/// Trees with the right names and the wrong things in them.
fn any_tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        "[a-z0-9:-]{0,12}".prop_map(Value::Text),
    ];
    let step = proptest::sample::select(vec![
        "profile",
        "contacts",
        "interactions",
        "visits",
        "tags",
        "phones",
        "name",
        "written_at",
        "by",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    ]);
    leaf.prop_recursive(4, 24, 5, move |inner| {
        proptest::collection::btree_map(step.clone().prop_map(str::to_owned), inner, 0..5)
            .prop_map(Value::Map)
    })
}
