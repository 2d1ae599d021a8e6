//! Answers about development plans.

use crate::command::RecordRef;
use crate::development::list::{
    DevelopmentFile, DevelopmentReminder, DevelopmentReminderOf, ItemLine,
};
use crate::development::record::{DevelopmentPlan, Item, ItemKind, LinkTo, Side, side_of};
use crate::development::rights::may_develop;
use crate::document::DocumentId;
use crate::goals::place::{GoalPlace, GoalRef};
use crate::id::{CourseId, PersonId};
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;

fn stored<'a>(person: PersonId, from: &Sources<'a>) -> Option<&'a DevelopmentPlan> {
    let rows = from.rows.development.of(DocumentId::reviews(person));
    rows.first().map(|row| &row.plan)
}

/// `None` for a person whose plan the asker may not read.
pub(crate) fn file(person: PersonId, from: &Sources<'_>) -> Option<Box<DevelopmentFile>> {
    if !policy::may_read(from.me, DocumentId::reviews(person), from.facts) {
        return None;
    }
    let plan = stored(person, from).cloned().unwrap_or_default();
    let standing: Vec<_> = plan.standing().collect();
    let of_kind = |kind| {
        let items = standing.iter().filter(move |it| it.kind == kind);
        items.map(|it| line(person, it, &plan, from)).collect()
    };
    let (aims, mut steps): (Vec<_>, Vec<ItemLine>) =
        (of_kind(ItemKind::Aim), of_kind(ItemKind::Step));
    sort_by(&mut steps, |one, other| {
        let key = |it: &ItemLine| (it.done.is_some(), it.item.due, it.item.id);
        key(one).cmp(&key(other))
    });
    let past = plan.items.iter().rev();
    let past = past.filter(|it| standing.iter().all(|other| other.id != it.id));
    let notes = plan.notes.iter().rev();
    let may_write = may_develop(person, from.me, from.facts);
    let both = |it: &&Item| {
        plan.agrees(person, Side::Person, it) && plan.agrees(person, Side::Manager, it)
    };
    Some(Box::new(DevelopmentFile {
        person,
        name: from.name_of(person),
        is_me: person == from.me,
        may_write: may_write && from.facts.active(person).is_some(),
        aims,
        steps,
        past: past.map(|it| line(person, it, &plan, from)).collect(),
        notes: notes
            .map(|note| (note.clone(), from.name_of(note.by)))
            .collect(),
        to_agree: match may_write {
            true => unsigned(person, &plan, from).map(|it| it.id).collect(),
            false => Vec::new(),
        },
        is_agreed: !standing.is_empty() && standing.iter().all(both),
        courses: courses(from),
        goals: goals(person, from),
        mark: from.marks.mark(RecordRef::Person(person)),
    }))
}

/// What the asker's side has not agreed to.
fn unsigned<'a>(
    person: PersonId,
    plan: &'a DevelopmentPlan,
    from: &Sources<'_>,
) -> impl Iterator<Item = &'a Item> {
    let side = side_of(person, from.me);
    plan.standing()
        .filter(move |it| !plan.agrees(person, side, it))
}

fn line(person: PersonId, item: &Item, plan: &DevelopmentPlan, from: &Sources<'_>) -> ItemLine {
    let done = plan.done(item.id);
    let dropped = plan.drops.iter().find(|it| it.of == item.id);
    ItemLine {
        by_name: from.name_of(item.by),
        done: done.map(|it| (from.name_of(it.by), it.at)),
        by_person: plan.agrees(person, Side::Person, item),
        by_manager: plan.agrees(person, Side::Manager, item),
        link: item.link.and_then(|link| linked(person, link, from)),
        reason: dropped.map(|it| it.reason.clone()).unwrap_or_default(),
        item: item.clone(),
    }
}

fn linked(person: PersonId, link: LinkTo, from: &Sources<'_>) -> Option<(RecordRef, String)> {
    match link {
        LinkTo::Course(course) => {
            let title = courses(from).into_iter().find(|(id, _)| *id == course)?.1;
            Some((RecordRef::Course(course), title))
        }
        LinkTo::Goal(goal) => {
            let rows = from.rows.goals.of(goal.place.document()).iter();
            let mut found = rows.filter(|row| row.goal.id == goal.goal);
            let what = found.next()?.goal.current().terms.what.clone();
            Some((RecordRef::Goal(goal), what))
        }
        LinkTo::Grade => Some((RecordRef::Person(person), String::new())),
    }
}

fn courses(from: &Sources<'_>) -> Vec<(CourseId, String)> {
    let rows = from.rows.courses.of(DocumentId::COMPANY).iter();
    let mut courses: Vec<_> = rows.map(|row| (row.id, row.title.clone())).collect();
    sort_by(&mut courses, |one, other| one.1.cmp(&other.1));
    courses
}

/// The person's own, under way or to come.
fn goals(person: PersonId, from: &Sources<'_>) -> Vec<(GoalRef, String)> {
    let place = GoalPlace::Person(person);
    let today = from.now.day();
    let rows = from.rows.goals.of(place.document()).iter();
    let open = rows.filter(|row| row.goal.period.last() >= today);
    open.map(|row| (row.goal.name(), row.goal.current().terms.what.clone()))
        .collect()
}

/// Steps that have fallen due and are the asker's to take, the earliest first; then plans that wait for their word.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<DevelopmentReminder> {
    let today = from.now.day();
    let (mut steps, mut waiting) = (Vec::new(), Vec::new());
    for (document, row) in from.rows.development.iter() {
        let (person, plan) = (PersonId(document.id), &row.plan);
        let (is_me, manages) = (person == from.me, from.facts.manages(from.me, person));
        if !(is_me || manages) || from.facts.active(person).is_none() {
            continue;
        }
        let reminder = |what| DevelopmentReminder {
            person,
            name: from.name_of(person),
            is_me,
            what,
        };
        let mine = side_of(person, from.me);
        let due = plan.standing().filter_map(|it| Some((it, it.due?)));
        let due =
            due.filter(|(it, due)| it.whose == mine && *due <= today && plan.done(it.id).is_none());
        steps.extend(due.map(|(it, due)| {
            let what = DevelopmentReminderOf::Step(it.text.clone(), due);
            (due, reminder(what))
        }));
        if unsigned(person, plan, from).next().is_some() {
            waiting.push(reminder(DevelopmentReminderOf::Agree));
        }
    }
    sort_by(&mut steps, |one, other| one.0.cmp(&other.0));
    let steps = steps.into_iter().map(|(_, step)| step);
    steps.chain(waiting).collect()
}
