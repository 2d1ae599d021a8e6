//! Figures: what each record adds to them, in which period, and that a number and its explanation are the same.

use std::collections::BTreeMap;

use caravan_domain::calendar::{Period, Span, start_of};
use caravan_domain::clients::record::ClientDraft;
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{ClientId, OrderId, PersonId, ReplyId};
use caravan_domain::orders::decision::OrderState;
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::figures::{Piece, Subject, figure_of, figures, pieces};
use caravan_domain::reviews::list::{ReviewRecordPage, ReviewRecords};
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::plan::{ScorePlan, ScoreRole};
use caravan_domain::reviews::reported::{AnsweredQuestion, CheckedFile, Reported, SurveyAnswer};
use caravan_domain::reviews::score::{Figure, Figures};
use caravan_domain::row::DocumentRows;
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{TaskDraft, TaskStatus};
use caravan_domain::time::{Day, Instant};
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::PositionReading;
use jiff::civil::date;
use proptest::prelude::*;

use super::flow::of;
use crate::field::{ALICE, BOB, CAROL, EAST_MANAGER, Field, contact, id, named, today, visit_to};
use crate::sold::sold;

fn month() -> Period {
    Period::of(Span::Month, today())
}

fn subject(person: PersonId, role: ScoreRole, period: Period) -> Subject {
    Subject {
        people: [person].into(),
        period,
        plan: ScorePlan::usual(role),
    }
}

fn of_alice(field: &Field, role: ScoreRole, reported: &Reported) -> Figures {
    let subjects = [subject(ALICE, role, month())];
    field
        .with_sources(EAST_MANAGER, |from| figures(&subjects, reported, from))
        .remove(0)
}

fn known(value: i64, sample: u32) -> Option<Figure> {
    Some(Figure { value, sample })
}

fn noon(day: Day) -> Instant {
    start_of(day).plus_millis(12 * 3_600_000)
}

#[test]
fn clients_count_for_whoever_wrote_them_down_in_that_month() {
    let mut field = Field::new();
    field.now = noon(date(2026, 10, 31));
    field.create(ALICE, named("十月的"));
    field.now = noon(date(2026, 11, 2));
    field.create(ALICE, named("一"));
    field.create(BOB, named("别人的"));
    let gone = field.create(ALICE, named("归档的"));
    let archive = caravan_domain::clients::command::ClientCommand::Archive(gone);
    field.run(ALICE, Command::Client(archive)).unwrap();
    let found = of_alice(&field, ScoreRole::Sales, &Reported::default());
    assert_eq!(found.get(&Measure::NewClients).copied(), known(1, 1));
}

#[test]
fn sales_are_what_was_accepted_less_what_was_given_back() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("老主顾"));
    let november = |day| noon(date(2026, 11, day));
    sold(
        &mut field,
        client,
        100,
        ALICE,
        1_000_000,
        noon(date(2026, 10, 9)),
        &[(50_000, date(2026, 11, 3))],
    );
    sold(&mut field, client, 101, ALICE, 400_000, november(4), &[]);
    sold(&mut field, client, 102, BOB, 700_000, november(4), &[]);
    let mut waiting = field.facts.orders.get(&(client, OrderId(id(101)))).unwrap();
    waiting.state = OrderState::Submitted;
    field.know(
        FactKey::Order(client, OrderId(id(103))),
        Fact::Order(waiting),
    );
    let found = of_alice(&field, ScoreRole::Sales, &Reported::default());
    assert_eq!(found.get(&Measure::Sales).copied(), known(350_000, 2));
    // October's order was the first; whoever bought again in November is one of one.
    assert_eq!(found.get(&Measure::Repurchase).copied(), known(10_000, 1));
    let fresh = field.create(ALICE, named("新主顾"));
    sold(&mut field, fresh, 104, ALICE, 1, november(5), &[]);
    let found = of_alice(&field, ScoreRole::Sales, &Reported::default());
    assert_eq!(found.get(&Measure::Repurchase).copied(), known(5_000, 2));
    let after_sales = of_alice(&field, ScoreRole::AfterSales, &Reported::default());
    assert!(!after_sales.contains_key(&Measure::Sales));
}

#[test]
fn files_are_as_complete_as_their_fields_are_filled() {
    let mut field = Field::new();
    let whole = ClientDraft {
        region: "上海".to_owned(),
        address: "南京路".to_owned(),
        source: "展会".to_owned(),
        contacts: vec![contact("张三", &["13812345678"])],
        ..named("整")
    };
    field.create(ALICE, whole);
    field.create(ALICE, named("缺"));
    let found = of_alice(&field, ScoreRole::Sales, &Reported::default());
    assert_eq!(found.get(&Measure::Completeness).copied(), known(5_000, 2));
}

#[test]
fn visits_planned_for_days_gone_by_were_made_or_not() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("店"));
    let made = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    let command = VisitCommand::CheckIn {
        client,
        visit: made,
        reading: PositionReading::At("geo:31.2304,121.4737;u=9".to_owned()),
    };
    field.run(ALICE, Command::Visit(command)).unwrap();
    field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    field.plan_visit(ALICE, visit_to(client, ALICE, date(2026, 11, 9)));
    let found = of_alice(&field, ScoreRole::Sales, &Reported::default());
    assert_eq!(
        found.get(&Measure::Attendance).copied(),
        known(10_000, 1),
        "today is not over"
    );
    field.now = noon(date(2026, 11, 6));
    let found = of_alice(&field, ScoreRole::Sales, &Reported::default());
    assert_eq!(found.get(&Measure::Attendance).copied(), known(5_000, 2));
}

#[test]
fn after_sales_people_are_scored_on_questions_settled() {
    let mut field = Field::new();
    let client = field.create(BOB, named("店"));
    let mut task = |kind, client, due, done: bool| {
        let draft = TaskDraft {
            assignee: ALICE,
            title: "退换货".to_owned(),
            detail: String::new(),
            kind,
            due,
            client,
            difficulty: None,
            estimate: None,
        };
        let task = field.create_task(EAST_MANAGER, draft);
        if done {
            let status = TaskStatus::Done;
            let command = TaskCommand::SetStatus {
                assignee: ALICE,
                task,
                status,
            };
            field.run(ALICE, Command::Task(command)).unwrap();
        }
    };
    task(TaskKind::FollowUp, Some(client), Some(today()), true);
    task(
        TaskKind::FollowUp,
        Some(client),
        Some(date(2026, 11, 4)),
        false,
    );
    task(TaskKind::FollowUp, None, None, true);
    task(TaskKind::Research, Some(client), None, true);
    let found = of_alice(&field, ScoreRole::AfterSales, &Reported::default());
    assert_eq!(found.get(&Measure::Resolved).copied(), known(1, 2));
    assert_eq!(found.get(&Measure::TasksOnTime).copied(), known(5_000, 2));
    let nothing = Field::new();
    let found = of_alice(&nothing, ScoreRole::AfterSales, &Reported::default());
    assert!(!found.contains_key(&Measure::Resolved), "nobody asked");
}

#[test]
fn what_clients_say_comes_in_through_one_function() {
    let field = Field::new();
    let client = ClientId(id(99));
    let at = noon(date(2026, 11, 3));
    let survey = |percent, person| SurveyAnswer {
        reply: ReplyId(id(1)),
        person,
        percent,
        month: at,
    };
    let asked = |minutes: i64| AnsweredQuestion {
        id: id(3),
        client,
        person: ALICE,
        asked_at: at,
        answered_at: at.plus_millis(minutes * 60_000),
    };
    let reported = Reported {
        surveys: vec![survey(90, ALICE), survey(85, ALICE), survey(10, CAROL)],
        callbacks: vec![CheckedFile {
            id: id(2),
            client,
            person: ALICE,
            checked: 8,
            right: 6,
            at,
        }],
        questions: vec![asked(10), asked(600), asked(30), asked(31)],
    };
    let found = of_alice(&field, ScoreRole::Sales, &reported);
    assert_eq!(found.get(&Measure::Satisfaction).copied(), known(8_750, 2));
    assert_eq!(found.get(&Measure::Accuracy).copied(), known(7_500, 1));
    assert_eq!(
        found.get(&Measure::FirstResponse).copied(),
        known(31, 4),
        "30.5, half up"
    );
    let found = of_alice(&field, ScoreRole::Sales, &Reported::default());
    assert!(
        !found.contains_key(&Measure::Satisfaction),
        "no data is no figure"
    );
}

#[test]
fn a_managers_figures_are_those_of_the_team() {
    let mut field = Field::new();
    field.create(ALICE, named("一"));
    field.create(BOB, named("二"));
    field.create(CAROL, named("西部的"));
    let review = of(EAST_MANAGER, month());
    let Answer::Review(Some(file)) = field.ask(crate::field::DIRECTOR, &Query::Review(review))
    else {
        panic!("another answer");
    };
    let new = file
        .figures
        .iter()
        .find(|it| it.measure == Measure::NewClients)
        .unwrap();
    assert_eq!(
        new.figure,
        Figure {
            value: 2,
            sample: 2
        }
    );
    let people: Vec<_> = new.pieces.iter().map(|it| (it.record, it.part)).collect();
    assert_eq!(
        people,
        [(RecordRef::Person(ALICE), 1), (RecordRef::Person(BOB), 1)]
    );
}

#[test]
fn every_figure_opens_its_records() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("顺丰便利店"));
    let asked = ReviewRecords {
        review: of(ALICE, month()),
        measure: Measure::NewClients,
        offset: 0,
        limit: 10,
    };
    let Answer::ReviewRecords(Some(page)) = field.ask(ALICE, &Query::ReviewRecords(asked.clone()))
    else {
        panic!("another answer");
    };
    let ReviewRecordPage { total, lines, .. } = page;
    assert_eq!(
        (total, lines[0].record, &*lines[0].title),
        (1, client.into(), "顺丰便利店")
    );
    let Answer::ReviewRecords(none) = field.ask(CAROL, &Query::ReviewRecords(asked)) else {
        panic!("another answer");
    };
    assert_eq!(none, None);
}

#[derive(Debug, Clone, Copy)]
struct Sale {
    client: u8,
    day: u16,
    fen: i64,
    refund: Option<u16>,
    by: bool,
}

fn any_sale() -> impl Strategy<Value = Sale> {
    (
        0u8..6,
        0u16..365,
        0i64..10_000_000,
        proptest::option::of(0u16..365),
        any::<bool>(),
    )
        .prop_map(|(client, day, fen, refund, by)| Sale {
            client,
            day,
            fen,
            refund,
            by,
        })
}

fn day_of(n: u16) -> Day {
    caravan_domain::calendar::plus_days(date(2026, 1, 1), i64::from(n))
}

fn market(sales: &[(usize, Sale)]) -> Field {
    let mut field = Field::new();
    let mut documents: BTreeMap<ClientId, DocumentRows> = BTreeMap::new();
    for (n, sale) in sales {
        let client = ClientId(id(200 + sale.client));
        let by = if sale.by { ALICE } else { BOB };
        let refunds: Vec<_> = sale
            .refund
            .iter()
            .map(|n| (sale.fen / 2, day_of(*n)))
            .collect();
        let order = u8::try_from(*n).unwrap();
        sold(
            &mut field,
            client,
            order,
            by,
            sale.fen,
            noon(day_of(sale.day)),
            &refunds,
        );
        documents.entry(client).or_default();
    }
    field
}

fn all_figures(field: &Field) -> Vec<Figures> {
    let year = Period::of(Span::Year, today());
    let months = (0..12).map(|back| month().moved(-back));
    let periods: Vec<_> = months.chain([year]).collect();
    let subjects: Vec<_> = [ALICE, BOB]
        .into_iter()
        .flat_map(|person| {
            periods
                .iter()
                .map(move |period| subject(person, ScoreRole::Sales, *period))
        })
        .collect();
    field.with_sources(EAST_MANAGER, |from| {
        figures(&subjects, &Reported::default(), from)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn figures_do_not_depend_on_the_order_of_events(sales in proptest::collection::vec(any_sale(), 0..30), by: usize) {
        let numbered: Vec<_> = sales.into_iter().enumerate().collect();
        let mut turned = numbered.clone();
        turned.rotate_left(by % numbered.len().max(1));
        turned.reverse();
        // What one device took in first the other took in last.
        prop_assert_eq!(all_figures(&market(&numbered)), all_figures(&market(&turned)));
    }

    #[test]
    fn a_number_is_the_sum_of_its_explanation(sales in proptest::collection::vec(any_sale(), 0..30)) {
        let numbered: Vec<_> = sales.into_iter().enumerate().collect();
        let field = market(&numbered);
        for period in [month(), Period::of(Span::Quarter, today()), Period::of(Span::Year, today())] {
            let subject = subject(ALICE, ScoreRole::Sales, period);
            let subjects = [subject.clone()];
            let (whole, parts) = field.with_sources(EAST_MANAGER, |from| {
                let reported = Reported::default();
                (figures(&subjects, &reported, from).remove(0), pieces(&subject, None, &reported, from))
            });
            for measure in [Measure::Sales, Measure::Repurchase] {
                let found: Vec<Piece> = parts.get(&measure).cloned().unwrap_or_default();
                prop_assert_eq!(figure_of(measure, &found), whole.get(&measure).copied());
            }
        }
    }

    #[test]
    fn months_add_up_to_their_year(sales in proptest::collection::vec(any_sale(), 0..30)) {
        let numbered: Vec<_> = sales.into_iter().enumerate().collect();
        let field = market(&numbered);
        let of = |period| subject(ALICE, ScoreRole::Sales, period);
        let january = Period::of(Span::Month, date(2026, 1, 1));
        let mut subjects: Vec<_> = (0..12).map(|n| of(january.moved(n))).collect();
        subjects.push(of(Period::of(Span::Year, date(2026, 1, 1))));
        let found = field.with_sources(EAST_MANAGER, |from| figures(&subjects, &Reported::default(), from));
        let sales: Vec<_> = found.iter().map(|it| it[&Measure::Sales].value).collect();
        prop_assert_eq!(sales[..12].iter().sum::<i64>(), sales[12]);
    }
}
