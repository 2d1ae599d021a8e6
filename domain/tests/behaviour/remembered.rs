//! What is remembered from one answer to the next: whatever changes in between, every answer is the one that rows read
//! afresh give to somebody who remembers nothing.

use std::collections::BTreeSet;

use caravan_domain::calendar::{Period, Span, plus_days, start_of};
use caravan_domain::dashboard::list::DashboardOf;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactChange, FactKey};
use caravan_domain::goals::list::{GoalList, Whose};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::GoalPlace;
use caravan_domain::goals::record::{Goal, Terms, Version};
use caravan_domain::goals::row::GoalRow;
use caravan_domain::id::{
    ClientId, GoalId, GoalVersionId, Id, OrderId, OrderVersionId, PersonId, TaskId, VisitId,
};
use caravan_domain::money::Fen;
use caravan_domain::orders::decision::{OrderStanding, OrderState, Submission};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::orders::record::{Order, Payment};
use caravan_domain::orders::row::OrderRow;
use caravan_domain::pay::approval::{DrawnUp, StatementStanding, StatementState};
use caravan_domain::pay::digest::PayDigest;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::record::StatementRecord;
use caravan_domain::pay::row::PayRow;
use caravan_domain::plan::Plan;
use caravan_domain::query::{Answer, Query};
use caravan_domain::row::Rows;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{Task, TaskDraft, TaskStatus};
use caravan_domain::tasks::row::TaskRow;
use caravan_domain::time::{Day, Instant};
use caravan_domain::visits::record::{Presence, VisitKind, VisitState};
use caravan_domain::visits::row::VisitRow;
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, WEST, id, named,
};

const SELLERS: [PersonId; 4] = [ALICE, BOB, CAROL, EAST_MANAGER];
const CLIENTS: usize = 3;

/// Days count from 1 November 2026.
#[derive(Debug, Clone)]
enum Step {
    /// In the place of the order of this number: whose it is, whether it is accepted, the day, and what went back when.
    Order(u8, PersonId, bool, i64, Vec<(u8, i64)>),
    /// The relay's word on it alone: whose it is now, and whether it is accepted.
    Decided(u8, PersonId, bool),
    ForgetOrder(u8),
    LoseOrders(usize),
    /// In the place of the client's visits: by whom, the day, and whether it is verified.
    Visits(usize, Vec<(PersonId, i64, bool)>),
    /// In the place of somebody's tasks: the days on which they were done.
    Tasks(PersonId, Vec<i64>),
    /// A month's statement as it would be drawn up, without every so manieth of what it has.
    Lock(PersonId, u8, usize),
    Unlock(PersonId, u8),
    LosePay(PersonId),
    Move(PersonId, bool),
    Cadence(u32),
    /// As when what waited on this device is laid over what is settled anew.
    SettledAgain,
}

fn step() -> impl Strategy<Value = Step> {
    let who = || select(SELLERS.to_vec());
    let day = || 0i64..92;
    let client = || 0..CLIENTS;
    prop_oneof![
        4 => (0u8..6, who(), proptest::bool::weighted(0.8), day(), vec((0u8..4, day()), 1..3))
            .prop_map(|(n, by, accepted, day, back)| Step::Order(n, by, accepted, day, back)),
        2 => (0u8..6, who(), any::<bool>())
            .prop_map(|(n, by, accepted)| Step::Decided(n, by, accepted)),
        1 => (0u8..6).prop_map(Step::ForgetOrder),
        1 => client().prop_map(Step::LoseOrders),
        2 => (client(), vec((who(), day(), any::<bool>()), 0..5))
            .prop_map(|(client, visits)| Step::Visits(client, visits)),
        2 => (who(), vec(day(), 0..5)).prop_map(|(who, days)| Step::Tasks(who, days)),
        4 => (who(), 11u8..13, 2usize..6).prop_map(|(who, month, but)| Step::Lock(who, month, but)),
        1 => (who(), 11u8..13).prop_map(|(who, month)| Step::Unlock(who, month)),
        1 => who().prop_map(Step::LosePay),
        1 => (who(), any::<bool>()).prop_map(|(who, east)| Step::Move(who, east)),
        1 => (1u32..40).prop_map(Step::Cadence),
        1 => Just(Step::SettledAgain),
    ]
}

struct Firm {
    field: Field,
    clients: Vec<ClientId>,
    digests: u8,
}

fn day(number: i64) -> Day {
    plus_days(date(2026, 11, 1), number)
}

fn noon(number: i64) -> Instant {
    start_of(day(number)).plus_millis(12 * 3_600_000)
}

fn month(number: u8) -> PayPeriod {
    let first = date(2026, number.cast_signed(), 1);
    PayPeriod {
        from: first,
        to: first.last_of_month(),
    }
}

impl Firm {
    /// In February 2027, when every month of the steps is over.
    fn new() -> Self {
        let mut field = Field::new();
        for who in SELLERS {
            let mut known = field.facts.people[&who].clone();
            known.joined_at = noon(-100);
            field.know(FactKey::Person(who), Fact::Person(known));
        }
        let clients = (0..CLIENTS)
            .map(|n| field.create(SELLERS[n], named("顺丰便利店")))
            .collect();
        field.now = noon(95);
        for place in [
            GoalPlace::Company,
            GoalPlace::Team(EAST),
            GoalPlace::Person(ALICE),
            GoalPlace::Person(CAROL),
        ] {
            let mut rows = field.rows.of(place.document());
            rows.goals = goals(place);
            field.rows.replace(place.document(), rows);
        }
        Self {
            field,
            clients,
            digests: 0,
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Order(n, by, accepted, on, back) => {
                self.decided(n, by, accepted, on);
                self.order(n, by, on, &back);
            }
            Step::Decided(n, by, accepted) => self.decided(n, by, accepted, i64::from(n) * 7),
            Step::ForgetOrder(n) => {
                self.know(FactKey::Order(self.client_of(n), OrderId(id(n))), None)
            }
            Step::LoseOrders(client) => {
                let document = DocumentId::orders(self.clients[client]);
                self.field.rows.remove(document);
            }
            Step::Visits(client, visits) => {
                let client = self.clients[client];
                let mut rows = self.field.rows.of(client.into());
                let visits = visits.iter().zip(1u8..);
                rows.visits = visits
                    .map(|((by, on, verified), n)| visit(n, client, *by, *on, *verified))
                    .collect();
                self.field.rows.replace(client.into(), rows);
            }
            Step::Tasks(who, days) => {
                let mut rows = self.field.rows.of(who.into());
                rows.tasks = days
                    .iter()
                    .zip(1u8..)
                    .map(|(on, n)| task(who, n, *on))
                    .collect();
                self.field.rows.replace(who.into(), rows);
            }
            Step::Lock(who, number, but) => self.lock(who, month(number), but),
            Step::Unlock(who, number) => self.know(FactKey::PayStatement(who, month(number)), None),
            Step::LosePay(who) => self.field.rows.remove(DocumentId::pay(who)),
            Step::Move(who, east) => {
                let mut known = self.field.facts.people[&who].clone();
                known.team = Some(if east { EAST } else { WEST });
                self.know(FactKey::Person(who), Some(Fact::Person(known)));
            }
            Step::Cadence(days) => {
                let mut plan = Plan::default();
                for (_, cadence) in &mut plan.cadence_days {
                    *cadence = days;
                }
                self.know(FactKey::Plan, Some(Fact::Plan(plan)));
            }
            Step::SettledAgain => self.field.facts = self.field.settled.clone(),
        }
    }

    fn client_of(&self, order: u8) -> ClientId {
        self.clients[usize::from(order) % CLIENTS]
    }

    fn know(&mut self, key: FactKey, fact: Option<Fact>) {
        let change = FactChange { key, fact };
        self.field.settled.apply(change.clone());
        self.field.facts.apply(change);
    }

    fn decided(&mut self, n: u8, by: PersonId, accepted: bool, on: i64) {
        let (client, order, at) = (self.client_of(n), OrderId(id(n)), noon(on));
        let standing = OrderStanding {
            submission: Submission {
                version: OrderVersionId(id(n)),
                representative: by,
                amount: Fen::yuan(20_000 + i64::from(n) * 1_000),
                digest: OrderDigest([0; 32]),
            },
            submitted_by: by,
            submitted_at: at,
            authors: [by].into(),
            state: match accepted {
                true => OrderState::Accepted,
                false => OrderState::Submitted,
            },
            by: FINANCE,
            at,
        };
        self.know(FactKey::Order(client, order), Some(Fact::Order(standing)));
    }

    fn order(&mut self, n: u8, by: PersonId, on: i64, back: &[(u8, i64)]) {
        let (client, order, at) = (self.client_of(n), OrderId(id(n)), noon(on));
        let refunds = back.iter().map(|(number, on)| Payment {
            id: id(100 + n * 4 + number),
            by: FINANCE,
            at: noon(*on),
            on: day(*on),
            amount: Fen::yuan(1_500),
            note: String::new(),
        });
        let document = DocumentId::orders(client);
        let mut rows = self.field.rows.of(document);
        rows.orders.retain(|row| row.order.id != order);
        rows.orders.push(OrderRow {
            order: Order {
                client,
                id: order,
                client_name: "顺丰便利店".to_owned(),
                created_by: by,
                created_at: at,
                versions: Vec::new(),
                receipts: Vec::new(),
                refunds: refunds.collect(),
                replies: Vec::new(),
            },
            haystack: String::new(),
        });
        self.field.rows.replace(document, rows);
    }

    fn lock(&mut self, who: PersonId, period: PayPeriod, but: usize) {
        let asked = Query::PayStatement(who, period);
        let Answer::PayStatement(Some(file)) = self.field.ask(DIRECTOR, &asked) else {
            return;
        };
        self.digests += 1;
        let (statement, digest) = (id(200 + self.digests), PayDigest([self.digests; 32]));
        let lines: Vec<_> = file.lines.into_iter().map(|shown| shown.line).collect();
        let total = lines.iter().map(|line| line.due()).sum();
        let has = |(place, _): &(usize, Id)| !(place + 1).is_multiple_of(but);
        let counted: BTreeSet<_> = file.counted.into_iter().enumerate().filter(has).collect();
        let record = StatementRecord {
            id: statement,
            by: DIRECTOR,
            at: self.field.now,
            period,
            total,
            lines: lines.into(),
            counted: counted
                .into_iter()
                .map(|(_, event)| event)
                .collect::<BTreeSet<_>>()
                .into(),
            digest,
        };
        let document = DocumentId::pay(who);
        let mut rows = self.field.rows.of(document);
        if rows.pay.is_empty() {
            rows.pay.push(PayRow {
                statements: Vec::new(),
                adjustments: Vec::new(),
                disputes: Vec::new(),
            });
        }
        rows.pay[0].statements.push(record);
        self.field.rows.replace(document, rows);
        let standing = StatementStanding {
            drawn: DrawnUp {
                id: statement,
                total,
                digest,
                adjustments: BTreeSet::new(),
            },
            drawn_by: DIRECTOR,
            drawn_at: self.field.now,
            approved_by: Some(FINANCE),
            state: StatementState::Locked,
            by: FINANCE,
            at: self.field.now,
        };
        let key = FactKey::PayStatement(who, period);
        self.know(key, Some(Fact::PayStatement(standing)));
    }

    /// As at a cold start.
    fn rows_read_afresh(&self) -> Rows {
        let clients = self.clients.iter();
        let documents = clients.flat_map(|client| [(*client).into(), DocumentId::orders(*client)]);
        let people = self.field.facts.people.keys();
        let people = people.flat_map(|who| [(*who).into(), DocumentId::pay(*who)]);
        let places = [DocumentId::COMPANY, EAST.into(), WEST.into()];
        let documents = documents.chain(people).chain(places);
        documents
            .map(|document| (document, self.field.rows.of(document)))
            .collect()
    }

    fn every_answer_is_the_one_from_scratch(&self) {
        let afresh = self.rows_read_afresh();
        assert_eq!(afresh, self.field.rows);
        for (who, query) in questions() {
            let said = self.field.ask(who, &query);
            let wanted = self.field.ask_afresh(who, &query, &afresh);
            assert_eq!(said, wanted, "{query:?}");
        }
    }
}

fn questions() -> Vec<(PersonId, Query)> {
    let mut questions = Vec::new();
    for number in [11, 12] {
        let period = month(number);
        for who in [DIRECTOR, EAST_MANAGER] {
            questions.push((who, Query::TeamPay(period.from)));
        }
        for (me, who) in [(ALICE, ALICE), (DIRECTOR, CAROL), (DIRECTOR, EAST_MANAGER)] {
            questions.push((me, Query::PayStatement(who, period)));
        }
        let place = Some(GoalPlace::Company);
        let of = DashboardOf {
            place,
            month: period.from,
        };
        questions.push((DIRECTOR, Query::Dashboard(of)));
    }
    questions.push((DIRECTOR, Query::TeamPay(date(2027, 1, 1))));
    for on in [date(2026, 12, 1), date(2027, 1, 1)] {
        let board = GoalList {
            whose: Whose::Everybody,
            span: None,
            on,
        };
        questions.push((DIRECTOR, Query::Goals(board)));
    }
    questions
}

fn visit(n: u8, client: ClientId, by: PersonId, on: i64, verified: bool) -> VisitRow {
    VisitRow {
        id: VisitId(id(n)),
        client,
        kind: VisitKind::Regular,
        by,
        with: BTreeSet::new(),
        planned_on: day(on),
        planned_at: String::new(),
        purpose: String::new(),
        state: VisitState::Done,
        checked_in_at: Some(noon(on)),
        checked_out_at: Some(noon(on)),
        presence: verified.then_some(Presence::Verified),
        photos: 0,
        next_step: String::new(),
        next_on: None,
    }
}

fn task(assignee: PersonId, n: u8, on: i64) -> TaskRow {
    TaskRow {
        task: Task {
            id: TaskId(id(n)),
            draft: TaskDraft {
                assignee,
                title: String::new(),
                detail: String::new(),
                kind: TaskKind::FollowUp,
                due: None,
                client: None,
                difficulty: None,
                estimate: None,
            },
            status: TaskStatus::Done,
            progress: 100,
            created_by: assignee,
            created_at: noon(on),
            done_at: Some(noon(on)),
            from: None,
            events: Vec::new(),
            logged: 0,
            help: None,
        },
    }
}

/// Of every metric, until the end of the month and of the quarter, and until a day in between.
fn goals(place: GoalPlace) -> Vec<GoalRow> {
    let month = Period::of(Span::Month, date(2026, 12, 1));
    let quarter = Period::of(Span::Quarter, date(2026, 12, 1));
    let year = Period::of(Span::Year, date(2027, 1, 1));
    let until = [
        (month, month.last()),
        (quarter, quarter.last()),
        (quarter, date(2026, 12, 17)),
        (year, date(2027, 1, 20)),
    ];
    let all = Metric::ALL.iter().flat_map(|metric| {
        let until = until.iter().zip(0u8..);
        until.map(move |(until, n)| (*metric, *until, n))
    });
    all.map(|(metric, (period, deadline), n)| GoalRow {
        goal: Goal {
            id: GoalId(id(metric as u8 * 8 + n)),
            place,
            metric,
            unit: String::new(),
            period,
            by: DIRECTOR,
            at: noon(0),
            versions: vec![Version {
                id: GoalVersionId(id(1)),
                by: DIRECTOR,
                at: noon(0),
                after: BTreeSet::new(),
                terms: Terms {
                    what: String::new(),
                    target: 1_000,
                    deadline,
                    parent: None,
                    update_every: 0,
                    alert_below: 80,
                },
                reason: String::new(),
                dropped: false,
            }],
            signatures: Vec::new(),
            updates: Vec::new(),
        },
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn after_any_change_every_answer_is_the_one_from_scratch(steps in vec(step(), 1..14)) {
        let mut firm = Firm::new();
        firm.every_answer_is_the_one_from_scratch();
        for step in steps {
            firm.take(step);
            firm.every_answer_is_the_one_from_scratch();
        }
    }
}
