//! Who learns of somebody's pay, who writes in it, and who decides: with authority, whatever a device says.

use std::collections::BTreeSet;

use caravan_documents::Document;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{Id, PersonId};
use caravan_domain::money::Fen;
use caravan_domain::pay::adjustment::{AdjustmentSort, AdjustmentStep, Proposed};
use caravan_domain::pay::approval::{DrawnUp, StatementState, StatementStep};
use caravan_domain::pay::decision::PayDecision;
use caravan_domain::pay::digest::PayDigest;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::plan::PayPlan;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_domain::time::Day;
use caravan_domain::value::{Map, Value};
use caravan_sync::frame::{Quarantine, Rejection, Reply, Verdict};

use crate::support::{Device, Running, mint};

/// A director, Ann and Bob, and two who keep the books.
struct Office {
    relay: Running,
    director: Device,
    ann: Device,
    bob: Device,
    finance: Device,
    second: Device,
}

impl Office {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [ann, bob, finance, second] = relay.joined(&mut director).await;
        let mut office = Self {
            relay,
            director,
            ann,
            bob,
            finance,
            second,
        };
        for person in [office.finance.person, office.second.person] {
            let change = PersonChange::Roles(BTreeSet::from([Role::Finance]));
            let decision = PeopleDecision::ChangePerson { person, change };
            let envelope = office.director.decide(&Decision::People(decision));
            office.director.push(vec![envelope]).await;
        }
        office
    }

    fn statement(&self, step: StatementStep) -> Decision {
        Decision::Pay(PayDecision::Statement {
            person: self.ann.person,
            period: period(),
            step,
        })
    }

    fn adjustment(&self, id: Id, step: AdjustmentStep) -> Decision {
        let person = self.ann.person;
        Decision::Pay(PayDecision::Adjustment { person, id, step })
    }
}

fn month() -> Day {
    mint().minted_at().day().first_of_month()
}

fn period() -> PayPeriod {
    PayPeriod {
        from: month(),
        to: month().last_of_month(),
    }
}

fn drawn(adjustments: &[Id]) -> DrawnUp {
    DrawnUp {
        id: Id::from_bytes([3; 16]),
        total: Fen(450_500),
        digest: PayDigest([7; 32]),
        adjustments: adjustments.iter().copied().collect(),
    }
}

fn proposed() -> Proposed {
    Proposed {
        sort: AdjustmentSort::Award,
        amount: Fen(10_000),
        on: month(),
        digest: PayDigest([8; 32]),
    }
}

/// The decision's refusal; `None` when it was taken.
async fn decide(device: &mut Device, decision: &Decision) -> Option<Refusal> {
    let envelope = device.decide(decision);
    let reply = device.exchange(vec![envelope]).await;
    let verdicts = reply.receipts.iter().map(|receipt| &receipt.verdict);
    let mut refusals = verdicts.filter_map(|verdict| match verdict {
        Verdict::Refused {
            reason: Rejection::Decision(refusal),
            ..
        } => Some(*refusal),
        _ => None,
    });
    refusals.next()
}

fn by(person: PersonId) -> Map {
    Map::from([("by".to_owned(), Value::from(person.to_string()))])
}

/// What a reply says of a document, in entries, snapshots and facts.
fn tells_of(reply: &Reply, document: DocumentId) -> bool {
    let entries = reply.entries.iter().map(|it| it.envelope.document);
    let snapshots = reply.snapshots.iter().map(|it| it.document);
    let facts = reply.facts.iter().filter(|it| it.fact.is_some());
    let facts = facts.filter_map(|change| change.key.document());
    entries
        .chain(snapshots)
        .chain(facts)
        .any(|it| it == document)
}

#[tokio::test]
async fn what_ann_earns_reaches_ann_and_those_who_answer_for_it_and_nobody_else() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let pay = DocumentId::pay(office.ann.person);
    let edit = Edit::put(pay, &["disputes", "1"], by(office.ann.person));
    let dispute = office.ann.edit(&mut Document::new(pay), edit);
    office.ann.push(vec![dispute]).await;
    let adjustment = mint();
    let propose = office.adjustment(adjustment, AdjustmentStep::Propose(proposed()));
    assert_eq!(decide(&mut office.finance, &propose).await, None);
    office.relay.settled().await;
    for (device, learns) in [
        (&mut office.director, true),
        (&mut office.second, true),
        (&mut office.bob, false),
    ] {
        let reply = device.exchange(Vec::new()).await;
        assert_eq!(tells_of(&reply, pay), learns, "{:?}", device.person);
    }
    let draw_up = office.statement(StatementStep::DrawUp(drawn(&[])));
    assert_eq!(
        decide(&mut office.director, &draw_up).await,
        Some(Refusal::UnderWay)
    );
    let reply = office.ann.exchange(Vec::new()).await;
    let key = FactKey::PayAdjustment(office.ann.person, adjustment);
    assert!(reply.facts.iter().any(|change| change.key == key));

    // A device that is new to it all is told no more.
    let token = office.director.invite().await;
    let mut late = Device::join(office.relay.client(), token).await;
    let reply = late.exchange(Vec::new()).await;
    assert!(!tells_of(&reply, pay));
}

#[tokio::test]
async fn nobody_writes_in_anothers_pay_or_in_anothers_name() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (ann, bob) = (office.ann.person, office.bob.person);
    let finance = office.finance.person;
    let pay = DocumentId::pay(ann);
    // Bob may not write there at all; his envelope is refused as it comes.
    let edit = Edit::put(pay, &["disputes", "1"], by(bob));
    let envelope = office.bob.edit(&mut Document::new(pay), edit);
    let reply = office.bob.exchange(vec![envelope]).await;
    assert!(
        matches!(reply.receipts[0].verdict, Verdict::Refused { .. }),
        "{:?}",
        reply.receipts
    );
    // Nobody disputes for Ann, she adjusts nothing herself, and only directors draw statements up.
    for (who, path, name) in [
        ("finance", ["disputes", "2"], finance),
        ("finance", ["statements", "3"], finance),
        ("finance", ["adjustments", "4"], ann),
        ("ann", ["adjustments", "5"], ann),
        ("ann", ["statements", "6"], ann),
    ] {
        let device = match who {
            "ann" => &mut office.ann,
            _ => &mut office.finance,
        };
        let edit = Edit::put(pay, &path, by(name));
        let envelope = device.edit(&mut Document::new(pay), edit);
        device.push(vec![envelope]).await;
        office.relay.settled().await;
        let device = match who {
            "ann" => &mut office.ann,
            _ => &mut office.finance,
        };
        let reply = device.exchange(Vec::new()).await;
        let reasons: Vec<_> = reply
            .receipts
            .iter()
            .filter_map(|receipt| match receipt.verdict {
                Verdict::Refused {
                    reason: Rejection::Quarantined(reason),
                    ..
                } => Some(reason),
                _ => None,
            })
            .collect();
        assert_eq!(reasons, [Quarantine::NotAllowed], "{who} {path:?}");
    }
}

#[tokio::test]
async fn of_two_who_approve_or_lock_the_first_counts_and_neither_drew_it_up() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let draw_up = office.statement(StatementStep::DrawUp(drawn(&[])));
    for device in [&mut office.ann, &mut office.finance] {
        let refusal = decide(device, &draw_up).await;
        assert!(
            matches!(refusal, Some(Refusal::NotSeparate | Refusal::NotAllowed)),
            "{refusal:?}"
        );
    }
    assert_eq!(decide(&mut office.director, &draw_up).await, None);
    for (step, state) in [
        (StatementStep::Approve(drawn(&[])), StatementState::Approved),
        (StatementStep::Lock(drawn(&[])), StatementState::Locked),
    ] {
        let decision = office.statement(step);
        for device in [&mut office.director, &mut office.ann] {
            let refusal = decide(device, &decision).await;
            assert_eq!(refusal, Some(Refusal::NotSeparate));
        }
        assert_eq!(
            decide(&mut office.bob, &decision).await,
            Some(Refusal::NotAllowed)
        );
        assert_eq!(decide(&mut office.finance, &decision).await, None);
        assert_eq!(
            decide(&mut office.second, &decision).await,
            Some(Refusal::AlreadySettled)
        );
        office.relay.settled().await;
        let reply = office.ann.exchange(Vec::new()).await;
        let key = FactKey::PayStatement(office.ann.person, period());
        let told = reply.facts.iter().rev().find(|change| change.key == key);
        let Some(Fact::PayStatement(standing)) = told.and_then(|it| it.fact.clone()) else {
            panic!("{:?}", reply.facts);
        };
        assert_eq!(
            (standing.state, standing.by),
            (state, office.finance.person)
        );
    }
    assert_eq!(
        decide(&mut office.director, &draw_up).await,
        Some(Refusal::AlreadySettled)
    );
}

#[tokio::test]
async fn a_lock_waits_for_an_adjustment_that_is_under_way() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let draw_up = office.statement(StatementStep::DrawUp(drawn(&[])));
    assert_eq!(decide(&mut office.director, &draw_up).await, None);
    let approve = office.statement(StatementStep::Approve(drawn(&[])));
    assert_eq!(decide(&mut office.finance, &approve).await, None);
    // Put forward while the lock is on its way.
    let id = mint();
    let propose = office.adjustment(id, AdjustmentStep::Propose(proposed()));
    assert_eq!(decide(&mut office.second, &propose).await, None);
    let lock = office.statement(StatementStep::Lock(drawn(&[])));
    assert_eq!(
        decide(&mut office.finance, &lock).await,
        Some(Refusal::UnderWay)
    );
    let settle = office.adjustment(id, AdjustmentStep::Approve(proposed()));
    assert_eq!(
        decide(&mut office.second, &settle).await,
        Some(Refusal::NotSeparate)
    );
    assert_eq!(decide(&mut office.finance, &settle).await, None);
    assert_eq!(
        decide(&mut office.finance, &lock).await,
        Some(Refusal::NotAsSubmitted)
    );
    for step in [
        StatementStep::DrawUp(drawn(&[id])),
        StatementStep::Approve(drawn(&[id])),
        StatementStep::Lock(drawn(&[id])),
    ] {
        let device = match step {
            StatementStep::DrawUp(_) => &mut office.director,
            _ => &mut office.finance,
        };
        let decision = Decision::Pay(PayDecision::Statement {
            person: office.ann.person,
            period: period(),
            step,
        });
        assert_eq!(decide(device, &decision).await, None);
    }
}

#[tokio::test]
async fn a_version_of_the_plan_begins_on_a_day_to_come_by_the_relays_clock() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let set = |day| Decision::Pay(PayDecision::SetPlan(PayPlan::usual(day)));
    let next = period().to.tomorrow().unwrap();
    // A phone whose clock is two months slow believes that this is to come.
    office.director.ahead = -60 * 24 * 60 * 60 * 1000;
    let begun = decide(&mut office.director, &set(month())).await;
    assert_eq!(begun, Some(Refusal::HasBegun));
    assert_eq!(
        decide(&mut office.bob, &set(next)).await,
        Some(Refusal::NotAllowed)
    );
    assert_eq!(decide(&mut office.finance, &set(next)).await, None);
    office.relay.settled().await;
    // Everybody may know by which numbers they are paid.
    let reply = office.bob.exchange(Vec::new()).await;
    let key = FactKey::PayPlan(next);
    assert!(reply.facts.iter().any(|change| change.key == key));
}
