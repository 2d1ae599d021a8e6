//! Who has learned what, and what is still to be learned.

use std::cmp::Reverse;

use crate::clients::open::OpenDocument;
use crate::command::RecordRef;
use crate::document::DocumentId;
use crate::id::{CourseId, PersonId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::classes::answer::of_course;
use crate::training::classes::decision::may_hold;
use crate::training::course::Course;
use crate::training::decision::may_run;
use crate::training::done::{is_ready, lessons_done, passing_try, would_count};
use crate::training::learned::{What, latest_answers};
use crate::training::paths::answer::paths_for;
use crate::training::required::answers_for;
use crate::training::row::CourseRow;
use crate::training::sheets::answer::scores_of;
use crate::training::sheets::decision::is_simulated;
use crate::training::standing::{Standing, is_asked, is_held_back, standing};
use crate::training::view::{CourseFile, CourseLine, PersonTraining, TrainingView};
use crate::value::Value;

pub(crate) fn view(from: &Sources<'_>) -> TrainingView {
    let rows = from.rows.courses.of(DocumentId::COMPANY).iter();
    let (archived, shown): (Vec<_>, Vec<_>) = rows.partition(|row| row.archived);
    let lines = |rows: Vec<&CourseRow>| {
        let mut lines: Vec<_> = rows.into_iter().map(|row| line(row, from)).collect();
        sort_by(&mut lines, |one, other| {
            let order = |line: &CourseLine| (urgency(line.standing), line.topic, line.id);
            order(one).cmp(&order(other))
        });
        lines
    };
    TrainingView {
        courses: lines(shown),
        archived: lines(archived),
        people: people(from),
        may_run: may_run(from.me, from.facts),
        held_back: is_held_back(from.me, from.facts, from.now),
        paths: paths_for(from.me, from),
        has_paths: !from.facts.training.paths.is_empty() || may_run(from.me, from.facts),
    }
}

/// One opened, for reading and for changing. `mine` is the asker's own document.
#[must_use]
pub fn open(
    course: CourseId,
    document: &OpenDocument<'_>,
    mine: Option<&Value>,
    from: &Sources<'_>,
) -> Option<CourseFile> {
    let course = Course::find(course, document.tree)?;
    let id = course.id;
    let learned = from.rows.training.of(from.me.into());
    let mut tries: Vec<_> = learned
        .iter()
        .filter(|entry| entry.course == id && matches!(entry.what, What::Quiz { .. }))
        .cloned()
        .collect();
    sort_by(&mut tries, |one, other| other.at.cmp(&one.at));
    let people = answered_for(from);
    let people = people.map(|person| (person, from.name_of(person), of(person, id, from)));
    let rule = from
        .facts
        .course_rules
        .get(&id)
        .cloned()
        .unwrap_or_default();
    let mut scores = scores_of(from.me, from);
    scores.retain(|score| score.course == id);
    let sheets = from.facts.training.sheets_of(id);
    Some(CourseFile {
        ready: is_ready(&course, from.me, learned, from.facts, from.now),
        waits: would_count(from.me, id, from.facts, from.now)
            && !is_simulated(from.me, id, from.facts)
            && passing_try(id, from.me, learned, from.facts).is_some(),
        sheets: sheets
            .map(|(lesson, sheet)| (lesson, sheet.clone()))
            .collect(),
        scores,
        classes: of_course(id, from),
        may_hold: may_hold(from.me, from.facts),
        standing: of(from.me, id, from),
        certificate: from.facts.certificates.get(&(from.me, id)).copied(),
        provisional: is_provisional(id, from),
        read: lessons_done(from.me, id, learned, from.facts),
        tries,
        answers: mine
            .map(|tree| latest_answers(id, tree))
            .unwrap_or_default(),
        people: people
            .filter(|(_, _, standing)| *standing != Standing::Open)
            .collect(),
        may_run: may_run(from.me, from.facts),
        mark: from.marks.mark(RecordRef::Course(id)),
        rule,
        course,
    })
}

/// Required of the asker and not passed, the most urgent first.
pub(crate) fn to_learn(from: &Sources<'_>) -> Vec<CourseLine> {
    let mut courses = view(from).courses;
    courses.retain(|line| matches!(line.standing, Standing::Due(_) | Standing::Overdue(_)));
    courses
}

fn line(row: &CourseRow, from: &Sources<'_>) -> CourseLine {
    let learned = from.rows.training.of(from.me.into());
    let read = lessons_done(from.me, row.id, learned, from.facts);
    CourseLine {
        id: row.id,
        title: row.title.clone(),
        topic: row.topic,
        lessons: row.lessons,
        // Some of what was read may have been removed since.
        lessons_read: u16::try_from(read.len())
            .unwrap_or(u16::MAX)
            .min(row.lessons),
        questions: row.questions,
        standing: of(from.me, row.id, from),
        provisional: is_provisional(row.id, from),
    }
}

pub(crate) fn of(person: PersonId, course: CourseId, from: &Sources<'_>) -> Standing {
    standing(person, course, from.facts, from.now)
}

fn is_provisional(course: CourseId, from: &Sources<'_>) -> bool {
    let key = (from.me, course);
    from.facts.certificates.get(&key) != from.settled.certificates.get(&key)
}

pub(crate) fn urgency(standing: Standing) -> (u8, Option<crate::time::Day>) {
    match standing {
        Standing::Overdue(day) => (0, Some(day)),
        Standing::Due(day) => (1, Some(day)),
        Standing::Open => (2, None),
        Standing::Passed { until, .. } => (3, until),
    }
}

/// Blank for a course that is not on this device yet.
pub(crate) fn title_of(course: CourseId, from: &Sources<'_>) -> String {
    let rows = from.rows.courses.of(DocumentId::COMPANY);
    let row = rows.iter().find(|row| row.id == course);
    row.map(|row| row.title.clone()).unwrap_or_default()
}

pub(crate) fn answered_for<'a>(from: &Sources<'a>) -> impl Iterator<Item = PersonId> + use<'a> {
    let (me, facts) = (from.me, from.facts);
    let active = facts.people.keys().copied();
    active.filter(move |person| facts.active(*person).is_some() && answers_for(me, *person, facts))
}

fn people(from: &Sources<'_>) -> Vec<PersonTraining> {
    // What is not offered any more is asked of nobody.
    let rows = from.rows.courses.of(DocumentId::COMPANY).iter();
    let offered: Vec<_> = rows.filter(|row| !row.archived).collect();
    let mut people: Vec<_> = answered_for(from)
        .map(|person| {
            let mut known = PersonTraining {
                person,
                name: from.name_of(person),
                required: 0,
                passed: 0,
                overdue: 0,
                held_back: is_held_back(person, from.facts, from.now),
            };
            for row in &offered {
                if is_asked(person, row.id, from.facts, from.now) {
                    let standing = of(person, row.id, from);
                    known.required += 1;
                    known.passed += u16::from(matches!(standing, Standing::Passed { .. }));
                    known.overdue += u16::from(matches!(standing, Standing::Overdue(_)));
                }
            }
            known
        })
        .collect();
    sort_by(&mut people, |one, other| {
        let order = |it: &PersonTraining| (Reverse(it.overdue), it.required == 0, it.person);
        order(one).cmp(&order(other))
    });
    people
}
