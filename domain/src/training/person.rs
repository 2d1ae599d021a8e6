//! How far one person is, for themselves and for whoever answers for them.

use std::cmp::Reverse;

use crate::document::DocumentId;
use crate::id::{CourseId, PersonId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::answer::{of, title_of, urgency};
use crate::training::classes::answer::seats_of;
use crate::training::paths::answer::paths_for;
use crate::training::required::answers_for;
use crate::training::row::CourseRow;
use crate::training::sheets::answer::scores_of;
use crate::training::sheets::decision::is_passed;
use crate::training::standing::{Standing, is_asked};
use crate::training::view::{AskedLine, PersonTrainingFile, ScoredLesson};

/// `None` for somebody of whom the asker may not know it.
pub(crate) fn file(person: PersonId, from: &Sources<'_>) -> Option<PersonTrainingFile> {
    let answers = answers_for(from.me, person, from.facts);
    if !answers && person != from.me {
        return None;
    }
    let rows = from.rows.courses.of(DocumentId::COMPANY).iter();
    let offered = rows.filter(|row| !row.archived);
    let (asked, others): (Vec<&CourseRow>, Vec<&CourseRow>) = offered.partition(|row| {
        let standing = of(person, row.id, from);
        matches!(standing, Standing::Passed { .. })
            || is_asked(person, row.id, from.facts, from.now)
    });
    let mut courses: Vec<_> = asked
        .iter()
        .map(|row| asked_line(person, row.id, from))
        .collect();
    sort_by(&mut courses, |one, other| {
        let order = |line: &AskedLine| (urgency(line.standing), line.course);
        order(one).cmp(&order(other))
    });
    let mut classes = seats_of(person, from);
    sort_by(&mut classes, |one, other| {
        let order = |on, id| Reverse((on, id));
        order(one.class.on, one.id).cmp(&order(other.class.on, other.id))
    });
    Some(PersonTrainingFile {
        person,
        name: from.name_of(person),
        courses,
        others: others
            .iter()
            .map(|row| (row.id, row.title.clone()))
            .collect(),
        scores: scores_of(person, from),
        classes,
        paths: paths_for(person, from),
        scored: scored(person, from),
        answers_for: answers,
    })
}

fn asked_line(person: PersonId, course: CourseId, from: &Sources<'_>) -> AskedLine {
    let key = (person, course);
    let required = from.facts.training.required.get(&key).copied();
    let settled = from.settled.training.required.get(&key).copied();
    AskedLine {
        course,
        title: title_of(course, from),
        standing: of(person, course, from),
        provisional: required != settled,
        required: required.map(|required| (required, from.name_of(required.by))),
    }
}

fn scored(person: PersonId, from: &Sources<'_>) -> Vec<ScoredLesson> {
    let sheets = from.facts.training.sheets.iter();
    sheets
        .map(|((course, lesson), sheet)| ScoredLesson {
            course: *course,
            course_title: title_of(*course, from),
            lesson: *lesson,
            sheet: sheet.clone(),
            passed: is_passed(person, *course, *lesson, None, from.facts),
        })
        .collect()
}
