//! Rows as they are kept: replaced document by document.

use std::collections::BTreeMap;

use caravan_domain::clients::record::ClientDraft;
use caravan_domain::clients::row::ContactBirthday;
use caravan_domain::command::Command;
use caravan_domain::document::DocumentId;
use caravan_domain::id::ClientId;
use caravan_domain::row::{DocumentRows, Rows, project};
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::TaskDraft;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::PositionReading;
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{ALICE, BOB, Field, MORNING, contact, id, named, today, visit_to};

#[test]
fn a_client_is_projected_with_its_visits() {
    let mut field = Field::new();
    let mut zhang = contact("张三", &["13812345678", "0755-73171691"]);
    zhang.birthday = "八月十五".to_owned();
    let client = field.create(
        ALICE,
        ClientDraft {
            contacts: vec![zhang, contact("李四", &["13900139000"])],
            ..named("重庆创汇网络有限公司")
        },
    );
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    let reading = PositionReading::Unavailable;
    for command in [
        VisitCommand::SetNext {
            client,
            visit,
            step: "送样".to_owned(),
            on: Some(date(2026, 12, 1)),
        },
        VisitCommand::CheckIn {
            client,
            visit,
            reading: reading.clone(),
        },
    ] {
        field.run(ALICE, Command::Visit(command)).unwrap();
    }
    let row = &field.rows.clients[&client];
    assert_eq!((&*row.contact, &*row.phone), ("张三", "13812345678"));
    assert_eq!(row.phones.len(), 3);
    assert_eq!(row.sort_name, "chongqingchuanghuiwangluoyouxiangongsi");
    assert_eq!(row.similarity, "chuang hui");
    assert_eq!(row.touched_at, Some(MORNING));
    assert_eq!(row.created_at, MORNING);
    assert_eq!(
        row.birthdays,
        [ContactBirthday {
            contact: "张三".to_owned(),
            phone: "13812345678".to_owned(),
            birthday: "lunar:08-15".to_owned(),
        }]
    );
    // A next step is agreed when the visit is over.
    assert_eq!(row.next_on, None);
    let check_out = VisitCommand::CheckOut {
        client,
        visit,
        reading,
    };
    field.run(ALICE, Command::Visit(check_out)).unwrap();
    let row = &field.rows.clients[&client];
    assert_eq!(
        (row.next_on, &*row.next_step),
        (Some(date(2026, 12, 1)), "送样")
    );
    let visit = field.rows.visits.get(&(client, visit)).unwrap();
    assert_eq!((visit.by, visit.checked_out_at), (ALICE, Some(MORNING)));
}

#[test]
fn a_document_lost_takes_its_rows_along() {
    let mut field = Field::new();
    let one = field.create(ALICE, named("甲"));
    let other = field.create(ALICE, named("乙"));
    for client in [one, other] {
        field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    }
    for assignee in [ALICE, BOB] {
        field.create_task(
            assignee,
            TaskDraft {
                assignee,
                title: "事".to_owned(),
                detail: String::new(),
                kind: TaskKind::Other,
                due: None,
                client: None,
                difficulty: None,
                estimate: None,
            },
        );
    }
    field.rows.remove(one.into());
    field.rows.remove(ALICE.into());
    assert_eq!(field.rows.clients.keys().collect::<Vec<_>>(), [&other]);
    assert!(field.rows.visits.keys().all(|(client, _)| client == other));
    assert_eq!(field.rows.visits.len(), 1);
    assert!(field.rows.tasks.keys().all(|(assignee, _)| assignee == BOB));
    assert_eq!(
        project(DocumentId::WORKSPACE, &named_tree(), &[]),
        DocumentRows::default()
    );
}

fn named_tree() -> caravan_domain::value::Value {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    field.trees[&client.into()].clone()
}

proptest! {
    /// The count of tags is that of the rows that are there, however they came and went.
    #[test]
    fn tags_are_counted_as_rows_come_and_go(
        steps in proptest::collection::vec(
            (0u8..4, proptest::option::of((proptest::collection::btree_set("[a-d]", 0..4), any::<bool>()))),
            0..24,
        )
    ) {
        let mut rows = Rows::default();
        for (n, step) in steps {
            let client = ClientId(id(n));
            match step {
                None => rows.remove(client.into()),
                Some((tags, archived)) => {
                    let mut document = project(client.into(), &named_tree(), &[]);
                    let row = document.client.as_mut().unwrap();
                    row.tags = tags;
                    row.archived = archived;
                    rows.replace(client.into(), document);
                }
            }
        }
        let mut counted: BTreeMap<String, u32> = BTreeMap::new();
        for row in rows.clients.values().filter(|row| !row.archived) {
            for tag in &row.tags {
                *counted.entry(tag.clone()).or_default() += 1;
            }
        }
        let kept = rows.most_used_tags(usize::MAX);
        prop_assert!(kept.is_sorted_by(|(_, one), (_, other)| one >= other));
        prop_assert_eq!(kept.into_iter().collect::<BTreeMap<_, _>>(), counted);
        prop_assert!(rows.most_used_tags(1).len() <= 1);
    }
}
