//! The tree of goals and whether the parts come to the whole (R19).

use std::collections::BTreeMap;

use crate::calendar::Span;
use crate::goals::agreement::Agreement;
use crate::goals::answer::Lines;
use crate::goals::list::Layer;
use crate::goals::place::{GoalPlace, Level};
use crate::goals::progress::Coverage;
use crate::goals::record::Goal;
use crate::policy;
use crate::query::Sources;

/// Those on this device that say they serve it, measure the same and are not given up.
pub(crate) fn children<'a>(
    parent: &'a Goal,
    from: &Sources<'a>,
) -> impl Iterator<Item = &'a Goal> + use<'a> {
    let name = parent.name();
    from.rows
        .goals
        .iter()
        .map(|(_, row)| &row.goal)
        .filter(move |goal| {
            goal.name() != name
                && goal.current().terms.parent == Some(name)
                && (goal.metric, &goal.unit) == (parent.metric, &parent.unit)
                && may_serve(goal, parent)
                && goal.agreement() != Agreement::Dropped
        })
}

/// Whether one could be a part of the other: no wider, no longer, within its time.
pub(crate) fn may_serve(child: &Goal, parent: &Goal) -> bool {
    child.name() != parent.name()
        && parent.place.level() <= child.place.level()
        && parent.period.holds(child.period)
        && (parent.place.level(), parent.period) != (child.place.level(), child.period)
}

/// One layer for each width and length of children: each is a whole of its own, the months of a year as its people's
/// shares of it.
pub(crate) fn layers(parent: &Goal, lines: &Lines<'_>) -> Vec<Layer> {
    let mut found: BTreeMap<(Level, Span), Vec<&Goal>> = BTreeMap::new();
    for child in children(parent, lines.from) {
        let layer = (child.place.level(), child.period.span());
        found.entry(layer).or_default().push(child);
    }
    let target = i64::from(parent.current().terms.target);
    found
        .into_iter()
        .map(|((level, span), children)| {
            let targets = children.iter();
            let sum = targets
                .map(|child| u64::from(child.current().terms.target))
                .sum();
            Layer {
                level,
                span,
                children: lines.of(children),
                sum,
                over: i64::try_from(sum).unwrap_or(i64::MAX) - target,
                coverage: coverage(parent.place, level, lines.from),
            }
        })
        .collect()
}

/// Of the teams or people at `level` within `place`, those whose goals this device holds.
fn coverage(place: GoalPlace, level: Level, from: &Sources<'_>) -> Coverage {
    if place.level() == level {
        return Coverage { seen: 1, of: 1 };
    }
    if level == Level::Person {
        return Coverage::of(place, from);
    }
    let open = from.facts.teams.iter().filter(|(_, team)| !team.closed);
    let seen = open
        .clone()
        .filter(|(team, _)| policy::may_read(from.me, (**team).into(), from.facts));
    let count = |length| u32::try_from(length).unwrap_or(u32::MAX);
    Coverage {
        seen: count(seen.count()),
        of: count(open.count()),
    }
}
