//! How long pay takes to answer for 40 people in 5 teams, 2,000 clients and 3 years of orders, of which every month but the
//! last two is locked: `cargo run --release -p caravan-domain --example pay_40`. The targets are 100 ms for a statement and
//! a second for the team's month on a phone.

use std::hint::black_box;
use std::time::{Duration, Instant as Clock};

use caravan_domain::calendar::{plus_days, start_of};
use caravan_domain::command::{Command, Context, Documents, RecordRef};
use caravan_domain::decision::decide;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::{Edit, Operation};
use caravan_domain::facts::{
    Employment, Fact, FactChange, FactKey, Facts, Person, PersonStatus, Team,
};
use caravan_domain::id::{
    ClientId, DeviceId, Id, IdSource, OrderId, OrderVersionId, PersonId, TeamId,
};
use caravan_domain::mark::Mark;
use caravan_domain::money::{BasisPoints, Fen, Quantity};
use caravan_domain::orders::decision::{OrderStanding, OrderState, Submission};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::orders::record::{Channel, Order, OrderLine, OrderVersion, Payment};
use caravan_domain::orders::row::OrderRow;
use caravan_domain::pay::command::{Drawing, PayCommand};
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::plan::PayPlan;
use caravan_domain::pay::what_if::WhatIf;
use caravan_domain::query::{Answer, Marks, Query, Sources, answer};
use caravan_domain::role::Role;
use caravan_domain::row::{DocumentRows, Rows, project};
use caravan_domain::time::{Day, Instant};
use caravan_domain::value::{Map, Value};

const PEOPLE: u32 = 40;
const TEAMS: u32 = 5;
const CLIENTS: u32 = 2_000;
/// Of each client: one a month.
const ORDERS: u32 = 36;
const RUNS: usize = 15;
/// 25 November 2026.
const NOW: Instant = Instant::from_millis(1_795_572_000_000);
const DIRECTOR: PersonId = PersonId(Id::MAX);
const FINANCE: PersonId = PersonId(Id::from_bytes([0xfe; 16]));

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

struct Firm {
    facts: Facts,
    rows: Rows,
    trees: std::collections::BTreeMap<DocumentId, Value>,
    minted: u64,
}

struct Trees<'a>(&'a std::collections::BTreeMap<DocumentId, Value>);

impl Documents for Trees<'_> {
    fn tree(&self, document: DocumentId) -> Option<&Value> {
        self.0.get(&document)
    }
}

struct Minted(u64);

impl IdSource for Minted {
    fn mint(&mut self) -> Id {
        self.0 += 1;
        let mut random = [9; 10];
        random[2..].copy_from_slice(&self.0.to_be_bytes());
        Id::mint(NOW, random)
    }
}

fn main() {
    let mut firm = Firm {
        facts: people(),
        rows: Rows::default(),
        trees: std::collections::BTreeMap::new(),
        minted: 0,
    };
    orders(&mut firm);
    println!("{} orders", firm.facts.orders.len());
    let mut month = Instant::from_millis(1_701_500_000_000)
        .day()
        .first_of_month();
    let open = plus_days(NOW.day().first_of_month(), -1).first_of_month();
    let mut locked = 0;
    while month < open {
        locked += lock_month(&mut firm, month);
        month = month.last_of_month().tomorrow().unwrap_or(Day::MAX);
    }
    println!("{locked} statements locked");
    let this = PayPeriod {
        from: NOW.day().first_of_month(),
        to: NOW.day().last_of_month(),
    };
    let last = PayPeriod {
        from: open,
        to: open.last_of_month(),
    };
    let somebody = PersonId(id(1, 7));
    let manager = PersonId(id(1, 2));
    let what_if = |months| {
        Query::PayWhatIf(WhatIf {
            plan: PayPlan::usual(Day::MIN),
            until: open,
            months,
        })
    };
    for (who, name, query) in [
        (somebody, "my pay", Query::Pay(somebody, NOW.day())),
        (
            somebody,
            "my statement",
            Query::PayStatement(somebody, this),
        ),
        (
            DIRECTOR,
            "one statement, this month",
            Query::PayStatement(somebody, this),
        ),
        (
            DIRECTOR,
            "one statement, ranked",
            Query::PayStatement(somebody, last),
        ),
        (manager, "the team's month", Query::TeamPay(this.from)),
        (
            DIRECTOR,
            "everybody's month, this",
            Query::TeamPay(this.from),
        ),
        (
            DIRECTOR,
            "everybody's month, ranked",
            Query::TeamPay(last.from),
        ),
        (DIRECTOR, "what if, one month", what_if(1)),
        (DIRECTOR, "what if, twelve months", what_if(12)),
    ] {
        println!("{name:<28} {:>10.1?}", median(&firm, who, &query));
    }
    // One change: an order more. Its rows are replaced, and what shows pay is answered again.
    let times: Vec<_> = (0..RUNS)
        .map(|_| {
            let client = ClientId(id(3, 7));
            let document = DocumentId::orders(client);
            let rows = firm.rows.of(document);
            let start = Clock::now();
            firm.rows.replace(document, rows);
            black_box(ask(&firm, somebody, &Query::PayStatement(somebody, this)));
            start.elapsed()
        })
        .collect();
    println!(
        "{:<28} {:>10.1?}",
        "one change, my statement",
        middle(times)
    );
}

fn median(firm: &Firm, who: PersonId, query: &Query) -> Duration {
    let times = (0..RUNS).map(|_| {
        let start = Clock::now();
        black_box(ask(firm, who, black_box(query)));
        start.elapsed()
    });
    middle(times.collect())
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ask(firm: &Firm, me: PersonId, query: &Query) -> Answer {
    answer(
        query,
        &Sources {
            me,
            device: DeviceId(Id::ZERO),
            now: NOW,
            rows: &firm.rows,
            facts: &firm.facts,
            settled: &firm.facts,
            marks: &NoMarks,
        },
    )
}

fn lock_month(firm: &mut Firm, month: Day) -> usize {
    let Answer::TeamPay(team) = ask(firm, DIRECTOR, &Query::TeamPay(month)) else {
        return 0;
    };
    let mut locked = 0;
    for summary in team.statements {
        let (person, period) = (summary.person, summary.period);
        let Answer::PayStatement(Some(file)) =
            ask(firm, DIRECTOR, &Query::PayStatement(person, period))
        else {
            continue;
        };
        let draw = PayCommand::DrawUp(Drawing {
            person,
            period,
            lines: file.lines.into_iter().map(|shown| shown.line).collect(),
            counted: file.counted,
        });
        let made = run(firm, DIRECTOR, draw);
        let Some(RecordRef::Pay(_, statement)) = made else {
            continue;
        };
        let approve = PayCommand::ApproveStatement {
            person,
            period,
            statement,
        };
        let lock = PayCommand::Lock {
            person,
            period,
            statement,
        };
        run(firm, FINANCE, approve);
        run(firm, FINANCE, lock);
        locked += 1;
    }
    locked
}

fn run(firm: &mut Firm, me: PersonId, command: PayCommand) -> Option<RecordRef> {
    let mut ids = Minted(firm.minted);
    let outcome = Command::Pay(command)
        .run(&mut Context {
            me,
            now: NOW,
            ids: &mut ids,
            facts: &firm.facts,
            documents: &Trees(&firm.trees),
        })
        .ok()?;
    firm.minted = ids.0;
    for edit in &outcome.edits {
        write(firm, edit);
        let rows = project(edit.document, &firm.trees[&edit.document], 0);
        firm.rows.replace(edit.document, rows);
    }
    for decision in &outcome.decisions {
        for change in decide(decision, me, NOW, &firm.facts).ok()? {
            firm.facts.apply(change);
        }
    }
    outcome.created
}

/// Every edit of a statement is one of two steps.
fn write(firm: &mut Firm, edit: &Edit) {
    let tree = firm.trees.entry(edit.document);
    let Value::Map(tree) = tree.or_insert_with(|| Value::Map(Map::new())) else {
        return;
    };
    let root = tree
        .entry(edit.path[0].clone())
        .or_insert_with(|| Value::Map(Map::new()));
    if let (Value::Map(root), Operation::Put(value)) = (root, &edit.operation) {
        root.insert(edit.path[1].clone(), value.clone());
    }
}

fn id(kind: u8, n: u32) -> Id {
    let mut bytes = [kind; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    Id::from_bytes(bytes)
}

fn people() -> Facts {
    let mut facts = Facts::default();
    let mut know = |key, fact| {
        facts.apply(FactChange {
            key,
            fact: Some(fact),
        });
    };
    for team in 0..TEAMS {
        let name = format!("第{team}组");
        let fact = Fact::Team(Team {
            name,
            closed: false,
        });
        know(FactKey::Team(TeamId(id(2, team))), fact);
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
    know(FactKey::Person(DIRECTOR), person(Role::Director, None));
    know(FactKey::Person(FINANCE), person(Role::Finance, None));
    for n in 0..PEOPLE {
        let team = Some(TeamId(id(2, n % TEAMS)));
        let role = match n < TEAMS {
            true => Role::TeamManager,
            false => Role::AccountManager,
        };
        know(FactKey::Person(PersonId(id(1, n))), person(role, team));
    }
    facts
}

fn orders(firm: &mut Firm) {
    for n in 0..CLIENTS {
        let client = ClientId(id(3, n));
        let representative = PersonId(id(1, n % PEOPLE));
        let orders = (0..ORDERS).map(|k| {
            let day = plus_days(NOW.day(), -i64::from(k * 30 + n % 29));
            let at = start_of(day).plus_millis(36_000_000);
            let order = order(client, n, k, representative, at);
            let standing = OrderStanding {
                submission: Submission {
                    version: order.versions[0].id,
                    representative,
                    amount: order.versions[0].total(),
                    digest: OrderDigest([0; 32]),
                },
                submitted_by: representative,
                submitted_at: at,
                authors: [representative].into(),
                state: OrderState::Accepted,
                by: FINANCE,
                at,
            };
            firm.facts.apply(FactChange {
                key: FactKey::Order(client, order.id),
                fact: Some(Fact::Order(standing)),
            });
            OrderRow {
                haystack: String::new(),
                order,
            }
        });
        let mut orders: Vec<_> = orders.collect();
        orders.sort_by_key(|row| row.order.id);
        firm.rows.replace(
            DocumentId::orders(client),
            DocumentRows {
                orders,
                ..DocumentRows::default()
            },
        );
    }
}

/// One in twenty comes back in part a month later.
fn order(client: ClientId, n: u32, k: u32, representative: PersonId, at: Instant) -> Order {
    let number = n * ORDERS + k;
    let version = OrderVersion {
        id: OrderVersionId(id(5, number)),
        by: representative,
        at,
        replaces: None,
        representative,
        channel: Channel::Visit,
        ordered_on: at.day(),
        note: String::new(),
        lines: vec![OrderLine {
            product: "茶".to_owned(),
            quantity: Quantity(1_000 + i64::from(n % 7) * 500),
            price: Fen(120_000 + i64::from(number % 1_000) * 37),
            discount: BasisPoints::NONE,
        }],
    };
    let refunds = number.is_multiple_of(20).then(|| Payment {
        id: id(6, number),
        by: FINANCE,
        at,
        on: plus_days(at.day(), 30),
        amount: Fen(10_000),
        note: String::new(),
    });
    Order {
        client,
        id: OrderId(id(4, number)),
        client_name: "顺丰便利店".to_owned(),
        created_by: representative,
        created_at: at,
        versions: vec![version],
        receipts: Vec::new(),
        refunds: refunds.into_iter().collect(),
        replies: Vec::new(),
    }
}
