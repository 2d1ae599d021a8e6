//! One review opened, and the records behind its figures.

use std::collections::BTreeMap;

use crate::command::RecordRef;
use crate::document::DocumentId;
use crate::id::PersonId;
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::reviews::answer::{line, plan_of, scored, stage, stored, subject};
use crate::reviews::command::ReviewRef;
use crate::reviews::decision::{ReviewStanding, ReviewState};
use crate::reviews::figures::{Piece, Subject, figure_of, pieces};
use crate::reviews::frozen::{Frozen, FrozenFigure, FrozenPiece};
use crate::reviews::list::{
    PlanLine, ReviewFile, ReviewRecordLine, ReviewRecordPage, ReviewRecords, ReviewRights, Stage,
    Turn,
};
use crate::reviews::measure::Measure;
use crate::reviews::plan::ScoreRole;
use crate::reviews::record::{Improvement, Review, Said, standing_ratings, standing_words};
use crate::reviews::reported::reported;
use crate::reviews::rights::may_review;
use crate::reviews::score::Figures;

/// `None` for a person whose reviews the asker may not read.
pub(crate) fn file(review: ReviewRef, from: &Sources<'_>) -> Option<Box<ReviewFile>> {
    if !policy::may_read(from.me, review.document(), from.facts) {
        return None;
    }
    let known = from.facts.people.get(&review.person)?;
    let stands = stored(review, from);
    let standing = from.facts.reviews.get(&(review.person, review.period));
    let submitted = standing.filter(|it| it.state != ReviewState::Reopened);
    let frozen = submitted.and_then(|it| stands?.frozen(it.submission.frozen));
    let subject = subject(review, from);
    let (_, number, _) = plan_of(review, from);
    let figures = match frozen {
        Some(frozen) => frozen.figures.clone(),
        None => live(review, &subject, None, from),
    };
    let counted: Figures = figures.iter().map(|it| (it.measure, it.figure)).collect();
    let line = line(review, &subject, counted.clone(), from);
    let reviews = may_review(from.me, review.person, from.facts);
    let seen = stands.filter(|_| reviews || from.me != review.person);
    let score = match frozen {
        Some(frozen) => frozen.score(),
        None => scored(&subject, counted, seen),
    };
    let name = |person: PersonId| from.name_of(person);
    let (ratings, feedback) = match frozen {
        Some(frozen) => (frozen.ratings.clone(), frozen.feedback.clone()),
        None => written(seen),
    };
    let team = known.team.and_then(|team| from.facts.teams.get(&team));
    Some(Box::new(ReviewFile {
        team_name: team.map(|team| team.name.clone()).unwrap_or_default(),
        code: review.person.code(),
        score,
        is_frozen: frozen.is_some(),
        as_submitted: is_as_submitted(submitted, frozen),
        number: frozen.map_or(number, |it| it.number),
        plan: frozen.map_or(subject.plan, |it| it.plan.clone()),
        figures,
        ratings: ratings
            .into_iter()
            .map(|it| (name(it.by), it))
            .map(swap)
            .collect(),
        feedback: named(&feedback, from),
        interviews: named(stands.map_or(&[], |it| &it.interviews), from),
        exchange: stands.map(|it| exchange(it, from)).unwrap_or_default(),
        submitted_by_name: standing.map(|it| name(it.submitted_by)).unwrap_or_default(),
        decided_by_name: standing.map(|it| name(it.by)).unwrap_or_default(),
        plans: stands
            .map(|it| {
                it.plans
                    .iter()
                    .rev()
                    .map(|plan| plan_line(plan, it, review, from))
                    .collect()
            })
            .unwrap_or_default(),
        may: rights(review, reviews, from),
        standing: standing.cloned(),
        line,
    }))
}

fn swap<A, B>((one, other): (A, B)) -> (B, A) {
    (other, one)
}

fn written(review: Option<&Review>) -> (Vec<crate::reviews::record::Rating>, Vec<Said>) {
    let Some(review) = review else {
        return Default::default();
    };
    let ratings = standing_ratings(&review.ratings).into_iter().cloned();
    let feedback = standing_words(&review.feedback).into_iter().cloned();
    (ratings.collect(), feedback.collect())
}

/// The total the relay was told is that of what stands here, and nothing was added to it.
fn is_as_submitted(submitted: Option<&ReviewStanding>, frozen: Option<&Frozen>) -> bool {
    match (submitted, frozen) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(standing), Some(frozen)) => {
            let told = &standing.submission;
            let score = frozen.score();
            (told.digest, told.total, told.role, told.number)
                == (frozen.digest, score.total, frozen.role, frozen.number)
        }
    }
}

fn named(said: &[Said], from: &Sources<'_>) -> Vec<(Said, String)> {
    let said = said.iter();
    said.map(|it| (it.clone(), from.name_of(it.by))).collect()
}

fn exchange(review: &Review, from: &Sources<'_>) -> Vec<Turn> {
    let turn = |objects| {
        move |said: &Said| Turn {
            by_name: from.name_of(said.by),
            said: said.clone(),
            objects,
        }
    };
    let objections = review.objections.iter().map(turn(true));
    let answers = review.answers.iter().map(turn(false));
    let mut turns: Vec<_> = objections.chain(answers).collect();
    sort_by(&mut turns, |one, other| {
        (one.said.at, one.said.id).cmp(&(other.said.at, other.said.id))
    });
    turns
}

fn rights(review: ReviewRef, reviews: bool, from: &Sources<'_>) -> ReviewRights {
    let stage = stage(review, from);
    let mine = review.person == from.me && from.facts.active(from.me).is_some();
    let begun = review.period.first() <= from.now.day();
    ReviewRights {
        review: reviews,
        write: reviews
            && begun
            && matches!(stage, Stage::NotBegun | Stage::UnderWay | Stage::Reopened),
        acknowledge: mine && matches!(stage, Stage::Submitted | Stage::Upheld),
        dispute: mine && stage == Stage::Submitted,
        answer: reviews && stage == Stage::Disputed,
        reopen: reviews && matches!(stage, Stage::Submitted | Stage::Upheld),
    }
}

fn plan_line(plan: &Improvement, review: &Review, of: ReviewRef, from: &Sources<'_>) -> PlanLine {
    let tasks = plan.tasks.iter().filter_map(|task| {
        let row = from.rows.tasks.get(&(of.person, *task))?.task;
        let record = RecordRef::Task(of.person, *task);
        Some((record, row.draft.title, row.status))
    });
    let courses = plan.courses.iter().map(|course| {
        let rows = from.rows.courses.of(DocumentId::COMPANY);
        let row = rows.iter().find(|row| row.id == *course);
        let passed = from.facts.certificates.get(&(of.person, *course));
        let since = passed.is_some_and(|it| it.passed_at >= plan.at);
        let title = row.map(|row| row.title.clone());
        (*course, title.unwrap_or_default(), since)
    });
    PlanLine {
        by_name: from.name_of(plan.by),
        tasks: tasks.collect(),
        courses: courses.collect(),
        check: review.check_of(plan.id).cloned(),
        plan: plan.clone(),
    }
}

/// The figures as they are now, with what they were counted from.
fn live(
    review: ReviewRef,
    subject: &Subject,
    measure: Option<Measure>,
    from: &Sources<'_>,
) -> Vec<FrozenFigure> {
    let (role, ..) = plan_of(review, from);
    let mut found = pieces(subject, measure, &reported(from), from);
    let measures = subject.plan.indicators().map(|it| it.measure);
    measures
        .filter(|known| measure.is_none_or(|only| only == *known))
        .filter_map(|measure| {
            let pieces = found.remove(&measure).unwrap_or_default();
            Some(FrozenFigure {
                measure,
                figure: figure_of(measure, &pieces)?,
                pieces: match role {
                    ScoreRole::Manager => by_person(&pieces),
                    ScoreRole::Sales | ScoreRole::AfterSales => pieces.iter().map(frozen).collect(),
                },
            })
        })
        .collect()
}

fn frozen(piece: &Piece) -> FrozenPiece {
    FrozenPiece {
        record: piece.record,
        part: piece.part,
        of: piece.of,
        at: piece.at,
    }
}

/// A team has too many records for one review: what stands behind its figures are its people, each with a review of
/// their own.
fn by_person(pieces: &[Piece]) -> Vec<FrozenPiece> {
    let mut people: BTreeMap<PersonId, FrozenPiece> = BTreeMap::new();
    for piece in pieces {
        let sum = people.entry(piece.by).or_insert(FrozenPiece {
            record: RecordRef::Person(piece.by),
            part: 0,
            of: 0,
            at: piece.at,
        });
        sum.part = sum.part.saturating_add(piece.part);
        sum.of = sum.of.saturating_add(piece.of);
        sum.at = sum.at.max(piece.at);
    }
    people.into_values().collect()
}

/// `None` for a person whose reviews the asker may not read.
pub(crate) fn records(asked: &ReviewRecords, from: &Sources<'_>) -> Option<ReviewRecordPage> {
    let review = asked.review;
    if !policy::may_read(from.me, review.document(), from.facts) {
        return None;
    }
    let standing = from.facts.reviews.get(&(review.person, review.period));
    let submitted = standing.filter(|it| it.state != ReviewState::Reopened);
    let frozen = submitted.and_then(|it| stored(review, from)?.frozen(it.submission.frozen));
    let figure = match frozen {
        Some(frozen) => frozen
            .figures
            .iter()
            .find(|it| it.measure == asked.measure)
            .cloned(),
        None => live(review, &subject(review, from), Some(asked.measure), from).pop(),
    };
    let pieces = figure.as_ref().map_or(&[][..], |it| &it.pieces);
    let shown = pieces
        .iter()
        .skip(asked.offset as usize)
        .take(asked.limit as usize);
    Some(ReviewRecordPage {
        total: u32::try_from(pieces.len()).unwrap_or(u32::MAX),
        offset: asked.offset,
        measure: asked.measure,
        name: from.name_of(review.person),
        figure: figure.as_ref().map(|it| it.figure),
        lines: shown
            .map(|piece| ReviewRecordLine {
                record: piece.record,
                title: title(piece.record, from),
                part: piece.part,
                of: piece.of,
                at: piece.at,
            })
            .collect(),
    })
}

pub(crate) fn title(record: RecordRef, from: &Sources<'_>) -> String {
    let title = match record {
        RecordRef::Client(client) | RecordRef::Visit(client, _) => {
            from.rows.clients.get(&client).map(|row| row.name.clone())
        }
        RecordRef::Task(person, task) => {
            let row = from.rows.tasks.get(&(person, task));
            row.map(|row| row.task.draft.title)
        }
        RecordRef::Order(client, order) => {
            let row = from.rows.orders.get(&(client, order));
            row.map(|row| row.order.client_name)
        }
        RecordRef::Person(person) => Some(from.name_of(person)),
        RecordRef::Reply(person, reply) => {
            let known = from.facts.survey_replies.get(&(person, reply));
            let row = known.and_then(|known| from.rows.clients.get(&known.client));
            row.map(|row| row.name.clone())
        }
        RecordRef::Class(class) => {
            let known = from.facts.training.classes.get(&class);
            known.map(|known| crate::training::answer::title_of(known.course, from))
        }
        RecordRef::Course(_)
        | RecordRef::Agreement(_)
        | RecordRef::Round(_)
        | RecordRef::Goal(_)
        | RecordRef::Review(..)
        | RecordRef::Pay(..)
        | RecordRef::Post(..) => None,
    };
    title.unwrap_or_default()
}
