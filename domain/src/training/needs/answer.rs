//! Rounds that concern the asker.

use crate::document::DocumentId;
use crate::id::{PersonId, RoundId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::answer::answered_for;
use crate::training::course::Topic;
use crate::training::decision::may_run;
use crate::training::needs::map;
use crate::training::needs::record::{AnswerRow, standing};
use crate::training::needs::round::{Round, may_close, own_team};
use crate::training::needs::view::{Mine, NeedsView, RoundFile, RoundLine};

pub(crate) fn view(from: &Sources<'_>) -> NeedsView {
    let (mut open, mut over): (Vec<_>, Vec<_>) = lines(from).partition(|line| line.is_open);
    let order = |line: &RoundLine| (line.round.plan.until, line.round.opened_at, line.id);
    sort_by(&mut open, |one, other| order(one).cmp(&order(other)));
    sort_by(&mut over, |one, other| order(other).cmp(&order(one)));
    let own = own_team(from.me, from.facts);
    let runs = may_run(from.me, from.facts);
    let teams = from.facts.teams.iter();
    let teams = teams.filter(|(team, known)| match runs {
        true => !known.closed,
        false => own == Some(**team),
    });
    NeedsView {
        open,
        over,
        may_open: runs || own.is_some(),
        topics: topics(from),
        teams: teams
            .map(|(team, known)| (*team, known.name.clone()))
            .collect(),
        may_ask_all: runs,
    }
}

/// What the asker has still to answer.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<RoundLine> {
    let mut open = view(from).open;
    open.retain(|line| line.mine == Mine::ToAnswer);
    open
}

/// `None` for a round that is not known, or has nothing to do with the asker.
pub(crate) fn file(id: RoundId, from: &Sources<'_>) -> Option<RoundFile> {
    let round = from.facts.training.rounds.get(&id)?;
    let line = line(id, round, from);
    if !concerns(&line, from) {
        return None;
    }
    let teams = round.plan.teams.iter();
    let teams = teams.filter_map(|team| from.facts.teams.get(team));
    let others = map::others(id, round, from);
    let missing = others.iter().filter(|it| it.asked && it.answer.is_none());
    let wishes = others.iter().filter_map(|it| {
        let wish = it.answer?.wish.trim();
        (!wish.is_empty()).then(|| (it.person, it.name.clone(), wish.to_owned()))
    });
    let people = from.facts.people.keys().copied();
    let managers = people.filter(|person| from.facts.manages(*person, from.me));
    Some(RoundFile {
        by_name: from.name_of(round.by),
        team_names: teams.map(|team| team.name.clone()).collect(),
        may_close: line.is_open && may_close(from.me, round, from.facts),
        answer: counted(from.me, id, from).cloned(),
        readers: managers.map(|person| from.name_of(person)).collect(),
        reads: !others.is_empty(),
        map: map::map(round, &others, from),
        missing: missing.map(|it| (it.person, it.name.clone())).collect(),
        wishes: wishes.collect(),
        line,
    })
}

/// What counts of somebody's answers, as far as this device holds it.
pub(super) fn counted<'a>(
    person: PersonId,
    round: RoundId,
    from: &'a Sources<'_>,
) -> Option<&'a AnswerRow> {
    let answered = from.facts.training.answered.get(&(person, round))?;
    let rows = from.rows.answers.of(DocumentId::reviews(person));
    standing(round, answered, rows)
}

fn lines(from: &Sources<'_>) -> impl Iterator<Item = RoundLine> {
    let rounds = from.facts.training.rounds.iter();
    let lines = rounds.map(|(id, round)| line(*id, round, from));
    lines.filter(|line| concerns(line, from))
}

fn concerns(line: &RoundLine, from: &Sources<'_>) -> bool {
    line.mine != Mine::NotAsked
        || line.asked > 0
        || line.answered > 0
        || may_close(from.me, &line.round, from.facts)
}

fn line(id: RoundId, round: &Round, from: &Sources<'_>) -> RoundLine {
    let key = (from.me, id);
    let answered = &from.facts.training.answered;
    let mine = match (answered.contains_key(&key), round.asks(from.me, from.facts)) {
        (true, _) => Mine::Answered,
        (false, true) => Mine::ToAnswer,
        (false, false) => Mine::NotAsked,
    };
    let (mut count, mut asked) = (0, 0);
    for person in answered_for(from) {
        let has = answered.contains_key(&(person, id));
        count += u16::from(has);
        asked += u16::from(has || round.asks(person, from.facts));
    }
    let settled = &from.settled.training;
    RoundLine {
        id,
        round: round.clone(),
        is_open: round.is_open(from.now.day()),
        mine,
        answered: count,
        asked,
        provisional: settled.rounds.get(&id) != Some(round)
            || settled.answered.get(&key) != answered.get(&key),
    }
}

/// Of courses and of the library, in their usual order.
fn topics(from: &Sources<'_>) -> Vec<Topic> {
    let courses = from.rows.courses.of(DocumentId::COMPANY).iter();
    let courses = courses.filter(|row| !row.archived).map(|row| row.topic);
    let library = from.rows.library.of(DocumentId::COMPANY).iter();
    let library = library
        .filter(|row| !row.archived)
        .map(|row| row.draft.topic);
    let mut topics: Vec<_> = courses.chain(library).collect();
    topics.sort_unstable();
    topics.dedup();
    topics
}
