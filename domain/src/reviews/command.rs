//! What people do about a review. Everything written is a new entry; nothing is rewritten.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::{CourseId, Id, PersonId, TaskId};
use crate::reviews::decision::{ReviewDecision, ReviewStep, ReviewSubmission, ScoredAs, role_of};
use crate::reviews::frozen::{
    Frozen, FrozenFigure, ReviewDigest, digest, rating_entry, said_entry,
};
use crate::reviews::measure::Measure;
use crate::reviews::plan::{ScorePlan, ScoreRole};
use crate::reviews::record::{
    Improved, LEVEL_MAX, Rating, Review, Said, standing_ratings, standing_words,
};
use crate::tasks::command::TaskCommand;
use crate::tasks::record::TaskDraft;
use crate::time::{Day, Instant};
use crate::training::decision::TrainingDecision;
use crate::value::{Map, Value, filled, map_of};

/// Feedback, notes, objections and answers, in characters.
pub const TEXT_MAX: usize = 20_000;
/// Evidence of a rating, in characters.
pub const EVIDENCE_MAX: usize = 2_000;
/// Tasks or courses of one improvement plan.
pub const STEPS_MAX: usize = 20;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ReviewCommand {
    /// What differs from what the author has said before.
    Save(ReviewDraft),
    /// The same, and with these figures, which were on the screen, the review is frozen and submitted.
    Submit {
        draft: ReviewDraft,
        figures: Vec<FrozenFigure>,
    },
    /// Notes of the talk about it.
    Interview(ReviewRef, String),
    /// By the person; every one names the submission that was read.
    Acknowledge(ReviewRef, Id),
    Dispute(ReviewRef, Id, String),
    Uphold(ReviewRef, Id, String),
    Reopen(ReviewRef, Id, String),
    Improve(ImprovementDraft),
    Check {
        review: ReviewRef,
        plan: Id,
        improved: Improved,
        text: String,
    },
    ChangePlan(ScoreRole, ScorePlan),
    ScoreAs(PersonId, ScoredAs),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReviewRef {
    pub person: PersonId,
    pub period: Period,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDraft {
    pub review: ReviewRef,
    pub ratings: Vec<RatingDraft>,
    pub feedback: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingDraft {
    pub measure: Measure,
    /// 0–5; `None` for nothing said.
    pub level: Option<u8>,
    pub evidence: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImprovementDraft {
    pub review: ReviewRef,
    pub gaps: BTreeSet<Measure>,
    pub text: String,
    #[serde(with = "crate::calendar::written")]
    pub recheck: Day,
    /// New ones, for the person.
    pub tasks: Vec<TaskDraft>,
    pub courses: Vec<CourseId>,
}

impl ReviewRef {
    #[must_use]
    pub const fn document(self) -> DocumentId {
        DocumentId::reviews(self.person)
    }

    #[must_use]
    pub const fn record(self) -> RecordRef {
        RecordRef::Review(self.person, self.period)
    }

    fn put(self, place: &str, id: Id, entry: Map) -> Edit {
        let (period, id) = (self.period.to_string(), id.to_string());
        Edit::put(self.document(), &["reviews", &period, place, &id], entry)
    }
}

impl ReviewCommand {
    /// A review's document begins with its first entry, so that it may not be there yet.
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::Save(draft) | Self::Submit { draft, .. } => vec![draft.review.document()],
            Self::Interview(review, _)
            | Self::Acknowledge(review, _)
            | Self::Dispute(review, ..)
            | Self::Uphold(review, ..)
            | Self::Reopen(review, ..)
            | Self::Check { review, .. } => vec![review.document()],
            Self::Improve(draft) => vec![draft.review.document(), draft.review.person.into()],
            Self::ChangePlan(..) | Self::ScoreAs(..) => Vec::new(),
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Save(draft) => {
                let (outcome, _) = save(&draft, cx)?;
                Ok(outcome)
            }
            Self::Submit { draft, figures } => submit(&draft, figures, cx),
            Self::Interview(review, text) => {
                let entry = said("interviews", review, &text, Field::Note, cx)?;
                Ok(Outcome::of([entry]))
            }
            Self::Acknowledge(review, id) => Ok(step(review, ReviewStep::Acknowledge(id))),
            Self::Dispute(review, id, text) => {
                let entry = said("objections", review, &text, Field::Reason, cx)?;
                Ok(with(entry, step(review, ReviewStep::Dispute(id))))
            }
            Self::Uphold(review, id, text) => {
                let entry = said("answers", review, &text, Field::Reason, cx)?;
                Ok(with(entry, step(review, ReviewStep::Uphold(id))))
            }
            Self::Reopen(review, id, text) => {
                let entry = said("answers", review, &text, Field::Reason, cx)?;
                Ok(with(entry, step(review, ReviewStep::Reopen(id))))
            }
            Self::Improve(draft) => improve(draft, cx),
            Self::Check {
                review,
                plan,
                improved,
                text,
            } => check(review, plan, improved, &text, cx),
            Self::ChangePlan(role, plan) => Ok(decided(ReviewDecision::ChangePlan { role, plan })),
            Self::ScoreAs(person, as_of) => Ok(decided(ReviewDecision::ScoreAs { person, as_of })),
        }
    }
}

fn decided(decision: ReviewDecision) -> Outcome {
    Outcome {
        decisions: vec![Decision::Review(decision)],
        ..Outcome::default()
    }
}

fn step(review: ReviewRef, step: ReviewStep) -> Outcome {
    decided(ReviewDecision::Step {
        person: review.person,
        period: review.period,
        step,
    })
}

fn with(edit: Edit, outcome: Outcome) -> Outcome {
    Outcome {
        edits: vec![edit],
        ..outcome
    }
}

/// As it stands, or empty for one that nobody has begun.
fn stored(review: ReviewRef, cx: &Context<'_>) -> Option<Review> {
    let period = review.period.to_string();
    let entry = cx
        .documents
        .tree(review.document())
        .and_then(|tree| tree.at(&["reviews", &period]));
    let empty = Value::Map(Map::new());
    Review::read(review.person, &period, entry.unwrap_or(&empty))
}

/// The edits, and the review as it is after them.
fn save(draft: &ReviewDraft, cx: &mut Context<'_>) -> Result<(Outcome, Review), CommandError> {
    let review = draft.review;
    must_be_known(review.person, cx)?;
    let mut stands = stored(review, cx).ok_or(CommandError::NotFound)?;
    let mut outcome = Outcome::default();
    for rating in &draft.ratings {
        check_rating(rating)?;
        let before = standing_ratings(&stands.ratings);
        let before = before
            .into_iter()
            .find(|it| it.by == cx.me && it.measure == rating.measure);
        let (level, evidence) = before.map_or((None, ""), |it| (it.level, it.evidence.as_str()));
        let same = match rating.level {
            None => level.is_none(),
            Some(_) => (level, evidence) == (rating.level, rating.evidence.trim()),
        };
        if same {
            continue;
        }
        let said = stands.ratings.iter();
        let said = said.filter(|it| it.by == cx.me && it.measure == rating.measure);
        let rating = Rating {
            id: cx.ids.mint(),
            by: cx.me,
            at: later(cx.now, said.map(|it| it.at)),
            measure: rating.measure,
            level: rating.level,
            evidence: rating.evidence.trim().to_owned(),
        };
        let edit = review.put("ratings", rating.id, rating_entry(&rating));
        outcome.edits.push(edit);
        stands.ratings.push(rating);
    }
    too_long(&draft.feedback, TEXT_MAX, Field::Feedback)?;
    let text = draft.feedback.trim();
    let before = stands.feedback.iter().rev().find(|it| it.by == cx.me);
    if before.map_or("", |it| it.text.as_str()) != text {
        let said = stands.feedback.iter().filter(|it| it.by == cx.me);
        let said = Said {
            id: cx.ids.mint(),
            by: cx.me,
            at: later(cx.now, said.map(|it| it.at)),
            text: text.to_owned(),
        };
        outcome
            .edits
            .push(review.put("feedback", said.id, said_entry(&said)));
        stands.feedback.push(said);
    }
    outcome.created = Some(review.record());
    Ok((outcome, stands))
}

/// What somebody says knowing what they said before counts after it, whatever the clocks of their devices say.
fn later(now: Instant, before: impl Iterator<Item = Instant>) -> Instant {
    before.map(|at| at.plus_millis(1)).fold(now, Instant::max)
}

fn check_rating(rating: &RatingDraft) -> Result<(), CommandError> {
    let in_range = rating.level.is_none_or(|level| level <= LEVEL_MAX);
    if !rating.measure.is_rated() || !in_range {
        return Err(CommandError::malformed(Field::Level));
    }
    // R13: a rating without evidence is an opinion.
    if rating.level.is_some() && is_blank(&rating.evidence) {
        return Err(CommandError::blank(Field::Evidence));
    }
    too_long(&rating.evidence, EVIDENCE_MAX, Field::Evidence)
}

fn submit(
    draft: &ReviewDraft,
    figures: Vec<FrozenFigure>,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let review = draft.review;
    // R15: nobody is scored without a word.
    if is_blank(&draft.feedback) {
        return Err(CommandError::blank(Field::Feedback));
    }
    let (mut outcome, stands) = save(draft, cx)?;
    let role = role_of(review.person, review.period, cx.facts);
    let plans = cx.facts.score_plans.get(&role).cloned().unwrap_or_default();
    let number = plans.number_for(review.period);
    let plan = plans.plan_for(role, review.period);
    let ratings = standing_ratings(&stands.ratings).into_iter();
    let ratings = ratings.filter(|rating| plan.measures(rating.measure));
    let id = cx.ids.mint();
    let mut frozen = Frozen {
        id,
        by: cx.me,
        at: cx.now,
        period: review.period,
        role,
        number,
        ratings: ratings.cloned().collect(),
        feedback: standing_words(&stands.feedback)
            .into_iter()
            .cloned()
            .collect(),
        figures: figures
            .into_iter()
            .filter(|it| plan.measures(it.measure) && !it.measure.is_rated())
            // What is frozen goes to the person.
            .filter(|it| it.figure.sample >= it.measure.fewest())
            .collect(),
        plan,
        digest: ReviewDigest([0; 32]),
    };
    let entry = Value::Map(frozen.entry());
    frozen.digest = digest(review.person, review.period, id, &entry);
    let score = frozen.score();
    let submission = ReviewSubmission {
        frozen: id,
        role,
        number,
        total: score.total,
        grade: score.grade,
        bonus: score.bonus,
        digest: frozen.digest,
    };
    outcome.edits.push(review.put("frozen", id, frozen.entry()));
    outcome.decisions = step(review, ReviewStep::Submit(submission)).decisions;
    Ok(outcome)
}

fn said(
    place: &str,
    review: ReviewRef,
    text: &str,
    field: Field,
    cx: &mut Context<'_>,
) -> Result<Edit, CommandError> {
    if is_blank(text) {
        return Err(CommandError::blank(field));
    }
    too_long(text, TEXT_MAX, field)?;
    let said = Said {
        id: cx.ids.mint(),
        by: cx.me,
        at: cx.now,
        text: text.trim().to_owned(),
    };
    Ok(review.put(place, said.id, said_entry(&said)))
}

/// The tasks are real ones, on the person's list; a course is required of them until the plan is looked at again.
fn improve(draft: ImprovementDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let review = draft.review;
    must_be_known(review.person, cx)?;
    too_long(&draft.text, TEXT_MAX, Field::Note)?;
    if is_blank(&draft.text) && draft.tasks.is_empty() && draft.courses.is_empty() {
        return Err(CommandError::blank(Field::Note));
    }
    if draft.tasks.len() > STEPS_MAX || draft.courses.len() > STEPS_MAX {
        return Err(CommandError::TooMany);
    }
    if draft.recheck <= cx.now.day() {
        return Err(CommandError::malformed(Field::Date));
    }
    if draft
        .tasks
        .iter()
        .any(|task| task.assignee != review.person)
    {
        return Err(CommandError::NotAllowed);
    }
    let mut outcome = TaskCommand::CreateMany(draft.tasks).run(cx)?;
    let tasks: BTreeSet<TaskId> = outcome
        .edits
        .iter()
        .filter_map(|edit| edit.path.get(1)?.parse().ok())
        .collect();
    let gaps: Vec<_> = draft.gaps.iter().map(|gap| gap.word()).collect();
    let tasks: Vec<_> = tasks.iter().map(ToString::to_string).collect();
    let courses: Vec<_> = draft.courses.iter().map(ToString::to_string).collect();
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("gaps", filled(&gaps.join(" "))),
        ("text", filled(&draft.text)),
        ("recheck", Some(draft.recheck.into())),
        ("tasks", filled(&tasks.join(" "))),
        ("courses", filled(&courses.join(" "))),
    ]);
    let id = cx.ids.mint();
    outcome.edits.push(review.put("plans", id, entry));
    let required = draft.courses.into_iter().map(|course| {
        Decision::Training(TrainingDecision::Require {
            person: review.person,
            course,
            due: draft.recheck,
        })
    });
    outcome.decisions.extend(required);
    outcome.created = Some(review.record());
    Ok(outcome)
}

fn check(
    review: ReviewRef,
    plan: Id,
    improved: Improved,
    text: &str,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let stands = stored(review, cx).ok_or(CommandError::NotFound)?;
    stands
        .plans
        .iter()
        .find(|it| it.id == plan)
        .ok_or(CommandError::NotFound)?;
    too_long(text, TEXT_MAX, Field::Note)?;
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("plan", Some(plan.to_string().into())),
        ("improved", Some(improved.word().into())),
        ("text", filled(text)),
    ]);
    let id = cx.ids.mint();
    Ok(Outcome::of([review.put("checks", id, entry)]))
}

fn must_be_known(person: PersonId, cx: &Context<'_>) -> Result<(), CommandError> {
    let known = cx.facts.people.contains_key(&person);
    known.then_some(()).ok_or(CommandError::NotFound)
}

fn too_long(text: &str, max: usize, field: Field) -> Result<(), CommandError> {
    match text.chars().count() > max {
        true => Err(CommandError::too_long(field, max)),
        false => Ok(()),
    }
}
