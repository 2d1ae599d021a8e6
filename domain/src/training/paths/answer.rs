//! Paths, with where everybody is.

use crate::document::DocumentId;
use crate::id::{CourseId, PathId, PersonId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::answer::{answered_for, of, title_of};
use crate::training::decision::may_run;
use crate::training::paths::decision::Path;
use crate::training::paths::progress::{is_for, next};
use crate::training::paths::view::{PathFile, PathPerson, PathProgress, PathStep, PathsView};
use crate::training::standing::is_valid;

pub(crate) fn view(from: &Sources<'_>) -> PathsView {
    let paths = from.facts.training.paths.iter();
    let mut paths: Vec<_> = paths.map(|(id, path)| file(*id, path, from)).collect();
    sort_by(&mut paths, |one, other| {
        let (one, other) = (&one.path, &other.path);
        (one.kind, &one.title).cmp(&(other.kind, &other.title))
    });
    let courses = from.rows.courses.of(DocumentId::COMPANY).iter();
    let offered = courses.filter(|row| !row.archived);
    PathsView {
        paths,
        courses: offered.map(|row| (row.id, row.title.clone())).collect(),
        may_run: may_run(from.me, from.facts),
    }
}

/// Those that are meant for somebody, with where they are.
pub(crate) fn paths_for(person: PersonId, from: &Sources<'_>) -> Vec<(String, PathProgress)> {
    let paths = from.facts.training.paths.values();
    let meant = paths.filter(|path| is_for(path, person, from.facts));
    let mut paths: Vec<_> = meant.collect();
    sort_by(&mut paths, |one, other| {
        (one.kind, &one.title).cmp(&(other.kind, &other.title))
    });
    let paths = paths.into_iter();
    paths
        .map(|path| (path.title.clone(), progress(path, person, from)))
        .collect()
}

fn file(id: PathId, path: &Path, from: &Sources<'_>) -> PathFile {
    let people = answered_for(from).filter(|person| is_for(path, *person, from.facts));
    let mut people: Vec<_> = people.map(|person| line(path, person, from)).collect();
    sort_by(&mut people, |one, other| {
        let order = |it: &PathPerson| (it.progress.passed, it.person);
        order(one).cmp(&order(other))
    });
    let steps = path.courses.iter();
    PathFile {
        id,
        steps: steps.map(|course| step(from.me, *course, from)).collect(),
        mine: is_for(path, from.me, from.facts).then(|| progress(path, from.me, from)),
        people,
        path: path.clone(),
    }
}

fn line(path: &Path, person: PersonId, from: &Sources<'_>) -> PathPerson {
    let courses = path.courses.iter();
    PathPerson {
        person,
        name: from.name_of(person),
        progress: progress(path, person, from),
        standings: courses.map(|course| of(person, *course, from)).collect(),
    }
}

fn progress(path: &Path, person: PersonId, from: &Sources<'_>) -> PathProgress {
    let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let passed = path.courses.iter();
    let passed = passed.filter(|course| is_valid(person, **course, from.facts, from.now));
    let next = next(path, person, from.facts, from.now);
    PathProgress {
        passed: count(passed.count()),
        of: count(path.courses.len()),
        next: next.map(|course| step(person, course, from)),
    }
}

fn step(person: PersonId, course: CourseId, from: &Sources<'_>) -> PathStep {
    PathStep {
        course,
        title: title_of(course, from),
        standing: of(person, course, from),
    }
}
