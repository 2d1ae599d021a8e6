//! Whether an envelope that is the device's next one counts, and what follows if it does.

use caravan_domain::clients::ownership;
use caravan_domain::decision;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::FactChange;
use caravan_domain::id::PersonId;
use caravan_domain::policy;
use caravan_domain::time::Instant;

use super::authentic::Checked;
use super::core::{RelayCore, RelayError};
use super::log::Log;
use super::pending::Pending;
use super::refill::Leeway;
use super::snapshot::changes_of_base;
use crate::change::{self, ChangeHeader};
use crate::columns;
use crate::envelope::{Envelope, Hash, PAYLOAD_MAX, Payload};
use crate::frame::Rejection;

pub(super) struct Judgement {
    /// The facts that the envelope changes; or why it changes nothing.
    pub(super) effects: Result<Vec<FactChange>, Rejection>,
    /// The change that was accepted.
    pub(super) change: Option<Hash>,
}

impl Judgement {
    fn refused(reason: Rejection) -> Self {
        Self {
            effects: Err(reason),
            change: None,
        }
    }
}

impl RelayCore {
    pub(super) fn judge<L: Log>(
        &self,
        pending: &Pending,
        now: Instant,
        checked: &Checked<'_>,
        leeway: Option<Leeway>,
        log: &L,
    ) -> Result<Judgement, RelayError<L::Error>> {
        let envelope = checked.envelope;
        if !checked.authentic {
            return Ok(Judgement::refused(Rejection::BadSignature));
        }
        if envelope.payload.bytes().len() > PAYLOAD_MAX {
            return Ok(Judgement::refused(Rejection::TooLarge));
        }
        match &envelope.payload {
            Payload::Decision(_) => Ok(Judgement {
                effects: decide(pending, now, envelope),
                change: None,
            }),
            Payload::Change(bytes) => match change::header(bytes) {
                Err(_) => Ok(Judgement::refused(Rejection::Malformed)),
                Ok(header) => match columns::longest(bytes) {
                    Err(_) => Ok(Judgement::refused(Rejection::Malformed)),
                    Ok(columns::ITEMS_MAX..) => Ok(Judgement::refused(Rejection::TooLarge)),
                    Ok(_) => self.judge_change(pending, envelope, &header, leeway, log),
                },
            },
        }
    }

    fn judge_change<L: Log>(
        &self,
        pending: &Pending,
        envelope: &Envelope,
        header: &ChangeHeader,
        leeway: Option<Leeway>,
        log: &L,
    ) -> Result<Judgement, RelayError<L::Error>> {
        if header.actor != envelope.device {
            return Ok(Judgement::refused(Rejection::WrongActor));
        }
        let document = envelope.document;
        if pending.facts.is_erased(document) {
            return Ok(Judgement::refused(Rejection::Erased));
        }
        let given = Judgement {
            effects: Ok(Vec::new()),
            change: Some(header.hash),
        };
        if leeway.is_some_and(|leeway| leeway.given) {
            // It stands in what the log was rebuilt with, and only its proof is new.
            return Ok(given);
        }
        let author = author(pending, envelope)
            .filter(|person| policy::may_write(*person, document, &pending.facts));
        let author = match leeway {
            Some(leeway) if author.is_none() => self.could_write(pending, leeway, envelope),
            _ => author,
        };
        let rebuilt = self.refill.is_some_and(|it| it.facts_of.is_some());
        if author.is_none() && rebuilt && changes_of_base(document, log)?.contains(&header.hash) {
            return Ok(given);
        }
        let reason = match author {
            _ if self.rests_on_refused(pending, header) => Rejection::RestsOnRefused,
            Some(person) => {
                return Ok(Judgement {
                    effects: Ok(first_grant(pending, document, person)),
                    change: Some(header.hash),
                });
            }
            None => Rejection::NotAllowed,
        };
        // Refusing once more what counts already must not bring down what rests on it.
        let counts = pending.accepted.contains(&header.hash)
            || self.is_accepted(document, header.hash, log)?;
        Ok(Judgement::refused(match counts {
            true => Rejection::Repeated,
            false => reason,
        }))
    }

    fn rests_on_refused(&self, pending: &Pending, header: &ChangeHeader) -> bool {
        let mut hashes = header.dependencies.iter().chain([&header.hash]);
        hashes.any(|hash| self.refused.contains(hash) || pending.refused.contains(hash))
    }

    fn is_accepted<L: Log>(
        &self,
        document: DocumentId,
        hash: Hash,
        log: &L,
    ) -> Result<bool, RelayError<L::Error>> {
        let entries = log.document_entries(document, 0).map_err(RelayError::Log)?;
        Ok(entries.iter().any(|entry| {
            entry.refusal.is_none()
                && Envelope::from_bytes(&entry.envelope)
                    .is_some_and(|stored| stored.payload.hash() == Ok(hash))
        }))
    }
}

fn decide(
    pending: &Pending,
    now: Instant,
    envelope: &Envelope,
) -> Result<Vec<FactChange>, Rejection> {
    let decision = envelope.payload.decision();
    let decision = decision
        .filter(|_| envelope.document == DocumentId::WORKSPACE)
        .ok_or(Rejection::Malformed)?;
    let person = author(pending, envelope).ok_or(Rejection::NotAllowed)?;
    if decision.device().is_some_and(|it| it != envelope.device) {
        return Err(Rejection::Malformed);
    }
    decision::decide(&decision, person, now, &pending.facts).map_err(Rejection::Decision)
}

/// Who writes, as long as the device is not revoked.
fn author(pending: &Pending, envelope: &Envelope) -> Option<PersonId> {
    let device = pending.facts.devices.get(&envelope.device)?;
    device.revoked_at.is_none().then_some(device.person)
}

/// A client belongs to whoever writes it down first.
fn first_grant(pending: &Pending, document: DocumentId, author: PersonId) -> Vec<FactChange> {
    let fresh =
        document.kind == DocumentKind::Client && !pending.facts.grants.contains_key(&document);
    fresh
        .then(|| ownership::first_grant(document, author))
        .into_iter()
        .collect()
}
