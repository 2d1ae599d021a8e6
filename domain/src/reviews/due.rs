//! What Today says of reviews: those to be written, answered, read, and plans to be looked at again (R14, R16).

use std::collections::BTreeMap;

use crate::calendar::{Period, plus_days};
use crate::id::{PersonId, TeamId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::reviews::answer::{plan_of, stage};
use crate::reviews::command::ReviewRef;
use crate::reviews::list::{ReminderOf, ReviewReminder, Stage};
use crate::reviews::rights::{is_reviewed, may_review};
use crate::role::Role;

/// The earliest due first.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<ReviewReminder> {
    let (duties, mut found) = (Duties::new(from), Vec::new());
    for person in from.facts.people.keys() {
        if is_reviewed(*person, from.facts) {
            of_cycle(*person, &duties, from, &mut found);
        }
    }
    of_standings(&duties, from, &mut found);
    of_plans(&duties, from, &mut found);
    sort_by(&mut found, |one, other| {
        (one.due, one.what, one.review).cmp(&(other.due, other.what, other.review))
    });
    found
}

/// The period that ended last and the one under way, from the day on that the plan names.
fn of_cycle(
    person: PersonId,
    duties: &Duties<'_>,
    from: &Sources<'_>,
    found: &mut Vec<ReviewReminder>,
) {
    let today = from.now.day();
    let writes = duties.are_mine(person);
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

/// Who is to write whose reviews: the manager of the team, and a director where there is none.
struct Duties<'a> {
    from: &'a Sources<'a>,
    directs: bool,
    /// Who manages each team.
    managers: BTreeMap<TeamId, Vec<PersonId>>,
}

impl<'a> Duties<'a> {
    fn new(from: &'a Sources<'a>) -> Self {
        let mut managers: BTreeMap<TeamId, Vec<PersonId>> = BTreeMap::new();
        for (person, known) in &from.facts.people {
            if let Some(team) = known.team
                && from.facts.has_role(*person, Role::TeamManager)
            {
                managers.entry(team).or_default().push(*person);
            }
        }
        Self {
            from,
            directs: from.facts.has_role(from.me, Role::Director),
            managers,
        }
    }

    fn are_mine(&self, person: PersonId) -> bool {
        let (me, facts) = (self.from.me, self.from.facts);
        if facts.manages(me, person) {
            return true;
        }
        let team = facts.people.get(&person).and_then(|known| known.team);
        let managers = team.and_then(|team| self.managers.get(&team));
        let managed = managers.is_some_and(|them| them.iter().any(|it| *it != person));
        self.directs && !managed && may_review(me, person, facts)
    }
}

fn of_standings(duties: &Duties<'_>, from: &Sources<'_>, found: &mut Vec<ReviewReminder>) {
    for ((person, period), standing) in &from.facts.reviews {
        let review = ReviewRef {
            person: *person,
            period: *period,
        };
        let what = match stage(review, from) {
            Stage::Submitted | Stage::Upheld if *person == from.me => ReminderOf::Read,
            Stage::Disputed if duties.are_mine(*person) => ReminderOf::Answer,
            _ => continue,
        };
        found.push(reminder(review, what, standing.at.day(), from));
    }
}

/// For whoever made the plan, whoever manages the person now, and the person.
fn of_plans(duties: &Duties<'_>, from: &Sources<'_>, found: &mut Vec<ReviewReminder>) {
    let today = from.now.day();
    for (document, row) in from.rows.reviews.iter() {
        let person = PersonId(document.id);
        let review = ReviewRef {
            person,
            period: row.review.period,
        };
        for plan in &row.review.plans {
            let concerns = person == from.me || plan.by == from.me || duties.are_mine(person);
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
