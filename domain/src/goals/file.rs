//! One goal opened, and the records behind its numbers.

use crate::calendar::{plus_days, start_of};
use crate::command::RecordRef;
use crate::facts::PersonStatus;
use crate::goals::answer::Lines;
use crate::goals::deeds::{Deed, Doers, counted};
use crate::goals::list::{
    GoalFile, GoalRecordLine, GoalRecordPage, GoalRecords, ParentLine, SignatureLine, UpdateLine,
    VersionLine,
};
use crate::goals::place::GoalRef;
use crate::goals::progress::{counting, points};
use crate::goals::record::{Goal, Version};
use crate::goals::rights::sides;
use crate::goals::tree::{children, layers};
use crate::order::sort_by;
use crate::query::Sources;

fn stored<'a>(name: GoalRef, from: &Sources<'a>) -> Option<&'a Goal> {
    let rows = from.rows.goals.of(name.place.document());
    rows.iter()
        .map(|row| &row.goal)
        .find(|goal| goal.id == name.goal)
}

/// `None` when it is not on this device.
pub(crate) fn file(name: GoalRef, from: &Sources<'_>) -> Option<Box<GoalFile>> {
    let goal = stored(name, from)?;
    let parent = goal.current().terms.parent;
    let mut shown: Vec<_> = children(goal, from).collect();
    shown.extend(parent.and_then(|parent| stored(parent, from)));
    shown.push(goal);
    let lines = Lines::new(&shown, from);
    let mut versions: Vec<_> = goal
        .versions
        .iter()
        .map(|version| version_line(goal, version, from))
        .collect();
    versions.reverse();
    let updates = goal.updates.iter().rev().map(|update| UpdateLine {
        update: update.clone(),
        by_name: from.name_of(update.by),
    });
    Some(Box::new(GoalFile {
        line: lines.line(goal),
        versions,
        updates: updates.collect(),
        parent: parent.map(|parent| ParentLine {
            goal: parent,
            line: stored(parent, from).map(|goal| lines.line(goal)),
        }),
        layers: layers(goal, &lines),
        points: points(goal, from),
        awaited: awaited(goal, from),
        may_write: !sides(from.me, goal.place, from.facts).is_empty(),
    }))
}

fn version_line(goal: &Goal, version: &Version, from: &Sources<'_>) -> VersionLine {
    let signatures = goal
        .signatures_of(version.id)
        .map(|signature| SignatureLine {
            side: signature.side,
            by_name: from.name_of(signature.by),
            at: signature.at,
        });
    let awaited = goal.awaits().filter(|(waiting, _)| *waiting == version.id);
    let signed = goal.signatures_of(version.id).any(|it| it.by == from.me);
    let mine = sides(from.me, goal.place, from.facts);
    VersionLine {
        version: version.clone(),
        by_name: from.name_of(version.by),
        signatures: signatures.collect(),
        is_head: goal.heads().iter().any(|head| head.id == version.id),
        in_force: goal.in_force().is_some_and(|it| it.id == version.id),
        may_accept: !signed && awaited.is_some_and(|(_, side)| mine.contains(&side)),
    }
}

/// The names of those who could sign what waits. Somebody who has signed on one side does not sign on the other.
fn awaited(goal: &Goal, from: &Sources<'_>) -> Vec<String> {
    let Some((version, side)) = goal.awaits() else {
        return Vec::new();
    };
    let signed = |person| goal.signatures_of(version).any(|it| it.by == person);
    let people = from.facts.people.iter();
    let mut names: Vec<_> = people
        .filter(|(_, known)| known.status == PersonStatus::Active)
        .filter(|(person, _)| !signed(**person))
        .filter(|(person, _)| sides(**person, goal.place, from.facts).contains(&side))
        .map(|(_, known)| known.name.clone())
        .collect();
    sort_by(&mut names, String::cmp);
    names
}

/// `None` when the goal is not on this device.
pub(crate) fn records(asked: &GoalRecords, from: &Sources<'_>) -> Option<GoalRecordPage> {
    let goal = stored(asked.goal, from)?;
    let terms = &goal.current().terms;
    let whole = counting(goal, terms);
    let start = asked.from.map_or(whole.start, start_of);
    let end = asked.to.map_or(whole.end, |to| start_of(plus_days(to, 1)));
    // Counted over the whole first: of clients visited the first visit counts, and shows on its own day only.
    let mut deeds = counted(goal.metric, &Doers::of(goal.place, from), &whole, from);
    deeds.retain(|deed| (start..end).contains(&deed.at));
    deeds.reverse();
    let shown = deeds
        .iter()
        .skip(asked.offset as usize)
        .take(asked.limit as usize);
    Some(GoalRecordPage {
        total: u32::try_from(deeds.len()).unwrap_or(u32::MAX),
        offset: asked.offset,
        metric: goal.metric,
        what: terms.what.clone(),
        lines: shown.map(|deed| record_line(deed, from)).collect(),
    })
}

pub(crate) fn record_line(deed: &Deed, from: &Sources<'_>) -> GoalRecordLine {
    let title = match deed.record {
        RecordRef::Client(client) | RecordRef::Visit(client, _) => {
            let row = from.rows.clients.get(&client);
            row.map(|row| row.name.clone())
        }
        RecordRef::Task(person, task) => {
            let row = from.rows.tasks.get(&(person, task));
            row.map(|row| row.task.draft.title)
        }
        RecordRef::Order(client, order) => {
            let row = from.rows.orders.get(&(client, order));
            row.map(|row| row.order.client_name)
        }
        RecordRef::Person(_)
        | RecordRef::Goal(_)
        | RecordRef::Course(_)
        | RecordRef::Agreement(_)
        | RecordRef::Pay(..)
        | RecordRef::Post(..) => None,
        RecordRef::Review(..)
        | RecordRef::Reply(..)
        | RecordRef::Class(_)
        | RecordRef::Round(_) => None,
    };
    GoalRecordLine {
        record: deed.record,
        title: title.unwrap_or_default(),
        by_name: from.name_of(deed.by),
        at: deed.at,
        part: deed.part,
    }
}
