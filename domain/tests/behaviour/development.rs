//! The joint development plan (R80): what both sides write stands side by side, and is agreed by both.

use std::collections::BTreeSet;

use caravan_domain::calendar::plus_days;
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::development::command::{DevelopmentCommand, ItemDraft};
use caravan_domain::development::list::{DevelopmentFile, DevelopmentReminderOf};
use caravan_domain::development::record::{ItemKind, LinkTo, Side};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::path_of;
use caravan_domain::goals::place::GoalRef;
use caravan_domain::id::{CourseId, GoalId, Id, PersonId};
use caravan_domain::policy::{is_minted, is_place_of, may_claim, may_put};
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::time::Day;
use caravan_domain::value::{Map, Value};
use proptest::prelude::*;

use crate::field::{
    ALICE, BOB, DIRECTOR, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, id, person, today,
};

const HR: PersonId = person(30);

fn step(text: &str, whose: Side, due: Day) -> ItemDraft {
    ItemDraft {
        kind: ItemKind::Step,
        text: text.to_owned(),
        due: Some(due),
        whose,
        link: Some(LinkTo::Course(CourseId(id(63)))),
    }
}

fn aim(text: &str) -> ItemDraft {
    ItemDraft {
        kind: ItemKind::Aim,
        text: text.to_owned(),
        due: None,
        whose: Side::Person,
        link: Some(LinkTo::Grade),
    }
}

fn add(draft: ItemDraft) -> Command {
    Command::Development(DevelopmentCommand::Add(ALICE, draft))
}

/// One entry of every kind in Alice's plan.
pub(crate) fn sample(field: &mut Field) {
    field
        .run(ALICE, add(step("补齐档案", Side::Person, today())))
        .unwrap();
    field.run(EAST_MANAGER, add(aim("带一个小组"))).unwrap();
    let item = field.item("补齐档案");
    for command in [
        DevelopmentCommand::Tick {
            person: ALICE,
            item,
            done: true,
        },
        DevelopmentCommand::Change {
            person: ALICE,
            item,
            draft: step("补齐三份档案", Side::Manager, today()),
        },
        DevelopmentCommand::Drop {
            person: ALICE,
            item: field.item("带一个小组"),
            reason: "明年再说".to_owned(),
        },
        DevelopmentCommand::Note(ALICE, "下月再看".to_owned()),
    ] {
        field.develop(ALICE, command).unwrap();
    }
    field.agree(EAST_MANAGER).unwrap();
}

impl Field {
    fn develop(&mut self, me: PersonId, command: DevelopmentCommand) -> Result<(), CommandError> {
        self.run(me, Command::Development(command)).map(|_| ())
    }

    fn plan(&self, me: PersonId) -> Option<DevelopmentFile> {
        match self.ask(me, &Query::Development(ALICE)) {
            Answer::Development(file) => file.map(|file| *file),
            other => panic!("{other:?}"),
        }
    }

    fn texts(&self, me: PersonId) -> Vec<String> {
        let file = self.plan(me).unwrap();
        let all = file.aims.into_iter().chain(file.steps);
        all.map(|it| it.item.text).collect()
    }

    fn item(&self, text: &str) -> Id {
        let file = self.plan(ALICE).unwrap();
        let mut all = file.aims.iter().chain(&file.steps);
        all.find(|it| it.item.text == text).unwrap().item.id
    }

    fn to_do(&self, me: PersonId) -> Vec<DevelopmentReminderOf> {
        match self.ask(me, &Query::Today) {
            Answer::Today(view) => view.development.into_iter().map(|it| it.what).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn agree(&mut self, me: PersonId) -> Result<(), CommandError> {
        let items = self.plan(me).unwrap().to_agree.into_iter().collect();
        self.develop(me, DevelopmentCommand::Agree(ALICE, items))
    }
}

#[test]
fn both_sides_write_and_agree() {
    let mut field = Field::new();
    let due = plus_days(today(), 10);
    field.run(EAST_MANAGER, add(aim("带一个小组"))).unwrap();
    field
        .run(ALICE, add(step("跟两位新人跑一周", Side::Person, due)))
        .unwrap();
    let file = field.plan(ALICE).unwrap();
    assert!(!file.is_agreed);
    assert_eq!(
        file.to_agree,
        [file.aims[0].item.id],
        "her own she stands behind"
    );
    assert_eq!(field.to_do(ALICE), [DevelopmentReminderOf::Agree]);
    field.agree(ALICE).unwrap();
    assert_eq!(field.to_do(ALICE), []);
    assert_eq!(field.to_do(EAST_MANAGER), [DevelopmentReminderOf::Agree]);
    field.agree(EAST_MANAGER).unwrap();
    assert!(field.plan(DIRECTOR).unwrap().is_agreed);
    // What comes later is not agreed by what was said before.
    field.run(ALICE, add(aim("学会带教"))).unwrap();
    let file = field.plan(EAST_MANAGER).unwrap();
    assert!(!file.is_agreed && file.to_agree.len() == 1);
}

#[test]
fn of_one_that_two_change_at_once_both_stand() {
    let mut field = Field::new();
    let due = plus_days(today(), 10);
    field
        .run(ALICE, add(step("练习报价", Side::Person, due)))
        .unwrap();
    let item = field.item("练习报价");
    let change = |text| {
        Command::Development(DevelopmentCommand::Change {
            person: ALICE,
            item,
            draft: step(text, Side::Person, due),
        })
    };
    let hers = field.propose(ALICE, change("每周练两次报价")).unwrap();
    let theirs = field.propose(EAST_MANAGER, change("跟师傅练报价")).unwrap();
    for edit in hers.edits.iter().chain(&theirs.edits) {
        field.write(edit);
    }
    field.project(DocumentId::reviews(ALICE));
    let mut texts = field.texts(ALICE);
    texts.sort_unstable();
    assert_eq!(texts, ["每周练两次报价", "跟师傅练报价"]);
    assert_eq!(field.plan(ALICE).unwrap().past.len(), 1);
    assert_eq!(
        field.run(ALICE, change("第三种")),
        Err(CommandError::NotFound),
        "it stands no more"
    );
}

#[test]
fn steps_are_ticked_dropped_and_brought_to_mind() {
    let mut field = Field::new();
    field
        .run(ALICE, add(step("补齐档案", Side::Person, today())))
        .unwrap();
    field
        .run(ALICE, add(step("安排观摩", Side::Manager, today())))
        .unwrap();
    let later = plus_days(today(), 1);
    field
        .run(ALICE, add(step("以后再说", Side::Person, later)))
        .unwrap();
    field.agree(EAST_MANAGER).unwrap();
    let due = |text: &str| DevelopmentReminderOf::Step(text.to_owned(), today());
    assert_eq!(field.to_do(ALICE), [due("补齐档案")]);
    assert_eq!(field.to_do(EAST_MANAGER), [due("安排观摩")]);
    assert_eq!(field.to_do(WEST_MANAGER), []);
    let item = field.item("补齐档案");
    let tick = |done| DevelopmentCommand::Tick {
        person: ALICE,
        item,
        done,
    };
    field.develop(ALICE, tick(true)).unwrap();
    assert_eq!(field.to_do(ALICE), []);
    field.now = field.now.plus_millis(1);
    field.develop(EAST_MANAGER, tick(false)).unwrap();
    assert_eq!(field.to_do(ALICE), [due("补齐档案")]);
    let drop = |reason: &str| DevelopmentCommand::Drop {
        person: ALICE,
        item,
        reason: reason.to_owned(),
    };
    assert_eq!(
        field.develop(ALICE, drop(" ")),
        Err(CommandError::Blank(FormField::Reason))
    );
    field.develop(ALICE, drop("已经不需要")).unwrap();
    assert_eq!(field.to_do(ALICE), []);
    let file = field.plan(ALICE).unwrap();
    assert_eq!(file.past[0].reason, "已经不需要");
    field
        .develop(
            EAST_MANAGER,
            DevelopmentCommand::Note(ALICE, "下月再看".to_owned()),
        )
        .unwrap();
    assert_eq!(field.plan(ALICE).unwrap().notes[0].1, "东主管");
}

#[test]
fn a_step_has_a_day_and_everything_has_words() {
    let mut field = Field::new();
    let mut undated = step("练习", Side::Person, today());
    undated.due = None;
    assert_eq!(
        field.run(ALICE, add(undated)),
        Err(CommandError::Blank(FormField::Due))
    );
    assert_eq!(
        field.run(ALICE, add(aim("\u{200b}"))),
        Err(CommandError::Blank(FormField::Title))
    );
    assert_eq!(
        field.run(ALICE, add(aim(&"长".repeat(2_001)))),
        Err(CommandError::TooLong {
            field: FormField::Title,
            max: 2_000
        })
    );
}

#[test]
fn it_is_written_by_both_sides_and_read_by_hr() {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    field.run(EAST_MANAGER, add(aim("带一个小组"))).unwrap();
    for author in [BOB, WEST_MANAGER, FINANCE, HR] {
        assert_eq!(
            field.run(author, add(aim("多嘴"))),
            Err(CommandError::NotAllowed),
            "{author}"
        );
    }
    let readers = [ALICE, EAST_MANAGER, DIRECTOR, HR];
    for reader in readers {
        assert!(field.plan(reader).is_some());
    }
    for reader in [BOB, WEST_MANAGER, FINANCE] {
        assert!(field.plan(reader).is_none());
    }
    assert!(!field.plan(HR).unwrap().may_write);

    let document = DocumentId::reviews(ALICE);
    let path = path_of(&["plans", &id(9).to_string()]);
    let place = |author| is_place_of(author, document, &path, &field.facts);
    assert!(place(ALICE) && place(EAST_MANAGER) && place(DIRECTOR));
    assert!(!place(HR) && !place(BOB));
    assert!(may_put(DocumentKind::Reviews, &path, false));
    assert!(
        !may_put(DocumentKind::Reviews, &path, true),
        "nothing is rewritten"
    );
    let deeper = path_of(&["plans", &id(9).to_string(), "text"]);
    assert!(!may_put(DocumentKind::Reviews, &deeper, false));
    assert!(is_minted(DocumentKind::Reviews, &path));
    let by = Map::from([("by".to_owned(), Value::from(ALICE.to_string()))]);
    let claims = |author| may_claim(DocumentKind::Reviews, &path, &by.clone().into(), author);
    assert!(claims(ALICE) && !claims(EAST_MANAGER));
}

#[test]
fn what_a_link_says_is_read_back() {
    for link in [
        LinkTo::Course(CourseId(id(3))),
        LinkTo::Goal(GoalRef {
            place: crate::goals::HERS,
            goal: GoalId(id(4)),
        }),
        LinkTo::Grade,
    ] {
        assert_eq!(link.to_string().parse(), Ok(link));
    }
    assert!("course".parse::<LinkTo>().is_err());
    assert!("task 1".parse::<LinkTo>().is_err());
}

proptest! {
    /// In whatever order two phones' entries come, everybody reads the same plan, and no words are lost.
    #[test]
    fn entries_agree_in_any_order(order in Just((0usize..6).collect::<Vec<_>>()).prop_shuffle()) {
        let mut field = Field::new();
        let due = plus_days(today(), 3);
        field.run(ALICE, add(step("练习报价", Side::Person, due))).unwrap();
        let item = field.item("练习报价");
        let commands = [
            (ALICE, DevelopmentCommand::Tick { person: ALICE, item, done: true }),
            (EAST_MANAGER, DevelopmentCommand::Change { person: ALICE, item, draft: step("跟师傅练", Side::Person, due) }),
            (ALICE, DevelopmentCommand::Change { person: ALICE, item, draft: step("自己练", Side::Person, due) }),
            (EAST_MANAGER, DevelopmentCommand::Note(ALICE, "加油".to_owned())),
            (ALICE, DevelopmentCommand::Add(ALICE, aim("带一个小组"))),
            (EAST_MANAGER, DevelopmentCommand::Agree(ALICE, BTreeSet::from([item]))),
        ];
        let outcomes: Vec<_> = commands
            .into_iter()
            .map(|(me, command)| field.propose(me, Command::Development(command)).unwrap())
            .collect();
        for edit in outcomes.iter().flat_map(|it| &it.edits) {
            field.write(edit);
        }
        field.project(DocumentId::reviews(ALICE));
        let in_order = field.plan(ALICE).unwrap();
        let mut other = Field::new();
        other.trees.clone_from(&field.trees);
        if let Some(Value::Map(tree)) = other.trees.get_mut(&DocumentId::reviews(ALICE)) {
            tree.clear();
        }
        let first = field.trees[&DocumentId::reviews(ALICE)].at(&["plans", &item.to_string()]).unwrap().clone();
        other.write(&caravan_domain::edit::Edit {
            document: DocumentId::reviews(ALICE),
            path: path_of(&["plans", &item.to_string()]),
            operation: caravan_domain::edit::Operation::Put(first),
        });
        for place in order {
            for edit in &outcomes[place].edits {
                other.write(edit);
            }
        }
        other.project(DocumentId::reviews(ALICE));
        prop_assert_eq!(other.plan(ALICE).unwrap(), in_order);
        let texts = other.texts(ALICE);
        prop_assert!(["跟师傅练", "自己练", "带一个小组"].iter().all(|it| texts.iter().any(|text| text == it)));
    }
}
