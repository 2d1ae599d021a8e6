//! What Today says of reviews: those to be written, answered, read, and plans to be looked at again (R14, R16).

use crate::calendar::{Period, plus_days};
use crate::id::PersonId;
use crate::order::sort_by;
use crate::query::Sources;
use crate::reviews::answer::{plan_of, stage};
use crate::reviews::command::ReviewRef;
use crate::reviews::list::{ReminderOf, ReviewReminder, Stage};
use crate::reviews::rights::{is_reviewed, may_review};
use crate::role::Role;

/// The earliest due first.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<ReviewReminder> {
    let mut found = Vec::new();
    let people: Vec<_> = from.facts.people.keys().copied().collect();
    for person in &people {
        if is_reviewed(*person, from.facts) {
            of_cycle(*person, from, &mut found);
        }
    }
    of_standings(from, &mut found);
    of_plans(from, &mut found);
    sort_by(&mut found, |one, other| {
        (one.due, one.what, one.review).cmp(&(other.due, other.what, other.review))
    });
    found
}

/// The period that ended last and the one under way, from the day on that the plan names.
fn of_cycle(person: PersonId, from: &Sources<'_>, found: &mut Vec<ReviewReminder>) {
    let today = from.now.day();
    let writes = is_answerable(person, from);
    if !writes && person != from.me {
        return;
    }
    let now = ReviewRef {
        person,
        period: Period::of(crate::calendar::Span::Month, today),
    };
    let (_, _, plan) = plan_of(now, from);
    let this = Period::of(plan.every, today);
    let joined = from
        .facts
        .people
        .get(&person)
        .map(|known| known.joined_at.day());
    for period in [this.moved(-1), this] {
        let due = plan.due_on(period);
        let review = ReviewRef { person, period };
        let near = plus_days(period.last(), 1 - i64::from(plan.remind_days)) <= today;
        let open = matches!(
            stage(review, from),
            Stage::NotBegun | Stage::UnderWay | Stage::Reopened
        );
        if near && open && joined.is_some_and(|joined| joined <= period.last()) {
            let what = if writes {
                ReminderOf::Write
            } else {
                ReminderOf::Coming
            };
            found.push(reminder(review, what, due, from));
        }
    }
}

/// Who is to write it: the manager of the team, and a director where there is none.
fn is_answerable(person: PersonId, from: &Sources<'_>) -> bool {
    if from.facts.manages(from.me, person) {
        return true;
    }
    let mut others = from.facts.people.keys();
    may_review(from.me, person, from.facts)
        && from.facts.has_role(from.me, Role::Director)
        && !others.any(|other| from.facts.manages(*other, person))
}

fn of_standings(from: &Sources<'_>, found: &mut Vec<ReviewReminder>) {
    for ((person, period), standing) in &from.facts.reviews {
        let review = ReviewRef {
            person: *person,
            period: *period,
        };
        let what = match stage(review, from) {
            Stage::Submitted | Stage::Upheld if *person == from.me => ReminderOf::Read,
            Stage::Disputed if is_answerable(*person, from) => ReminderOf::Answer,
            _ => continue,
        };
        found.push(reminder(review, what, standing.at.day(), from));
    }
}

/// For whoever made the plan, whoever manages the person now, and the person.
fn of_plans(from: &Sources<'_>, found: &mut Vec<ReviewReminder>) {
    let today = from.now.day();
    for (document, row) in from.rows.reviews.iter() {
        let person = PersonId(document.id);
        let review = ReviewRef {
            person,
            period: row.review.period,
        };
        for plan in &row.review.plans {
            let concerns = person == from.me || plan.by == from.me || is_answerable(person, from);
            let open = row.review.check_of(plan.id).is_none();
            if concerns && open && plan.recheck <= today {
                found.push(reminder(review, ReminderOf::Recheck, plan.recheck, from));
            }
        }
    }
}

fn reminder(
    review: ReviewRef,
    what: ReminderOf,
    due: crate::time::Day,
    from: &Sources<'_>,
) -> ReviewReminder {
    ReviewReminder {
        review,
        name: from.name_of(review.person),
        what,
        due,
    }
}
