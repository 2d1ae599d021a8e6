//! The board, and the goals of Today.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{days_between, start_of};
use crate::command::RecordRef;
use crate::goals::agreement::Agreement;
use crate::goals::deeds::Doers;
use crate::goals::list::{GoalLine, GoalList, GoalPage, Whose};
use crate::goals::place::GoalPlace;
use crate::goals::progress::{Coverage, Progress, Standing, progress};
use crate::goals::record::{Goal, Side};
use crate::goals::rights::sides;
use crate::order::{gathered, sort_by};
use crate::query::Sources;
use crate::time::Day;

pub(crate) use crate::goals::file::{file, records};
pub(crate) use crate::goals::hint::hint;

/// Goals with whose deeds count for them.
pub(crate) struct Lines<'a> {
    pub(crate) from: &'a Sources<'a>,
    concerned: BTreeMap<GoalPlace, Concerned>,
}

/// Whose deeds count at a place, and how many of them this device holds.
struct Concerned {
    doers: Doers,
    coverage: Coverage,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(goals: &[&Goal], from: &'a Sources<'a>) -> Self {
        let places: BTreeSet<_> = gathered(goals.iter().map(|goal| goal.place));
        Self {
            from,
            concerned: gathered(
                places
                    .into_iter()
                    .map(|place| (place, Concerned::of(place, from))),
            ),
        }
    }

    fn progress(&self, goal: &Goal) -> Progress {
        let own;
        let concerned = match self.concerned.get(&goal.place) {
            Some(known) => known,
            None => {
                own = Concerned::of(goal.place, self.from);
                &own
            }
        };
        progress(goal, &concerned.doers, concerned.coverage, self.from)
    }

    pub(crate) fn of(&self, goals: Vec<&Goal>) -> Vec<GoalLine> {
        goals.into_iter().map(|goal| self.line(goal)).collect()
    }

    pub(crate) fn line(&self, goal: &Goal) -> GoalLine {
        let terms = &goal.current().terms;
        GoalLine {
            goal: goal.name(),
            place_name: place_name(goal.place, self.from),
            metric: goal.metric,
            unit: goal.unit.clone(),
            period: goal.period,
            what: terms.what.clone(),
            target: terms.target,
            deadline: terms.deadline,
            agreement: goal.agreement(),
            progress: self.progress(goal),
            awaits_me: awaits_me(goal, self.from),
            update_due: update_due(goal, self.from),
            mark: self.from.marks.mark(RecordRef::Goal(goal.name())),
        }
    }
}

impl Concerned {
    fn of(place: GoalPlace, from: &Sources<'_>) -> Self {
        Self {
            doers: Doers::of(place, from),
            coverage: Coverage::of(place, from),
        }
    }
}

pub(crate) fn page(list: &GoalList, from: &Sources<'_>) -> GoalPage {
    let goals = from.rows.goals.iter().map(|(_, row)| &row.goal);
    let found: Vec<_> = goals
        .filter(|goal| list.span.is_none_or(|span| goal.period.span() == span))
        .filter(|goal| goal.period.contains(list.on))
        .filter(|goal| is_asked_for(goal, list.whose, from))
        .collect();
    GoalPage {
        lines: lines(found, from),
        coverage: match list.whose {
            Whose::Mine => Coverage { seen: 1, of: 1 },
            Whose::Team(team) => Coverage::of(GoalPlace::Team(team), from),
            Whose::Everybody => Coverage::of(GoalPlace::Company, from),
        },
    }
}

pub(crate) fn lines(goals: Vec<&Goal>, from: &Sources<'_>) -> Vec<GoalLine> {
    let mut lines = Lines::new(&goals, from).of(goals);
    sort_by(&mut lines, |one, other| order(one).cmp(&order(other)));
    lines
}

fn is_asked_for(goal: &Goal, whose: Whose, from: &Sources<'_>) -> bool {
    match (whose, goal.place) {
        (Whose::Everybody, _) => true,
        (Whose::Mine, _) => is_mine(goal, from),
        (Whose::Team(team), GoalPlace::Team(of)) => team == of,
        (Whose::Team(team), GoalPlace::Person(person)) => {
            let known = from.facts.people.get(&person);
            known.is_some_and(|known| known.team == Some(team))
        }
        (Whose::Team(_), GoalPlace::Company) => false,
    }
}

type Order = (
    Standing,
    GoalPlace,
    crate::calendar::Period,
    crate::id::GoalId,
);

/// What wants looking at first; then the wide before the narrow and the long before the short.
fn order(line: &GoalLine) -> Order {
    (
        line.progress.standing,
        line.goal.place,
        line.period,
        line.goal.goal,
    )
}

/// What the asker has to do about goals, and which of their own are at risk.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<GoalLine> {
    let today = from.now.day();
    let goals = from.rows.goals.iter().map(|(_, row)| &row.goal);
    let near: Vec<_> = goals
        .filter(|goal| awaits_me(goal, from) || (is_running(goal, today) && is_mine(goal, from)))
        .collect();
    let mut lines = Lines::new(&near, from).of(near);
    lines.retain(|line| {
        line.awaits_me || line.update_due || line.progress.standing == Standing::AtRisk
    });
    sort_by(&mut lines, |one, other| order(one).cmp(&order(other)));
    lines
}

fn is_running(goal: &Goal, today: Day) -> bool {
    let dropped = goal.agreement() == Agreement::Dropped;
    !dropped && (goal.period.first()..=goal.current().terms.deadline).contains(&today)
}

/// Whether the asker is to reach it. The company's is its directors'.
fn is_mine(goal: &Goal, from: &Sources<'_>) -> bool {
    let bears = match goal.place {
        GoalPlace::Company => Side::Setter,
        GoalPlace::Team(_) | GoalPlace::Person(_) => Side::Bearer,
    };
    sides(from.me, goal.place, from.facts).contains(&bears)
}

fn awaits_me(goal: &Goal, from: &Sources<'_>) -> bool {
    let mine = sides(from.me, goal.place, from.facts);
    match (goal.awaits(), goal.agreement()) {
        (Some((version, side)), _) => {
            let signed = goal.signatures_of(version).any(|it| it.by == from.me);
            !signed && mine.contains(&side)
        }
        (None, Agreement::Disputed) => !mine.is_empty(),
        (None, _) => false,
    }
}

/// A bearer's affair: so many days since the last word on it, from whomever, or since it began.
fn update_due(goal: &Goal, from: &Sources<'_>) -> bool {
    let today = from.now.day();
    let every = goal.current().terms.update_every;
    if every == 0 || !is_running(goal, today) || !is_mine(goal, from) {
        return false;
    }
    let begun = start_of(goal.period.first()).max(goal.at);
    let last = goal.updates.last().map_or(begun, |update| update.at);
    days_between(last.day(), today) >= i64::from(every)
}

/// Empty for the company, which goes by no other name.
pub(crate) fn place_name(place: GoalPlace, from: &Sources<'_>) -> String {
    match place {
        GoalPlace::Company => String::new(),
        GoalPlace::Person(person) => from.name_of(person),
        GoalPlace::Team(team) => {
            let known = from.facts.teams.get(&team);
            known.map(|team| team.name.clone()).unwrap_or_default()
        }
    }
}
