//! What a cell is made of, and what quizzes say beside it: people are not always as sure as they are good.

use std::cmp::Reverse;

use crate::document::DocumentId;
use crate::id::{CourseId, PersonId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::learned::{Learned, What};
use crate::training::needs::gap::{Means, Sum};
use crate::training::needs::map::{Other, name_of, others, sum};
use crate::training::needs::round::NeedTopic;
use crate::training::needs::view::{NeedsCellFile, NeedsCellOf, NeedsOf, NeedsPerson, Quizzes};
use crate::training::row::CourseRow;
use crate::training::standing::is_valid;

/// `None` where there is no such round or topic, and of somebody whose answers the asker may not read.
pub(crate) fn file(asked: &NeedsCellOf, from: &Sources<'_>) -> Option<NeedsCellFile> {
    let round = from.facts.training.rounds.get(&asked.round)?;
    let topic = round.plan.topics.get(usize::from(asked.place))?;
    let all = others(asked.round, round, from);
    let meant = |it: &&Other<'_>| match asked.of {
        NeedsOf::Person(person) => it.person == person,
        NeedsOf::Team(team) => it.team == team,
    };
    let those: Vec<_> = all.iter().filter(meant).collect();
    let first = those.first()?;
    let (name, read): (_, fn(Sum) -> _) = match asked.of {
        NeedsOf::Person(_) => (first.name.clone(), Sum::of_one),
        NeedsOf::Team(team) => (name_of(team, from), Sum::of_several),
    };
    let courses = of_topic(topic, from);
    let marked = those
        .iter()
        .filter_map(|it| Some((it, it.mark(asked.place)?)));
    let mut people: Vec<_> = marked
        .map(|(it, mark)| NeedsPerson {
            person: it.person,
            name: it.name.clone(),
            mark,
            quizzes: quizzes(it.person, &courses, from),
        })
        .collect();
    sort_by(&mut people, |one, other| {
        let gap = |it: &NeedsPerson| {
            [it.mark]
                .into_iter()
                .collect::<Sum>()
                .means()
                .map(Means::gap)
        };
        Reverse(gap(one)).cmp(&Reverse(gap(other)))
    });
    Some(NeedsCellFile {
        topic: topic.clone(),
        name,
        cell: read(sum(asked.place, &those)),
        people,
        courses: courses
            .into_iter()
            .map(|row| (row.id, row.title.clone()))
            .collect(),
    })
}

/// Courses that are offered; a topic in somebody's own words has none.
fn of_topic<'a>(topic: &NeedTopic, from: &'a Sources<'_>) -> Vec<&'a CourseRow> {
    let NeedTopic::Of(topic) = topic else {
        return Vec::new();
    };
    let rows = from.rows.courses.of(DocumentId::COMPANY).iter();
    rows.filter(|row| !row.archived && row.topic == *topic)
        .collect()
}

fn quizzes(person: PersonId, courses: &[&CourseRow], from: &Sources<'_>) -> Quizzes {
    let mut sum = Quizzes::default();
    for row in courses {
        let (right, of) = latest(person, row.id, from);
        sum.right += u32::from(right);
        sum.of += u32::from(of);
        sum.passed += u16::from(is_valid(person, row.id, from.facts, from.now));
        sum.courses += 1;
    }
    sum
}

/// The latest try. Whoever may not read what somebody has learned knows what they have passed with.
fn latest(person: PersonId, course: CourseId, from: &Sources<'_>) -> (u16, u16) {
    let learned = from.rows.training.of(person.into()).iter();
    let tries = learned.filter(|entry| entry.course == course);
    let tries = tries.filter_map(|Learned { at, what, .. }| match what {
        What::Quiz { right, of } => Some((*at, (*right, *of))),
        What::Lesson(_) => None,
    });
    let latest = tries.max_by_key(|(at, _)| *at).map(|(_, quiz)| quiz);
    let passed = || {
        let certificate = from.facts.certificates.get(&(person, course))?;
        Some((certificate.right, certificate.of))
    };
    latest.or_else(passed).unwrap_or_default()
}
