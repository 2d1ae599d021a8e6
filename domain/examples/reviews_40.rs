//! How long reviews take to answer for 40 people in 5 teams, 2,000 clients and 3 years of visits, orders and tasks:
//! `cargo run --release -p caravan-domain --example reviews_40`. The target is 100 ms for any screen on a phone, and a
//! frame after one change; a tenth of that here.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant as Clock;

use caravan_domain::calendar::{Period, Span, plus_days, start_of};
use caravan_domain::command::RecordRef;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{
    Employment, Fact, FactChange, FactKey, Facts, Grant, Person, PersonStatus, Team,
};
use caravan_domain::id::{
    ClientId, DeviceId, Id, OrderId, OrderVersionId, PersonId, TaskId, TeamId, VisitId,
};
use caravan_domain::mark::Mark;
use caravan_domain::money::Fen;
use caravan_domain::orders::decision::{OrderStanding, OrderState, Submission};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::orders::record::Order;
use caravan_domain::orders::row::OrderRow;
use caravan_domain::query::{Marks, Query, Sources, answer};
use caravan_domain::reviews::command::ReviewRef;
use caravan_domain::reviews::list::ReviewList;
use caravan_domain::role::Role;
use caravan_domain::row::{DocumentRows, Rows, project};
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{Task, TaskDraft, TaskStatus};
use caravan_domain::tasks::row::TaskRow;
use caravan_domain::time::Instant;
use caravan_domain::value::{Map, Value};
use caravan_domain::visits::record::{Presence, VisitKind, VisitState};
use caravan_domain::visits::row::VisitRow;

const PEOPLE: u32 = 40;
const TEAMS: u32 = 5;
const CLIENTS: u32 = 2_000;
/// Of each client in three years.
const VISITS: u32 = 45;
const ORDERS: u32 = 18;
/// Of each person in three years.
const TASKS: u32 = 1_500;
const RUNS: u32 = 20;
const NOW: Instant = Instant::from_millis(1_793_844_000_000);
const ME: PersonId = PersonId(Id::MAX);

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

fn main() {
    let mut facts = people();
    let mut rows = records(&mut facts);
    println!(
        "{} clients, {} visits, {} orders, {} tasks",
        rows.clients.len(),
        rows.visits.len(),
        facts.orders.len(),
        rows.tasks.len()
    );
    let list = |span| {
        Query::Reviews(ReviewList {
            span,
            on: NOW.day(),
        })
    };
    let person = PersonId(id(1, 7));
    let of = |span| {
        Query::Review(ReviewRef {
            person,
            period: Period::of(span, NOW.day()),
        })
    };
    for (name, query) in [
        ("one person's month", of(Span::Month)),
        ("one person's quarter", of(Span::Quarter)),
        ("one person over a year", Query::ReviewHistory(person)),
        ("everybody's month", list(Span::Month)),
        ("everybody's quarter", list(Span::Quarter)),
        (
            "raters compared",
            Query::ReviewSpread(Period::of(Span::Quarter, NOW.day())),
        ),
    ] {
        println!("{name:<26} {:>10.1?}", median(&query, &rows, &facts));
    }
    // One client's records come in, and the open screens are asked again.
    let (client, k) = (ClientId(id(3, 7)), VISITS + 1);
    let changed = (0..RUNS).map(|_| {
        let start = Clock::now();
        let mut made = rows.of(client.into());
        made.visits.push(visit(client, 7, k));
        rows.replace(client.into(), made);
        black_box(answer(&of(Span::Month), &sources(&rows, &facts)));
        start.elapsed()
    });
    let mut changed: Vec<_> = changed.collect();
    changed.sort_unstable();
    println!(
        "{:<26} {:>10.1?}",
        "a month after one change",
        changed[changed.len() / 2]
    );
}

fn sources<'a>(rows: &'a Rows, facts: &'a Facts) -> Sources<'a> {
    Sources {
        me: ME,
        device: DeviceId(Id::ZERO),
        now: NOW,
        rows,
        facts,
        settled: facts,
        marks: &NoMarks,
    }
}

fn median(query: &Query, rows: &Rows, facts: &Facts) -> core::time::Duration {
    let from = sources(rows, facts);
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let start = Clock::now();
            black_box(answer(black_box(query), &from));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn id(kind: u8, n: u32) -> Id {
    let mut bytes = [kind; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    Id::from_bytes(bytes)
}

fn know(facts: &mut Facts, key: FactKey, fact: Fact) {
    facts.apply(FactChange {
        key,
        fact: Some(fact),
    });
}

fn people() -> Facts {
    let mut facts = Facts::default();
    for team in 0..TEAMS {
        let fact = Fact::Team(Team {
            name: format!("第{team}组"),
            closed: false,
        });
        know(&mut facts, FactKey::Team(TeamId(id(2, team))), fact);
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
    know(
        &mut facts,
        FactKey::Person(ME),
        person(Role::Director, None),
    );
    for n in 0..PEOPLE {
        let team = Some(TeamId(id(2, n % TEAMS)));
        let key = FactKey::Person(PersonId(id(1, n)));
        know(&mut facts, key, person(Role::AccountManager, team));
    }
    facts
}

fn records(facts: &mut Facts) -> Rows {
    let mut rows = Rows::default();
    for n in 0..CLIENTS {
        let client = ClientId(id(3, n));
        let owner = PersonId(id(1, n % PEOPLE));
        let mut made = project(client.into(), &Value::Map(Map::new()), 0);
        made.visits = (0..VISITS).map(|k| visit(client, n, k)).collect();
        rows.replace(client.into(), made);
        let grant = Grant {
            owner,
            shared_with: BTreeSet::new(),
        };
        know(facts, FactKey::Grant(client.into()), Fact::Grant(grant));
        let orders = (0..ORDERS).map(|k| order(facts, client, owner, n * ORDERS + k, k));
        let orders = DocumentRows {
            orders: orders.collect(),
            ..DocumentRows::default()
        };
        rows.replace(DocumentId::orders(client), orders);
    }
    for n in 0..PEOPLE {
        let person = PersonId(id(1, n));
        let tasks = (0..TASKS).map(|k| task(person, n * TASKS + k, k));
        let tasks = DocumentRows {
            tasks: tasks.collect(),
            ..DocumentRows::default()
        };
        rows.replace(person.into(), tasks);
    }
    rows
}

/// Spread over three years.
fn day(k: u32, of: u32, n: u32) -> caravan_domain::time::Day {
    plus_days(NOW.day(), -i64::from(k * (1_095 / of) + n % 20))
}

fn visit(client: ClientId, n: u32, k: u32) -> VisitRow {
    let planned_on = day(k, VISITS, n);
    let at = start_of(planned_on).plus_millis(10 * 3_600_000);
    VisitRow {
        id: VisitId(id(4, n * 100 + k)),
        client,
        kind: VisitKind::Regular,
        by: PersonId(id(1, n % PEOPLE)),
        with: BTreeSet::new(),
        planned_on,
        planned_at: String::new(),
        purpose: String::new(),
        state: VisitState::Done,
        checked_in_at: Some(at),
        checked_out_at: Some(at),
        presence: Some(Presence::Verified),
        photos: 0,
        next_step: String::new(),
        next_on: None,
    }
}

fn order(facts: &mut Facts, client: ClientId, owner: PersonId, n: u32, k: u32) -> OrderRow {
    let order = OrderId(id(5, n));
    let at = start_of(day(k, ORDERS, n));
    let standing = OrderStanding {
        submission: Submission {
            version: OrderVersionId(id(6, n)),
            representative: owner,
            amount: Fen::yuan(3_000),
            digest: OrderDigest([0; 32]),
        },
        submitted_by: owner,
        submitted_at: at,
        authors: [owner].into(),
        state: OrderState::Accepted,
        by: ME,
        at,
    };
    know(facts, FactKey::Order(client, order), Fact::Order(standing));
    OrderRow {
        order: Order {
            client,
            id: order,
            client_name: String::new(),
            created_by: owner,
            created_at: at,
            versions: Vec::new(),
            receipts: Vec::new(),
            refunds: Vec::new(),
            replies: Vec::new(),
        },
        haystack: String::new(),
    }
}

fn task(assignee: PersonId, n: u32, k: u32) -> TaskRow {
    let due = plus_days(NOW.day(), -i64::from(k * 1_095 / TASKS));
    TaskRow {
        task: Task {
            id: TaskId(id(7, n)),
            draft: TaskDraft {
                assignee,
                title: String::new(),
                detail: String::new(),
                kind: TaskKind::FollowUp,
                due: Some(due),
                client: Some(ClientId(id(3, n % CLIENTS))),
                difficulty: None,
                estimate: None,
            },
            status: TaskStatus::Done,
            progress: 100,
            created_by: assignee,
            created_at: start_of(due),
            done_at: Some(start_of(due)),
            from: None,
            events: Vec::new(),
            logged: 0,
            help: None,
        },
    }
}
