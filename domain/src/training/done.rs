//! What of a course a person has behind them, from what they have learned and what others say of them.

use std::collections::BTreeSet;

use crate::facts::Facts;
use crate::id::{CourseId, LessonId, PersonId};
use crate::time::Instant;
use crate::training::course::{Course, LessonDraft, Mode};
use crate::training::decision::expires_soon;
use crate::training::learned::{Learned, What, lessons_of};
use crate::training::sheets::decision::{is_passed, is_simulated};
use crate::training::standing::{Standing, standing};

/// Read, attended or passed before somebody.
#[must_use]
pub fn lessons_done(
    person: PersonId,
    course: CourseId,
    learned: &[Learned],
    facts: &Facts,
) -> BTreeSet<LessonId> {
    let mut done = lessons_of(course, learned);
    done.extend(lessons_attended(person, course, facts));
    let scored = facts.training.sheets_of(course);
    let scored = scored.filter(|(lesson, _)| is_passed(person, course, *lesson, None, facts));
    done.extend(scored.map(|(lesson, _)| lesson));
    done
}

/// A class is attended and a role play with a sheet is scored: nobody says of themselves that it is done.
#[must_use]
pub fn is_said_by_others(
    course: CourseId,
    lesson: LessonId,
    draft: &LessonDraft,
    facts: &Facts,
) -> bool {
    draft.mode == Mode::Class || facts.training.sheets.contains_key(&(course, lesson))
}

/// Whether nothing is missing for the certificate but that the person takes it: what others had to say came after the
/// quiz, or after the last page.
#[must_use]
pub fn is_ready(
    course: &Course,
    person: PersonId,
    learned: &[Learned],
    facts: &Facts,
    now: Instant,
) -> bool {
    would_count(person, course.id, facts, now)
        && is_simulated(person, course.id, facts)
        && match course.questions.is_empty() {
            true => is_whole(course, &lessons_done(person, course.id, learned, facts)),
            false => passing_try(course.id, person, learned, facts).is_some(),
        }
}

/// Of a course with lessons, all of them.
pub(crate) fn is_whole(course: &Course, done: &BTreeSet<LessonId>) -> bool {
    !course.lessons.is_empty() && course.lessons.iter().all(|(id, _)| done.contains(id))
}

/// The latest try that is enough and has not counted yet.
pub(crate) fn passing_try(
    course: CourseId,
    person: PersonId,
    learned: &[Learned],
    facts: &Facts,
) -> Option<(u16, u16)> {
    let rule = facts.course_rules.get(&course).cloned().unwrap_or_default();
    let before = facts.certificates.get(&(person, course));
    let asked = facts.training.required.get(&(person, course));
    // Whoever is asked once more takes the quiz once more.
    let since =
        before.map(|before| asked.map_or(before.passed_at, |it| it.at.max(before.passed_at)));
    let tries = learned
        .iter()
        .filter(|entry| entry.course == course && since.is_none_or(|since| entry.at > since));
    let tries = tries.filter_map(|entry| match entry.what {
        What::Quiz { right, of } => Some((entry.at, right, of)),
        What::Lesson(_) => None,
    });
    let enough = tries.filter(|(_, right, of)| rule.is_passed_with(*right, *of));
    let latest = enough.max_by_key(|(at, ..)| *at)?;
    Some((latest.1, latest.2))
}

/// Whether passing now would not be refused for having been passed before.
pub(crate) fn would_count(person: PersonId, course: CourseId, facts: &Facts, now: Instant) -> bool {
    let standing = standing(person, course, facts, now);
    !matches!(standing, Standing::Passed { .. }) || expires_soon(standing, now)
}

/// Lessons of the course that the person was at a class of.
fn lessons_attended(
    person: PersonId,
    course: CourseId,
    facts: &Facts,
) -> impl Iterator<Item = LessonId> {
    let seats = facts.training.seats_of(person);
    let there = seats.filter(|(_, seat)| seat.counts() == Some(true));
    there.filter_map(move |(id, _)| {
        let class = facts.training.classes.get(&id)?;
        (class.course == course).then_some(class.lesson)
    })
}
