//! Who had best do a task (R25): skill match × free capacity.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::DocumentId;
use crate::facts::Facts;
use crate::id::PersonId;
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::role::Role;
use crate::tasks::kind::TaskKind;
use crate::visits::record::{VisitKind, VisitState};
use crate::work::kind::{self, rules};
use crate::work::load::{Tally, Week, available, over_limit, tallies};
use crate::work::query::{Candidate, Suggestion, Wanted};
use crate::work::skill::{History, Known, Skill, wanted};

pub(crate) fn suggest(ask: &Wanted, from: &Sources<'_>) -> Suggestion {
    let facts = from.facts;
    let skill = wanted(ask.kind, facts);
    let estimate = ask
        .estimate
        .unwrap_or_else(|| kind::rule(ask.kind, facts).estimate);
    let week = Week::for_due(ask.due, from.now.day());
    let (tallies, histories) = (tallies(week, from), histories(&skill, from));
    let people = answerable(from).filter(|(person, _)| ask.except != Some(*person));
    let mut candidates: Vec<_> = people
        .map(|(person, name)| {
            let tally = tallies.get(&person).copied().unwrap_or_default();
            let history = histories.get(&person).copied().unwrap_or_default();
            let known = known(person, &skill, history, from);
            let days = available(person, week, from.rows, facts);
            let planned = tally.minutes.saturating_add(estimate);
            let over_limit = over_limit(person, planned, &days, facts);
            Candidate {
                person,
                name,
                known,
                over_limit,
                ..Candidate::rated(person, known, days.iter().sum(), tally)
            }
        })
        .collect();
    sort_by(&mut candidates, best_first);
    Suggestion {
        week,
        skill_name: skill_name(&skill, facts),
        skill,
        candidates,
    }
}

impl Candidate {
    /// Without a name and limits.
    pub(crate) fn rated(person: PersonId, known: Known, available: u32, tally: Tally) -> Self {
        let free = i64::from(available) - i64::from(tally.weight.minutes());
        let level_tenths = known.level_tenths();
        let score = u64::from(level_tenths) * u64::try_from(free).unwrap_or(0);
        Self {
            person,
            name: String::new(),
            known,
            level_tenths,
            available,
            free,
            tally,
            over_limit: None,
            score,
        }
    }
}

/// Among those whom the product does not tell apart, whoever has more time, then whoever can more.
fn best_first(one: &Candidate, other: &Candidate) -> core::cmp::Ordering {
    let key = |it: &Candidate| (it.score, it.free, it.level_tenths);
    key(other)
        .cmp(&key(one))
        .then(one.person.cmp(&other.person))
}

/// Those who work with clients and whom the asker may give tasks to.
pub(crate) fn answerable<'a>(
    from: &Sources<'a>,
) -> impl Iterator<Item = (PersonId, String)> + use<'a> {
    const WORKS: [Role; 3] = [Role::AccountManager, Role::TeamManager, Role::Director];
    let (me, facts) = (from.me, from.facts);
    facts
        .people
        .iter()
        .filter(move |(person, known)| {
            let works = || WORKS.iter().any(|role| known.roles.contains(role));
            facts.active(**person).is_some()
                && works()
                && policy::holds(**person, me, facts)
                && policy::may_write(me, DocumentId::from(**person), facts)
        })
        .map(|(person, known)| (*person, known.name.clone()))
}

pub(crate) fn known(
    person: PersonId,
    skill: &Skill,
    history: History,
    from: &Sources<'_>,
) -> Known {
    let row = from.rows.work.of(DocumentId::from(person)).first();
    let ratings = row.into_iter().flat_map(|row| &row.ratings);
    Known::of(
        person,
        ratings.filter(|rating| rating.skill == *skill),
        history,
    )
}

/// Empty for what every language has a name for.
pub(crate) fn skill_name(skill: &Skill, facts: &Facts) -> String {
    match skill {
        Skill::Kind(kind) => kind::rule(*kind, facts).name,
        Skill::Named(name) => name.clone(),
    }
}

/// Of everybody in one pass over tasks and visits.
pub(crate) fn histories(skill: &Skill, from: &Sources<'_>) -> BTreeMap<PersonId, History> {
    let kinds = kinds_wanting(skill, from.facts);
    let mut histories = BTreeMap::<_, History>::new();
    let mut count = |person, on_time| {
        let history = histories.entry(person).or_default();
        history.done += 1;
        history.on_time += u32::from(on_time);
    };
    let index = &from.rows.index;
    for (whose, months) in index.tasks.iter() {
        for (month, tasks) in months.iter() {
            // Each lies in every month it concerns, and was done in one of them.
            let done = tasks
                .iter()
                .filter(|task| task.done && task.at.day().first_of_month() == month);
            for task in done.filter(|task| kinds.contains(&task.kind)) {
                let on = task.at.day();
                count(whose, task.due.is_none_or(|due| on <= due));
            }
        }
    }
    for (whose, months) in index.planned.iter() {
        for visit in months.iter().flat_map(|(_, visits)| visits.iter()) {
            if visit.state == VisitState::Done && kinds.contains(&kind_of(visit.kind)) {
                count(whose, visit.at.day() <= visit.on);
            }
        }
    }
    histories
}

fn kinds_wanting(skill: &Skill, facts: &Facts) -> BTreeSet<TaskKind> {
    let known = rules(facts).into_iter().map(|(kind, _)| kind);
    let itself = match skill {
        Skill::Kind(kind) => Some(*kind),
        Skill::Named(_) => None,
    };
    known
        .chain(itself)
        .filter(|kind| wanted(*kind, facts) == *skill)
        .collect()
}

/// The kind of task that a visit shows the skill of.
fn kind_of(visit: VisitKind) -> TaskKind {
    match visit {
        VisitKind::FirstVisit => TaskKind::NewClient,
        VisitKind::Survey => TaskKind::Research,
        VisitKind::Regular | VisitKind::Service | VisitKind::StockCheck | VisitKind::Collection => {
            TaskKind::FollowUp
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::Id;
    use crate::work::load::Weight;

    fn candidate(number: u8, set: u8, available: u32, load: u32) -> Candidate {
        let person = PersonId(Id::from_bytes([number; 16]));
        let known = Known {
            set: Some(set),
            ..Known::default()
        };
        let tally = Tally {
            weight: Weight(u64::from(load) * 10),
            ..Tally::default()
        };
        Candidate::rated(person, known, available, tally)
    }

    proptest! {
        /// Whoever can more and has more time never comes after somebody who has neither.
        #[test]
        fn more_skill_and_more_time_come_first(
            people in proptest::collection::vec((0u8..6, 0u32..3000, 0u32..3000), 2..9),
            turn in 0usize..9,
        ) {
            let of = (1..).zip(people);
            let of = of.map(|(number, (set, available, load))| candidate(number, set, available, load));
            let mut sorted: Vec<_> = of.collect();
            let mut turned = sorted.clone();
            turned.rotate_left(turn.min(sorted.len()));
            sort_by(&mut sorted, best_first);
            sort_by(&mut turned, best_first);
            prop_assert_eq!(&sorted, &turned, "whatever the order they are known in");
            for (place, later) in sorted.iter().enumerate() {
                for earlier in &sorted[..place] {
                    let better = later.level_tenths > earlier.level_tenths && later.free > earlier.free;
                    prop_assert!(!better);
                }
            }
        }
    }
}
