//! How a person stands with a course, by what the relay has decided.

use serde::{Deserialize, Serialize};

use crate::calendar::plus_days;
use crate::facts::Facts;
use crate::id::{CourseId, PersonId};
use crate::time::{Day, Instant};
use crate::training::decision::{Certificate, CourseRule};

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
#[must_use]
pub fn standing(person: PersonId, course: CourseId, facts: &Facts, now: Instant) -> Standing {
    let rule = facts.course_rules.get(&course);
    let certificate = facts.certificates.get(&(person, course));
    let passed =
        certificate.map(|certificate| (certificate.passed_at.day(), last(certificate, rule)));
    let today = now.day();
    if let Some((on, until)) = passed
        && until.is_none_or(|until| today <= until)
    {
        return Standing::Passed { on, until };
    }
    let Some(rule) = rule.filter(|rule| is_required(rule, person, facts)) else {
        return Standing::Open;
    };
    let expired = passed.and_then(|(_, until)| until);
    let due = expired.unwrap_or_else(|| first_due(rule, person, facts));
    match today <= due {
        true => Standing::Due(due),
        false => Standing::Overdue(due),
    }
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
