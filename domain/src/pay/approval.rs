//! Where a statement stands: drawn up by one, approved by another, locked with its hash (R46, R68).
//!
//! The relay judges without reading the statement. It knows what adjustments were approved: none is
//! left out of what is locked, and nothing is locked while one is under way.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{Id, PersonId};
use crate::money::Fen;
use crate::pay::digest::PayDigest;
use crate::pay::lock::adjustments_due;
use crate::pay::period::PayPeriod;
use crate::pay::rights::{may_approve, may_draw_up};
use crate::time::Instant;

/// What was drawn up; the lines stand in the payee's document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnUp {
    pub id: Id,
    pub total: Fen,
    pub digest: PayDigest,
    /// Approved ones that it takes into account.
    pub adjustments: BTreeSet<Id>,
}

/// New steps are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatementStep {
    /// Also in the place of what was drawn up before, as long as that is not locked.
    DrawUp(DrawnUp),
    /// To be drawn up anew.
    SendBack,
    /// What was looked at.
    Approve(DrawnUp),
    /// What was approved, for good.
    Lock(DrawnUp),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementStanding {
    pub drawn: DrawnUp,
    pub drawn_by: PersonId,
    pub drawn_at: Instant,
    pub approved_by: Option<PersonId>,
    pub state: StatementState,
    /// Who brought it there, and when.
    pub by: PersonId,
    pub at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatementState {
    DrawnUp,
    SentBack,
    Approved,
    Locked,
}

pub(super) fn decide(
    payee: PersonId,
    period: PayPeriod,
    step: &StatementStep,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts.pay_statements.get(&(payee, period));
    let after = match step {
        StatementStep::DrawUp(drawn) => {
            may_draw_up(actor, payee, facts)?;
            must_be_open(payee, period, at, facts)?;
            must_be_whole(payee, period, drawn, facts)?;
            StatementStanding {
                drawn: drawn.clone(),
                drawn_by: actor,
                drawn_at: at,
                approved_by: None,
                state: StatementState::DrawnUp,
                by: actor,
                at,
            }
        }
        StatementStep::SendBack => {
            let before = before.ok_or(Refusal::NotFound)?;
            may_approve(actor, payee, before.drawn_by, facts)?;
            match before.state {
                StatementState::DrawnUp | StatementState::Approved => {
                    moved(before, StatementState::SentBack, actor, at)
                }
                _ => return Err(Refusal::AlreadySettled),
            }
        }
        StatementStep::Approve(drawn) => {
            let before = judged(payee, before, StatementState::DrawnUp, drawn, actor, facts)?;
            must_be_whole(payee, period, drawn, facts)?;
            StatementStanding {
                approved_by: Some(actor),
                ..moved(before, StatementState::Approved, actor, at)
            }
        }
        StatementStep::Lock(drawn) => {
            let before = judged(payee, before, StatementState::Approved, drawn, actor, facts)?;
            must_be_whole(payee, period, drawn, facts)?;
            moved(before, StatementState::Locked, actor, at)
        }
    };
    Ok(vec![FactChange {
        key: FactKey::PayStatement(payee, period),
        fact: Some(Fact::PayStatement(after)),
    }])
}

fn judged<'a>(
    payee: PersonId,
    before: Option<&'a StatementStanding>,
    state: StatementState,
    drawn: &DrawnUp,
    actor: PersonId,
    facts: &Facts,
) -> Result<&'a StatementStanding, Refusal> {
    let before = before.ok_or(Refusal::NotFound)?;
    may_approve(actor, payee, before.drawn_by, facts)?;
    if before.state != state {
        return Err(Refusal::AlreadySettled);
    }
    match before.drawn == *drawn {
        true => Ok(before),
        false => Err(Refusal::NotAsSubmitted),
    }
}

/// A period that has begun, of which no day is locked.
fn must_be_open(
    payee: PersonId,
    period: PayPeriod,
    at: Instant,
    facts: &Facts,
) -> Result<(), Refusal> {
    if !period.is_one() || at.day() < period.from {
        return Err(Refusal::OutOfRange);
    }
    let mut known = of(payee, facts);
    let locked = known.any(|(other, standing)| {
        standing.state == StatementState::Locked
            && other.from <= period.to
            && period.from <= other.to
    });
    (!locked).then_some(()).ok_or(Refusal::AlreadySettled)
}

/// It takes into account what was approved, and nothing waits for its approval.
fn must_be_whole(
    payee: PersonId,
    period: PayPeriod,
    drawn: &DrawnUp,
    facts: &Facts,
) -> Result<(), Refusal> {
    match adjustments_due(payee, period, facts)? == drawn.adjustments {
        true => Ok(()),
        false => Err(Refusal::NotAsSubmitted),
    }
}

/// All of one person's.
pub fn of(payee: PersonId, facts: &Facts) -> impl Iterator<Item = (PayPeriod, &StatementStanding)> {
    let known = facts.pay_statements.range((payee, PayPeriod::FIRST)..);
    known
        .take_while(move |((person, _), _)| *person == payee)
        .map(|((_, period), standing)| (*period, standing))
}

fn moved(
    before: &StatementStanding,
    state: StatementState,
    by: PersonId,
    at: Instant,
) -> StatementStanding {
    StatementStanding {
        state,
        by,
        at,
        ..before.clone()
    }
}
