//! Versions of plans: who makes them, from when they hold, and that what does not add up is refused.

use caravan_domain::calendar::{Period, Span};
use caravan_domain::command::{Command, CommandError};
use caravan_domain::decision::Refusal;
use caravan_domain::money::BasisPoints;
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::command::ReviewCommand;
use caravan_domain::reviews::decision::{ScoredAs, role_of};
use caravan_domain::reviews::list::PlansView;
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::plan::{Curve, GradeStep, ScorePlan, ScoreRole, Step};
use caravan_domain::reviews::written::{read, written};
use caravan_domain::role::Role;
use caravan_domain::time::Day;
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{ADMIN, ALICE, DIRECTOR, EAST_MANAGER, FINANCE, Field, person};

const SALES: ScoreRole = ScoreRole::Sales;

fn from(day: Day) -> ScorePlan {
    ScorePlan {
        in_force_from: day,
        ..ScorePlan::usual(SALES)
    }
}

fn change(
    field: &mut Field,
    who: caravan_domain::id::PersonId,
    plan: ScorePlan,
) -> Result<(), CommandError> {
    let command = ReviewCommand::ChangePlan(SALES, plan);
    field.run(who, Command::Review(command)).map(drop)
}

fn refused(plan: ScorePlan) -> Refusal {
    match change(&mut Field::new(), DIRECTOR, plan) {
        Err(CommandError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn view(field: &Field, me: caravan_domain::id::PersonId) -> PlansView {
    match field.ask(me, &Query::ScorePlans) {
        Answer::ScorePlans(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_workspace_begins_with_adds_up() {
    for role in ScoreRole::ALL {
        assert_eq!(ScorePlan::usual(*role).check(), Ok(()), "{role:?}");
    }
    let sales = ScorePlan::usual(SALES);
    let weights: Vec<_> = sales.dimensions.iter().map(|it| it.weight).collect();
    assert_eq!(weights, [60, 30, 10]);
    assert!(!ScorePlan::usual(ScoreRole::AfterSales).measures(Measure::Sales));
}

#[test]
fn directors_and_hr_make_versions_and_nobody_else() {
    let hr = person(30);
    for (who, may) in [
        (DIRECTOR, true),
        (hr, true),
        (EAST_MANAGER, false),
        (ALICE, false),
        (FINANCE, false),
        (ADMIN, false),
    ] {
        let mut field = Field::new();
        field.hire(hr, "人事", &[Role::Hr], None);
        let done = change(&mut field, who, from(date(2026, 11, 1)));
        assert_eq!(done.is_ok(), may, "{who:?}");
        assert_eq!(view(&field, who).may_plan, may);
    }
}

#[test]
fn what_does_not_add_up_is_refused() {
    let plan = || from(date(2026, 12, 1));
    let mut of_dimensions = plan();
    of_dimensions.dimensions[0].weight = 61;
    let mut of_indicators = plan();
    of_indicators.dimensions[1].indicators[0].weight += 1;
    let mut nothing = plan();
    nothing.dimensions[1].indicators[0].weight = 0;
    let mut twice = plan();
    twice.dimensions[0].indicators[1].measure = Measure::NewClients;
    let mut a_dimension_twice = plan();
    a_dimension_twice.dimensions[1].kind = a_dimension_twice.dimensions[0].kind;
    let mut none = plan();
    none.dimensions.clear();
    for plan in [
        of_dimensions,
        of_indicators,
        nothing,
        twice,
        a_dimension_twice,
        none,
    ] {
        assert_eq!(refused(plan), Refusal::Unbalanced);
    }
    let mut unnamed = plan();
    unnamed.grades[0].name = " ".to_owned();
    let mut same = plan();
    same.grades[0].name = " B".to_owned();
    let mut lines = plan();
    lines.grades[0].name = "A\nB".to_owned();
    for plan in [unnamed, same, lines] {
        assert_eq!(refused(plan), Refusal::BadName);
    }
    let mut target = plan();
    target.dimensions[0].indicators[0].target = 0;
    let mut beyond = plan();
    beyond.dimensions[0].indicators[2].target = 10_001;
    let mut slower = plan();
    slower.dimensions[2].indicators[1].curve = Curve::Down { none_at: 60 };
    let mut steps = plan();
    steps.dimensions[0].indicators[0].curve = Curve::Steps(Vec::new());
    let mut grades = plan();
    grades.grades.clear();
    let mut grade = plan();
    grade.grades[0].from = BasisPoints(10_001);
    let mut fields = plan();
    fields.fields.clear();
    for plan in [target, beyond, slower, steps, grades, grade, fields] {
        assert_eq!(refused(plan), Refusal::OutOfRange);
    }
    assert_eq!(
        refused(from(date(2026, 10, 31))),
        Refusal::OutOfRange,
        "what is past stays"
    );
    assert_eq!(refused(from(date(2099, 1, 1))), Refusal::OutOfRange);
}

#[test]
fn a_period_is_scored_by_the_version_of_its_first_day() {
    let mut field = Field::new();
    let mut harder = from(date(2026, 11, 15));
    harder.grades[0].from = BasisPoints::percent(95);
    change(&mut field, DIRECTOR, harder).unwrap();
    change(&mut field, DIRECTOR, from(date(2027, 1, 1))).unwrap();
    // The same day again: the one decided later counts, and both stay.
    let mut other = from(date(2027, 1, 1));
    other.due_days = 20;
    change(&mut field, DIRECTOR, other).unwrap();
    let plans = &field.facts.score_plans[&SALES];
    let number = |span, day| plans.number_for(Period::of(span, day));
    assert_eq!(
        number(Span::Month, date(2026, 10, 9)),
        0,
        "by the usual plan"
    );
    assert_eq!(
        number(Span::Month, date(2026, 11, 20)),
        0,
        "it began before the version"
    );
    assert_eq!(number(Span::Quarter, date(2026, 12, 20)), 0);
    assert_eq!(number(Span::Month, date(2026, 12, 20)), 1);
    assert_eq!(number(Span::Quarter, date(2027, 3, 31)), 3);
    assert_eq!(
        plans
            .plan_for(SALES, Period::of(Span::Year, date(2027, 5, 1)))
            .due_days,
        20
    );
    let shown = view(&field, ALICE);
    let sales = shown.roles.iter().find(|it| it.role == SALES).unwrap();
    let numbers: Vec<_> = sales.versions.iter().map(|(number, _)| *number).collect();
    assert_eq!((numbers, sales.in_force), (vec![3, 2, 1, 0], 0));
    assert!(
        shown.people.is_empty(),
        "who is scored how is not everybody's affair"
    );
}

#[test]
fn two_who_change_a_plan_at_once_both_make_a_version() {
    let mut field = Field::new();
    let one = field.propose(
        DIRECTOR,
        Command::Review(ReviewCommand::ChangePlan(SALES, from(date(2026, 12, 1)))),
    );
    let mut plan = from(date(2026, 12, 1));
    plan.remind_days = 3;
    let other = field.propose(
        DIRECTOR,
        Command::Review(ReviewCommand::ChangePlan(SALES, plan)),
    );
    for outcome in [one, other] {
        for decision in outcome.unwrap().decisions {
            field.decide(DIRECTOR, &decision).unwrap();
        }
    }
    let plans = &field.facts.score_plans[&SALES];
    assert_eq!(plans.0.len(), 2);
    assert_eq!(
        plans
            .plan_for(SALES, Period::of(Span::Month, date(2026, 12, 1)))
            .remind_days,
        3
    );
}

#[test]
fn after_sales_people_are_scored_by_their_own_plan_from_a_day_on() {
    let mut field = Field::new();
    let quarter = Period::of(Span::Quarter, date(2027, 1, 1));
    assert_eq!(role_of(ALICE, quarter, &field.facts), ScoreRole::Sales);
    assert_eq!(
        role_of(EAST_MANAGER, quarter, &field.facts),
        ScoreRole::Manager
    );
    let as_of = |day| ScoredAs {
        from: day,
        role: ScoreRole::AfterSales,
    };
    let set = |who, day| {
        (
            who,
            Command::Review(ReviewCommand::ScoreAs(ALICE, as_of(day))),
        )
    };
    let (who, command) = set(EAST_MANAGER, date(2027, 1, 1));
    assert_eq!(field.run(who, command), Err(Refusal::NotAllowed.into()));
    let (who, command) = set(DIRECTOR, date(2026, 9, 1));
    assert_eq!(field.run(who, command), Err(Refusal::OutOfRange.into()));
    let (who, command) = set(DIRECTOR, date(2027, 1, 1));
    field.run(who, command).unwrap();
    assert_eq!(role_of(ALICE, quarter, &field.facts), ScoreRole::AfterSales);
    assert_eq!(
        role_of(ALICE, quarter.moved(-1), &field.facts),
        ScoreRole::Sales
    );
}

#[test]
fn the_best_grade_reached_counts_in_whatever_order_they_stand() {
    let mut plan = from(date(2026, 12, 1));
    plan.grades.reverse();
    assert_eq!(
        plan.grade(BasisPoints(9_000)).map(|it| &*it.name),
        Some("A")
    );
    assert_eq!(plan.grade(BasisPoints(0)).map(|it| &*it.name), Some("D"));
    plan.grades.retain(|it: &GradeStep| it.name == "A");
    assert_eq!(plan.grade(BasisPoints(1)), None);
}

#[test]
fn a_plan_is_written_so_and_stays_so() {
    let mut plan = from(date(2026, 12, 1));
    plan.dimensions[0].indicators[0].curve = Curve::Steps(vec![Step {
        from: 3,
        points: BasisPoints(5_000),
    }]);
    plan.grades[0].name = "很 好".to_owned();
    let text = written(&plan);
    assert_eq!(
        text,
        include_str!("../../fixtures/v1/score_plan.txt").trim_end()
    );
    assert_eq!(read(&text), Some(plan));
    for role in ScoreRole::ALL {
        let usual = ScorePlan::usual(*role);
        assert_eq!(read(&written(&usual)), Some(usual));
    }
}

proptest! {
    #[test]
    fn any_text_is_a_plan_or_refused(text in "((from|cycle|fields|questions|dimension|indicator|grade|\\PC) ?[0-9a-z: -]{0,20}\n){0,6}") {
        let _ = read(&text);
    }
}
