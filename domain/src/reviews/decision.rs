//! Where a review stands, and by which plans people are scored: decided by the relay, so that two people are not told
//! different things.
//!
//! The relay judges without reading the review. A submission names the version of the plan, the total and what it brings;
//! that these go together the relay can tell, and what the total was reckoned from is bound by its digest.

use serde::{Deserialize, Serialize};

use crate::calendar::{Period, plus_days};
use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{Id, PersonId};
use crate::money::{BasisPoints, Fen};
use crate::order::sort_by;
use crate::reviews::frozen::ReviewDigest;
use crate::reviews::plan::{GradeStep, ScorePlan, ScorePlans, ScoreRole, VERSIONS_MAX};
use crate::reviews::rights::{may_plan, may_review};
use crate::role::Role;
use crate::time::{Day, Instant};

/// Times that a person can be given another plan.
const CHANGES_MAX: usize = 400;
/// Ten years.
const AHEAD_MAX: i64 = 3_650;

/// New decisions are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewDecision {
    /// One more version.
    ChangePlan { role: ScoreRole, plan: ScorePlan },
    /// By which plan somebody is scored from a day on.
    ScoreAs { person: PersonId, as_of: ScoredAs },
    Step {
        person: PersonId,
        period: Period,
        step: ReviewStep,
    },
}

/// Every step names the submission that was on the screen. New steps are added at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewStep {
    Submit(ReviewSubmission),
    /// The person has read it and takes it as it is.
    Acknowledge(Id),
    /// Why in words stands in the review itself.
    Dispute(Id),
    /// What was disputed stays as it is.
    Uphold(Id),
    /// Taken back to be corrected and submitted anew.
    Reopen(Id),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReviewSubmission {
    /// The frozen inputs.
    pub frozen: Id,
    pub role: ScoreRole,
    /// Of the plan's version.
    pub number: u32,
    pub total: Option<BasisPoints>,
    pub grade: String,
    /// What pay takes over once the result stands (R17).
    pub bonus: Fen,
    pub digest: ReviewDigest,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReviewStanding {
    pub submission: ReviewSubmission,
    pub submitted_by: PersonId,
    pub submitted_at: Instant,
    pub state: ReviewState,
    /// Who brought it there, and when.
    pub by: PersonId,
    pub at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReviewState {
    Submitted,
    Disputed,
    Upheld,
    Reopened,
    Acknowledged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScoredAs {
    #[serde(with = "crate::calendar::written")]
    pub from: Day,
    pub role: ScoreRole,
}

impl ReviewStanding {
    /// What pay takes over: nothing as long as the result can still become another.
    #[must_use]
    pub fn payable(&self) -> Option<Fen> {
        let stands = matches!(self.state, ReviewState::Acknowledged | ReviewState::Upheld);
        stands.then_some(self.submission.bonus)
    }
}

/// By which plan somebody is scored in a period: as was decided by its first day, else by what they are.
#[must_use]
pub fn role_of(person: PersonId, period: Period, facts: &Facts) -> ScoreRole {
    let changes = facts.scored_as.get(&person);
    let begun = changes.into_iter().flatten();
    let begun = begun.filter(|change| change.from <= period.first());
    if let Some(latest) = begun.max_by_key(|change| change.from) {
        return latest.role;
    }
    let manages = facts
        .people
        .get(&person)
        .is_some_and(|known| known.roles.contains(&Role::TeamManager));
    if manages {
        ScoreRole::Manager
    } else {
        ScoreRole::Sales
    }
}

pub(crate) fn decide(
    decision: &ReviewDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let (key, fact) = match decision {
        ReviewDecision::ChangePlan { role, plan } => {
            let plans = change_plan(*role, plan, actor, at, facts)?;
            (FactKey::ScorePlans(*role), Fact::ScorePlans(plans))
        }
        ReviewDecision::ScoreAs { person, as_of } => {
            let changes = score_as(*person, *as_of, actor, at, facts)?;
            (FactKey::ScoredAs(*person), Fact::ScoredAs(changes))
        }
        ReviewDecision::Step {
            person,
            period,
            step,
        } => {
            let standing = step_of(*person, *period, step, actor, at, facts)?;
            (FactKey::Review(*person, *period), Fact::Review(standing))
        }
    };
    let fact = Some(fact);
    Ok(vec![FactChange { key, fact }])
}

/// What is past is scored as it was: a version begins in this month at the earliest.
fn may_begin(day: Day, at: Instant) -> bool {
    let today = at.day();
    (today.first_of_month()..=plus_days(today, AHEAD_MAX)).contains(&day)
}

fn change_plan(
    role: ScoreRole,
    plan: &ScorePlan,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<ScorePlans, Refusal> {
    if !may_plan(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    plan.check()?;
    if !may_begin(plan.in_force_from, at) {
        return Err(Refusal::OutOfRange);
    }
    let mut plans = facts.score_plans.get(&role).cloned().unwrap_or_default();
    if plans.0.len() >= VERSIONS_MAX {
        return Err(Refusal::TooMany);
    }
    let grades = plan.grades.iter().map(|step| GradeStep {
        name: step.name.trim().to_owned(),
        ..step.clone()
    });
    plans.0.push(ScorePlan {
        grades: grades.collect(),
        ..plan.clone()
    });
    Ok(plans)
}

fn score_as(
    person: PersonId,
    as_of: ScoredAs,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<ScoredAs>, Refusal> {
    if !may_plan(actor, facts) || actor == person {
        return Err(Refusal::NotAllowed);
    }
    if !facts.people.contains_key(&person) {
        return Err(Refusal::NotFound);
    }
    if !may_begin(as_of.from, at) {
        return Err(Refusal::OutOfRange);
    }
    let mut changes = facts.scored_as.get(&person).cloned().unwrap_or_default();
    changes.retain(|change| change.from != as_of.from);
    if changes.len() >= CHANGES_MAX {
        return Err(Refusal::TooMany);
    }
    changes.push(as_of);
    sort_by(&mut changes, |one, other| one.from.cmp(&other.from));
    Ok(changes)
}

fn step_of(
    person: PersonId,
    period: Period,
    step: &ReviewStep,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<ReviewStanding, Refusal> {
    let before = facts.reviews.get(&(person, period));
    let reviews = may_review(actor, person, facts);
    let may = match step {
        ReviewStep::Acknowledge(_) | ReviewStep::Dispute(_) => actor == person,
        ReviewStep::Submit(_) | ReviewStep::Uphold(_) | ReviewStep::Reopen(_) => reviews,
    };
    if !may {
        return Err(Refusal::NotAllowed);
    }
    use ReviewState as S;
    let (named, after, from): (Id, S, &[S]) = match step {
        ReviewStep::Submit(submission) => {
            return submit(submission, before, person, period, actor, at, facts);
        }
        ReviewStep::Acknowledge(id) => (*id, S::Acknowledged, &[S::Submitted, S::Upheld]),
        ReviewStep::Dispute(id) => (*id, S::Disputed, &[S::Submitted]),
        ReviewStep::Uphold(id) => (*id, S::Upheld, &[S::Disputed]),
        ReviewStep::Reopen(id) => (*id, S::Reopened, &[S::Submitted, S::Disputed, S::Upheld]),
    };
    let before = before.ok_or(Refusal::NotFound)?;
    if before.submission.frozen != named {
        return Err(Refusal::NotAsSubmitted);
    }
    if !from.contains(&before.state) {
        return Err(Refusal::AlreadySettled);
    }
    Ok(ReviewStanding {
        state: after,
        by: actor,
        at,
        ..before.clone()
    })
}

fn submit(
    submission: &ReviewSubmission,
    before: Option<&ReviewStanding>,
    person: PersonId,
    period: Period,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<ReviewStanding, Refusal> {
    if before.is_some_and(|before| before.state != ReviewState::Reopened) {
        return Err(Refusal::AlreadySettled);
    }
    if period.first() > at.day() {
        return Err(Refusal::OutOfRange);
    }
    let role = role_of(person, period, facts);
    let plans = facts.score_plans.get(&role).cloned().unwrap_or_default();
    let number = plans.number_for(period);
    let plan = plans.plan_for(role, period);
    let grade = submission.total.and_then(|total| plan.grade(total));
    let as_planned = submission.role == role
        && submission.number == number
        && submission.total.is_none_or(BasisPoints::is_a_part)
        && submission.grade == grade.map_or("", |grade| &grade.name)
        && submission.bonus == grade.map_or(Fen::ZERO, |grade| grade.bonus);
    if !as_planned {
        return Err(Refusal::NotAsSubmitted);
    }
    Ok(ReviewStanding {
        submission: submission.clone(),
        submitted_by: actor,
        submitted_at: at,
        state: ReviewState::Submitted,
        by: actor,
        at,
    })
}
