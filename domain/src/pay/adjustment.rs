//! Adjustments, awards and penalties, as far as the relay decides about them (R37, R47, R48): proposed
//! by one, approved by another, neither of them the payee.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{Id, PersonId};
use crate::money::Fen;
use crate::pay::digest::PayDigest;
use crate::pay::rights::{may_approve, may_propose};
use crate::time::{Day, Instant};

/// What an adjustment is. Penalties have a closed list of reasons (R48); the case and what came of it
/// stand in the record, in words. New ones are added at the end: the position is the number on the wire.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum AdjustmentSort {
    #[default]
    Correction,
    Award,
    /// Given now, paid in parts later.
    Deferred,
    /// 劳动合同法 and 工资支付暂行规定 §16: damage that the person has to make good.
    PenaltyDamage,
    PenaltyRules,
    PenaltyDiversion,
    PenaltyAbsence,
}

words!(AdjustmentSort {
    Correction = "correction",
    Award = "award",
    Deferred = "deferred",
    PenaltyDamage = "penalty-damage",
    PenaltyRules = "penalty-rules",
    PenaltyDiversion = "penalty-diversion",
    PenaltyAbsence = "penalty-absence",
});

impl AdjustmentSort {
    #[must_use]
    pub const fn is_penalty(self) -> bool {
        matches!(
            self,
            Self::PenaltyDamage
                | Self::PenaltyRules
                | Self::PenaltyDiversion
                | Self::PenaltyAbsence
        )
    }
}

/// What an adjustment comes to; why stands in the payee's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Proposed {
    pub sort: AdjustmentSort,
    /// A penalty's as a positive sum.
    pub amount: Fen,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    pub digest: PayDigest,
}

/// New steps are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AdjustmentStep {
    Propose(Proposed),
    Withdraw,
    /// What was proposed, and nothing else.
    Approve(Proposed),
    TurnDown,
    /// Of a deferred award: nothing of it is paid from this day on (R47).
    Forfeit(#[serde(with = "crate::calendar::written")] Day),
}

/// Where an adjustment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustmentStanding {
    pub proposed: Proposed,
    pub author: PersonId,
    pub proposed_at: Instant,
    pub state: AdjustmentState,
    /// Who brought it there, and when.
    pub by: PersonId,
    pub at: Instant,
    #[serde(with = "crate::calendar::written::optional")]
    pub forfeited_on: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AdjustmentState {
    Proposed,
    Withdrawn,
    Approved,
    TurnedDown,
}

pub(super) fn decide(
    payee: PersonId,
    id: Id,
    step: AdjustmentStep,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts.pay_adjustments.get(&(payee, id));
    let after = match step {
        AdjustmentStep::Propose(proposed) => propose(payee, proposed, before, actor, at, facts)?,
        AdjustmentStep::Withdraw => {
            let waiting = waiting(before)?;
            let theirs = waiting.author == actor && may_propose(actor, payee, facts);
            theirs.then_some(()).ok_or(Refusal::NotAllowed)?;
            moved(waiting, AdjustmentState::Withdrawn, actor, at)
        }
        AdjustmentStep::Approve(proposed) => {
            let waiting = judged(payee, before, actor, facts)?;
            if waiting.proposed != proposed {
                return Err(Refusal::NotAsSubmitted);
            }
            moved(waiting, AdjustmentState::Approved, actor, at)
        }
        AdjustmentStep::TurnDown => {
            let waiting = judged(payee, before, actor, facts)?;
            moved(waiting, AdjustmentState::TurnedDown, actor, at)
        }
        AdjustmentStep::Forfeit(on) => forfeit(payee, on, before, actor, facts)?,
    };
    Ok(vec![FactChange {
        key: FactKey::PayAdjustment(payee, id),
        fact: Some(Fact::PayAdjustment(after)),
    }])
}

fn propose(
    payee: PersonId,
    proposed: Proposed,
    before: Option<&AdjustmentStanding>,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<AdjustmentStanding, Refusal> {
    if !may_propose(actor, payee, facts) {
        return Err(Refusal::NotAllowed);
    }
    if before.is_some() {
        return Err(Refusal::AlreadySettled);
    }
    if !is_sound(&proposed) {
        return Err(Refusal::OutOfRange);
    }
    Ok(AdjustmentStanding {
        proposed,
        author: actor,
        proposed_at: at,
        state: AdjustmentState::Proposed,
        by: actor,
        at,
        forfeited_on: None,
    })
}

/// Only a correction takes something back.
pub(super) fn is_sound(proposed: &Proposed) -> bool {
    let size = Fen(proposed.amount.0.saturating_abs());
    let signed = proposed.sort == AdjustmentSort::Correction || proposed.amount > Fen::ZERO;
    signed && size != Fen::ZERO && size <= Fen::MOST
}

fn forfeit(
    payee: PersonId,
    on: Day,
    before: Option<&AdjustmentStanding>,
    actor: PersonId,
    facts: &Facts,
) -> Result<AdjustmentStanding, Refusal> {
    let before = before.ok_or(Refusal::NotFound)?;
    may_approve(actor, payee, before.author, facts)?;
    let deferred = before.proposed.sort == AdjustmentSort::Deferred;
    if !deferred || before.state != AdjustmentState::Approved || before.forfeited_on.is_some() {
        return Err(Refusal::AlreadySettled);
    }
    Ok(AdjustmentStanding {
        forfeited_on: Some(on),
        ..*before
    })
}

fn waiting(before: Option<&AdjustmentStanding>) -> Result<&AdjustmentStanding, Refusal> {
    let before = before.ok_or(Refusal::NotFound)?;
    match before.state {
        AdjustmentState::Proposed => Ok(before),
        _ => Err(Refusal::AlreadySettled),
    }
}

fn judged<'a>(
    payee: PersonId,
    before: Option<&'a AdjustmentStanding>,
    actor: PersonId,
    facts: &Facts,
) -> Result<&'a AdjustmentStanding, Refusal> {
    let author = before.ok_or(Refusal::NotFound)?.author;
    may_approve(actor, payee, author, facts)?;
    waiting(before)
}

fn moved(
    before: &AdjustmentStanding,
    state: AdjustmentState,
    by: PersonId,
    at: Instant,
) -> AdjustmentStanding {
    AdjustmentStanding {
        state,
        by,
        at,
        ..*before
    }
}
