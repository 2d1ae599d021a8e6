//! How long goals take to answer for 40 people in 5 teams, 2,000 clients and 3 years of visits:
//! `cargo run --release -p caravan-domain --example goals_40`. The target is a frame on a phone for the board; 5 ms here.

use std::hint::black_box;
use std::time::Instant as Clock;

use caravan_domain::calendar::{Period, Span, plus_days, start_of};
use caravan_domain::command::RecordRef;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{
    Employment, Fact, FactChange, FactKey, Facts, Person, PersonStatus, Team,
};
use caravan_domain::goals::list::{GoalList, GoalProbe, Whose};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::GoalPlace;
use caravan_domain::goals::record::{Goal, Side, Signature, Terms, Version};
use caravan_domain::goals::row::GoalRow;
use caravan_domain::id::{
    ClientId, DeviceId, GoalEntryId, GoalId, GoalVersionId, Id, PersonId, TeamId, VisitId,
};
use caravan_domain::mark::Mark;
use caravan_domain::query::{Marks, Query, Sources, answer};
use caravan_domain::role::Role;
use caravan_domain::row::{DocumentRows, Rows, project};
use caravan_domain::time::{Day, Instant};
use caravan_domain::value::{Map, Value};
use caravan_domain::visits::record::{Presence, VisitKind, VisitState};
use caravan_domain::visits::row::VisitRow;

const PEOPLE: u32 = 40;
const TEAMS: u32 = 5;
const CLIENTS: u32 = 2_000;
/// Of each client: somebody makes three visits a working day.
const VISITS: u32 = 45;
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
    let facts = people();
    let rows = records();
    let goals = rows.goals.iter().count();
    println!("{goals} goals, {} visits", rows.visits.len());
    let from = Sources {
        me: ME,
        device: DeviceId(Id::ZERO),
        now: NOW,
        rows: &rows,
        facts: &facts,
        settled: &facts,
        marks: &NoMarks,
    };
    let board = |span| {
        Query::Goals(GoalList {
            whose: Whose::Everybody,
            span,
            on: NOW.day(),
        })
    };
    let company = rows.goals.of(DocumentId::COMPANY)[0].goal.name();
    let hint = Query::GoalHint(GoalProbe {
        place: GoalPlace::Company,
        metric: Metric::ClientsVisited,
        period: Period::of(Span::Month, NOW.day()),
        except: None,
    });
    for (name, query) in [
        ("the board, this month", board(Some(Span::Month))),
        ("the board, every period", board(None)),
        ("one goal with its parts", Query::Goal(company)),
        ("six months back", hint),
        ("today", Query::Today),
    ] {
        let mut times: Vec<_> = (0..RUNS)
            .map(|_| {
                let start = Clock::now();
                black_box(answer(black_box(&query), &from));
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        println!("{name:<26} {:>10.1?}", times[times.len() / 2]);
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
    know(FactKey::Person(ME), person(Role::Director, None));
    for n in 0..PEOPLE {
        let team = Some(TeamId(id(2, n % TEAMS)));
        let key = FactKey::Person(PersonId(id(1, n)));
        know(key, person(Role::AccountManager, team));
    }
    facts
}

fn records() -> Rows {
    let mut rows = Rows::default();
    for n in 0..CLIENTS {
        let client = ClientId(id(3, n));
        let mut made = project(client.into(), &Value::Map(Map::new()), 0);
        made.visits = (0..VISITS).map(|k| visit(client, n, k)).collect();
        rows.replace(client.into(), made);
    }
    let teams = (0..TEAMS).map(|n| GoalPlace::Team(TeamId(id(2, n))));
    let people = (0..PEOPLE).map(|n| GoalPlace::Person(PersonId(id(1, n))));
    let places = [GoalPlace::Company].into_iter().chain(teams).chain(people);
    for place in places {
        let goals = Span::ALL.into_iter().flat_map(|span| {
            let metrics = Metric::ALL.iter().copied();
            metrics.map(move |metric| GoalRow {
                goal: goal(place, metric, Period::of(span, NOW.day())),
            })
        });
        let goals = goals.collect();
        rows.replace(
            place.document(),
            DocumentRows {
                goals,
                ..DocumentRows::default()
            },
        );
    }
    rows
}

fn visit(client: ClientId, n: u32, k: u32) -> VisitRow {
    let day: Day = plus_days(NOW.day(), -i64::from((n * 7 + k * 24) % 1_095));
    let at = start_of(day).plus_millis(36_000_000);
    VisitRow {
        id: VisitId(id(4, n * VISITS + k)),
        client,
        kind: VisitKind::Regular,
        by: PersonId(id(1, n % PEOPLE)),
        with: [].into(),
        planned_on: day,
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
        by: ME,
        at: NOW,
        versions: vec![Version {
            id: version,
            by: ME,
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
            signed(Side::Setter, ME),
            signed(Side::Bearer, PersonId(id(1, 0))),
        ],
        updates: Vec::new(),
    }
}
