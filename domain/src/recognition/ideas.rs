//! What is worth a post right now, by the records the asker may read. Nobody is suggested twice for the same.

use crate::calendar::plus_days;
use crate::development::record::LinkTo;
use crate::document::DocumentId;
use crate::goals::answer::lines;
use crate::goals::place::GoalPlace;
use crate::goals::progress::Standing;
use crate::grades::ladder::RungName;
use crate::grades::standing::Held;
use crate::id::{PersonId, TeamId};
use crate::order::sort_by;
use crate::pay;
use crate::policy;
use crate::query::Sources;
use crate::recognition::kind::PostKind;
use crate::recognition::list::{Idea, IdeaOf};
use crate::recognition::rights::leads;
use crate::recognition::row::PostRow;
use crate::time::Day;

/// How long something stays worth saying, in days.
const FRESH: i64 = 60;

/// The latest first.
pub(super) fn ideas(from: &Sources<'_>) -> Vec<Idea> {
    let led: Vec<_> = from
        .facts
        .people
        .keys()
        .filter(|person| **person != from.me)
        .filter_map(|person| Some((*person, from.facts.active(*person)?.team?)))
        .filter(|(_, team)| leads(from.me, *team, from.facts))
        .collect();
    if led.is_empty() {
        return Vec::new();
    }
    let mut ideas: Vec<_> = led
        .iter()
        .flat_map(|(person, team)| of_person(*person, *team, from))
        .collect();
    let best = best(from).filter(|best| led.iter().any(|(person, _)| *person == best.person));
    ideas.extend(best);
    ideas.retain(|idea| !is_said(idea, from));
    sort_by(&mut ideas, |one, other| {
        let key = |it: &Idea| (it.on, it.kind, it.person);
        key(other).cmp(&key(one))
    });
    ideas
}

fn of_person(person: PersonId, team: TeamId, from: &Sources<'_>) -> Vec<Idea> {
    let (today, name) = (from.now.day(), from.name_of(person));
    let since = plus_days(today, -FRESH);
    let fresh = |on: Day| (since..=today).contains(&on);
    let idea = |kind, on, about, what| Idea {
        person,
        name: name.clone(),
        team,
        kind,
        on,
        about,
        what,
    };
    let mut ideas = goals(person, since, &idea, from);
    if !policy::may_read(from.me, DocumentId::reviews(person), from.facts) {
        return ideas;
    }
    let courses = from.rows.courses.of(DocumentId::COMPANY).iter();
    ideas.extend(courses.filter_map(|course| {
        let passed = from.facts.certificates.get(&(person, course.id))?;
        let on = passed.passed_at.day();
        let what = IdeaOf::Course(course.title.clone());
        fresh(on).then(|| {
            idea(
                PostKind::Certificate,
                on,
                Some(LinkTo::Course(course.id)),
                what,
            )
        })
    }));
    let risen = risen(person, from).filter(|(held, _)| fresh(held.since));
    ideas.extend(risen.map(|(held, name)| {
        idea(
            PostKind::Grade,
            held.since,
            Some(LinkTo::Grade),
            IdeaOf::Rung(name),
        )
    }));
    ideas
}

/// Reached, and still to be heard of: their last day is not long ago, or to come.
fn goals(
    person: PersonId,
    since: Day,
    idea: &impl Fn(PostKind, Day, Option<LinkTo>, IdeaOf) -> Idea,
    from: &Sources<'_>,
) -> Vec<Idea> {
    let today = from.now.day();
    let rows = from.rows.goals.of(GoalPlace::Person(person).document());
    let goals = rows.iter().map(|row| &row.goal);
    let goals = goals.filter(|goal| goal.period.last() >= since && goal.period.first() <= today);
    let lines = lines(goals.collect(), from).into_iter();
    lines
        .filter(|line| line.progress.standing == Standing::Reached)
        .map(|line| {
            let on = line.deadline.min(today);
            idea(
                PostKind::Goal,
                on,
                Some(LinkTo::Goal(line.goal)),
                IdeaOf::Goal(line.what),
            )
        })
        .collect()
}

/// The grade somebody holds, if it is not the first they were given: with that they only began.
fn risen<'a>(person: PersonId, from: &Sources<'a>) -> Option<(&'a Held, RungName)> {
    let standing = from.facts.grades.get(&person)?;
    let held = standing.on(from.now.day())?;
    held.promotion?;
    let ladders = from.facts.ladders.as_ref()?;
    Some((held, ladders.rung(held.ladder, held.rung)?.name.clone()))
}

/// Of the month before, for those who see every order.
fn best(from: &Sources<'_>) -> Option<Idea> {
    let month = plus_days(from.now.day().first_of_month(), -1).first_of_month();
    let best = pay::answer::team(month, from).best?;
    Some(Idea {
        person: best.person,
        name: best.name,
        team: from.facts.people.get(&best.person)?.team?,
        kind: PostKind::Best,
        on: month,
        about: None,
        what: IdeaOf::Best,
    })
}

/// Whether the team has been told already.
fn is_said(idea: &Idea, from: &Sources<'_>) -> bool {
    let posts = from.rows.posts.of(idea.team.into()).iter();
    let mut posts = posts.filter(|post| stands(post) && post.person == idea.person);
    posts.any(|post| {
        post.kind == idea.kind
            && post.about == idea.about
            && match idea.kind {
                // Of a record of its own, which may have been reached, or passed, in more than one month.
                PostKind::Goal => true,
                PostKind::Certificate => post.at.day() >= idea.on,
                _ => post.month == idea.on.first_of_month(),
            }
    })
}

pub(super) fn stands(post: &PostRow) -> bool {
    post.withdrawn.is_none()
}
