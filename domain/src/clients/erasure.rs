//! A client erased for good: decided by the relay, and never taken back. What it means for the
//! bytes is the relay's affair: it destroys the document's key.

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{ClientId, PersonId};
use crate::role::Role;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EraseClient {
    pub client: ClientId,
    pub reason: ErasureReason,
}

/// One of a few words and no text: the decision stays in the log when everything else is gone.
/// New reasons are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ErasureReason {
    /// The client, or a person at it, asked for it.
    Asked,
    /// The time for which it may be kept is over.
    RetentionOver,
    /// It should never have been written down.
    Mistake,
}

impl ErasureReason {
    pub const ALL: [Self; 3] = [Self::Asked, Self::RetentionOver, Self::Mistake];
}

/// That a document was erased. Nothing of what it held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Erased {
    pub at: Instant,
    pub by: PersonId,
    pub reason: ErasureReason,
}

pub(crate) fn decide(
    decision: &EraseClient,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_erase(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    let document = DocumentId::from(decision.client);
    if facts.is_erased(document) {
        return Err(Refusal::AlreadySettled);
    }
    if !facts.grants.contains_key(&document) {
        return Err(Refusal::NotFound);
    }
    let erased = Erased {
        at,
        by: actor,
        reason: decision.reason,
    };
    Ok(erasure(document, erased, facts))
}

/// Whether `person` may erase clients at all.
#[must_use]
pub fn may_erase(person: PersonId, facts: &Facts) -> bool {
    facts.has_role(person, Role::Director) || facts.has_role(person, Role::Administrator)
}

/// What an erasure changes. The grant goes first: whoever had the document is found by it. What the client has said in
/// words goes with it.
#[must_use]
pub fn erasure(document: DocumentId, erased: Erased, facts: &Facts) -> Vec<FactChange> {
    let words = facts.survey_words.keys();
    let words = words.filter(|(_, client, _)| document == (*client).into());
    let words = words.map(|(about, client, reply)| FactKey::SurveyWords(*about, *client, *reply));
    let gone = [FactKey::Grant(document)].into_iter().chain(words);
    let gone = gone.map(|key| FactChange { key, fact: None });
    gone.chain([FactChange {
        key: FactKey::Erased(document),
        fact: Some(Fact::Erased(erased)),
    }])
    .collect()
}
