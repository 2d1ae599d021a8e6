//! Answers about skills, hours and load, from rows and facts.

use core::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::DocumentId;
use crate::id::PersonId;
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::search;
use crate::tasks::answer::line_of;
use crate::work::decision::may_decide;
use crate::work::hours::{Hours, HoursOf};
use crate::work::kind::{self, rules};
use crate::work::load::{
    Tally, Week, Weight, available, counts, over_limit, part_time_limit, tallies, worth,
};
use crate::work::query::{
    DateLine, KindLine, LoadLine, LoadView, RatingLine, SkillLine, SpreadOf, SpreadOver,
    SpreadPiece, SpreadTaker, SpreadView, WorkFile, WorkRules,
};
use crate::work::skill::{Skill, wanted};
use crate::work::spread::{Taker, spread};
use crate::work::suggest::{answerable, histories, known, skill_name};

pub(crate) fn work_rules(from: &Sources<'_>) -> WorkRules {
    let kinds = rules(from.facts).into_iter();
    WorkRules {
        kinds: kinds
            .map(|(kind, rule)| KindLine {
                kind,
                rule,
                provisional: from.facts.task_kinds.get(&kind) != from.settled.task_kinds.get(&kind),
            })
            .collect(),
        limits: from.facts.work_limits.unwrap_or_default(),
        may_decide: may_decide(from.me, from.facts),
    }
}

/// `None` for somebody whose document is not for the asker.
pub(crate) fn work_file(person: PersonId, from: &Sources<'_>) -> Option<Box<WorkFile>> {
    let document = DocumentId::from(person);
    if !policy::may_read(from.me, document, from.facts) {
        return None;
    }
    let today = from.now.day();
    let week = Week::from(today);
    let row = from.rows.work.of(document).first();
    let said = row.map_or(&[][..], |row| &row.hours);
    let on = |of: HoursOf| {
        let hours = said.iter().find(|(known, _)| *known == of);
        hours.map(|(_, hours)| hours.clone()).unwrap_or_default()
    };
    let dates = said.iter().filter_map(|(of, hours)| match of {
        HoursOf::Date(day) if *day >= today => Some(DateLine {
            day: *day,
            of: *of,
            hours: hours.clone(),
        }),
        _ => None,
    });
    let mut dates: Vec<_> = dates.collect();
    sort_by(&mut dates, |one, other| one.day.cmp(&other.day));
    Some(Box::new(WorkFile {
        person,
        name: from.name_of(person),
        is_me: person == from.me,
        may_edit: from.facts.active(person).is_some()
            && policy::may_write(from.me, document, from.facts),
        skills: skills(person, from),
        weekdays: (0..7)
            .map(|day| on(HoursOf::Weekday(day)))
            .collect::<Vec<Hours>>(),
        dates,
        load: load_line(person, week, &tallies(week, from), from),
        week,
    }))
}

/// Those that open kinds want, and whatever else was said of the person.
fn skills(person: PersonId, from: &Sources<'_>) -> Vec<SkillLine> {
    let open = rules(from.facts)
        .into_iter()
        .filter(|(_, rule)| !rule.closed);
    let mut skills: Vec<Skill> = Vec::new();
    let row = from.rows.work.of(DocumentId::from(person)).first();
    let rated = row.into_iter().flat_map(|row| &row.ratings);
    let rated = rated.map(|rating| rating.skill.clone());
    for skill in open.map(|(kind, _)| wanted(kind, from.facts)).chain(rated) {
        if !skills.contains(&skill) {
            skills.push(skill);
        }
    }
    skills
        .into_iter()
        .map(|skill| skill_line(person, skill, from))
        .collect()
}

fn skill_line(person: PersonId, skill: Skill, from: &Sources<'_>) -> SkillLine {
    let history = histories(&skill, from).get(&person).copied();
    let known = known(person, &skill, history.unwrap_or_default(), from);
    let row = from.rows.work.of(DocumentId::from(person)).first();
    let ratings = row.into_iter().flat_map(|row| &row.ratings);
    let mut ratings: Vec<_> = ratings
        .filter(|rating| rating.skill == skill)
        .map(|rating| RatingLine {
            by_name: from.name_of(rating.by),
            claim: rating.by == person,
            rating: rating.clone(),
        })
        .collect();
    sort_by(&mut ratings, |one, other| {
        let at = |line: &RatingLine| Reverse((line.rating.at, line.rating.id));
        at(one).cmp(&at(other))
    });
    SkillLine {
        name: skill_name(&skill, from.facts),
        skill,
        level_tenths: known.level_tenths(),
        known,
        ratings,
    }
}

pub(crate) fn load(from: &Sources<'_>) -> LoadView {
    let week = Week::from(from.now.day());
    let tallies = tallies(week, from);
    let mut lines: Vec<_> = answerable(from)
        .map(|(person, _)| load_line(person, week, &tallies, from))
        .collect();
    sort_by(&mut lines, |one, other| {
        let key = |line: &LoadLine| (line.tally.asks_for_help > 0, filled(line), line.load);
        key(other)
            .cmp(&key(one))
            .then(one.person.cmp(&other.person))
    });
    LoadView { week, lines }
}

/// In thousandths of their time; whoever has work and no time comes before everybody else.
fn filled(line: &LoadLine) -> u64 {
    match (line.load, line.available) {
        (0, _) => 0,
        (_, 0) => u64::MAX,
        (load, available) => u64::from(load) * 1000 / u64::from(available),
    }
}

fn load_line(
    person: PersonId,
    week: Week,
    tallies: &BTreeMap<PersonId, Tally>,
    from: &Sources<'_>,
) -> LoadLine {
    let tally = tallies.get(&person).copied().unwrap_or_default();
    let days = available(person, week, from.rows, from.facts);
    let team = from.facts.people.get(&person).and_then(|known| known.team);
    let team = team.and_then(|team| from.facts.teams.get(&team));
    LoadLine {
        person,
        name: from.name_of(person),
        team_name: team.map(|team| team.name.clone()).unwrap_or_default(),
        load: tally.weight.minutes(),
        available: days.iter().sum(),
        over_limit: over_limit(person, tally.minutes, &days, from.facts),
        tally,
    }
}

/// A piece before it is known who gets it.
struct Piece {
    of: SpreadOf,
    title: String,
    weight: Weight,
    estimate: u32,
    hard: bool,
}

pub(crate) fn spread_view(over: &SpreadOver, from: &Sources<'_>) -> SpreadView {
    let week = Week::for_due(over.wanted.due, from.now.day());
    let pieces = pieces(over, from);
    let tallies = without(over, week, from);
    let people = answerable(from).filter(|(person, _)| over.wanted.except != Some(*person));
    let mut takers: Vec<_> = people
        .map(|(person, name)| {
            let days = available(person, week, from.rows, from.facts);
            let tally = tallies.get(&person).copied().unwrap_or_default();
            let before = tally.weight;
            let available = days.iter().sum();
            let capacity = Weight(u64::from(available) * 10);
            let taker = Taker {
                person,
                before,
                capacity,
            };
            let shown = SpreadTaker {
                person,
                name,
                before: before.minutes(),
                available,
                planned: tally.minutes,
                limit: part_time_limit(person, &days, from.facts),
            };
            (taker, shown)
        })
        .collect();
    sort_by(&mut takers, |(_, one), (_, other)| {
        let key = |it: &SpreadTaker| (search::sort_key(&it.name), it.person);
        key(one).cmp(&key(other))
    });
    let weights: Vec<_> = pieces
        .iter()
        .map(|piece| (piece.of, piece.weight))
        .collect();
    let able: Vec<_> = takers.iter().map(|(taker, _)| *taker).collect();
    let given = spread(&weights, &able);
    let pieces = pieces.into_iter().zip(given);
    SpreadView {
        pieces: pieces
            .filter_map(|(piece, to)| {
                Some(SpreadPiece {
                    of: piece.of,
                    title: piece.title,
                    weight: piece.weight.minutes(),
                    estimate: piece.estimate,
                    hard: piece.hard,
                    to: to?,
                })
            })
            .collect(),
        takers: takers.into_iter().map(|(_, shown)| shown).collect(),
    }
}

fn pieces(over: &SpreadOver, from: &Sources<'_>) -> Vec<Piece> {
    let tasks = over.tasks.iter().filter_map(|(assignee, task)| {
        let line = line_of(*assignee, *task, from)?;
        let (difficulty, estimate) = worth(&line.task, from.facts);
        let open = line.task.is_open() && line.may_edit;
        open.then(|| Piece {
            of: SpreadOf::Task(*assignee, *task),
            title: line.task.draft.title.clone(),
            weight: Weight::of(difficulty, estimate),
            estimate,
            hard: difficulty.is_hard(),
        })
    });
    let rule = kind::rule(over.wanted.kind, from.facts);
    let difficulty = over.wanted.difficulty.unwrap_or(rule.difficulty);
    let estimate = over.wanted.estimate.unwrap_or(rule.estimate);
    let clients = over.clients.iter().filter_map(|client| {
        let row = from.rows.clients.get(client)?;
        Some(Piece {
            of: SpreadOf::Client(*client),
            title: row.name.clone(),
            weight: Weight::of(difficulty, estimate),
            estimate,
            hard: difficulty.is_hard(),
        })
    });
    tasks.chain(clients).collect()
}

/// What everybody has to do besides the tasks that are spread.
fn without(over: &SpreadOver, week: Week, from: &Sources<'_>) -> BTreeMap<PersonId, Tally> {
    let mut tallies = tallies(week, from);
    let moved: BTreeSet<_> = over.tasks.iter().copied().collect();
    for (assignee, task) in moved {
        let open = from.rows.index.open_tasks.get(&(assignee, task));
        let counted = open.filter(|task| counts(task, week, from.now.day()));
        let (Some(task), Some(tally)) = (counted, tallies.get_mut(&assignee)) else {
            continue;
        };
        let (difficulty, estimate) = worth(task, from.facts);
        let weight = Weight::of(difficulty, estimate);
        tally.weight.0 = tally.weight.0.saturating_sub(weight.0);
        tally.minutes = tally.minutes.saturating_sub(estimate);
    }
    tallies
}
