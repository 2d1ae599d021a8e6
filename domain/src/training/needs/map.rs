//! People and teams by topics.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::id::{PersonId, RoundId, TeamId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::answer::answered_for;
use crate::training::needs::answer::counted;
use crate::training::needs::gap::{Cell, Means, Sum};
use crate::training::needs::record::{AnswerRow, Mark};
use crate::training::needs::round::{NeedTopic, Round};
use crate::training::needs::view::{NeedsMap, NeedsOf, NeedsRow};

/// Somebody for whom the asker answers, whom a round asks or who has answered it.
pub(super) struct Other<'a> {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) team: Option<TeamId>,
    pub(super) asked: bool,
    pub(super) answer: Option<&'a AnswerRow>,
}

impl Other<'_> {
    pub(super) fn mark(&self, place: u8) -> Option<Mark> {
        self.answer?.marks.get(&place).copied()
    }
}

/// By name.
pub(super) fn others<'a>(id: RoundId, round: &Round, from: &'a Sources<'_>) -> Vec<Other<'a>> {
    let mut others: Vec<_> = answered_for(from)
        .map(|person| Other {
            person,
            name: from.name_of(person),
            team: from.facts.people.get(&person).and_then(|known| known.team),
            asked: round.asks(person, from.facts),
            answer: counted(person, id, from),
        })
        .filter(|it| it.asked || it.answer.is_some())
        .collect();
    sort_by(&mut others, |one, other| {
        (&one.name, one.person).cmp(&(&other.name, other.person))
    });
    others
}

pub(super) fn map(round: &Round, others: &[Other<'_>], from: &Sources<'_>) -> NeedsMap {
    let topics = sorted(round, others);
    let everybody: Vec<_> = others.iter().collect();
    let cells = |people: &[&Other<'_>], read: fn(Sum) -> Cell| {
        let places = topics.iter().map(|(place, _)| *place);
        places
            .map(|place| read(sum(place, people)))
            .collect::<Vec<_>>()
    };
    let mut of_team: BTreeMap<Option<TeamId>, Vec<&Other<'_>>> = BTreeMap::new();
    for other in others {
        of_team.entry(other.team).or_default().push(other);
    }
    let several = of_team.len() > 1;
    let mut teams: Vec<_> = of_team
        .into_iter()
        .filter(|_| several)
        .map(|(team, people)| NeedsRow {
            of: NeedsOf::Team(team),
            name: name_of(team, from),
            team,
            answered: count(people.iter().filter(|it| it.answer.is_some())),
            asked: count(people.iter()),
            cells: cells(&people, Sum::of_several),
        })
        .collect();
    sort_by(&mut teams, |one, other| {
        // Those who are in none come last.
        let order = |row: &NeedsRow| (row.team.is_none(), row.name.clone());
        order(one).cmp(&order(other))
    });
    let answered = others.iter().filter(|it| it.answer.is_some());
    let people = answered.map(|it| NeedsRow {
        of: NeedsOf::Person(it.person),
        name: it.name.clone(),
        team: it.team,
        answered: 1,
        asked: 1,
        cells: cells(&[it], Sum::of_one),
    });
    NeedsMap {
        teams,
        people: people.collect(),
        all: cells(&everybody, Sum::of_several),
        topics,
    }
}

pub(super) fn name_of(team: Option<TeamId>, from: &Sources<'_>) -> String {
    let known = team.and_then(|team| from.facts.teams.get(&team));
    known.map(|team| team.name.clone()).unwrap_or_default()
}

pub(super) fn sum(place: u8, people: &[&Other<'_>]) -> Sum {
    people.iter().filter_map(|it| it.mark(place)).collect()
}

/// The widest gap first, of as many as have said something; where gaps are the same, as the round has them.
fn sorted(round: &Round, others: &[Other<'_>]) -> Vec<(u8, NeedTopic)> {
    let everybody: Vec<_> = others.iter().collect();
    let topics = round.plan.topics.iter().zip(0_u8..);
    let mut topics: Vec<_> = topics
        .map(|(topic, place)| {
            let gap = sum(place, &everybody).means().map(Means::gap);
            (Reverse(gap), place, topic.clone())
        })
        .collect();
    sort_by(&mut topics, |one, other| {
        (one.0, one.1).cmp(&(other.0, other.1))
    });
    topics
        .into_iter()
        .map(|(_, place, topic)| (place, topic))
        .collect()
}

fn count<T>(people: impl Iterator<Item = T>) -> u16 {
    u16::try_from(people.count()).unwrap_or(u16::MAX)
}
