//! What a lesson is scored by, and that somebody was.

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{FactChange, Facts};
use crate::fold::is_blank;
use crate::id::{CourseId, LessonId, PersonId, ScoreId};
use crate::time::Instant;
use crate::training::command::TITLE_MAX;
use crate::training::decision::may_run;
use crate::training::fact::{TrainingFact, TrainingKey};
use crate::training::required::{answers_for, change};

/// Criteria of one sheet.
pub const CRITERIA_MAX: usize = 20;
/// Of the name of one, in characters.
pub const CRITERION_MAX: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// What the lesson is called, for whoever has not the course open.
    pub title: String,
    pub criteria: Vec<Criterion>,
    /// Of all points, at least so many per cent.
    pub pass_percent: u8,
    /// There is no certificate for the course before this is passed.
    pub needed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Criterion {
    pub name: String,
    /// At most; 1 to 100.
    pub points: u8,
}

/// As it was scored; a sheet that changes later changes none of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub course: CourseId,
    pub lesson: LessonId,
    pub title: String,
    pub by: PersonId,
    /// By the relay's clock.
    pub at: Instant,
    /// What each criterion asked, and what was reached of it.
    pub reached: Vec<(Criterion, u8)>,
    pub passed: bool,
}

impl Score {
    /// Reached, of how many.
    #[must_use]
    pub fn points(&self) -> (u16, u16) {
        let (reached, of) = (self.reached.iter(), self.reached.iter());
        let reached = reached.map(|(_, points)| u16::from(*points)).sum();
        (reached, of.map(|(it, _)| u16::from(it.points)).sum())
    }
}

impl Sheet {
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let sound = |it: &Criterion| {
            !is_blank(&it.name)
                && it.name.chars().count() <= CRITERION_MAX
                && (1..=100).contains(&it.points)
        };
        !is_blank(&self.title)
            && self.title.chars().count() <= TITLE_MAX
            && (1..=CRITERIA_MAX).contains(&self.criteria.len())
            && self.criteria.iter().all(sound)
            && self.pass_percent <= 100
    }

    /// `None` when the points do not fit the criteria.
    #[must_use]
    pub fn passes(&self, points: &[u8]) -> Option<bool> {
        let fit = points.len() == self.criteria.len()
            && self
                .criteria
                .iter()
                .zip(points)
                .all(|(it, reached)| *reached <= it.points);
        let sum = |points: &mut dyn Iterator<Item = u8>| points.map(u32::from).sum::<u32>();
        let reached = sum(&mut points.iter().copied());
        let of = sum(&mut self.criteria.iter().map(|it| it.points));
        fit.then(|| reached * 100 >= of * u32::from(self.pass_percent))
    }
}

/// Whether the certificate waits for nothing but the quiz: every sheet that is needed was passed, and since the last
/// certificate if there was one.
#[must_use]
pub fn is_simulated(person: PersonId, course: CourseId, facts: &Facts) -> bool {
    let before = facts.certificates.get(&(person, course));
    let since = before.map(|certificate| certificate.passed_at);
    let mut needed = facts
        .training
        .sheets_of(course)
        .filter(|(_, sheet)| sheet.needed);
    needed.all(|(lesson, _)| is_passed(person, course, lesson, since, facts))
}

/// Whether somebody has ever reached the mark in this lesson, or has since a time.
#[must_use]
pub fn is_passed(
    person: PersonId,
    course: CourseId,
    lesson: LessonId,
    since: Option<Instant>,
    facts: &Facts,
) -> bool {
    facts.training.scores_of(person).any(|(_, score)| {
        score.passed
            && (score.course, score.lesson) == (course, lesson)
            && since.is_none_or(|since| score.at > since)
    })
}

pub(crate) fn set_sheet(
    course: CourseId,
    lesson: LessonId,
    sheet: Option<&Sheet>,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_run(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    if sheet.is_some_and(|sheet| !sheet.is_sound()) {
        return Err(Refusal::OutOfRange);
    }
    let key = TrainingKey::Sheet(course, lesson);
    Ok(vec![change(key, sheet.cloned().map(TrainingFact::Sheet))])
}

/// Who was scored in what, in one sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Performance {
    pub id: ScoreId,
    pub person: PersonId,
    pub course: CourseId,
    pub lesson: LessonId,
}

/// Once for each sitting: what comes again is refused.
pub(crate) fn score(
    of: &Performance,
    points: &[u8],
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    facts.active(of.person).ok_or(Refusal::NotActive)?;
    if !answers_for(actor, of.person, facts) {
        return Err(Refusal::NotAllowed);
    }
    let key = TrainingKey::Score(of.person, of.id);
    if facts.training.get(key).is_some() {
        return Err(Refusal::AlreadySettled);
    }
    let sheet = facts.training.sheets.get(&(of.course, of.lesson));
    let sheet = sheet.ok_or(Refusal::NotFound)?;
    let passed = sheet.passes(points).ok_or(Refusal::OutOfRange)?;
    let reached = sheet.criteria.iter().cloned().zip(points.iter().copied());
    let score = Score {
        course: of.course,
        lesson: of.lesson,
        title: sheet.title.clone(),
        by: actor,
        at,
        reached: reached.collect(),
        passed,
    };
    Ok(vec![change(key, Some(TrainingFact::Score(score)))])
}
