//! What helps to fill in the form: where one may set goals, what was reached before, what the goal could serve (R18).

use crate::calendar::{Period, Span};
use crate::facts::PersonStatus;
use crate::goals::agreement::Agreement;
use crate::goals::answer::{Lines, place_name};
use crate::goals::deeds::{Doers, count};
use crate::goals::list::{GoalHint, GoalProbe};
use crate::goals::place::{GoalPlace, Level};
use crate::goals::progress::Coverage;
use crate::goals::record::Goal;
use crate::goals::rights::sides;
use crate::order::sort_by;
use crate::query::Sources;
use crate::time::Instant;

pub(crate) fn hint(probe: &GoalProbe, from: &Sources<'_>) -> GoalHint {
    GoalHint {
        places: places(from),
        history: history(probe, from),
        coverage: Coverage::of(probe.place, from),
        parents: parents(probe, from),
    }
}

fn places(from: &Sources<'_>) -> Vec<(GoalPlace, String)> {
    let open = from.facts.teams.iter().filter(|(_, team)| !team.closed);
    let people = from.facts.people.iter();
    let active = people.filter(|(_, known)| known.status == PersonStatus::Active);
    let mut places: Vec<_> = [GoalPlace::Company]
        .into_iter()
        .chain(open.map(|(team, _)| GoalPlace::Team(*team)))
        .chain(active.map(|(person, _)| GoalPlace::Person(*person)))
        .filter(|place| !sides(from.me, *place, from.facts).is_empty())
        .map(|place| (place, place_name(place, from)))
        .collect();
    // One's own first among the people.
    let rank = |place: GoalPlace| (place.level(), place != GoalPlace::Person(from.me));
    sort_by(&mut places, |(one, _), (other, _)| {
        rank(*one).cmp(&rank(*other))
    });
    places
}

/// How many periods back a hint looks.
const fn back(span: Span) -> i32 {
    match span {
        Span::Year => 2,
        Span::Quarter => 4,
        Span::Month => 6,
    }
}

/// Only periods that are over, and in which there was somebody to reach anything.
fn history(probe: &GoalProbe, from: &Sources<'_>) -> Vec<(Period, u32)> {
    if !probe.metric.is_counted() {
        return Vec::new();
    }
    let today = from.now.day();
    let since = began(probe.place, from).day();
    let periods: Vec<_> = (1..=back(probe.period.span()))
        .rev()
        .map(|steps| probe.period.moved(-steps))
        .filter(|period| period.last() < today && since <= period.last())
        .collect();
    let doers = Doers::of(probe.place, from);
    periods
        .into_iter()
        .map(|period| {
            (
                period,
                count(probe.metric, &doers, &period.instants(), from),
            )
        })
        .collect()
}

fn began(place: GoalPlace, from: &Sources<'_>) -> Instant {
    let founded = from.facts.workspace.as_ref().map(|known| known.founded_at);
    let joined = match place {
        GoalPlace::Person(person) => from.facts.people.get(&person).map(|known| known.joined_at),
        GoalPlace::Company | GoalPlace::Team(_) => None,
    };
    joined.or(founded).unwrap_or_default()
}

/// The nearest first: a quarter before its year, a team's before the company's.
fn parents(probe: &GoalProbe, from: &Sources<'_>) -> Vec<crate::goals::list::GoalLine> {
    let team = match probe.place {
        GoalPlace::Company => None,
        GoalPlace::Team(team) => Some(team),
        GoalPlace::Person(person) => from.facts.people.get(&person).and_then(|known| known.team),
    };
    let encloses = |goal: &Goal| match goal.place.level() {
        Level::Company => true,
        Level::Team => team.map(GoalPlace::Team) == Some(goal.place),
        Level::Person => goal.place == probe.place,
    };
    let goals = from.rows.goals.iter().map(|(_, row)| &row.goal);
    let mut found: Vec<_> = goals
        .filter(|goal| Some(goal.name()) != probe.except)
        .filter(|goal| goal.metric == probe.metric && encloses(goal))
        .filter(|goal| goal.place.level() <= probe.place.level())
        .filter(|goal| goal.period.holds(probe.period))
        .filter(|goal| (goal.place, goal.period) != (probe.place, probe.period))
        .filter(|goal| goal.agreement() != Agreement::Dropped)
        .collect();
    sort_by(&mut found, |one, other| {
        let nearness = |goal: &Goal| (goal.place.level(), goal.period.span(), goal.id);
        nearness(other).cmp(&nearness(one))
    });
    Lines::new(&found, from).of(found)
}
