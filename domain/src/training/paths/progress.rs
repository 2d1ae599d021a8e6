//! Where a person is on a path, by what the relay has decided.

use crate::calendar::plus_days;
use crate::facts::Facts;
use crate::id::{CourseId, PersonId};
use crate::time::{Day, Instant};
use crate::training::paths::decision::Path;
use crate::training::standing::{is_valid, last_day};

/// Whom the path is meant for.
#[must_use]
pub fn is_for(path: &Path, person: PersonId, facts: &Facts) -> bool {
    let known = facts.active(person);
    known.is_some_and(|known| known.roles.intersection(&path.roles).next().is_some())
}

/// The first course that the person has not passed, or has to pass again.
#[must_use]
pub fn next(path: &Path, person: PersonId, facts: &Facts, now: Instant) -> Option<CourseId> {
    let mut courses = path.courses.iter().copied();
    courses.find(|course| !is_valid(person, *course, facts, now))
}

/// Until when a required path asks for this course: only for the next one, from when the one before was passed.
pub(crate) fn due(person: PersonId, course: CourseId, facts: &Facts, now: Instant) -> Option<Day> {
    let paths = facts.training.paths.values();
    let asking = paths.filter(|path| {
        path.required
            && path.courses.contains(&course)
            && is_for(path, person, facts)
            && next(path, person, facts, now) == Some(course)
    });
    asking.map(|path| due_of(path, person, course, facts)).min()
}

fn due_of(path: &Path, person: PersonId, course: CourseId, facts: &Facts) -> Day {
    // What was passed and has expired was due the day it did.
    if let Some(last) = last_day(person, course, facts) {
        return last;
    }
    let place = path.courses.iter().position(|known| *known == course);
    let before = place.and_then(|place| path.courses.get(place.checked_sub(1)?));
    let passed = before.and_then(|before| facts.certificates.get(&(person, *before)));
    let joined = facts.people.get(&person).map(|known| known.joined_at);
    let from = passed.map(|it| it.passed_at).or(joined).unwrap_or_default();
    plus_days(from.max(path.since).day(), i64::from(path.within_days))
}
