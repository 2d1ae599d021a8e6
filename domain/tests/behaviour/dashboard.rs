//! Dashboards: whose month somebody sees, what it says, that every number opens as many records as it counts; and that
//! what figures are counted from is the same however the rows came.

use std::collections::BTreeMap;

use caravan_domain::calendar::{Period, Span, plus_days, start_of};
use caravan_domain::clients::record::Grade;
use caravan_domain::command::Command;
use caravan_domain::dashboard::list::{
    Counted, Dashboard, DashboardOf, DashboardPay, DashboardRecordPage, DashboardRecords,
    PaySource, SHOWN,
};
use caravan_domain::dashboard::rights::{may_look, own};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactChange, FactKey, Facts};
use caravan_domain::goals::command::{GoalCommand, GoalDraft};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::GoalPlace;
use caravan_domain::goals::progress::Standing;
use caravan_domain::id::{ClientId, OrderId, PersonId};
use caravan_domain::money::{BasisPoints, Fen};
use caravan_domain::orders::decision::OrderState;
use caravan_domain::query::{Answer, Query};
use caravan_domain::row::{DocumentRows, Rows};
use caravan_domain::time::{Day, Instant};
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, Field, WEST, WEST_MANAGER, id, named, today,
    visit_to,
};
use crate::goals::{HERS, TEAM, draft, read, terms};
use crate::sold::sold;

fn noon(day: Day) -> Instant {
    start_of(day).plus_millis(12 * 3_600_000)
}

fn of(place: GoalPlace) -> DashboardOf {
    DashboardOf {
        place: Some(place),
        month: today(),
    }
}

fn asked(field: &Field, me: PersonId, of: DashboardOf) -> Option<Dashboard> {
    match field.ask(me, &Query::Dashboard(of)) {
        Answer::Dashboard(found) => found.map(|found| *found),
        other => panic!("{other:?}"),
    }
}

fn shown(field: &Field, me: PersonId, place: GoalPlace) -> Dashboard {
    asked(field, me, of(place)).unwrap()
}

fn pay(field: &Field, me: PersonId, place: GoalPlace) -> DashboardPay {
    match field.ask(me, &Query::DashboardPay(of(place))) {
        Answer::DashboardPay(Some(found)) => *found,
        other => panic!("{other:?}"),
    }
}

fn records(field: &Field, me: PersonId, place: GoalPlace, what: Counted) -> DashboardRecordPage {
    let asked = DashboardRecords {
        of: of(place),
        what,
        limit: 100,
    };
    match field.ask(me, &Query::DashboardRecords(asked)) {
        Answer::DashboardRecords(Some(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn values(found: &Dashboard) -> Vec<i64> {
    found.figures.iter().map(|figure| figure.value).collect()
}

/// November 5: Alice and Bob in the east, Carol in the west, each with a client they have sold to.
fn november() -> Field {
    let mut field = Field::new();
    for (n, (who, fen)) in [(ALICE, 800_000), (BOB, 500_000), (CAROL, 900_000)]
        .into_iter()
        .enumerate()
    {
        let client = field.create(who, named(&format!("客户{n}")));
        let n = u8::try_from(n).unwrap();
        let october = noon(date(2026, 10, 4));
        sold(
            &mut field,
            client,
            100 + n,
            who,
            100_000,
            october,
            &[(20_000, date(2026, 11, 3))],
        );
        sold(
            &mut field,
            client,
            110 + n,
            who,
            fen,
            noon(date(2026, 11, 4)),
            &[],
        );
    }
    field
}

#[test]
fn everybody_sees_what_they_answer_for_and_what_is_below_it() {
    let field = Field::new();
    let west = GoalPlace::Team(WEST);
    let carol = GoalPlace::Person(CAROL);
    for (me, first, seen) in [
        (
            DIRECTOR,
            GoalPlace::Company,
            &[GoalPlace::Company, TEAM, west, HERS, carol][..],
        ),
        (EAST_MANAGER, TEAM, &[TEAM, HERS]),
        (WEST_MANAGER, west, &[west, carol]),
        (ALICE, HERS, &[HERS]),
    ] {
        assert_eq!(own(me, &field.facts), first);
        let default = asked(
            &field,
            me,
            DashboardOf {
                place: None,
                month: today(),
            },
        );
        assert_eq!(default.unwrap().place, first);
        for place in [GoalPlace::Company, TEAM, west, HERS, carol] {
            let expected = seen.contains(&place);
            assert_eq!(may_look(me, place, &field.facts), expected, "{me} {place}");
            assert_eq!(asked(&field, me, of(place)).is_some(), expected);
            for query in [
                Query::DashboardPay(of(place)),
                Query::DashboardRecords(DashboardRecords {
                    of: of(place),
                    what: Counted::Silent,
                    limit: 1,
                }),
            ] {
                let answered = match field.ask(me, &query) {
                    Answer::DashboardPay(found) => found.is_some(),
                    Answer::DashboardRecords(found) => found.is_some(),
                    other => panic!("{other:?}"),
                };
                assert_eq!(answered, expected, "{me} {query:?}");
            }
        }
    }
}

#[test]
fn a_month_is_the_sum_of_its_parts_and_of_the_records_behind_it() {
    let field = november();
    let company = shown(&field, DIRECTOR, GoalPlace::Company);
    assert_eq!(values(&company), [2_140_000, 0, 3, 0]);
    assert_eq!(company.figures[0].before, 300_000);
    let names: Vec<_> = company.parts.iter().map(|part| &*part.name).collect();
    assert_eq!(names, ["华东", "西部"]);
    let team = shown(&field, EAST_MANAGER, TEAM);
    assert_eq!(values(&team), company.parts[0].values);
    let names: Vec<_> = team.parts.iter().map(|part| &*part.name).collect();
    assert_eq!(names, ["爱丽", "鲍勃", "东主管"]);
    for (me, whole) in [(DIRECTOR, &company), (EAST_MANAGER, &team)] {
        for (place, metric) in SHOWN.iter().enumerate() {
            let sum: i64 = whole.parts.iter().map(|part| part.values[place]).sum();
            assert_eq!(sum, whole.figures[place].value);
            let page = records(&field, me, whole.place, Counted::Deeds(*metric));
            assert_eq!(page.sum, sum);
            assert_eq!(page.total as usize, page.lines.len());
            assert_eq!(page.lines.iter().map(|line| line.part).sum::<i64>(), sum);
        }
    }
    let trend: Vec<_> = company.trend.iter().map(|month| month.values[0]).collect();
    assert_eq!(trend, [0, 0, 0, 0, 300_000, 2_140_000]);
    assert_eq!(company.trend[5].month, Period::of(Span::Month, today()));
    let hers = shown(&field, ALICE, HERS);
    assert!(hers.is_mine && hers.parts.is_empty() && hers.next.is_some());
    assert!(shown(&field, EAST_MANAGER, HERS).next.is_none());
}

#[test]
fn half_a_month_is_held_against_half_of_the_one_before() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    sold(
        &mut field,
        client,
        60,
        ALICE,
        100,
        noon(date(2026, 10, 5)),
        &[],
    );
    sold(
        &mut field,
        client,
        61,
        ALICE,
        1_000,
        noon(date(2026, 10, 6)),
        &[],
    );
    assert_eq!(today(), date(2026, 11, 5));
    assert_eq!(shown(&field, ALICE, HERS).figures[0].before, 100);
    field.now = noon(date(2026, 12, 1));
    assert_eq!(shown(&field, ALICE, HERS).figures[0].before, 1_100);
}

#[test]
fn an_agreed_goal_stands_beside_its_figure() {
    let mut field = november();
    let goal = GoalDraft {
        metric: Metric::Sales,
        terms: terms(120_000),
        ..draft(HERS, 0)
    };
    let goal = field.propose_goal(EAST_MANAGER, goal);
    assert_eq!(shown(&field, ALICE, HERS).figures[0].goal, None);
    let version = read(&field, goal).heads()[0].id;
    let accept = Command::Goal(GoalCommand::Accept { goal, version });
    field.run(ALICE, accept).unwrap();
    let found = shown(&field, ALICE, HERS);
    let line = found.figures[0].goal.as_ref().unwrap();
    assert_eq!((line.target, line.progress.actual), (120_000, 7_800));
    assert_eq!(line.progress.standing, Standing::AtRisk);
    assert_eq!(found.goals.len(), 1);
    // The team has none of its own, and sees hers.
    let team = shown(&field, EAST_MANAGER, TEAM);
    assert_eq!(team.figures[0].goal, None);
    assert_eq!((team.goals.len(), team.goals_reached), (1, (0, 1)));
    let alice = team.parts.iter().find(|part| part.place == HERS).unwrap();
    assert_eq!(alice.goals_reached, (0, 1));
}

#[test]
fn clients_are_at_risk_when_their_next_contact_is_overdue() {
    let mut field = Field::new();
    field.now = noon(date(2026, 8, 1));
    let old = field.create(ALICE, named("久未联系"));
    field.now = noon(date(2026, 10, 1));
    field.create(ALICE, named("该回访了"));
    field.create(CAROL, named("西部的"));
    field.now = noon(today());
    field.create(ALICE, named("刚认识"));
    let team = shown(&field, EAST_MANAGER, TEAM);
    assert_eq!(team.at_risk.grades, [(Grade::C, 2)]);
    assert_eq!(team.at_risk.silent, 1);
    assert_eq!(team.at_risk.lines[0].id, old);
    let silent = records(&field, EAST_MANAGER, TEAM, Counted::Silent);
    assert_eq!((silent.total, &*silent.lines[0].title), (1, "久未联系"));
    let overdue = |grade| records(&field, EAST_MANAGER, TEAM, Counted::Overdue(grade)).total;
    assert_eq!(
        (
            overdue(None),
            overdue(Some(Grade::C)),
            overdue(Some(Grade::A))
        ),
        (2, 2, 0)
    );
    assert_eq!(
        shown(&field, DIRECTOR, GoalPlace::Company).at_risk.grades,
        [(Grade::C, 3)]
    );
    // A visit made today takes it away.
    let visit = field.plan_visit(ALICE, visit_to(old, ALICE, today()));
    let check_in = caravan_domain::visits::command::VisitCommand::CheckIn {
        client: old,
        visit,
        reading: caravan_domain::visits::record::PositionReading::Unavailable,
    };
    field.run(ALICE, Command::Visit(check_in)).unwrap();
    assert_eq!(shown(&field, EAST_MANAGER, TEAM).at_risk.silent, 0);
    assert_eq!(values(&shown(&field, ALICE, HERS))[1], 1);
}

#[test]
fn pay_says_what_it_is_made_of_and_what_would_lift_it() {
    let field = november();
    let hers = pay(&field, ALICE, HERS);
    assert_eq!(hers.total, hers.made_of.iter().map(|(_, fen)| *fen).sum());
    assert_eq!(hers.total, hers.statements.iter().map(|it| it.total).sum());
    let sources: Vec<_> = hers.made_of.iter().map(|(source, _)| *source).collect();
    assert_eq!(sources, [PaySource::Base, PaySource::Commission]);
    let tier = hers.next_tier.unwrap();
    assert_eq!(tier.missing, Fen::yuan(50_000) - Fen(780_000));
    assert_eq!(tier.rate, BasisPoints::percent(4));
    let company = pay(&field, DIRECTOR, GoalPlace::Company);
    let sum: Fen = company.parts.iter().map(|(_, fen)| *fen).sum();
    assert_eq!(sum, company.total);
    let team = pay(&field, DIRECTOR, GoalPlace::Team(EAST));
    assert!(company.parts.contains(&(GoalPlace::Team(EAST), team.total)));
    let alice = team.parts.iter().find(|(place, _)| *place == HERS).unwrap();
    assert_eq!(alice.1, hers.total);
}

/// What a document holds after a step, out of a few that have been thought of.
fn held(n: u8, shape: u8) -> (DocumentId, DocumentRows) {
    let mut field = Field::new();
    let day = plus_days(today(), i64::from(shape) * 17 - 60);
    field.now = noon(day);
    let client = field.create(ALICE, named("甲"));
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, plus_days(day, 9)));
    if shape.is_multiple_of(2) {
        let check_in = caravan_domain::visits::command::VisitCommand::CheckIn {
            client,
            visit,
            reading: caravan_domain::visits::record::PositionReading::Unavailable,
        };
        field.run(ALICE, Command::Visit(check_in)).unwrap();
    }
    sold(
        &mut field,
        client,
        shape,
        ALICE,
        100,
        noon(day),
        &[(10, day)],
    );
    match n % 3 {
        0 => (
            DocumentId::orders(client),
            field.rows.of(DocumentId::orders(client)),
        ),
        1 => {
            let draft = caravan_domain::tasks::record::TaskDraft {
                due: Some(plus_days(day, 20)),
                ..crate::task_commands::draft(ALICE)
            };
            field.create_task(EAST_MANAGER, draft);
            (ALICE.into(), field.rows.of(ALICE.into()))
        }
        _ => (client.into(), field.rows.of(client.into())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Kept document by document, or put together at once from what there is in the end: the same, index and all.
    #[test]
    fn what_is_kept_up_to_date_is_what_would_be_reckoned_from_scratch(
        steps in proptest::collection::vec((0u8..3, proptest::option::of(0u8..6)), 0..16),
    ) {
        let mut kept = Rows::default();
        let mut there: BTreeMap<DocumentId, DocumentRows> = BTreeMap::new();
        for (n, shape) in steps {
            let (document, rows) = held(n, shape.unwrap_or_default());
            match shape {
                Some(_) => {
                    kept.replace(document, rows.clone());
                    there.insert(document, rows);
                }
                None => {
                    kept.remove(document);
                    there.remove(&document);
                }
            }
        }
        prop_assert_eq!(kept, Rows::from_iter(there));
    }

    #[test]
    fn orders_are_filed_as_they_stand_in_the_end(
        steps in proptest::collection::vec((0u8..4, proptest::option::of((0u8..3, 0i64..80, 1i64..9))), 0..24),
    ) {
        let pattern = november().facts;
        let (key, pattern) = pattern.orders.iter().next().unwrap();
        let (mut kept, mut there) = (Facts::default(), BTreeMap::new());
        for (n, step) in steps {
            let key = FactKey::Order(ClientId(key.0.0), OrderId(id(n)));
            let fact = step.map(|(state, day, fen)| {
                let mut standing = pattern.clone();
                standing.state = [OrderState::Accepted, OrderState::Submitted, OrderState::Withdrawn][usize::from(state)];
                standing.at = noon(plus_days(today(), -day));
                standing.submission.amount = Fen(fen);
                Fact::Order(standing)
            });
            kept.apply(FactChange { key, fact: fact.clone() });
            there.insert(key, fact);
        }
        let mut scratch = Facts::default();
        for (key, fact) in there {
            scratch.apply(FactChange { key, fact });
        }
        prop_assert_eq!(kept, scratch);
    }
}
