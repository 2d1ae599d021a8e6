//! Decisions: commands that only the relay settles, in its order. A device runs the same code
//! over the facts it knows and shows the outcome as provisional until the relay has answered.
//!
//! One arm per decision; the rules stand in the module the decision belongs to.

use serde::{Deserialize, Serialize};

use crate::agreements::decision::{self as agreements, AgreementDecision};
use crate::clients::erasure::{self, EraseClient};
use crate::clients::ownership::{self, OwnershipDecision};
use crate::facts::{FactChange, Facts};
use crate::grades::decision::{self as grades, GradeDecision};
use crate::handovers::decision::{self as handovers, HandOver};
use crate::id::{DeviceId, PersonId};
use crate::orders::decision::{self as orders, OrderDecision};
use crate::pay::decision::{self as pay, PayDecision};
use crate::people::decision::{self as people, PeopleDecision};
use crate::plan::Plan;
use crate::reviews::decision::{self as reviews, ReviewDecision};
use crate::surveys::decision::{self as surveys, SurveyDecision};
use crate::time::Instant;
use crate::training::decision::{self as training, TrainingDecision};
use crate::work::decision::{self as work, WorkDecision};

/// New decisions are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    People(PeopleDecision),
    Ownership(OwnershipDecision),
    /// Replaces the plan whole.
    ChangePlan(Plan),
    /// For good.
    Erase(EraseClient),
    Training(TrainingDecision),
    Work(WorkDecision),
    Order(OrderDecision),
    Pay(PayDecision),
    Review(ReviewDecision),
    Survey(SurveyDecision),
    HandOver(HandOver),
    Grade(GradeDecision),
    Agreement(AgreementDecision),
}

impl Decision {
    /// The device that it says it comes from, if it says so: the relay refuses it from any other.
    #[must_use]
    pub const fn device(&self) -> Option<DeviceId> {
        match self {
            Self::Agreement(AgreementDecision::Sign { device, .. }) => Some(*device),
            _ => None,
        }
    }
}

/// Why a decision was refused. The interface translates each.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
pub enum Refusal {
    #[error("the person may not decide this")]
    NotAllowed,
    #[error("nothing by that id is known")]
    NotFound,
    #[error("the name is blank or too long")]
    BadName,
    #[error("the person is no longer active")]
    NotActive,
    #[error("the last administrator must stay one")]
    LastAdministrator,
    #[error("it was settled differently before")]
    AlreadySettled,
    #[error("too many at once")]
    TooMany,
    #[error("the person is behind with a course that comes before new clients")]
    TrainingOverdue,
    #[error("a number is out of its range")]
    OutOfRange,
    #[error("the same person may not do both")]
    NotSeparate,
    #[error("it is not what was submitted")]
    NotAsSubmitted,
    #[error("the day from which it holds has come")]
    HasBegun,
    #[error("something of it still waits to be decided")]
    UnderWay,
    #[error("weights do not come to a hundred, or something is measured twice")]
    Unbalanced,
    #[error("the client has a link about this person that still works")]
    SurveyOpen,
    #[error("the client has answered about this person a short while ago")]
    SurveyedLately,
    #[error("a client is not theirs any more")]
    ChangedHands,
    #[error("whoever leaves still has clients")]
    ClientsLeft,
    #[error("every seat of the class is taken")]
    ClassFull,
    #[error("the day has not come")]
    NotYet,
    #[error("a role play that the certificate needs was not passed")]
    NotScored,
    #[error("the person is late to sign what comes before new clients")]
    SignatureOverdue,
    #[error("nobody is asked to sign this text")]
    NotThatText,
    #[error("the round was closed before the answer came")]
    RoundClosed,
}

/// What `decision` changes when `actor` takes it at `at`, which is the relay's own time at the
/// relay and the device's clock in a provisional run.
///
/// # Errors
/// The reason it is refused; nothing has changed then.
pub fn decide(
    decision: &Decision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if facts.active(actor).is_none() {
        return Err(Refusal::NotActive);
    }
    match decision {
        Decision::People(decision) => people::decide(decision, actor, at, facts),
        Decision::Ownership(decision) => ownership::decide(decision, actor, at, facts),
        Decision::ChangePlan(plan) => crate::plan::decide(plan, actor, facts),
        Decision::Erase(decision) => erasure::decide(decision, actor, at, facts),
        Decision::Training(decision) => training::decide(decision, actor, at, facts),
        Decision::Work(decision) => work::decide(decision, actor, facts),
        Decision::Order(decision) => orders::decide(decision, actor, at, facts),
        Decision::Pay(decision) => pay::decide(decision, actor, at, facts),
        Decision::Review(decision) => reviews::decide(decision, actor, at, facts),
        Decision::Survey(decision) => surveys::decide(decision, actor, at, facts),
        Decision::HandOver(decision) => handovers::decide(decision, actor, at, facts),
        Decision::Grade(decision) => grades::decide(decision, actor, at, facts),
        Decision::Agreement(decision) => agreements::decide(decision, actor, at, facts),
    }
}
