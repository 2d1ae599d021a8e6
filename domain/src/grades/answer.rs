//! Answers about grades.

use crate::calendar::plus_days;
use crate::document::DocumentId;
use crate::grades::criterion::{Criterion, Judged, Known};
use crate::grades::ladder::{Ladder, Rung, RungName};
use crate::grades::list::{
    Counted, CriterionLine, GradeFile, GradeLine, GradePage, GradeRecordPage, GradeRecords,
    GradeReminder, GradeReminderOf, GradeRights, HeldLine, LadderView, PromotionLine, RungLine,
};
use crate::grades::progress::Reader;
use crate::grades::rights::{is_graded, may_propose, may_publish, may_see, may_set, must_decide};
use crate::grades::standing::{GradeStanding, Held, Promotion, PromotionState};
use crate::id::{CourseId, PersonId, RungId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::reviews::figures::figure_of;
use crate::reviews::file::title;
use crate::reviews::list::ReviewRecordLine;
use crate::reviews::score::Figure;

/// Days for which Today says that somebody has come to a new grade.
const NEWS_DAYS: i64 = 7;

fn in_force<'a>(from: &Sources<'a>) -> Option<(u32, &'a Ladder)> {
    let ladders = from.facts.ladders.as_ref()?;
    let number = ladders.number_on(from.now.day())?;
    Some((number, ladders.version(number)?))
}

pub(crate) fn ladder(from: &Sources<'_>) -> LadderView {
    let ladders = from.facts.ladders.clone().unwrap_or_default();
    let in_force = ladders.number_on(from.now.day());
    let mut versions: Vec<_> = (1u32..).zip(ladders.0).collect();
    versions.reverse();
    let rows = from.rows.courses.of(DocumentId::COMPANY).iter();
    let mut courses: Vec<_> = rows.map(|row| (row.id, row.title.clone())).collect();
    sort_by(&mut courses, |one, other| one.1.cmp(&other.1));
    LadderView {
        versions,
        in_force,
        may_publish: may_publish(from.me, from.facts),
        provisional: from.facts.ladders != from.settled.ladders,
        courses,
    }
}

/// `None` for somebody whose grade the asker may not see.
pub(crate) fn file(person: PersonId, from: &Sources<'_>) -> Option<Box<GradeFile>> {
    if !may_see(person, from.me, from.facts) {
        return None;
    }
    let known = from.facts.grades.get(&person);
    let standing = known.cloned().unwrap_or_default();
    let held = standing.on(from.now.day());
    let ladder = in_force(from);
    let reader = Reader::new(person, from);
    let rungs = ladder.into_iter().flat_map(|(_, ladder)| &ladder.rungs);
    let rungs = rungs.map(|rung| {
        let criteria: Vec<_> = rung.criteria.iter().map(|it| reader.judge(*it)).collect();
        RungLine {
            id: rung.id,
            name: rung.name.clone(),
            may: rung.may.clone(),
            is_met: criteria.iter().all(Judged::is_met),
            criteria: lines(&criteria, from),
        }
    });
    let next = ladder.and_then(|(_, ladder)| ladder.above(held.map(|held| held.rung)));
    let history = standing.held.iter().rev();
    let promotions = standing.promotions.iter().rev();
    Some(Box::new(GradeFile {
        person,
        name: from.name_of(person),
        is_me: person == from.me,
        provisional: known != from.settled.grades.get(&person),
        held: held.map(|held| held_line(held, from)),
        history: history.map(|held| held_line(held, from)).collect(),
        ladder: ladder.map(|(number, _)| number),
        rungs: rungs.collect(),
        next: next.map(|rung| rung.id),
        promotions: promotions.map(|it| promotion_line(it, from)).collect(),
        wish: standing.wish.clone(),
        may: rights(person, &standing, ladder.is_some(), from),
    }))
}

fn rights(
    person: PersonId,
    standing: &GradeStanding,
    has_ladder: bool,
    from: &Sources<'_>,
) -> GradeRights {
    let (me, facts) = (from.me, from.facts);
    let stands = has_ladder && facts.active(person).is_some();
    let open = standing.open();
    GradeRights {
        set: stands && open.is_none() && may_set(person, me, facts),
        propose: stands && open.is_none() && may_propose(person, me, facts),
        decide: open.is_some_and(|it| must_decide(person, it, me, facts).is_ok()),
        withdraw: open.is_some_and(|it| it.by == me),
        wish: stands && open.is_none() && person == me && is_graded(person, facts),
    }
}

fn lines(criteria: &[Judged], from: &Sources<'_>) -> Vec<CriterionLine> {
    let lines = criteria.iter().map(|judged| CriterionLine {
        judged: *judged,
        course: match judged.criterion {
            Criterion::Certificate(course) => course_title(course, from),
            _ => String::new(),
        },
    });
    lines.collect()
}

fn course_title(course: CourseId, from: &Sources<'_>) -> String {
    let mut rows = from.rows.courses.of(DocumentId::COMPANY).iter();
    let row = rows.find(|row| row.id == course);
    row.map(|row| row.title.clone()).unwrap_or_default()
}

fn held_line(held: &Held, from: &Sources<'_>) -> HeldLine {
    let rung = rung(held.ladder, held.rung, from);
    HeldLine {
        rung: held.rung,
        name: rung.map(|it| it.name.clone()).unwrap_or_default(),
        may: rung.map(|it| it.may.clone()).unwrap_or_default(),
        since: held.since,
        by_name: from.name_of(held.by),
        at: held.at,
        reason: held.reason.clone(),
        promoted: held.promotion.is_some(),
    }
}

/// As the version in force names it, else as the one by which it was given.
fn rung<'a>(ladder: u32, rung: RungId, from: &Sources<'a>) -> Option<&'a Rung> {
    let now = in_force(from).and_then(|(_, ladder)| ladder.rung(rung));
    now.or_else(|| from.facts.ladders.as_ref()?.rung(ladder, rung))
}

fn rung_name(ladder: u32, id: RungId, from: &Sources<'_>) -> RungName {
    let rung = rung(ladder, id, from);
    rung.map(|it| it.name.clone()).unwrap_or_default()
}

fn promotion_line(promotion: &Promotion, from: &Sources<'_>) -> PromotionLine {
    let answered = match &promotion.state {
        PromotionState::Accepted(answer) | PromotionState::Declined(answer) => Some(answer.by),
        PromotionState::Proposed | PromotionState::Withdrawn { .. } => None,
    };
    PromotionLine {
        name: rung_name(promotion.ladder, promotion.rung, from),
        by_name: from.name_of(promotion.by),
        answered_by: answered.map(|by| from.name_of(by)).unwrap_or_default(),
        criteria: lines(&promotion.criteria, from),
        promotion: promotion.clone(),
    }
}

pub(crate) fn page(from: &Sources<'_>) -> GradePage {
    let people = from.facts.people.keys().copied();
    let seen = people
        .filter(|person| is_graded(*person, from.facts) && may_see(*person, from.me, from.facts));
    let mut lines: Vec<_> = seen.map(|person| line(person, from)).collect();
    sort_by(&mut lines, |one, other| {
        (&one.name, one.person).cmp(&(&other.name, other.person))
    });
    GradePage {
        lines,
        may_publish: may_publish(from.me, from.facts),
        has_ladder: in_force(from).is_some(),
    }
}

fn line(person: PersonId, from: &Sources<'_>) -> GradeLine {
    let known = from.facts.grades.get(&person);
    let held = known.and_then(|it| it.on(from.now.day()));
    let ladder = in_force(from).map(|(_, ladder)| ladder);
    // A first grade is set: nobody is ready for it or not.
    let next = held.and_then(|held| ladder?.above(Some(held.rung)));
    let reader = Reader::new(person, from);
    let criteria = next.into_iter().flat_map(|rung| &rung.criteria);
    let judged: Vec<_> = criteria.map(|it| reader.judge(*it)).collect();
    let met = judged.iter().filter(|it| it.is_met());
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let team = from.facts.people.get(&person).and_then(|it| it.team);
    let team = team.and_then(|team| from.facts.teams.get(&team));
    let place = ladder.and_then(|ladder| ladder.place(held?.rung));
    GradeLine {
        person,
        name: from.name_of(person),
        team_name: team.map(|team| team.name.clone()).unwrap_or_default(),
        place: place.map(number),
        grade: held.map(|held| rung_name(held.ladder, held.rung, from)),
        since: held.map(|held| held.since),
        next: next.map(|rung| rung.name.clone()),
        met: number(met.count()),
        of: number(judged.len()),
        unseen: judged.iter().any(|it| it.known == Known::NotHere),
        wishes: known.is_some_and(|it| it.wish.is_some()),
        proposed: known.is_some_and(|it| it.open().is_some()),
        provisional: known != from.settled.grades.get(&person),
    }
}

/// `None` for somebody whose grade the asker may not see.
pub(crate) fn records(asked: &GradeRecords, from: &Sources<'_>) -> Option<GradeRecordPage> {
    if !may_see(asked.person, from.me, from.facts) {
        return None;
    }
    let reader = Reader::new(asked.person, from);
    let pieces = match asked.of {
        Counted::Figure(measure) => reader.pieces(measure, asked.months),
        Counted::Visits => reader.visits(asked.months),
    };
    let total = u32::try_from(pieces.len()).unwrap_or(u32::MAX);
    let figure = match asked.of {
        Counted::Figure(measure) => figure_of(measure, &pieces),
        Counted::Visits => Some(Figure {
            value: i64::from(total),
            sample: total,
        }),
    };
    let shown = pieces.iter().skip(asked.offset as usize);
    let lines = shown
        .take(asked.limit as usize)
        .map(|piece| ReviewRecordLine {
            record: piece.record,
            title: title(piece.record, from),
            part: piece.part,
            of: piece.of,
            at: piece.at,
        });
    Some(GradeRecordPage {
        total,
        offset: asked.offset,
        name: from.name_of(asked.person),
        figure,
        lines: lines.collect(),
    })
}

/// Proposals to be decided first.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<GradeReminder> {
    let (mut decide, mut others) = (Vec::new(), Vec::new());
    for (person, standing) in &from.facts.grades {
        let reminder = |what| GradeReminder {
            person: *person,
            name: from.name_of(*person),
            what,
        };
        if let Some(open) = standing.open()
            && must_decide(*person, open, from.me, from.facts).is_ok()
        {
            let name = rung_name(open.ladder, open.rung, from);
            decide.push(reminder(GradeReminderOf::Decide(open.id, name)));
        }
        if standing.wish.is_some() && may_propose(*person, from.me, from.facts) {
            others.push(reminder(GradeReminderOf::Wishes));
        }
        if let Some(held) = news(*person, standing, from) {
            let name = rung_name(held.ladder, held.rung, from);
            others.push(reminder(GradeReminderOf::Reached(name)));
        }
    }
    decide.extend(others);
    decide
}

/// A promotion of the asker's own, for some days.
fn news<'a>(person: PersonId, standing: &'a GradeStanding, from: &Sources<'_>) -> Option<&'a Held> {
    let today = from.now.day();
    let held = standing.on(today).filter(|_| person == from.me)?;
    let since = held.since.max(held.at.day());
    (held.promotion.is_some() && plus_days(since, NEWS_DAYS) > today).then_some(held)
}
