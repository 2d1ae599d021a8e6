//! Pay is reckoned alike on every device, whatever order the changes of many come in (R46).

use std::collections::BTreeSet;

use caravan_documents::{Document, NewChange};
use caravan_domain::calendar::parse_day;
use caravan_domain::command::RecordRef;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Employment, Fact, FactChange, FactKey, Facts, Person, PersonStatus};
use caravan_domain::id::{ClientId, DeviceId, Id, OrderId, OrderVersionId, PersonId};
use caravan_domain::mark::Mark;
use caravan_domain::memory::Memory;
use caravan_domain::money::Fen;
use caravan_domain::orders::decision::{OrderStanding, OrderState, Submission};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::query::{Answer, Marks, Query, Sources, answer};
use caravan_domain::role::Role;
use caravan_domain::row::{Rows, project};
use caravan_domain::time::Instant;
use caravan_domain::value::{Map, Value, map_of};
use proptest::prelude::*;

use crate::support::{at, device};

const ANN: PersonId = PersonId(Id::from_bytes([1; 16]));
const FINANCE: PersonId = PersonId(Id::from_bytes([2; 16]));
const CLIENT: ClientId = ClientId(Id::from_bytes([3; 16]));
const ORDER: OrderId = OrderId(Id::from_bytes([4; 16]));
/// 5 November 2026, 10:00 in Shanghai.
const NOW: Instant = Instant::from_millis(1_793_844_000_000);

struct NoMarks;

impl Marks for NoMarks {
    fn mark(&self, _: RecordRef) -> Mark {
        Mark::default()
    }

    fn waiting(&self) -> u32 {
        0
    }

    fn needing_attention(&self) -> u32 {
        0
    }
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    let person = |role| {
        Fact::Person(Person {
            name: "某人".to_owned(),
            roles: BTreeSet::from([role]),
            team: None,
            status: PersonStatus::Active,
            employment: Employment::PartTime,
            phone: String::new(),
            joined_at: Instant::default(),
        })
    };
    let order = Fact::Order(OrderStanding {
        submission: Submission {
            version: OrderVersionId(ORDER.0),
            representative: ANN,
            amount: Fen::yuan(60_000),
            digest: OrderDigest([0; 32]),
        },
        submitted_by: ANN,
        submitted_at: NOW,
        authors: BTreeSet::from([ANN]),
        state: OrderState::Accepted,
        by: FINANCE,
        at: NOW,
    });
    for (key, fact) in [
        (FactKey::Person(ANN), person(Role::AccountManager)),
        (FactKey::Person(FINANCE), person(Role::Finance)),
        (FactKey::Order(CLIENT, ORDER), order),
    ] {
        let fact = Some(fact);
        facts.apply(FactChange { key, fact });
    }
    facts
}

fn id(n: u8, k: usize) -> String {
    Id::from_bytes([100 + n * 40 + u8::try_from(k).unwrap(); 16]).to_string()
}

fn order() -> Edit {
    let version = map_of([
        ("by", Some(ANN.to_string().into())),
        ("at", Some(NOW.into())),
        ("representative", Some(ANN.to_string().into())),
    ]);
    let versions = Map::from([(ORDER.to_string(), version.into())]);
    let entry = map_of([
        ("client_name", Some("顺丰便利店".into())),
        ("created_by", Some(ANN.to_string().into())),
        ("created_at", Some(NOW.into())),
        ("versions", Some(versions.into())),
    ]);
    Edit::put(
        DocumentId::orders(CLIENT),
        &["orders", &ORDER.to_string()],
        entry,
    )
}

fn refund(id: &str, day: i8, fen: i64) -> Edit {
    let entry = map_of([
        ("by", Some(FINANCE.to_string().into())),
        ("at", Some(NOW.into())),
        (
            "on",
            parse_day(&format!("2026-11-{day:02}")).map(Value::from),
        ),
        ("amount", Some(Value::Int(fen))),
    ]);
    let path = ["orders", &ORDER.to_string(), "refunds", id];
    Edit::put(DocumentId::orders(CLIENT), &path, entry)
}

fn dispute(id: &str) -> Edit {
    let entry = map_of([
        ("by", Some(ANN.to_string().into())),
        ("at", Some(NOW.into())),
        ("from", Some("2026-11-01".into())),
        ("to", Some("2026-11-15".into())),
        ("line", Some("base".into())),
        ("text", Some("少了".into())),
    ]);
    Edit::put(DocumentId::pay(ANN), &["disputes", id], entry)
}

/// What the devices write: (device, catches up before, day, fen of a refund; none for a dispute).
type Step = (u8, bool, i8, Option<i64>);

fn history(steps: &[Step]) -> Vec<(DocumentId, NewChange)> {
    let (orders, pay) = (DocumentId::orders(CLIENT), DocumentId::pay(ANN));
    let mut devices = vec![(Document::new(orders), Document::new(pay)); 3];
    let mut changes: Vec<(DocumentId, NewChange)> = Vec::new();
    let begun = devices[0]
        .0
        .commit(device(0), at(0), &[order()])
        .unwrap()
        .unwrap();
    for (orders, _) in &mut devices[1..] {
        orders.apply(&begun.bytes).unwrap();
    }
    changes.push((orders, begun));
    for (time, (number, catches_up, day, fen)) in steps.iter().enumerate() {
        let (orders_here, pay_here) = &mut devices[usize::from(*number)];
        if *catches_up {
            for (document, change) in &changes {
                let here = if *document == orders {
                    &mut *orders_here
                } else {
                    &mut *pay_here
                };
                here.apply(&change.bytes).unwrap();
            }
        }
        let id = id(*number, time);
        let now = at(1 + i64::try_from(time).unwrap());
        let (document, change) = match fen {
            Some(fen) => (
                orders,
                orders_here.commit(device(*number), now, &[refund(&id, *day, *fen)]),
            ),
            None => (pay, pay_here.commit(device(*number), now, &[dispute(&id)])),
        };
        if let Ok(Some(change)) = change {
            changes.push((document, change));
        }
    }
    changes
}

fn statements<'a>(
    changes: impl Iterator<Item = &'a (DocumentId, NewChange)>,
    facts: &Facts,
) -> Vec<Answer> {
    let (orders, pay) = (DocumentId::orders(CLIENT), DocumentId::pay(ANN));
    let (mut orders_here, mut pay_here) = (Document::new(orders), Document::new(pay));
    for (document, change) in changes {
        let here = if *document == orders {
            &mut orders_here
        } else {
            &mut pay_here
        };
        here.apply(&change.bytes).unwrap();
    }
    let mut rows = Rows::default();
    for (id, document) in [(orders, &orders_here), (pay, &pay_here)] {
        rows.replace(id, project(id, &document.tree().unwrap(), &[]));
    }
    let from = Sources {
        me: FINANCE,
        device: DeviceId(Id::ZERO),
        now: NOW,
        rows: &rows,
        facts,
        settled: facts,
        marks: &NoMarks,
        memory: &Memory::default(),
    };
    PayPeriod::of(Employment::PartTime, NOW.day())
        .into_iter()
        .map(|period| answer(&Query::PayStatement(ANN, period), &from))
        .collect()
}

proptest! {
    #[test]
    fn reckoned_alike_whatever_order_changes_come_in(
        steps in prop::collection::vec(
            (0u8..3, any::<bool>(), 1i8..30, prop::option::weighted(0.8, 0i64..9_000_000)),
            0..8,
        ),
        turns in any::<prop::sample::Index>(),
    ) {
        let facts = facts();
        let changes = history(&steps);
        let expected = statements(changes.iter(), &facts);
        prop_assert!(matches!(&expected[0], Answer::PayStatement(Some(file)) if file.lines.len() >= 2 || !steps.is_empty()));
        // Backwards, turned and twice: what waits for what it rests on is applied in the end.
        let turned = turns.index(changes.len());
        let (one, other) = changes.split_at(turned);
        let again = other.iter().chain(one).rev().chain(&changes);
        prop_assert_eq!(statements(again, &facts), expected);
    }
}
