//! Where an order stands: decided by the relay, so that two people are not told different things.
//!
//! The relay judges without reading the order. That somebody submits it is a decision too: so the
//! relay knows who wrote it, whose it is and what it says, and need not believe whoever accepts it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{ClientId, OrderId, OrderVersionId, PersonId};
use crate::money::Fen;
use crate::orders::digest::OrderDigest;
use crate::orders::rights::{manages_client, may_sell};
use crate::role::Role;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDecision {
    pub client: ClientId,
    pub order: OrderId,
    pub step: OrderStep,
}

/// New steps are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderStep {
    /// Also what replaces what was submitted before, as long as that is not accepted.
    Submit(Submission),
    Withdraw,
    /// What was submitted, and nothing newer.
    Accept(Submission),
    /// Why in words stands in the order itself.
    TurnDown {
        version: OrderVersionId,
        reason: TurnDownReason,
    },
}

/// What a version of an order comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Submission {
    pub version: OrderVersionId,
    pub representative: PersonId,
    pub amount: Fen,
    pub digest: OrderDigest,
}

/// A few words and no text: the decision stays in the log when everything else is gone. New reasons
/// are added at the end: the position is the number on the wire.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum TurnDownReason {
    #[default]
    Price,
    Stock,
    Credit,
    Incomplete,
    Duplicate,
    Other,
}

words!(TurnDownReason {
    Price = "price",
    Stock = "stock",
    Credit = "credit",
    Incomplete = "incomplete",
    Duplicate = "duplicate",
    Other = "other",
});

/// Where an order stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderStanding {
    pub submission: Submission,
    pub submitted_by: PersonId,
    pub submitted_at: Instant,
    /// Whoever submitted any version of it.
    pub authors: BTreeSet<PersonId>,
    pub state: OrderState,
    /// Who brought it there, and when.
    pub by: PersonId,
    pub at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrderState {
    Submitted,
    Withdrawn,
    Accepted,
    TurnedDown(TurnDownReason),
}

pub(crate) fn decide(
    decision: &OrderDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let OrderDecision {
        client,
        order,
        step,
    } = decision;
    let before = facts.orders.get(&(*client, *order));
    let before = before.as_ref();
    let after = match step {
        OrderStep::Submit(submission) => submit(*submission, before, *client, actor, at, facts)?,
        OrderStep::Withdraw => withdraw(before, *client, actor, at, facts)?,
        OrderStep::Accept(submission) => {
            let waiting = processed(before, submission.version, *client, actor, facts)?;
            if waiting.submission != *submission {
                return Err(Refusal::NotAsSubmitted);
            }
            moved(waiting, OrderState::Accepted, actor, at)
        }
        OrderStep::TurnDown { version, reason } => {
            let waiting = processed(before, *version, *client, actor, facts)?;
            moved(waiting, OrderState::TurnedDown(*reason), actor, at)
        }
    };
    Ok(vec![FactChange {
        key: FactKey::Order(*client, *order),
        fact: Some(Fact::Order(after)),
    }])
}

fn submit(
    submission: Submission,
    before: Option<&OrderStanding>,
    client: ClientId,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<OrderStanding, Refusal> {
    let sells = |person| may_sell(person, client, facts);
    if !sells(actor) || !sells(submission.representative) || submission.amount < Fen::ZERO {
        return Err(Refusal::NotAllowed);
    }
    if before.is_some_and(|before| before.state == OrderState::Accepted) {
        return Err(Refusal::AlreadySettled);
    }
    let mut authors = before
        .map(|before| before.authors.clone())
        .unwrap_or_default();
    authors.insert(actor);
    Ok(OrderStanding {
        submission,
        submitted_by: actor,
        submitted_at: at,
        authors,
        state: OrderState::Submitted,
        by: actor,
        at,
    })
}

fn withdraw(
    before: Option<&OrderStanding>,
    client: ClientId,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<OrderStanding, Refusal> {
    let before = before.ok_or(Refusal::NotFound)?;
    let theirs = before.authors.contains(&actor) || manages_client(actor, client, facts);
    if !theirs || !may_sell(actor, client, facts) {
        return Err(Refusal::NotAllowed);
    }
    match before.state {
        OrderState::Submitted => Ok(moved(before, OrderState::Withdrawn, actor, at)),
        _ => Err(Refusal::AlreadySettled),
    }
}

/// What waits for the order desk, if `actor` is one of those who may say something to it.
fn processed<'a>(
    before: Option<&'a OrderStanding>,
    version: OrderVersionId,
    client: ClientId,
    actor: PersonId,
    facts: &Facts,
) -> Result<&'a OrderStanding, Refusal> {
    let before = before.ok_or(Refusal::NotFound)?;
    may_decide(actor, client, before, facts)?;
    if before.state != OrderState::Submitted {
        return Err(Refusal::AlreadySettled);
    }
    match before.submission.version == version {
        true => Ok(before),
        false => Err(Refusal::NotAsSubmitted),
    }
}

/// Whether `person` may accept the order or turn it down.
///
/// # Errors
/// `NotAllowed` for whoever is not of the order desk, `NotSeparate` for one who looks after the
/// client, wrote the order or is paid for it.
pub fn may_decide(
    person: PersonId,
    client: ClientId,
    standing: &OrderStanding,
    facts: &Facts,
) -> Result<(), Refusal> {
    let has_part = standing.authors.contains(&person)
        || standing.submission.representative == person
        || manages_client(person, client, facts);
    match (facts.has_role(person, Role::OrderDesk), has_part) {
        (false, _) => Err(Refusal::NotAllowed),
        (true, true) => Err(Refusal::NotSeparate),
        (true, false) => Ok(()),
    }
}

fn moved(before: &OrderStanding, state: OrderState, by: PersonId, at: Instant) -> OrderStanding {
    OrderStanding {
        state,
        by,
        at,
        ..before.clone()
    }
}
