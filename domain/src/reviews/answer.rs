//! Lists of reviews, the plans, and one person over time.

use crate::calendar::{Period, Span};
use crate::facts::PersonStatus;
use crate::id::PersonId;
use crate::order::{gathered, sort_by};
use crate::query::Sources;
use crate::reviews::command::ReviewRef;
use crate::reviews::decision::{ReviewState, role_of};
use crate::reviews::figures::{Subject, figures};
use crate::reviews::list::{
    PeriodScore, PlansView, ReviewHistory, ReviewLine, ReviewList, ReviewPage, RolePlans,
    ScoredPerson, Stage,
};
use crate::reviews::plan::{ScorePlan, ScoreRole};
use crate::reviews::record::{Review, rated};
use crate::reviews::reported::reported;
use crate::reviews::rights::{is_reviewed, may_plan, may_review};
use crate::reviews::score::{Figures, Score, score};

pub(crate) use crate::reviews::due::of_today;
pub(crate) use crate::reviews::file::{file, records};
pub(crate) use crate::reviews::spread::spread;

/// Months of a history.
const MONTHS: i32 = 12;

pub(crate) fn stored<'a>(review: ReviewRef, from: &Sources<'a>) -> Option<&'a Review> {
    let rows = from.rows.reviews.of(review.document());
    let mut reviews = rows.iter().map(|row| &row.review);
    reviews.find(|it| it.period == review.period)
}

/// By what somebody is scored in a period: the role, the version's number, the version.
pub(crate) fn plan_of(review: ReviewRef, from: &Sources<'_>) -> (ScoreRole, u32, ScorePlan) {
    let role = role_of(review.person, review.period, from.facts);
    let plans = from.facts.score_plans.get(&role);
    let number = plans.map_or(0, |plans| plans.number_for(review.period));
    let plan = plans.and_then(|plans| plans.version(role, number));
    (role, number, plan.unwrap_or_else(|| ScorePlan::usual(role)))
}

pub(crate) fn subject(review: ReviewRef, from: &Sources<'_>) -> Subject {
    let (role, _, plan) = plan_of(review, from);
    let people = match role {
        ScoreRole::Sales | ScoreRole::AfterSales => [review.person].into(),
        ScoreRole::Manager => {
            let known = from.facts.people.iter();
            let team = known.filter(|(id, _)| from.facts.same_team(**id, review.person));
            let mut people: std::collections::BTreeSet<_> = gathered(team.map(|(id, _)| *id));
            people.insert(review.person);
            people
        }
    };
    Subject {
        people,
        period: review.period,
        plan,
    }
}

/// Figures of records and of ratings together.
pub(crate) fn scored(subject: &Subject, mut known: Figures, review: Option<&Review>) -> Score {
    if let Some(review) = review {
        known.extend(rated(&review.ratings));
    }
    score(&subject.plan, subject.period.span().months(), &known)
}

pub(crate) fn page(list: &ReviewList, from: &Sources<'_>) -> ReviewPage {
    let period = Period::of(list.span, list.on);
    let people = from.facts.people.keys().copied();
    let shown: Vec<_> = people
        .filter(|person| is_shown(*person, period, from))
        .map(|person| ReviewRef { person, period })
        .collect();
    let subjects: Vec<_> = shown.iter().map(|review| subject(*review, from)).collect();
    let all = figures(&subjects, &reported(from), from);
    let scored = subjects.iter().zip(all);
    let mut lines: Vec<_> = shown
        .into_iter()
        .zip(scored)
        .map(|(review, (subject, known))| line(review, subject, known, from))
        .collect();
    sort_by(&mut lines, |one, other| {
        let order = |line: &ReviewLine| (!line.awaits_me, line.name.clone(), line.review);
        order(one).cmp(&order(other))
    });
    let people = from.facts.people.keys();
    ReviewPage {
        period,
        lines,
        may_plan: may_plan(from.me, from.facts),
        reviews: people
            .copied()
            .any(|person| may_review(from.me, person, from.facts)),
    }
}

/// Those who have left stay where something was submitted of them.
fn is_shown(person: PersonId, period: Period, from: &Sources<'_>) -> bool {
    let readable = person == from.me || may_review(from.me, person, from.facts);
    let concerned =
        is_reviewed(person, from.facts) || from.facts.reviews.contains_key(&(person, period));
    let joined = from.facts.people.get(&person).map(|known| known.joined_at);
    let here = joined.is_some_and(|joined| joined.day() <= period.last());
    readable && concerned && here
}

pub(crate) fn line(
    review: ReviewRef,
    subject: &Subject,
    known: Figures,
    from: &Sources<'_>,
) -> ReviewLine {
    let (key, stands) = ((review.person, review.period), stored(review, from));
    let standing = from.facts.reviews.get(&key);
    let stage = stage(review, from);
    let submitted = standing.filter(|it| it.state != ReviewState::Reopened);
    let (total, grade) = match submitted {
        Some(standing) => (standing.submission.total, standing.submission.grade.clone()),
        None => {
            // What is still being written is the reviewers' alone.
            let stands = stands.filter(|_| review.person != from.me);
            let score = scored(subject, known, stands);
            (score.total, score.grade)
        }
    };
    let cycle = subject.plan.every == review.period.span();
    ReviewLine {
        review,
        name: from.name_of(review.person),
        role: role_of(review.person, review.period, from.facts),
        stage,
        provisional: standing != from.settled.reviews.get(&key),
        total,
        grade,
        due: cycle.then(|| subject.plan.due_on(review.period)),
        awaits_me: awaits_me(review, stage, cycle, from),
        mark: from.marks.mark(review.record()),
    }
}

pub(crate) fn stage(review: ReviewRef, from: &Sources<'_>) -> Stage {
    let standing = from.facts.reviews.get(&(review.person, review.period));
    match standing.map(|standing| standing.state) {
        Some(ReviewState::Submitted) => Stage::Submitted,
        Some(ReviewState::Disputed) => Stage::Disputed,
        Some(ReviewState::Upheld) => Stage::Upheld,
        Some(ReviewState::Reopened) => Stage::Reopened,
        Some(ReviewState::Acknowledged) => Stage::Acknowledged,
        None => {
            let begun = stored(review, from)
                .is_some_and(|it| !it.ratings.is_empty() || !it.feedback.is_empty());
            if begun {
                Stage::UnderWay
            } else {
                Stage::NotBegun
            }
        }
    }
}

fn awaits_me(review: ReviewRef, stage: Stage, cycle: bool, from: &Sources<'_>) -> bool {
    match stage {
        Stage::Submitted | Stage::Upheld => review.person == from.me,
        Stage::Acknowledged => false,
        Stage::Disputed | Stage::Reopened => may_review(from.me, review.person, from.facts),
        Stage::NotBegun | Stage::UnderWay => {
            let over = review.period.last() < from.now.day();
            cycle && over && may_review(from.me, review.person, from.facts)
        }
    }
}

/// `None` for somebody whose reviews the asker may not read.
pub(crate) fn history(person: PersonId, from: &Sources<'_>) -> Option<ReviewHistory> {
    let document = crate::document::DocumentId::reviews(person);
    if !crate::policy::may_read(from.me, document, from.facts) {
        return None;
    }
    let this = Period::of(Span::Month, from.now.day());
    // Nobody is shown with nothing done before they came.
    let joined = from.facts.people.get(&person)?.joined_at.day();
    let subjects: Vec<_> = (1 - MONTHS..=0)
        .map(|back| this.moved(back))
        .filter(|period| joined <= period.last())
        .map(|period| subject(ReviewRef { person, period }, from))
        .collect();
    let known = figures(&subjects, &reported(from), from);
    let months = subjects
        .iter()
        .zip(known)
        .map(|(subject, known)| of_period(subject.period, &scored(subject, known, None)));
    let submitted = from.facts.reviews.iter();
    let submitted =
        submitted.filter(|((of, _), it)| *of == person && it.state != ReviewState::Reopened);
    let mut reviews: Vec<_> = submitted
        .filter_map(|((_, period), standing)| {
            let review = ReviewRef {
                person,
                period: *period,
            };
            let frozen = stored(review, from)?.frozen(standing.submission.frozen)?;
            Some(of_period(*period, &frozen.score()))
        })
        .collect();
    sort_by(&mut reviews, |one, other| {
        one.period.first().cmp(&other.period.first())
    });
    Some(ReviewHistory {
        name: from.name_of(person),
        months: months.collect(),
        reviews,
    })
}

fn of_period(period: Period, score: &Score) -> PeriodScore {
    let dimensions = score.dimensions.iter();
    PeriodScore {
        period,
        total: score.total,
        dimensions: dimensions.map(|it| (it.kind, it.points)).collect(),
        grade: score.grade.clone(),
    }
}

pub(crate) fn plans(from: &Sources<'_>) -> PlansView {
    let month = Period::of(Span::Month, from.now.day());
    let roles = ScoreRole::ALL.iter().map(|role| {
        let decided = from.facts.score_plans.get(role);
        let plans = decided.cloned().unwrap_or_default();
        let in_force = plans.number_for(month);
        let mut versions = vec![(0, ScorePlan::usual(*role))];
        versions.extend((1u32..).zip(plans.0));
        versions.reverse();
        RolePlans {
            role: *role,
            versions,
            in_force,
            provisional: decided != from.settled.score_plans.get(role),
        }
    });
    let people = from.facts.people.iter();
    let people = people
        .filter(|(_, known)| known.status == PersonStatus::Active)
        .filter(|(person, _)| is_reviewed(**person, from.facts));
    let mut people: Vec<_> = people
        .filter(|(person, _)| {
            may_plan(from.me, from.facts) || may_review(from.me, **person, from.facts)
        })
        .map(|(person, known)| ScoredPerson {
            person: *person,
            name: known.name.clone(),
            role: role_of(*person, month, from.facts),
            changes: from
                .facts
                .scored_as
                .get(person)
                .cloned()
                .unwrap_or_default(),
        })
        .collect();
    sort_by(&mut people, |one, other| {
        (&one.name, one.person).cmp(&(&other.name, other.person))
    });
    PlansView {
        roles: roles.collect(),
        may_plan: may_plan(from.me, from.facts),
        people,
    }
}
