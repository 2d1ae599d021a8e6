//! Before and after a course: worked by hand, and no claim about a few.

use caravan_domain::calendar::{parse_day, start_of};
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey, Person};
use caravan_domain::id::{CourseId, PersonId};
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::time::Instant;
use caravan_domain::training::decision::Certificate;
use caravan_domain::training::effect::view::{CourseEffect, EffectOf, EffectSide};
use caravan_domain::value::{Map, Value};

use crate::field::{ALICE, BOB, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, id, named, person};
use crate::sold::sold;

const HR: PersonId = person(30);

/// Yuan sold in May and in September.
const PASSED: [(i64, i64); 5] = [(1, 2), (2, 2), (3, 6), (4, 8), (5, 5)];
const OTHERS: [(i64, i64); 5] = [(1, 3), (1, 3), (2, 3), (2, 1), (9, 9)];

fn at(day: &str) -> Instant {
    start_of(parse_day(day).unwrap()).plus_millis(12 * 60 * 60 * 1000)
}

/// A course; people of the east who passed it in July, and of the same role who have not.
struct School {
    field: Field,
    course: CourseId,
    /// Of the next person or order.
    next: u8,
}

impl School {
    fn new() -> Self {
        let mut field = Field::new();
        let course = crate::training::add(&mut field);
        field.hire(HR, "人事", &[Role::Hr], None);
        for who in [ALICE, BOB, EAST_MANAGER] {
            // They came only in November, and stand beside nobody.
            assert!(field.facts.people[&who].joined_at > at("2026-11-01"));
        }
        Self {
            field,
            course,
            next: 120,
        }
    }

    fn fresh(&mut self) -> u8 {
        self.next += 1;
        self.next
    }

    fn hire(&mut self, joined: &str) -> PersonId {
        let n = self.fresh();
        let who = person(n);
        self.field.hire(
            who,
            &format!("同事{n}"),
            &[Role::AccountManager],
            Some(EAST),
        );
        let known = Person {
            joined_at: at(joined),
            ..self.field.facts.people[&who].clone()
        };
        self.field.know(FactKey::Person(who), Fact::Person(known));
        who
    }

    fn sells(&mut self, who: PersonId, yuan: i64, day: &str) {
        let now = core::mem::replace(&mut self.field.now, at("2025-01-10"));
        let client = self.field.create(who, named("老客户"));
        self.field.now = now;
        let order = self.fresh();
        sold(
            &mut self.field,
            client,
            order,
            who,
            yuan * 100,
            at(day),
            &[],
        );
    }

    fn passes(&mut self, who: PersonId, day: &str) {
        let certificate = Certificate {
            passed_at: at(day),
            right: 3,
            of: 4,
        };
        let key = FactKey::Certificate(who, self.course);
        self.field.know(key, Fact::Certificate(certificate));
    }

    fn tries(&mut self, who: PersonId, right: i64, day: &str) {
        let n = self.fresh();
        let entry: Map = [
            ("kind", Value::from("quiz")),
            ("course", self.course.to_string().into()),
            ("at", at(day).into()),
            ("right", right.into()),
            ("of", 4.into()),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into();
        let edit = Edit::put(who, &["training", &id(n).to_string()], entry);
        self.field.write(&edit);
        self.field.project(who.into());
    }

    /// So many of each side.
    fn with(passed: usize, others: usize) -> (Self, Vec<PersonId>) {
        let mut school = Self::new();
        let mut first = Vec::new();
        for (before, after) in PASSED.into_iter().take(passed) {
            let who = school.hire("2026-01-02");
            school.sells(who, before, "2026-05-10");
            school.sells(who, after, "2026-09-10");
            school.passes(who, "2026-07-15");
            first.push(who);
        }
        for (before, after) in OTHERS.into_iter().take(others) {
            let who = school.hire("2026-01-02");
            school.sells(who, before, "2026-05-10");
            school.sells(who, after, "2026-09-10");
        }
        (school, first)
    }

    fn ask(&self, me: PersonId) -> Option<CourseEffect> {
        match self.field.ask(me, &Query::CourseEffect(self.course)) {
            Answer::CourseEffect(found) => found,
            other => panic!("{other:?}"),
        }
    }

    fn sides(&self, me: PersonId, of: EffectOf) -> (EffectSide, Option<EffectSide>) {
        let rows = self.ask(me).unwrap().rows;
        let row = rows.into_iter().find(|row| row.of == of).unwrap();
        (row.passed, row.others)
    }
}

#[test]
fn medians_are_those_worked_by_hand() {
    let (mut school, passed) = School::with(5, 5);
    // Neither in the month of passing nor outside the three on either side.
    for day in ["2026-03-31", "2026-07-01", "2026-07-31", "2026-11-01"] {
        school.sells(passed[0], 1_000, day);
    }
    // 1 2 3 4 5 and 2 2 5 6 8; beside them 1 1 2 2 9 and 1 3 3 3 9.
    let (mine, others) = school.sides(EAST_MANAGER, EffectOf::Sales);
    assert_eq!(mine.medians, Some((300, 500)));
    assert_eq!(others.as_ref().unwrap().medians, Some((200, 300)));
    assert_eq!((mine.people.len(), others.unwrap().people.len()), (5, 5));
    let her = mine
        .people
        .iter()
        .find(|it| it.person == passed[0])
        .unwrap();
    assert_eq!((her.before, her.after), (100, 200));
    // Clients written down long ago are new in none of these months.
    let (mine, _) = school.sides(EAST_MANAGER, EffectOf::NewClients);
    assert_eq!(mine.medians, Some((0, 0)));
    // The first day and the last of the months count.
    for (day, expected) in [("2026-04-01", (400, 500)), ("2026-10-31", (400, 600))] {
        school.sells(passed[2], 1, day);
        school.sells(passed[4], 1, day);
        let (mine, _) = school.sides(EAST_MANAGER, EffectOf::Sales);
        assert_eq!(mine.medians, Some(expected), "{day}");
    }
}

/// Of those who have not passed, each month beside which somebody passed counts, and the one in the middle is theirs.
#[test]
fn others_are_seen_in_the_months_of_those_who_passed() {
    let (mut school, passed) = School::with(5, 5);
    let (_, before) = school.sides(DIRECTOR, EffectOf::Sales);
    let first = before.unwrap().people[0].person;
    school.sells(first, 4, "2026-07-10");
    // One window of five begins in July: 3 3 3 3 7.
    school.passes(passed[4], "2026-06-15");
    let (_, others) = school.sides(DIRECTOR, EffectOf::Sales);
    let people = others.unwrap().people;
    let her = people.iter().find(|it| it.person == first).unwrap();
    assert_eq!((her.before, her.after), (100, 300));
    for who in &passed[..4] {
        school.passes(*who, "2026-06-15");
    }
    let (_, others) = school.sides(DIRECTOR, EffectOf::Sales);
    let people = others.unwrap().people;
    let her = people.iter().find(|it| it.person == first).unwrap();
    assert_eq!((her.before, her.after), (100, 700));
}

#[test]
fn nothing_is_said_about_a_few() {
    for (passed, others) in [(4, 5), (5, 4), (4, 4)] {
        let (school, _) = School::with(passed, others);
        let (mine, beside) = school.sides(DIRECTOR, EffectOf::Sales);
        assert_eq!(mine.medians.is_some(), passed == 5);
        assert_eq!(beside.unwrap().medians.is_some(), others == 5);
        assert_eq!(
            mine.people.len(),
            passed,
            "whom it is about can still be opened"
        );
    }
}

#[test]
fn months_that_are_not_over_and_people_who_came_late_are_not_counted() {
    let (mut school, _) = School::with(5, 0);
    let soon = school.hire("2026-01-02");
    school.passes(soon, "2026-08-31");
    let late = school.hire("2026-04-02");
    school.passes(late, "2026-07-15");
    let just = school.hire("2026-04-01");
    school.passes(just, "2026-07-31");
    let found = school.ask(EAST_MANAGER).unwrap();
    assert_eq!((found.passed, found.too_soon, found.too_new), (8, 1, 1));
    let (mine, _) = school.sides(EAST_MANAGER, EffectOf::Sales);
    assert_eq!(mine.people.len(), 6);
}

#[test]
fn the_first_try_stands_beside_the_one_that_passed() {
    let (mut school, passed) = School::with(5, 0);
    for (who, right) in passed.iter().zip([1, 2, 2, 3, 1]) {
        school.tries(*who, right, "2026-07-01");
        school.tries(*who, 3, "2026-07-15");
    }
    // 25 25 50 50 75 of a hundred.
    let (mine, others) = school.sides(EAST_MANAGER, EffectOf::Quiz);
    assert_eq!(mine.medians, Some((5_000, 7_500)));
    assert_eq!(others, None);
    assert_eq!(
        school.sides(EAST_MANAGER, EffectOf::RolePlay).0,
        EffectSide::default()
    );
}

#[test]
fn whoever_may_not_read_the_figures_is_shown_none() {
    let (school, passed) = School::with(5, 5);
    for me in [FINANCE, passed[0], ALICE] {
        assert_eq!(school.ask(me), None, "{me}");
    }
    // What clients, visits and orders say does not come to HR.
    let (mine, others) = school.sides(HR, EffectOf::Sales);
    assert!(mine.people.is_empty() && others.unwrap().people.is_empty());
    assert_eq!(school.ask(HR).unwrap().passed, 5);
    // Nobody is among those they look at.
    let mut school = school;
    school.passes(EAST_MANAGER, "2026-07-15");
    assert_eq!(school.ask(EAST_MANAGER).unwrap().passed, 5);
    assert_eq!(school.ask(DIRECTOR).unwrap().passed, 6);
}
