//! The figures of goals: counted from rows, held against the line, summed up the tree, and honest about what is not there.

use std::collections::BTreeSet;

use caravan_domain::calendar::{Period, Span, days_between, plus_days, start_of};
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::facts::{Fact, FactKey, Grant};
use caravan_domain::goals::command::{GoalCommand, GoalDraft};
use caravan_domain::goals::deeds::{Doers, count, counted};
use caravan_domain::goals::list::{
    GoalFile, GoalHint, GoalList, GoalPage, GoalProbe, GoalRecordPage, GoalRecords, Whose,
};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::{GoalPlace, GoalRef, Level};
use caravan_domain::goals::progress::{Coverage, Standing};
use caravan_domain::id::{ClientId, Id, PersonId, TaskId, VisitId};
use caravan_domain::query::{Answer, Query};
use caravan_domain::row::{DocumentRows, project};
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{Task, TaskDraft, TaskStatus};
use caravan_domain::tasks::row::TaskRow;
use caravan_domain::time::{Day, Instant};
use caravan_domain::today::view::TodayView;
use caravan_domain::visits::record::{Presence, VisitKind, VisitState};
use caravan_domain::visits::row::VisitRow;
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, Field, MORNING, id, named, today,
};
use crate::goals::{COMPANY, HERS, TEAM, draft, read, terms};
use crate::sold::sold;

const DAY: i64 = 86_400_000;

fn visit(n: u64, client: ClientId, by: PersonId, at: Instant) -> VisitRow {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    VisitRow {
        id: VisitId(Id::from_bytes(bytes)),
        client,
        kind: VisitKind::Regular,
        by,
        with: BTreeSet::new(),
        planned_on: at.day(),
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

fn on(day: Day) -> Instant {
    start_of(day).plus_millis(10 * 3_600_000)
}

fn november(day: i8) -> Instant {
    on(date(2026, 11, day))
}

/// A client of somebody's with these visits, beside what is there.
fn visited(field: &mut Field, owner: PersonId, visits: &[(PersonId, Instant)]) -> ClientId {
    let n = 100 + u8::try_from(field.rows.clients.len()).unwrap();
    let client = ClientId(id(n));
    let mut tree = field.trees.get(&client.into()).cloned();
    let tree = tree.get_or_insert_with(|| caravan_domain::value::Value::Map(Default::default()));
    let mut rows = project(client.into(), tree, &[]);
    let numbered = visits.iter().zip(1u64..);
    rows.visits = numbered
        .map(|((by, at), n)| visit(n, client, *by, *at))
        .collect();
    field.rows.replace(client.into(), rows);
    let grant = Grant {
        owner,
        shared_with: BTreeSet::new(),
    };
    field.know(FactKey::Grant(client.into()), Fact::Grant(grant));
    client
}

fn file(field: &Field, me: PersonId, goal: GoalRef) -> GoalFile {
    match field.ask(me, &Query::Goal(goal)) {
        Answer::Goal(Some(file)) => *file,
        other => panic!("{other:?}"),
    }
}

fn board(field: &Field, me: PersonId, whose: Whose, span: Option<Span>) -> GoalPage {
    let list = GoalList {
        whose,
        span,
        on: today(),
    };
    match field.ask(me, &Query::Goals(list)) {
        Answer::Goals(page) => page,
        other => panic!("{other:?}"),
    }
}

fn hint(field: &Field, me: PersonId, place: GoalPlace, metric: Metric) -> GoalHint {
    let probe = GoalProbe {
        place,
        metric,
        period: Period::of(Span::Month, today()),
        except: None,
    };
    match field.ask(me, &Query::GoalHint(probe)) {
        Answer::GoalHint(hint) => hint,
        other => panic!("{other:?}"),
    }
}

fn records(field: &Field, goal: GoalRef, day: Option<Day>) -> GoalRecordPage {
    let asked = GoalRecords {
        goal,
        from: day,
        to: day,
        offset: 0,
        limit: 100,
    };
    match field.ask(EAST_MANAGER, &Query::GoalRecords(asked)) {
        Answer::GoalRecords(Some(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn of_today(field: &Field, me: PersonId) -> TodayView {
    match field.ask(me, &Query::Today) {
        Answer::Today(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn measured(place: GoalPlace, metric: Metric, target: u32) -> GoalDraft {
    GoalDraft {
        metric,
        ..draft(place, target)
    }
}

/// The other side signs what was proposed last.
fn agree(field: &mut Field, who: PersonId, goal: GoalRef) {
    let version = read(field, goal).heads()[0].id;
    let accept = GoalCommand::Accept { goal, version };
    field.run(who, Command::Goal(accept)).unwrap();
}

#[test]
fn each_metric_counts_its_records() {
    let mut field = Field::new();
    field.now = november(20);
    visited(
        &mut field,
        ALICE,
        &[
            (ALICE, on(date(2026, 10, 28))),
            (ALICE, november(2)),
            (ALICE, november(2)),
            (BOB, november(12)),
        ],
    );
    let second = visited(
        &mut field,
        ALICE,
        &[(ALICE, november(3)), (ALICE, on(date(2026, 12, 1)))],
    );
    let mut rows = field.rows.of(second.into());
    rows.visits[0].presence = Some(Presence::Unverified);
    rows.visits.push(VisitRow {
        state: VisitState::Planned,
        checked_in_at: None,
        ..visit(9, second, ALICE, november(9))
    });
    field.rows.replace(second.into(), rows);
    field.now = november(4);
    field.create(ALICE, named("新客"));
    let task = |n: u8, status, done_at| TaskRow {
        task: Task {
            id: TaskId(id(n)),
            draft: TaskDraft {
                assignee: ALICE,
                title: "送样".to_owned(),
                detail: String::new(),
                kind: TaskKind::FollowUp,
                due: None,
                client: None,
                difficulty: None,
                estimate: None,
            },
            status,
            progress: 0,
            created_by: ALICE,
            created_at: MORNING,
            done_at,
            from: None,
            events: Vec::new(),
            logged: 0,
            help: None,
        },
    };
    let tasks = vec![
        task(1, TaskStatus::Done, Some(november(5))),
        task(2, TaskStatus::Done, Some(on(date(2026, 12, 1)))),
        task(3, TaskStatus::Open, None),
    ];
    field.rows.replace(
        ALICE.into(),
        DocumentRows {
            tasks,
            ..DocumentRows::default()
        },
    );
    field.now = november(20);
    let span = Period::of(Span::Month, today()).instants();
    for (metric, hers, teams) in [
        (Metric::Visits, 3, 4),
        (Metric::VerifiedVisits, 2, 3),
        (Metric::ClientsVisited, 2, 2),
        // Within the 30 days of grade C, on another day.
        (Metric::Revisits, 1, 2),
        (Metric::NewClients, 1, 1),
        (Metric::TasksDone, 1, 1),
        (Metric::ByHand, 0, 0),
    ] {
        field.with_sources(DIRECTOR, |from| {
            let count = |place| count(metric, &Doers::of(place, from), &span, from);
            assert_eq!((count(HERS), count(TEAM)), (hers, teams), "{metric:?}");
            assert_eq!(count(COMPANY), teams, "{metric:?}");
            let counted = counted(metric, &Doers::of(TEAM, from), &span, from);
            assert_eq!(counted.len(), teams as usize, "{metric:?}");
        });
    }
}

/// R18: sales come with orders, and go again with what is given back.
#[test]
fn sales_are_counted_in_whole_yuan_net() {
    let mut field = Field::new();
    let client = visited(&mut field, ALICE, &[]);
    let october = on(date(2026, 10, 9));
    let back = [(50_150, date(2026, 11, 3))];
    sold(&mut field, client, 60, ALICE, 1_000_000, october, &back);
    sold(&mut field, client, 61, ALICE, 400_000, november(4), &[]);
    sold(&mut field, client, 62, CAROL, 700_000, november(4), &[]);
    let goal = field.propose_goal(EAST_MANAGER, measured(HERS, Metric::Sales, 3_000));
    agree(&mut field, ALICE, goal);
    field.now = november(20);
    let file = file(&field, ALICE, goal);
    assert_eq!(file.line.progress.actual, 3_498);
    assert_eq!(file.line.progress.standing, Standing::Reached);
    let by = |day: i8| {
        let mut points = file.points.iter();
        points
            .find(|point| point.day == date(2026, 11, day))
            .unwrap()
            .actual
    };
    // Nobody has sold less than nothing.
    assert_eq!((by(3), by(4)), (Some(0), Some(3_498)));
    let page = records(&field, goal, None);
    let parts: Vec<_> = page.lines.iter().map(|line| line.part).collect();
    assert_eq!(parts, [400_000, -50_150]);
    assert_eq!(hint(&field, ALICE, HERS, Metric::Sales).usual(), None);
}

#[test]
fn a_goal_is_held_against_the_straight_line() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 30));
    let proposed = file(&field, ALICE, goal).line.progress.standing;
    assert_eq!(proposed, Standing::Proposed);
    agree(&mut field, ALICE, goal);
    let made: Vec<_> = (1..=10).map(|day| (ALICE, november(day))).collect();
    visited(&mut field, ALICE, &made);
    for (day, line, standing) in [
        (date(2026, 10, 31), 0, Standing::NotBegun),
        (date(2026, 11, 1), 0, Standing::OnTrack),
        (date(2026, 11, 11), 10, Standing::OnTrack),
        // 10 of 12: above 80 %.
        (date(2026, 11, 13), 12, Standing::OnTrack),
        (date(2026, 11, 14), 13, Standing::AtRisk),
        (date(2026, 11, 30), 29, Standing::AtRisk),
        (date(2026, 12, 1), 30, Standing::Missed),
    ] {
        field.now = on(day);
        let progress = file(&field, ALICE, goal).line.progress;
        assert_eq!(
            (progress.line, progress.standing),
            (line, standing),
            "{day}"
        );
    }
    field.now = november(11);
    let points = file(&field, ALICE, goal).points;
    assert_eq!(points.len(), 30);
    assert_eq!((points[9].actual, points[9].line), (Some(10), 10));
    assert_eq!((points[11].actual, points[29].line), (None, 30));
    assert_eq!(records(&field, goal, None).total, 10);
    let tenth = records(&field, goal, Some(date(2026, 11, 10)));
    assert_eq!((tenth.total, tenth.lines[0].by_name.as_str()), (1, "爱丽"));
    assert!(matches!(tenth.lines[0].record, RecordRef::Visit(..)));
}

#[test]
fn the_line_is_marked_as_long_periods_are_looked_at() {
    let mut field = Field::new();
    for (span, expected) in [(Span::Year, 13), (Span::Quarter, 15)] {
        let period = Period::of(span, today());
        let mut draft = draft(HERS, 100);
        draft.period = period;
        draft.terms.deadline = period.last();
        let goal = field.propose_goal(ALICE, draft);
        let points = file(&field, ALICE, goal).points;
        assert_eq!(points.len(), expected, "{span:?}");
        assert!(points.is_sorted_by(|one, other| one.day < other.day));
        assert_eq!(
            points.last().map(|point| (point.day, point.line)),
            Some((period.last(), 100))
        );
        assert!(
            points
                .iter()
                .any(|point| point.day == today() && point.actual.is_some())
        );
    }
}

#[test]
fn the_last_word_is_the_value_of_what_is_counted_by_hand() {
    let mut field = Field::new();
    let goal = field.propose_goal(ALICE, measured(HERS, Metric::ByHand, 4));
    for (day, value) in [(6, 3), (8, 1)] {
        field.now = november(day);
        let update = GoalCommand::Update {
            goal,
            value: Some(value),
            note: String::new(),
        };
        field.run(ALICE, Command::Goal(update)).unwrap();
    }
    let file = file(&field, ALICE, goal);
    assert_eq!(file.line.progress.actual, 1);
    let value_on = |day: i8| {
        let mut points = file.points.iter();
        points
            .find(|point| point.day == date(2026, 11, day))
            .unwrap()
            .actual
    };
    assert_eq!([5, 6, 7, 8].map(value_on), [0, 3, 3, 1].map(Some));
}

/// One goal with a child for each of three people, one of them of the wrong kind.
fn tree(field: &mut Field) -> (GoalRef, GoalRef) {
    let company = field.propose_goal(DIRECTOR, draft(COMPANY, 50));
    let mut team = draft(TEAM, 30);
    team.terms.parent = Some(company);
    let team = field.propose_goal(DIRECTOR, team);
    agree(field, EAST_MANAGER, team);
    for (who, target) in [(ALICE, 12), (BOB, 10)] {
        let mut child = draft(GoalPlace::Person(who), target);
        child.terms.parent = Some(team);
        let child = field.propose_goal(EAST_MANAGER, child);
        agree(field, who, child);
    }
    let mut other = measured(HERS, Metric::TasksDone, 9);
    other.terms.parent = Some(team);
    field.propose_goal(EAST_MANAGER, other);
    (company, team)
}

#[test]
fn a_parent_tells_what_its_children_come_to() {
    let mut field = Field::new();
    let (company, team) = tree(&mut field);
    let whole = file(&field, EAST_MANAGER, team);
    let [layer] = whole.layers.as_slice() else {
        panic!("one layer");
    };
    assert_eq!((layer.level, layer.span), (Level::Person, Span::Month));
    assert_eq!((layer.sum, layer.over, layer.children.len()), (22, -8, 2));
    assert_eq!(layer.coverage, Coverage { seen: 3, of: 3 });
    assert_eq!(whole.parent.as_ref().unwrap().goal, company);
    let of_company = file(&field, DIRECTOR, company);
    assert_eq!(
        (of_company.layers[0].sum, of_company.layers[0].over),
        (30, -20)
    );
    assert_eq!(of_company.layers[0].coverage, Coverage { seen: 2, of: 2 });
}

/// A phone says how much of the whole it holds, and judges nothing by a part.
#[test]
fn what_is_not_on_a_phone_is_said() {
    let mut field = Field::new();
    let (company, team) = tree(&mut field);
    field.rows.remove(BOB.into());
    let hers = file(&field, ALICE, team);
    assert_eq!(hers.layers[0].children.len(), 1);
    assert_eq!(hers.layers[0].coverage, Coverage { seen: 1, of: 3 });
    assert_eq!(hers.line.progress.coverage, Coverage { seen: 1, of: 3 });
    assert_eq!(hers.line.progress.standing, Standing::Unseen);
    assert!(!hers.may_write);
    let company = file(&field, ALICE, company);
    assert_eq!(company.layers[0].coverage, Coverage { seen: 1, of: 2 });
    assert_eq!(company.line.progress.coverage, Coverage { seen: 1, of: 5 });
    assert_eq!(
        board(&field, ALICE, Whose::Team(EAST), None).coverage,
        Coverage { seen: 1, of: 3 }
    );
}

#[test]
fn history_says_what_is_within_reach() {
    let mut field = Field::new();
    let mut alice = field.facts.people[&ALICE].clone();
    alice.joined_at = on(date(2026, 7, 10));
    field.know(FactKey::Person(ALICE), Fact::Person(alice));
    let mut made = Vec::new();
    for (month, count) in [(7, 5), (8, 3), (9, 7), (10, 4)] {
        made.extend((0..count).map(|n| (ALICE, on(date(2026, month, 12 + n)))));
    }
    visited(&mut field, ALICE, &made);
    let hers = hint(&field, ALICE, HERS, Metric::Visits);
    let counts: Vec<_> = hers.history.iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [5, 3, 7, 4], "from the month she came");
    assert_eq!(hers.usual(), Some((3, 4, 7)));
    assert_eq!(
        hint(&field, CAROL, GoalPlace::Person(CAROL), Metric::Visits).usual(),
        None
    );
    assert_eq!(hint(&field, ALICE, HERS, Metric::ByHand).usual(), None);
}

#[test]
fn the_form_offers_places_and_parents() {
    let mut field = Field::new();
    let (company, team) = tree(&mut field);
    let places = |me| -> Vec<_> {
        let places = hint(&field, me, HERS, Metric::Visits).places;
        places.into_iter().map(|(place, _)| place).collect()
    };
    assert_eq!(places(ALICE), [HERS]);
    let managed = places(EAST_MANAGER);
    assert_eq!(managed[..2], [TEAM, GoalPlace::Person(EAST_MANAGER)]);
    assert_eq!(managed.len(), 4);
    assert_eq!(places(DIRECTOR)[0], COMPANY);
    let parents: Vec<_> = hint(&field, ALICE, HERS, Metric::Visits)
        .parents
        .into_iter()
        .map(|line| line.goal)
        .collect();
    assert_eq!(
        parents,
        [team, company],
        "the nearest first, none of another metric"
    );
}

#[test]
fn the_board_shows_what_is_at_risk_first() {
    let mut field = Field::new();
    tree(&mut field);
    field.now = november(20);
    let made: Vec<_> = (1..=12).map(|day| (ALICE, november(day))).collect();
    visited(&mut field, ALICE, &made);
    let page = board(&field, EAST_MANAGER, Whose::Team(EAST), None);
    let standings: Vec<_> = page
        .lines
        .iter()
        .map(|line| line.progress.standing)
        .collect();
    assert!(standings.is_sorted());
    assert_eq!(
        (standings[0], standings[4 - 1]),
        (Standing::AtRisk, Standing::Reached)
    );
    assert_eq!(
        page.lines.len(),
        4,
        "the team's and its people's, the company's not"
    );
    assert_eq!(
        board(&field, EAST_MANAGER, Whose::Team(EAST), Some(Span::Year)).lines,
        []
    );
    assert_eq!(
        board(&field, DIRECTOR, Whose::Everybody, None).lines.len(),
        5
    );
    assert_eq!(board(&field, ALICE, Whose::Mine, None).lines.len(), 2);
}

#[test]
fn today_asks_for_a_word_and_a_signature() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 1));
    let asked = of_today(&field, ALICE).goals;
    assert!(asked[0].awaits_me && !asked[0].update_due);
    assert_eq!(
        of_today(&field, EAST_MANAGER).goals,
        [],
        "it does not wait for the other"
    );
    agree(&mut field, ALICE, goal);
    assert_eq!(of_today(&field, ALICE).goals, []);
    field.now = MORNING.plus_millis(7 * DAY);
    let due = of_today(&field, ALICE).goals;
    assert!(due[0].update_due && !due[0].awaits_me);
    let update = GoalCommand::Update {
        goal,
        value: None,
        note: "在谈".to_owned(),
    };
    field.run(ALICE, Command::Goal(update)).unwrap();
    assert!(
        !of_today(&field, ALICE)
            .goals
            .iter()
            .any(|line| line.update_due)
    );
}

proptest! {
    /// Counted as one would by hand, whatever ids the records carry, and with no more from asking for more at once.
    #[test]
    fn actuals_are_those_of_the_records(
        made in proptest::collection::vec((0u8..5, 0u8..3, -40i64..40, any::<u64>()), 0..60),
        from_day in -40i64..40,
        days in 1i64..40,
    ) {
        let mut field = Field::new();
        let people = [ALICE, BOB, CAROL];
        let mut clients: Vec<Vec<VisitRow>> = vec![Vec::new(); 5];
        for (client, by, day, n) in &made {
            let at = on(plus_days(today(), *day)).plus_millis(i64::try_from(n % 3_600_000).unwrap());
            let row = visit(*n, ClientId(id(100 + client)), people[usize::from(*by)], at);
            let known = &mut clients[usize::from(*client)];
            if known.iter().all(|other| other.id != row.id) {
                known.push(row);
            }
        }
        let all: Vec<_> = clients.concat();
        for (n, visits) in clients.into_iter().enumerate() {
            let rows = DocumentRows { visits, ..DocumentRows::default() };
            field.rows.replace(ClientId(id(100 + u8::try_from(n).unwrap())).into(), rows);
        }
        let first = plus_days(today(), from_day);
        let span = start_of(first)..start_of(plus_days(first, days));
        let within: Vec<_> = all
            .iter()
            .filter(|row| {
                let gone = days_between(first, row.checked_in_at.unwrap().day());
                (0..days).contains(&gone) && row.by != CAROL
            })
            .collect();
        let distinct: BTreeSet<_> = within.iter().map(|row| row.client).collect();
        field.with_sources(DIRECTOR, |from| {
            let team = Doers::of(TEAM, from);
            let (made, visited) = (Metric::Visits, Metric::ClientsVisited);
            prop_assert_eq!(count(made, &team, &span, from) as usize, within.len());
            prop_assert_eq!(counted(made, &team, &span, from).len(), within.len());
            prop_assert_eq!(count(visited, &team, &span, from) as usize, distinct.len());
            prop_assert_eq!(counted(visited, &team, &span, from).len(), distinct.len());
            Ok(())
        })?;
    }

    /// Nothing is lost between a parent and its layers: every child is in one, and the sums say what they hold.
    #[test]
    fn the_sum_check_conserves(
        children in proptest::collection::vec((0u8..3, 1u32..500), 0..8),
        target in 1u32..2_000,
    ) {
        let mut field = Field::new();
        let year = Period::of(Span::Year, today());
        let mut parent = draft(TEAM, target);
        parent.period = year;
        parent.terms.deadline = year.last();
        let parent = field.propose_goal(DIRECTOR, parent);
        let mut total = 0;
        for (kind, target) in &children {
            let place = if *kind == 0 { TEAM } else { HERS };
            let span = if *kind == 1 { Span::Year } else { Span::Quarter };
            let period = Period::of(span, today());
            let child = GoalDraft {
                period,
                terms: caravan_domain::goals::record::Terms {
                    deadline: period.last(),
                    parent: Some(parent),
                    ..terms(*target)
                },
                ..draft(place, *target)
            };
            field.propose_goal(EAST_MANAGER, child);
            total += u64::from(*target);
        }
        let layers = file(&field, DIRECTOR, parent).layers;
        prop_assert_eq!(layers.iter().map(|layer| layer.sum).sum::<u64>(), total);
        prop_assert_eq!(layers.iter().map(|layer| layer.children.len()).sum::<usize>(), children.len());
        for layer in &layers {
            prop_assert_eq!(i64::try_from(layer.sum).unwrap() - i64::from(target), layer.over);
        }
    }
}
