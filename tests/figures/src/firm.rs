//! A firm of 40 people in 5 teams with 2,000 clients, three years of visits, orders and tasks, and goals for everybody.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::calendar::{Period, Span, plus_days, start_of};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{
    Employment, Fact, FactChange, FactKey, Facts, Grant, Person, PersonStatus, Team,
};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::GoalPlace;
use caravan_domain::goals::record::{Goal, Side, Signature, Terms, Version};
use caravan_domain::goals::row::GoalRow;
use caravan_domain::id::{
    ClientId, GoalEntryId, GoalId, GoalVersionId, Id, OrderId, OrderVersionId, PersonId, TaskId,
    TeamId, VisitId,
};
use caravan_domain::memory::Memory;
use caravan_domain::money::{BasisPoints, Fen, Quantity};
use caravan_domain::orders::decision::{OrderStanding, OrderState, Submission};
use caravan_domain::orders::digest::digest;
use caravan_domain::orders::record::{Channel, Order, OrderLine, OrderVersion, Payment};
use caravan_domain::orders::row::OrderRow;
use caravan_domain::role::Role;
use caravan_domain::row::{DocumentRows, Rows, project};
use caravan_domain::search::HaystackBuilder;
use caravan_domain::tasks::event::{TaskEvent, TaskEventKind};
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{Task, TaskDraft, TaskStatus};
use caravan_domain::tasks::row::TaskRow;
use caravan_domain::time::Instant;
use caravan_domain::value::Value;
use caravan_domain::visits::record::{Presence, VisitKind, VisitState};
use caravan_domain::visits::row::VisitRow;

use crate::chance::{
    DETAILS, NEXT_STEPS, PLACES, PRODUCTS, PURPOSES, TITLES, client_name, id, minted, moment,
    one_of,
};

const PEOPLE: u32 = 40;
const TEAMS: u32 = 5;
const CLIENTS: u32 = 2_000;
/// Of each client in three years: somebody makes three visits a working day.
pub(crate) const VISITS: u32 = 45;
/// Of each client: one a month.
const ORDERS: u32 = 36;
/// Of each person in three years, the last of them still open.
const TASKS: u32 = 1_500;
const OPEN: u32 = 12;
/// 25 November 2026.
pub(crate) const NOW: Instant = Instant::from_millis(1_795_572_000_000);
pub(crate) const DIRECTOR: PersonId = PersonId(Id::MAX);
pub(crate) const FINANCE: PersonId = PersonId(Id::from_bytes([0xfe; 16]));

pub(crate) struct Firm {
    pub(crate) facts: Facts,
    pub(crate) rows: Rows,
    /// Of pay alone.
    pub(crate) trees: BTreeMap<DocumentId, Value>,
    pub(crate) minted: u64,
    pub(crate) memory: Memory,
}

impl Firm {
    pub(crate) fn of(facts: Facts, rows: Rows) -> Self {
        Self {
            facts,
            rows,
            trees: BTreeMap::new(),
            minted: 0,
            memory: Memory::default(),
        }
    }

    pub(crate) fn new() -> Self {
        let mut firm = Self::of(Facts::default(), Rows::default());
        firm.people();
        for n in 0..CLIENTS {
            firm.client(n);
        }
        for n in 0..PEOPLE {
            let person = PersonId(id(1, n));
            let tasks = (0..TASKS).map(|k| task(person, n * TASKS + k, k));
            let rows = DocumentRows {
                tasks: tasks.collect(),
                goals: goals(GoalPlace::Person(person)),
                ..DocumentRows::default()
            };
            firm.rows.replace(person.into(), rows);
        }
        let teams = (0..TEAMS).map(|n| GoalPlace::Team(TeamId(id(2, n))));
        for place in teams.chain([GoalPlace::Company]) {
            let rows = DocumentRows {
                goals: goals(place),
                ..DocumentRows::default()
            };
            firm.rows.replace(place.document(), rows);
        }
        firm
    }

    /// Of all rows, about as they came: of people and of their pay before most clients.
    pub(crate) fn documents(&self) -> Vec<DocumentId> {
        let clients = self.rows.clients.keys();
        let clients = clients.flat_map(|it| [(*it).into(), DocumentId::orders(*it)]);
        let people = self.facts.people.keys();
        let people = people.flat_map(|it| [(*it).into(), DocumentId::pay(*it)]);
        let teams = self.facts.teams.keys().map(|it| GoalPlace::Team(*it));
        let places = teams.chain([GoalPlace::Company]);
        places
            .map(|place| place.document())
            .chain(people)
            .chain(clients)
            .collect()
    }

    fn know(&mut self, key: FactKey, fact: Fact) {
        self.facts.apply(FactChange {
            key,
            fact: Some(fact),
        });
    }

    fn people(&mut self) {
        for team in 0..TEAMS {
            let fact = Fact::Team(Team {
                name: format!("第{team}组"),
                closed: false,
            });
            self.know(FactKey::Team(TeamId(id(2, team))), fact);
        }
        let person = |role, team| {
            Fact::Person(Person {
                name: "某人".to_owned(),
                roles: [role].into(),
                team,
                status: PersonStatus::Active,
                employment: Employment::FullTime,
                phone: String::new(),
                joined_at: Instant::from_millis(0),
            })
        };
        self.know(FactKey::Person(DIRECTOR), person(Role::Director, None));
        self.know(FactKey::Person(FINANCE), person(Role::Finance, None));
        for n in 0..PEOPLE {
            let team = Some(TeamId(id(2, n % TEAMS)));
            let role = match n < TEAMS {
                true => Role::TeamManager,
                false => Role::AccountManager,
            };
            self.know(FactKey::Person(PersonId(id(1, n))), person(role, team));
        }
    }

    fn client(&mut self, n: u32) {
        let (client, owner) = (ClientId(id(3, n)), PersonId(id(1, n % PEOPLE)));
        let name = client_name(n);
        let put = |(key, value): (&str, &str)| (key.to_owned(), Value::Text(value.to_owned()));
        let tree = [
            ("name", &*name),
            ("phone", "13800138000"),
            ("address", "东风路188号一层"),
            ("region", one_of(&PLACES, 3, n)),
        ];
        let tree = Value::Map(tree.into_iter().map(put).collect());
        let mut made = project(client.into(), &tree, &[]);
        made.visits = (0..VISITS).map(|k| visit(client, n, k)).collect();
        self.rows.replace(client.into(), made);
        let grant = Grant {
            owner,
            shared_with: BTreeSet::new(),
        };
        self.know(FactKey::Grant(client.into()), Fact::Grant(grant));
        let mut orders: Vec<_> = (0..ORDERS)
            .map(|k| {
                let day = plus_days(NOW.day(), -i64::from(k * 30 + n % 29));
                let at = moment(day, n * ORDERS + k);
                let order = order(client, n, k, owner, at);
                let standing = OrderStanding {
                    submission: Submission {
                        version: order.versions[0].id,
                        representative: owner,
                        amount: order.versions[0].total(),
                        digest: digest(client, order.id, &order.versions[0]),
                    },
                    submitted_by: owner,
                    submitted_at: at,
                    authors: [owner].into(),
                    state: OrderState::Accepted,
                    by: FINANCE,
                    at,
                };
                self.know(FactKey::Order(client, order.id), Fact::Order(standing));
                let mut haystack = HaystackBuilder::new();
                haystack.name(&order.client_name);
                for line in &order.versions[0].lines {
                    haystack.name(&line.product);
                }
                OrderRow {
                    haystack: haystack.finish(),
                    order,
                }
            })
            .collect();
        orders.sort_by_key(|row| row.order.id);
        let rows = DocumentRows {
            orders,
            ..DocumentRows::default()
        };
        self.rows.replace(DocumentId::orders(client), rows);
    }
}

/// One in twenty comes back in part a month later.
fn order(client: ClientId, n: u32, k: u32, representative: PersonId, at: Instant) -> Order {
    let number = n * ORDERS + k;
    let version = OrderVersion {
        id: OrderVersionId(minted(5, number, at)),
        by: representative,
        at,
        replaces: None,
        representative,
        channel: Channel::Visit,
        ordered_on: at.day(),
        note: String::new(),
        lines: (0..=number % 2)
            .map(|line| OrderLine {
                product: one_of(&PRODUCTS, 5, number * 2 + line).to_owned(),
                quantity: Quantity(1_000 + i64::from(n % 7) * 500),
                price: Fen(60_000 + i64::from(number % 1_000) * 37),
                discount: BasisPoints::NONE,
            })
            .collect(),
    };
    let refunds = number.is_multiple_of(20).then(|| Payment {
        id: minted(6, number, at),
        by: FINANCE,
        at,
        on: plus_days(at.day(), 30),
        amount: Fen(10_000),
        note: String::new(),
    });
    Order {
        client,
        id: OrderId(minted(4, number, at)),
        client_name: client_name(n),
        created_by: representative,
        created_at: at,
        versions: vec![version],
        receipts: Vec::new(),
        refunds: refunds.into_iter().collect(),
        replies: Vec::new(),
    }
}

pub(crate) fn visit(client: ClientId, n: u32, k: u32) -> VisitRow {
    let planned_on = plus_days(NOW.day(), -i64::from(k * (1_095 / VISITS) + n % 20));
    let number = n * 100 + k;
    let at = moment(planned_on, number);
    VisitRow {
        id: VisitId(minted(8, number, start_of(plus_days(planned_on, -3)))),
        client,
        kind: VisitKind::Regular,
        by: PersonId(id(1, n % PEOPLE)),
        with: BTreeSet::new(),
        planned_on,
        planned_at: "10:00".to_owned(),
        purpose: one_of(&PURPOSES, 8, number).to_owned(),
        state: VisitState::Done,
        checked_in_at: Some(at),
        checked_out_at: Some(at.plus_millis(1_800_000 + i64::from(number % 977) * 1_013)),
        presence: Some(Presence::Verified),
        photos: number % 4,
        next_step: one_of(&NEXT_STEPS, 9, number).to_owned(),
        next_on: None,
    }
}

fn task(assignee: PersonId, n: u32, k: u32) -> TaskRow {
    let due = plus_days(NOW.day(), 5 - i64::from(k * 1_095 / TASKS));
    let open = k < OPEN;
    let given = moment(plus_days(due, -4), n);
    let done = moment(plus_days(due, -i64::from(n % 3)), n + 1);
    TaskRow {
        task: Task {
            id: TaskId(minted(7, n, given)),
            draft: TaskDraft {
                assignee,
                title: format!("{}：{}", one_of(&TITLES, 7, n), client_name(n % CLIENTS)),
                detail: one_of(&DETAILS, 10, n).to_owned(),
                kind: TaskKind::FollowUp,
                due: Some(due),
                client: Some(ClientId(id(3, n % CLIENTS))),
                difficulty: None,
                estimate: None,
            },
            status: match open {
                true => TaskStatus::Open,
                false => TaskStatus::Done,
            },
            progress: if open { 0 } else { 100 },
            created_by: assignee,
            created_at: given,
            done_at: (!open).then_some(done),
            from: None,
            events: vec![TaskEvent {
                at: given,
                by: assignee,
                what: TaskEventKind::Created,
                words: String::new(),
            }],
            logged: 0,
            help: None,
        },
    }
}

fn goals(place: GoalPlace) -> Vec<GoalRow> {
    let spans = Span::ALL.into_iter();
    let goals = spans.flat_map(|span| {
        let metrics = Metric::ALL.iter().copied();
        metrics.map(move |metric| GoalRow {
            goal: goal(place, metric, Period::of(span, NOW.day())),
        })
    });
    goals.collect()
}

fn goal(place: GoalPlace, metric: Metric, period: Period) -> Goal {
    let number = period.span().months().into();
    let version = GoalVersionId(id(6, 0));
    let signed = |side, by| Signature {
        id: GoalEntryId(id(7, 0)),
        side,
        by,
        at: NOW,
        version,
    };
    Goal {
        id: GoalId(id(metric as u8, number)),
        place,
        metric,
        unit: String::new(),
        period,
        by: DIRECTOR,
        at: NOW,
        versions: vec![Version {
            id: version,
            by: DIRECTOR,
            at: NOW,
            after: [].into(),
            terms: Terms {
                what: "目标".to_owned(),
                target: 100,
                deadline: period.last(),
                parent: None,
                update_every: 7,
                alert_below: 80,
            },
            reason: String::new(),
            dropped: false,
        }],
        signatures: vec![
            signed(Side::Setter, DIRECTOR),
            signed(Side::Bearer, PersonId(id(1, 0))),
        ],
        updates: Vec::new(),
    }
}
