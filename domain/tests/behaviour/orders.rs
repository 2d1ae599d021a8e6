//! Taking orders down, and who decides on them (R68, R96).

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::{Command, CommandError, Field as FormField, RecordRef};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey, Grant};
use caravan_domain::id::{ClientId, OrderId, OrderVersionId, PersonId};
use caravan_domain::money::{BasisPoints, Fen, Quantity};
use caravan_domain::orders::command::{OrderAction, OrderCommand, PaymentDraft, submission};
use caravan_domain::orders::decision::{
    OrderDecision, OrderState, OrderStep, Submission, TurnDownReason,
};
use caravan_domain::orders::draft::{LineDraft, OrderDraft, amount, running_total};
use caravan_domain::orders::list::{OrderFile, OrderFilter, OrderList, OrderPage};
use caravan_domain::orders::record::{Channel, Order, OrderLine};
use caravan_domain::orders::standings::Standings;
use caravan_domain::policy;
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::value::{Map, Value};
use proptest::prelude::*;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, named, person,
    today,
};

pub(crate) const DESK: PersonId = person(9);

/// Beer at 12.5 times 38.60 with 5 % off, and a delivery.
pub(crate) fn draft(representative: PersonId) -> OrderDraft {
    let line = |product: &str, quantity: &str, price: &str, discount: &str| LineDraft {
        product: product.to_owned(),
        quantity: quantity.to_owned(),
        price: price.to_owned(),
        discount: discount.to_owned(),
    };
    OrderDraft {
        representative,
        channel: Channel::Visit,
        ordered_on: today(),
        note: " 周五送 ".to_owned(),
        lines: vec![
            line("青岛啤酒 箱", "12.5", "38.60", "5"),
            LineDraft::default(),
            line("送货", "1", "¥20", ""),
        ],
    }
}

/// 12.5 × 38.60 × 0.95 = 458.375, and 20.
const TOTAL: Fen = Fen(45_838 + 2_000);

struct Shop {
    field: Field,
    client: ClientId,
}

impl Shop {
    /// Alice's client, and somebody at the order desk.
    fn new() -> Self {
        let mut field = Field::new();
        field.hire(DESK, "订单", &[Role::OrderDesk], None);
        let client = field.create(ALICE, named("顺丰便利店"));
        Self { field, client }
    }

    fn run(
        &mut self,
        me: PersonId,
        action: OrderAction,
    ) -> Result<Option<RecordRef>, CommandError> {
        let client = self.client;
        self.field
            .run(me, Command::Order(OrderCommand { client, action }))
    }

    fn write(&mut self, me: PersonId, order: Option<OrderId>, submit: bool) -> OrderId {
        let draft = draft(ALICE);
        let action = OrderAction::Write {
            order,
            draft,
            submit,
        };
        match self.run(me, action) {
            Ok(Some(RecordRef::Order(_, order))) => order,
            other => panic!("{other:?}"),
        }
    }

    fn order(&self, order: OrderId) -> Order {
        let tree = &self.field.trees[&DocumentId::orders(self.client)];
        let all = Order::read_all(self.client, tree);
        all.into_iter().find(|read| read.id == order).unwrap()
    }

    fn latest(&self, order: OrderId) -> OrderVersionId {
        self.order(order).latest().unwrap().id
    }

    fn state(&self, order: OrderId) -> Option<OrderState> {
        let standing = self.field.facts.orders.get(&(self.client, order))?;
        Some(standing.state)
    }

    fn accept(&mut self, me: PersonId, order: OrderId) -> Result<(), CommandError> {
        let version = self.latest(order);
        self.run(me, OrderAction::Accept(order, version)).map(drop)
    }

    fn accepted(&mut self) -> OrderId {
        let order = self.write(ALICE, None, true);
        self.accept(DESK, order).unwrap();
        order
    }

    fn file(&self, me: PersonId, order: OrderId) -> OrderFile {
        match self.field.ask(me, &Query::Order(self.client, order)) {
            Answer::Order(Some(file)) => *file,
            other => panic!("{other:?}"),
        }
    }

    fn page(&self, me: PersonId, show: OrderFilter) -> OrderPage {
        let list = OrderList {
            client: None,
            show,
            search: String::new(),
            offset: 0,
            limit: 50,
        };
        match self.field.ask(me, &Query::Orders(list)) {
            Answer::Orders(page) => page,
            other => panic!("{other:?}"),
        }
    }

    fn what_stands(&self, order: OrderId) -> Submission {
        submission(self.client, order, self.order(order).latest().unwrap())
    }

    /// As a device would that does not ask the policy first.
    fn forge(&mut self, me: PersonId, order: OrderId, step: OrderStep) -> Result<(), Refusal> {
        let decision = Decision::Order(OrderDecision {
            client: self.client,
            order,
            step,
        });
        self.field.decide(me, &decision)
    }
}

fn payment(amount: &str) -> PaymentDraft {
    PaymentDraft {
        amount: amount.to_owned(),
        on: today(),
        note: String::new(),
    }
}

#[test]
fn an_order_is_taken_down_submitted_and_accepted() {
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, false);
    let read = shop.order(order);
    assert_eq!((read.created_by, &*read.client_name), (ALICE, "顺丰便利店"));
    let version = read.latest().unwrap();
    assert_eq!(version.lines.len(), 2, "an empty line is none");
    assert_eq!((&*version.note, version.total()), ("周五送", TOTAL));
    assert_eq!(shop.state(order), None);
    assert_eq!(shop.accept(DESK, order), Err(Refusal::NotFound.into()));

    shop.run(ALICE, OrderAction::Submit(order)).unwrap();
    assert_eq!(shop.state(order), Some(OrderState::Submitted));
    assert_eq!(shop.page(DESK, OrderFilter::Queue).total, 1);
    shop.accept(DESK, order).unwrap();
    assert_eq!(shop.state(order), Some(OrderState::Accepted));
    assert_eq!(shop.page(DESK, OrderFilter::Queue).total, 0);
    let mine = shop.page(ALICE, OrderFilter::MineThisMonth);
    assert_eq!((mine.total, mine.accepted), (1, TOTAL));
    let file = shop.file(ALICE, order);
    assert!(file.as_accepted && !file.state.provisional);
    assert_eq!(&*file.decided_by_name, "订单");
}

#[test]
fn the_desk_knows_the_clients_name_without_its_file() {
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, true);
    assert!(!policy::may_read(
        DESK,
        shop.client.into(),
        &shop.field.facts
    ));
    let queue = shop.page(DESK, OrderFilter::Queue);
    assert_eq!(&*queue.lines[0].client_name, "顺丰便利店");
    assert!(queue.processes && shop.file(DESK, order).may.decide);
}

#[test]
fn what_was_turned_down_comes_back_with_its_reason_and_can_be_corrected() {
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, true);
    let turn_down = |shop: &Shop| OrderAction::TurnDown {
        order,
        version: shop.latest(order),
        reason: TurnDownReason::Stock,
        text: " 缺货到月底 ".to_owned(),
    };
    let action = turn_down(&shop);
    shop.run(DESK, action).unwrap();
    let file = shop.file(ALICE, order);
    let state = file.state.standing.unwrap().state;
    assert_eq!(state, OrderState::TurnedDown(TurnDownReason::Stock));
    assert_eq!(&*file.order.replies[0].text, "缺货到月底");
    assert_eq!(file.order.replies[0].by, DESK);

    let before = shop.order(order);
    shop.write(ALICE, Some(order), true);
    let after = shop.order(order);
    assert_eq!(after.versions[0], before.versions[0], "what was stays");
    assert_eq!(
        after.versions[1].replaces,
        Some(before.versions[0].id),
        "and is pointed at"
    );
    assert_eq!(shop.state(order), Some(OrderState::Submitted));
    let stale = OrderAction::Accept(order, before.versions[0].id);
    assert_eq!(
        shop.run(DESK, stale),
        Err(Refusal::NotAsSubmitted.into()),
        "what was turned down is not accepted by somebody who still looks at it"
    );
    shop.accept(DESK, order).unwrap();
}

#[test]
fn who_looks_after_the_client_never_processes_the_order() {
    // Everybody is of the order desk as well.
    for (accepting, expected) in [
        (DESK, Ok(())),
        (FINANCE, Err(Refusal::NotAllowed)),
        (DIRECTOR, Err(Refusal::NotAllowed)),
        (ALICE, Err(Refusal::NotSeparate)),
        (BOB, Err(Refusal::NotSeparate)),
        (EAST_MANAGER, Err(Refusal::NotSeparate)),
        (CAROL, Ok(())),
        (WEST_MANAGER, Ok(())),
    ] {
        let mut shop = Shop::new();
        let client = shop.client;
        let share = ClientCommand::Share { client, with: BOB };
        shop.field.run(ALICE, Command::Client(share)).unwrap();
        let order = shop.write(ALICE, None, true);
        let also_desk = |field: &mut Field, who, role, team| {
            field.hire(who, "兼职", &[role, Role::OrderDesk], Some(team));
        };
        let west = crate::field::WEST;
        also_desk(&mut shop.field, ALICE, Role::AccountManager, EAST);
        also_desk(&mut shop.field, BOB, Role::AccountManager, EAST);
        also_desk(&mut shop.field, EAST_MANAGER, Role::TeamManager, EAST);
        also_desk(&mut shop.field, CAROL, Role::AccountManager, west);
        also_desk(&mut shop.field, WEST_MANAGER, Role::TeamManager, west);
        let step = OrderStep::Accept(shop.what_stands(order));
        assert_eq!(shop.forge(accepting, order, step), expected, "{accepting}");
        let version = shop.latest(order);
        let reason = TurnDownReason::Price;
        let step = OrderStep::TurnDown { version, reason };
        let expected = match expected {
            Ok(()) => Err(Refusal::AlreadySettled),
            refused => refused,
        };
        assert_eq!(shop.forge(accepting, order, step), expected, "{accepting}");
    }
}

#[test]
fn who_wrote_the_order_never_accepts_it_although_the_client_is_anothers_by_now() {
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, true);
    let clients = vec![shop.client];
    let assign = ClientCommand::Assign {
        clients,
        owner: CAROL,
    };
    shop.field.run(DIRECTOR, Command::Client(assign)).unwrap();
    shop.field
        .hire(ALICE, "爱丽", &[Role::OrderDesk], Some(EAST));
    let step = OrderStep::Accept(shop.what_stands(order));
    assert_eq!(shop.forge(ALICE, order, step), Err(Refusal::NotSeparate));
    assert!(shop.file(ALICE, order).may.not_separate);
}

#[test]
fn one_of_several_authors_is_an_author() {
    let mut shop = Shop::new();
    let order = shop.write(EAST_MANAGER, None, true);
    shop.write(ALICE, Some(order), true);
    // The manager has moved to the order desk since.
    shop.field
        .hire(EAST_MANAGER, "东主管", &[Role::OrderDesk], None);
    assert_eq!(
        shop.accept(EAST_MANAGER, order),
        Err(Refusal::NotSeparate.into())
    );
}

#[test]
fn only_what_was_submitted_is_accepted() {
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, true);
    let true_one = shop.what_stands(order);
    for forged in [
        Submission {
            amount: Fen(1),
            ..true_one
        },
        Submission {
            representative: BOB,
            ..true_one
        },
        Submission {
            digest: caravan_domain::orders::digest::OrderDigest([0; 32]),
            ..true_one
        },
    ] {
        let step = OrderStep::Accept(forged);
        let refused = Err(Refusal::NotAsSubmitted);
        assert_eq!(shop.forge(DESK, order, step), refused);
    }
    shop.forge(DESK, order, OrderStep::Accept(true_one))
        .unwrap();
    let again = OrderStep::Accept(true_one);
    let settled = Err(Refusal::AlreadySettled);
    assert_eq!(shop.forge(DESK, order, again), settled);
    let resubmitted = OrderStep::Submit(true_one);
    assert_eq!(shop.forge(ALICE, order, resubmitted), settled);
    assert_eq!(shop.forge(ALICE, order, OrderStep::Withdraw), settled);
}

#[test]
fn who_submits_and_withdraws() {
    for (who, may) in [
        (ALICE, true),
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (BOB, false),
        (CAROL, false),
        (DESK, false),
        (FINANCE, false),
    ] {
        let mut shop = Shop::new();
        let order = shop.write(ALICE, None, false);
        let step = OrderStep::Submit(shop.what_stands(order));
        let submitted = shop.forge(who, order, step);
        assert_eq!(submitted.is_ok(), may, "{who}");
        let mut shop = Shop::new();
        let order = shop.write(ALICE, None, true);
        let withdrawn = shop.forge(who, order, OrderStep::Withdraw);
        // A director neither wrote it nor looks after the client.
        assert_eq!(withdrawn.is_ok(), may && who != DIRECTOR, "{who}");
    }
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, false);
    let for_a_stranger = Submission {
        representative: CAROL,
        ..shop.what_stands(order)
    };
    let step = OrderStep::Submit(for_a_stranger);
    assert_eq!(shop.forge(ALICE, order, step), Err(Refusal::NotAllowed));
}

#[test]
fn what_was_accepted_is_not_taken_down_anew() {
    let mut shop = Shop::new();
    let order = shop.accepted();
    let action = OrderAction::Write {
        order: Some(order),
        draft: draft(ALICE),
        submit: true,
    };
    assert_eq!(shop.run(ALICE, action), Err(CommandError::AlreadyDone));
    assert_eq!(shop.file(ALICE, order).may, Default::default());
}

#[test]
fn receipts_and_refunds_are_the_desks_and_finances() {
    for (who, may) in [
        (DESK, true),
        (FINANCE, true),
        (ALICE, false),
        (EAST_MANAGER, false),
        (DIRECTOR, false),
    ] {
        let mut shop = Shop::new();
        let order = shop.accepted();
        for action in [
            OrderAction::Receive(order, payment("100")),
            OrderAction::Refund(order, payment("50.5")),
        ] {
            assert_eq!(shop.run(who, action).is_ok(), may, "{who}");
        }
        if may {
            let read = shop.order(order);
            assert_eq!(
                (read.received(), read.refunded()),
                (Fen(10_000), Fen(5_050))
            );
            assert_eq!(
                shop.page(ALICE, OrderFilter::All).accepted,
                TOTAL - Fen(5_050)
            );
        }
    }
}

#[test]
fn no_more_goes_back_than_was_ordered() {
    let mut shop = Shop::new();
    let order = shop.accepted();
    let refund = |amount: &str| OrderAction::Refund(order, payment(amount));
    shop.run(DESK, refund("400")).unwrap();
    let malformed = Err(CommandError::Malformed(FormField::Amount));
    assert_eq!(shop.run(DESK, refund("78.39")), malformed);
    assert_eq!(shop.run(DESK, refund("0")), malformed);
    shop.run(DESK, refund("78.38")).unwrap();
    let waiting = shop.write(ALICE, None, true);
    let early = OrderAction::Receive(waiting, payment("1"));
    assert_eq!(shop.run(DESK, early), Err(CommandError::NotBegun));
}

#[test]
fn what_a_form_gets_wrong_is_said_beside_the_field() {
    let with = |change: fn(&mut OrderDraft)| {
        let mut draft = draft(ALICE);
        change(&mut draft);
        OrderAction::Write {
            order: None,
            draft,
            submit: true,
        }
    };
    for (action, expected) in [
        (
            with(|it| it.lines.clear()),
            CommandError::Blank(FormField::Product),
        ),
        (
            with(|it| it.lines[0].product.clear()),
            CommandError::Blank(FormField::Product),
        ),
        (
            with(|it| it.lines[0].quantity = "0".to_owned()),
            CommandError::Malformed(FormField::Quantity),
        ),
        (
            with(|it| it.lines[0].price = "一块".to_owned()),
            CommandError::Malformed(FormField::Price),
        ),
        (
            with(|it| it.lines[0].discount = "101".to_owned()),
            CommandError::Malformed(FormField::Discount),
        ),
        (
            with(|it| it.lines = vec![it.lines[0].clone(); 201]),
            CommandError::TooMany,
        ),
    ] {
        assert_eq!(Shop::new().run(ALICE, action), Err(expected));
    }
    let mut shop = Shop::new();
    let wrong = with(|it| it.note = "长".repeat(2001));
    assert!(matches!(
        shop.run(ALICE, wrong),
        Err(CommandError::TooLong {
            field: FormField::Note,
            ..
        })
    ));
}

#[test]
fn an_order_brings_nothing_with_it_but_what_was_ordered() {
    let shop = Shop::new();
    let kind = DocumentId::orders(shop.client).kind;
    let path = ["orders", "1"].map(str::to_owned);
    let mut entry = Map::from([("created_by".to_owned(), Value::from(ALICE.to_string()))]);
    let claims =
        |entry: &Map, author| policy::may_claim(kind, &path, &Value::Map(entry.clone()), author);
    assert!(claims(&entry, ALICE));
    assert!(!claims(&entry, BOB));
    let by_bob = Map::from([("by".to_owned(), Value::from(BOB.to_string()))]);
    let versions = Map::from([("2".to_owned(), by_bob.into())]);
    for smuggled in ["versions", "receipts", "refunds", "replies"] {
        let mut entry = entry.clone();
        entry.insert(smuggled.to_owned(), versions.clone().into());
        assert!(!claims(&entry, ALICE), "{smuggled}");
    }
    entry.clear();
    assert!(!claims(&entry, ALICE));
}

#[test]
fn a_changed_text_does_not_pass_for_what_was_accepted() {
    let mut shop = Shop::new();
    let order = shop.accepted();
    let version = shop.latest(order);
    let key = [order.to_string(), version.to_string()];
    let path = ["orders", &*key[0], "versions", &*key[1], "note"];
    let document = DocumentId::orders(shop.client);
    shop.field.write(&Edit::put(document, &path, "另加十箱"));
    shop.field.project(document);
    assert!(!shop.file(DESK, order).as_accepted);
}

#[test]
fn lists_of_orders() {
    let mut shop = Shop::new();
    let first = shop.write(ALICE, None, true);
    shop.field.now = shop.field.now.plus_millis(1000);
    let second = shop.write(ALICE, None, true);
    shop.field.now = shop.field.now.plus_millis(1000);
    let left = shop.write(ALICE, None, false);
    let ids = |page: OrderPage| page.lines.iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(
        ids(shop.page(DESK, OrderFilter::Queue)),
        [first, second],
        "what waits longest first"
    );
    assert_eq!(ids(shop.page(ALICE, OrderFilter::Unsettled)), [left]);
    assert_eq!(
        ids(shop.page(ALICE, OrderFilter::All)),
        [left, second, first]
    );
    assert_eq!(ids(shop.page(ALICE, OrderFilter::Queue)), []);
    assert_eq!(shop.page(EAST_MANAGER, OrderFilter::MineThisMonth).total, 0);
    shop.field.now = shop.field.now.plus_millis(30 * 24 * 60 * 60 * 1000);
    assert_eq!(shop.page(ALICE, OrderFilter::MineThisMonth).total, 0);
}

#[test]
fn exactly_those_who_read_the_orders_know_where_they_stand() {
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, true);
    let key = FactKey::Order(shop.client, order);
    let readers = |field: &Field| -> Vec<PersonId> {
        let document = DocumentId::orders(shop.client);
        let people = field.facts.people.keys().copied();
        people
            .filter(|person| {
                let knows = policy::may_know(*person, key, &field.facts);
                assert_eq!(knows, policy::may_read(*person, document, &field.facts));
                knows
            })
            .collect()
    };
    assert_eq!(
        readers(&shop.field),
        [DIRECTOR, EAST_MANAGER, ALICE, FINANCE, DESK]
    );
    let grant = Grant {
        owner: CAROL,
        shared_with: [BOB].into(),
    };
    shop.field
        .know(FactKey::Grant(shop.client.into()), Fact::Grant(grant));
    assert_eq!(
        readers(&shop.field),
        [DIRECTOR, WEST_MANAGER, BOB, CAROL, FINANCE, DESK]
    );
}

#[test]
fn a_decision_that_the_relay_has_not_taken_is_provisional() {
    let mut shop = Shop::new();
    let order = shop.write(ALICE, None, true);
    shop.field.settled.orders = Standings::default();
    assert!(shop.file(ALICE, order).state.provisional);
}

proptest! {
    #[test]
    fn a_line_is_rounded_once(quantity in 1..=10_000_000i64, price in 0..=10_000_000i64, discount in 0..=10_000u32) {
        let line = OrderLine {
            product: "x".to_owned(),
            quantity: Quantity(quantity),
            price: Fen(price),
            discount: BasisPoints(discount),
        };
        let exact = i128::from(quantity) * i128::from(price) * i128::from(10_000 - discount);
        let off = (i128::from(line.amount().0) * 10_000_000 - exact).abs();
        prop_assert!(off <= 5_000_000);
        let typed = LineDraft::of(&line);
        prop_assert_eq!(amount(&typed), Some(line.amount()));
        prop_assert_eq!(typed.read(), Ok(line));
    }

    #[test]
    fn any_typed_line_is_counted_or_left_out(product: String, quantity in "\\PC{0,8}", price in "\\PC{0,8}", discount in "\\PC{0,8}") {
        let line = LineDraft { product, quantity, price, discount };
        let total = running_total(std::slice::from_ref(&line));
        prop_assert_eq!(total, amount(&line).unwrap_or_default());
    }
}
