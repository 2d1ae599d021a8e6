//! What the relay decides about pay: the plan's versions, what concerns a payee, where adjustments and
//! statements stand. Each is a fact of its own.

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::fold::is_blank;
use crate::id::{Id, PersonId};
use crate::pay::adjustment::{self, AdjustmentStep};
use crate::pay::approval::{self, StatementStep};
use crate::pay::period::PayPeriod;
use crate::pay::plan::PayPlan;
use crate::pay::rights::{may_plan, sees_every_order};
use crate::policy;
use crate::time::{Day, Instant};

/// A city's name, in characters.
pub const CITY_MAX: usize = 40;
/// Versions of the plan that a workspace can have decided.
pub const PLANS_MAX: usize = 200;

/// New decisions are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PayDecision {
    /// Another version, in force from a day to come; in the place of one that is to begin on the same.
    SetPlan(PayPlan),
    /// Of a version that has not begun.
    DropPlan(#[serde(with = "crate::calendar::written")] Day),
    /// Whose wage a person's base refers to (R39).
    SetCity { person: PersonId, city: String },
    Adjustment {
        person: PersonId,
        id: Id,
        step: AdjustmentStep,
    },
    Statement {
        person: PersonId,
        period: PayPeriod,
        step: StatementStep,
    },
}

/// What is settled about a payee.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct PayTerms {
    pub city: String,
}

pub(crate) fn decide(
    decision: &PayDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    match decision {
        PayDecision::SetPlan(plan) => set_plan(plan, actor, at, facts),
        PayDecision::DropPlan(day) => {
            may_plan(actor, facts)
                .then_some(())
                .ok_or(Refusal::NotAllowed)?;
            must_not_have_begun(*day, at)?;
            facts.pay_plans.get(day).ok_or(Refusal::NotFound)?;
            Ok(vec![FactChange {
                key: FactKey::PayPlan(*day),
                fact: None,
            }])
        }
        PayDecision::SetCity { person, city } => set_city(*person, city, actor, facts),
        PayDecision::Adjustment { person, id, step } => {
            known(*person, facts)?;
            adjustment::decide(*person, *id, *step, actor, at, facts)
        }
        PayDecision::Statement {
            person,
            period,
            step,
        } => {
            known(*person, facts)?;
            approval::decide(*person, *period, step, actor, at, facts)
        }
    }
}

fn known(person: PersonId, facts: &Facts) -> Result<(), Refusal> {
    let known = facts.people.contains_key(&person);
    known.then_some(()).ok_or(Refusal::NotFound)
}

/// Nobody's pay is changed after the fact: a version holds from a day to come, and stays as it is
/// once that has begun.
fn must_not_have_begun(day: Day, at: Instant) -> Result<(), Refusal> {
    (day > at.day()).then_some(()).ok_or(Refusal::HasBegun)
}

fn set_plan(
    plan: &PayPlan,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_plan(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    must_not_have_begun(plan.in_force_from, at)?;
    if !plan.is_sound() {
        return Err(Refusal::OutOfRange);
    }
    let fresh = !facts.pay_plans.contains_key(&plan.in_force_from);
    if fresh && facts.pay_plans.len() >= PLANS_MAX {
        return Err(Refusal::TooMany);
    }
    Ok(vec![FactChange {
        key: FactKey::PayPlan(plan.in_force_from),
        fact: Some(Fact::PayPlan(plan.clone())),
    }])
}

fn set_city(
    person: PersonId,
    city: &str,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    known(person, facts)?;
    let reads = policy::may_read(actor, DocumentId::pay(person), facts);
    if actor == person || !reads || !sees_every_order(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    if city.trim().chars().count() > CITY_MAX || (is_blank(city) && !city.is_empty()) {
        return Err(Refusal::BadName);
    }
    Ok(vec![FactChange {
        key: FactKey::PayTerms(person),
        fact: Some(Fact::PayTerms(PayTerms {
            city: city.trim().to_owned(),
        })),
    }])
}
