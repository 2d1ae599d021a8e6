//! How long figures take to answer for 40 people in 5 teams, 2,000 clients and 3 years of visits, orders and tasks, with
//! every month of pay but the last two locked: `cargo xtask bench figures`, as a program and as the Wasm that phones run.
//! The targets on a phone: any dashboard or statement in 100 ms, 16 ms after one change, a second for the team's month
//! of pay.

mod chance;
mod file;
mod firm;
mod held;
mod live;
mod locked;
mod say;

use std::hint::black_box;
use std::time::Duration;

use caravan_domain::calendar::{Period, Span, plus_days};
use caravan_domain::command::RecordRef;
use caravan_domain::dashboard::list::{Counted, DashboardOf, DashboardRecords};
use caravan_domain::document::DocumentId;
use caravan_domain::goals::list::{GoalList, GoalProbe, Whose};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::GoalPlace;
use caravan_domain::id::{ClientId, DeviceId, Id, PersonId, TeamId};
use caravan_domain::mark::Mark;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::plan::PayPlan;
use caravan_domain::pay::what_if::WhatIf;
use caravan_domain::query::{Answer, Marks, Query, Sources, answer};
use caravan_domain::reviews::command::ReviewRef;
use caravan_domain::reviews::list::ReviewList;
use caravan_domain::row::Rows;
use caravan_domain::time::{Day, Instant};
use caravan_domain::visits::row::VisitRow;

use web_time::Instant as Clock;

use chance::id;
use firm::{DIRECTOR, Firm, NOW, VISITS, visit};
use locked::lock_month;

const RUNS: usize = 15;

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
    let open = plus_days(NOW.day().first_of_month(), -1).first_of_month();
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(path) = std::env::args_os().nth(1) {
        file::write(&made_up(open), &path).expect("the firm can be written");
        return;
    }
    match file::path() {
        Some(_) => held::measure(open),
        None => times(&mut made_up(open), open),
    }
}

fn made_up(open: Day) -> Firm {
    let mut firm = Firm::new();
    say!(
        "{} clients, {} visits, {} orders, {} tasks, {} goals",
        firm.rows.clients.len(),
        firm.rows.visits.len(),
        firm.facts.orders.len(),
        firm.rows.tasks.len(),
        firm.rows.goals.iter().count()
    );
    let mut month = Instant::from_millis(1_701_500_000_000)
        .day()
        .first_of_month();
    let mut locked = 0;
    while month < open {
        locked += lock_month(&mut firm, month);
        month = month.last_of_month().tomorrow().unwrap_or(Day::MAX);
    }
    say!("{locked} statements locked");
    firm
}

fn times(firm: &mut Firm, open: Day) {
    for (who, name, query) in questions(open) {
        let times = (0..RUNS).map(|_| {
            let start = Clock::now();
            black_box(ask(firm, who, black_box(&query)));
            start.elapsed()
        });
        say!("{name:<34} {:>10.1?}", middle(times.collect()));
    }
    say!("");
    one_change(firm, open);
    all_at_once(firm);
}

/// Bytes.
#[cfg(target_arch = "wasm32")]
fn linear_memory() -> usize {
    const PAGE: usize = 65_536;
    core::arch::wasm32::memory_size::<0>() * PAGE
}

fn questions(open: Day) -> Vec<(PersonId, &'static str, Query)> {
    let today = NOW.day();
    let (somebody, manager) = (PersonId(id(1, 7)), PersonId(id(1, 2)));
    let team = GoalPlace::Team(TeamId(id(2, 2)));
    let of = |place| DashboardOf {
        place: Some(place),
        month: today,
    };
    let dashboard = |place| Query::Dashboard(of(place));
    let pay = |place| Query::DashboardPay(of(place));
    let records = |what| {
        let of = of(GoalPlace::Company);
        Query::DashboardRecords(DashboardRecords {
            of,
            what,
            limit: 100,
        })
    };
    let board = |span| {
        Query::Goals(GoalList {
            whose: Whose::Everybody,
            span,
            on: today,
        })
    };
    let hint = Query::GoalHint(GoalProbe {
        place: GoalPlace::Company,
        metric: Metric::ClientsVisited,
        period: Period::of(Span::Month, today),
        except: None,
    });
    let reviews = |span| Query::Reviews(ReviewList { span, on: today });
    let review = |span| {
        Query::Review(ReviewRef {
            person: somebody,
            period: Period::of(span, today),
        })
    };
    let (this, last) = (period(today), period(open));
    let what_if = |months| {
        Query::PayWhatIf(WhatIf {
            plan: PayPlan::usual(Day::MIN),
            until: open,
            months,
        })
    };
    let mine = GoalPlace::Person(somebody);
    vec![
        (somebody, "dashboard: my month", dashboard(mine)),
        (manager, "dashboard: the team", dashboard(team)),
        (
            DIRECTOR,
            "dashboard: the company",
            dashboard(GoalPlace::Company),
        ),
        (somebody, "dashboard: my pay", pay(mine)),
        (manager, "dashboard: the team's pay", pay(team)),
        (
            DIRECTOR,
            "dashboard: the company's pay",
            pay(GoalPlace::Company),
        ),
        (
            DIRECTOR,
            "dashboard: the records of sales",
            records(Counted::Deeds(Metric::Sales)),
        ),
        (
            DIRECTOR,
            "goals: the board, this month",
            board(Some(Span::Month)),
        ),
        (DIRECTOR, "goals: the board, every period", board(None)),
        (DIRECTOR, "goals: six months back", hint),
        (DIRECTOR, "reviews: one person's month", review(Span::Month)),
        (
            DIRECTOR,
            "reviews: one person's quarter",
            review(Span::Quarter),
        ),
        (
            DIRECTOR,
            "reviews: one person over a year",
            Query::ReviewHistory(somebody),
        ),
        (DIRECTOR, "reviews: everybody's month", reviews(Span::Month)),
        (
            DIRECTOR,
            "reviews: everybody's quarter",
            reviews(Span::Quarter),
        ),
        (somebody, "pay: mine", Query::Pay(somebody, today)),
        (
            somebody,
            "pay: my statement",
            Query::PayStatement(somebody, this),
        ),
        (
            DIRECTOR,
            "pay: one statement, this month",
            Query::PayStatement(somebody, this),
        ),
        (
            DIRECTOR,
            "pay: one statement, ranked",
            Query::PayStatement(somebody, last),
        ),
        (manager, "pay: the team's month", Query::TeamPay(this.from)),
        (
            DIRECTOR,
            "pay: everybody's month",
            Query::TeamPay(this.from),
        ),
        (
            DIRECTOR,
            "pay: everybody's month, ranked",
            Query::TeamPay(last.from),
        ),
        (DIRECTOR, "pay: what if, one month", what_if(1)),
        (DIRECTOR, "pay: what if, twelve months", what_if(12)),
        (DIRECTOR, "today", Query::Today),
    ]
}

fn period(day: Day) -> PayPeriod {
    PayPeriod {
        from: day.first_of_month(),
        to: day.last_of_month(),
    }
}

/// A client's visit or order comes in: its rows are replaced, and what is on the screen is asked again.
fn one_change(firm: &mut Firm, open: Day) {
    for (who, name, query) in questions(open) {
        let times = (0..RUNS).map(|run| {
            let replaced = changed(firm, run);
            let start = Clock::now();
            black_box(ask(firm, who, &query));
            replaced + start.elapsed()
        });
        say!("one change, {name:<34} {:>10.1?}", middle(times.collect()));
    }
}

/// A client has another visit than before. How long it took to file it.
fn changed(firm: &mut Firm, run: usize) -> Duration {
    let client = ClientId(id(3, 7));
    let orders = firm.rows.of(DocumentId::orders(client));
    let mut visits = firm.rows.of(client.into());
    let others = [VISITS, VISITS + 1].map(|k| visit(client, 7, k));
    let other = |row: &VisitRow| others.iter().any(|other| other.id == row.id);
    visits.visits.retain(|row| !other(row));
    visits.visits.push(others[run % 2].clone());
    let start = Clock::now();
    firm.rows.replace(client.into(), visits);
    firm.rows.replace(DocumentId::orders(client), orders);
    start.elapsed()
}

/// As at a cold start: all rows of all documents.
fn all_at_once(firm: &Firm) {
    let documents = firm.documents().into_iter();
    let documents: Vec<_> = documents
        .map(|document| (document, firm.rows.of(document)))
        .collect();
    let times = (0..5).map(|_| {
        let documents = documents.clone();
        let start = Clock::now();
        black_box(Rows::from_iter(documents));
        start.elapsed()
    });
    say!(
        "all rows at once, with their index {:>10.1?}",
        middle(times.collect())
    );
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
            memory: &firm.memory,
        },
    )
}
