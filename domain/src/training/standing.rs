//! How a person stands with a course, by what the relay has decided.

use serde::{Deserialize, Serialize};

use crate::calendar::plus_days;
use crate::facts::Facts;
use crate::id::{CourseId, PersonId};
use crate::time::{Day, Instant};
use crate::training::decision::{Certificate, CourseRule};
use crate::training::paths::progress;
use crate::training::required::required;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Of one's own free will.
    Open,
    /// Required until the end of this day.
    Due(#[serde(with = "crate::calendar::written")] Day),
    Overdue(#[serde(with = "crate::calendar::written")] Day),
    Passed {
        #[serde(with = "crate::calendar::written")]
        on: Day,
        /// The last day on which it counts.
        #[serde(with = "crate::calendar::written::optional")]
        until: Option<Day>,
    },
}

/// A required course that has expired is overdue from the day after.
///
/// It may be asked of the person's roles, of the person alone, or by a path: the earliest day holds.
#[must_use]
pub fn standing(person: PersonId, course: CourseId, facts: &Facts, now: Instant) -> Standing {
    let passed = facts.certificates.get(&(person, course));
    let valid = is_valid(person, course, facts, now);
    let asked = required(person, course, facts).map(|asked| asked.due);
    if let (Some(passed), true, None) = (passed, valid, asked) {
        return Standing::Passed {
            on: passed.passed_at.day(),
            until: last_day(person, course, facts),
        };
    }
    let unpassed = (!valid).then(|| {
        let of_roles = due_of_roles(person, course, facts);
        of_roles
            .into_iter()
            .chain(progress::due(person, course, facts, now))
    });
    match asked
        .into_iter()
        .chain(unpassed.into_iter().flatten())
        .min()
    {
        None => Standing::Open,
        Some(due) if now.day() <= due => Standing::Due(due),
        Some(due) => Standing::Overdue(due),
    }
}

/// Passed, and not expired.
pub(crate) fn is_valid(person: PersonId, course: CourseId, facts: &Facts, now: Instant) -> bool {
    let passed = facts.certificates.contains_key(&(person, course));
    let last = last_day(person, course, facts);
    passed && last.is_none_or(|last| now.day() <= last)
}

/// The last day on which what the person has passed counts, if it ends at all.
pub(crate) fn last_day(person: PersonId, course: CourseId, facts: &Facts) -> Option<Day> {
    let passed = facts.certificates.get(&(person, course))?;
    last(passed, facts.course_rules.get(&course))
}

/// Whether the course is asked of somebody: of their roles, of them alone, or by the next step of a path.
#[must_use]
pub fn is_asked(person: PersonId, course: CourseId, facts: &Facts, now: Instant) -> bool {
    let rule = facts.course_rules.get(&course);
    rule.is_some_and(|rule| is_required(rule, person, facts))
        || facts.training.required.contains_key(&(person, course))
        || progress::due(person, course, facts, now).is_some()
}

fn due_of_roles(person: PersonId, course: CourseId, facts: &Facts) -> Option<Day> {
    let rule = facts.course_rules.get(&course)?;
    is_required(rule, person, facts).then(|| {
        let expired = last_day(person, course, facts);
        expired.unwrap_or_else(|| first_due(rule, person, facts))
    })
}

/// Whether somebody is behind with a course that keeps new clients from them (R33).
#[must_use]
pub fn is_held_back(person: PersonId, facts: &Facts, now: Instant) -> bool {
    let blocking = facts.course_rules.iter().filter(|(_, rule)| rule.blocks);
    let mut standings = blocking.map(|(course, _)| standing(person, *course, facts, now));
    standings.any(|standing| matches!(standing, Standing::Overdue(_)))
}

#[must_use]
pub fn is_required(rule: &CourseRule, person: PersonId, facts: &Facts) -> bool {
    let known = facts.active(person);
    known.is_some_and(|known| known.roles.intersection(&rule.required_of).next().is_some())
}

/// Counted from when it was required, or from when the person came.
fn first_due(rule: &CourseRule, person: PersonId, facts: &Facts) -> Day {
    let joined = facts.people.get(&person).map(|known| known.joined_at);
    let from = joined.unwrap_or_default().max(rule.since);
    plus_days(from.day(), i64::from(rule.within_days))
}

fn last(certificate: &Certificate, rule: Option<&CourseRule>) -> Option<Day> {
    let days = rule?.valid_days?;
    Some(plus_days(certificate.passed_at.day(), i64::from(days)))
}
