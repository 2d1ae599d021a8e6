//! Who decides on an order, and who writes what in it: with authority, whatever a device says.

use std::collections::BTreeSet;

use caravan_documents::Document;
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{ClientId, OrderId, OrderVersionId};
use caravan_domain::money::Fen;
use caravan_domain::orders::decision::{
    OrderDecision, OrderState, OrderStep, Submission, TurnDownReason,
};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_domain::value::{Map, Value};
use caravan_sync::frame::{Quarantine, Rejection, Reply, Verdict};

use crate::support::{Device, Running, client_document, mint};

/// A director, Ann with a client of hers, and somebody at the order desk.
struct Shop {
    relay: Running,
    director: Device,
    ann: Device,
    desk: Device,
    client: ClientId,
    order: OrderId,
}

impl Shop {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let token = director.invite().await;
        let mut ann = Device::join(relay.client(), token).await;
        let token = director.invite().await;
        let desk = Device::join(relay.client(), token).await;
        let document = client_document();
        let named = ann.name_client(document, "大理茶厂");
        ann.push(vec![named]).await;
        let mut shop = Self {
            relay,
            director,
            ann,
            desk,
            client: ClientId(document.id),
            order: OrderId(mint()),
        };
        let person = shop.desk.person;
        shop.set_roles(person, &[Role::OrderDesk]).await;
        shop
    }

    async fn set_roles(&mut self, person: caravan_domain::id::PersonId, roles: &[Role]) {
        let change = PersonChange::Roles(roles.iter().copied().collect::<BTreeSet<_>>());
        let decision = PeopleDecision::ChangePerson { person, change };
        let envelope = self.director.decide(&Decision::People(decision));
        self.director.push(vec![envelope]).await;
    }

    fn submission(&self) -> Submission {
        Submission {
            version: OrderVersionId(self.order.0),
            representative: self.ann.person,
            amount: Fen(1_234_567),
            digest: OrderDigest([7; 32]),
        }
    }

    fn step(&self, step: OrderStep) -> Decision {
        Decision::Order(OrderDecision {
            client: self.client,
            order: self.order,
            step,
        })
    }

    async fn submit(&mut self) {
        let decision = self.step(OrderStep::Submit(self.submission()));
        let envelope = self.ann.decide(&decision);
        self.ann.push(vec![envelope]).await;
    }
}

fn refusal(reply: &Reply) -> Option<Refusal> {
    reply
        .receipts
        .iter()
        .find_map(|receipt| match receipt.verdict {
            Verdict::Refused {
                reason: Rejection::Decision(refusal),
                ..
            } => Some(refusal),
            _ => None,
        })
}

fn quarantined(reply: &Reply) -> Vec<Quarantine> {
    let receipts = reply.receipts.iter();
    let reasons = receipts.filter_map(|receipt| match receipt.verdict {
        Verdict::Refused {
            reason: Rejection::Quarantined(reason),
            ..
        } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

#[tokio::test]
async fn the_desk_accepts_and_the_author_hears_of_it_with_the_relays_time() {
    let data = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(data.path()).await;
    shop.submit().await;
    shop.ann.exchange(Vec::new()).await;
    shop.desk.ahead = 24 * 60 * 60 * 1000;
    let decision = shop.step(OrderStep::Accept(shop.submission()));
    let envelope = shop.desk.decide(&decision);
    let reply = shop.desk.push(vec![envelope]).await;
    let received_at = match reply.receipts[0].verdict {
        Verdict::Received { at, .. } => at,
        ref other => panic!("{other:?}"),
    };
    shop.relay.settled().await;
    let reply = shop.ann.exchange(Vec::new()).await;
    let key = FactKey::Order(shop.client, shop.order);
    let told = reply.facts.iter().find(|change| change.key == key).unwrap();
    let Some(Fact::Order(standing)) = &told.fact else {
        panic!("{told:?}");
    };
    assert_eq!(standing.state, OrderState::Accepted);
    assert_eq!((standing.by, standing.at), (shop.desk.person, received_at));
    assert_eq!(standing.submission, shop.submission());
}

#[tokio::test]
async fn who_looks_after_the_client_or_wrote_the_order_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(data.path()).await;
    shop.submit().await;
    let accept = shop.step(OrderStep::Accept(shop.submission()));
    let turn_down = shop.step(OrderStep::TurnDown {
        version: shop.submission().version,
        reason: TurnDownReason::Price,
    });

    let mut not_of_the_desk = Vec::new();
    for decision in [&accept, &turn_down] {
        not_of_the_desk.push(shop.ann.decide(decision));
    }
    let reply = shop.ann.exchange(not_of_the_desk).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAllowed));
    let envelope = shop.director.decide(&accept);
    let reply = shop.director.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAllowed));

    // The same person at the order desk, with the client still in hand.
    let ann = shop.ann.person;
    shop.set_roles(ann, &[Role::AccountManager, Role::OrderDesk])
        .await;
    let envelope = shop.ann.decide(&accept);
    let reply = shop.ann.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotSeparate));

    // The client is another's by now: who wrote the order still does not accept it.
    let assign = OwnershipDecision::Assign {
        clients: vec![shop.client],
        owner: shop.director.person,
    };
    let envelope = shop.director.decide(&Decision::Ownership(assign));
    shop.director.push(vec![envelope]).await;
    let envelope = shop.ann.decide(&turn_down);
    let reply = shop.ann.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotSeparate));

    // And with the desk's client the desk is refused.
    let share = OwnershipDecision::Share {
        client: shop.client,
        with: shop.desk.person,
    };
    let envelope = shop.director.decide(&Decision::Ownership(share));
    shop.director.push(vec![envelope]).await;
    let envelope = shop.desk.decide(&accept);
    let reply = shop.desk.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotSeparate));
}

#[tokio::test]
async fn nothing_is_accepted_but_what_was_submitted() {
    let data = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(data.path()).await;
    let accept = shop.step(OrderStep::Accept(shop.submission()));
    let envelope = shop.desk.decide(&accept);
    let reply = shop.desk.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotFound));
    shop.submit().await;
    let more = Submission {
        amount: Fen(9_999_999),
        ..shop.submission()
    };
    let envelope = shop.desk.decide(&shop.step(OrderStep::Accept(more)));
    let reply = shop.desk.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAsSubmitted));
    let envelope = shop.desk.decide(&accept);
    shop.desk.push(vec![envelope]).await;
    let envelope = shop.ann.decide(&shop.step(OrderStep::Withdraw));
    let reply = shop.ann.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::AlreadySettled));
}

#[tokio::test]
async fn no_refund_is_written_by_who_looks_after_the_client() {
    let data = tempfile::tempdir().unwrap();
    let mut shop = Shop::open(data.path()).await;
    let orders = DocumentId::orders(shop.client);
    let order = shop.order.to_string();
    let by = |person: caravan_domain::id::PersonId, field: &str| {
        Map::from([(field.to_owned(), Value::from(person.to_string()))])
    };
    let mut opened = Document::new(orders);
    let written = Edit::put(
        orders,
        &["orders", &order],
        by(shop.ann.person, "created_by"),
    );
    let written = shop.ann.edit(&mut opened, written);
    let mut as_the_desk_has_it = opened.clone();
    let refund = Edit::put(
        orders,
        &["orders", &order, "refunds", "1"],
        by(shop.ann.person, "by"),
    );
    let refund = shop.ann.edit(&mut opened, refund);
    shop.ann.push(vec![written, refund]).await;
    // With the order itself it is not let in either.
    let director = shop.director.person;
    let mut smuggled = by(director, "created_by");
    let receipt = Map::from([("1".to_owned(), by(director, "by").into())]);
    smuggled.insert("receipts".to_owned(), receipt.into());
    let smuggled = Edit::put(orders, &["orders", "2"], smuggled);
    let smuggled = shop.director.edit(&mut Document::new(orders), smuggled);
    shop.director.push(vec![smuggled]).await;
    shop.relay.settled().await;
    for device in [&mut shop.ann, &mut shop.director] {
        let reply = device.exchange(Vec::new()).await;
        assert_eq!(quarantined(&reply), [Quarantine::NotAllowed]);
    }

    // The order desk writes one, in the same document.
    let refund = Edit::put(
        orders,
        &["orders", &order, "refunds", "1"],
        by(shop.desk.person, "by"),
    );
    let refund = shop.desk.edit(&mut as_the_desk_has_it, refund);
    shop.desk.push(vec![refund.clone()]).await;
    shop.relay.settled().await;
    let reply = shop.ann.exchange(Vec::new()).await;
    let entries = reply.entries.iter();
    assert!(entries.map(|entry| &entry.envelope).any(|it| *it == refund));
}
