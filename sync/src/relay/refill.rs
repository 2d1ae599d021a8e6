//! A relay whose log was restored from a backup, while devices give back what it lacks. The reasons
//! are in `docs/decisions/0011-what-a-backup-lacks-comes-back.md`.
//!
//! What comes back comes in any order, from its author or from whoever reads what they wrote. So
//! what rests on something that has not come yet is not refused but waits, and is offered again; and
//! what was written before its author lost a right counts, although the loss came back first.

use std::collections::btree_map::{BTreeMap, Entry};

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{FactKey, Facts, PersonStatus};
use caravan_domain::id::{DeviceId, PersonId};
use caravan_domain::policy;
use caravan_domain::time::Instant;

use super::admit::{Admission, Chain, Manner, Verify};
use super::core::{RelayCore, RelayError};
use super::log::Log;
use super::pending::Pending;
use crate::change;
use crate::cursor::Sequence;
use crate::envelope::{Envelope, Hash, Payload};
use crate::frame::{Rejection, Verdict};

/// The time in which a restored log is filled up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refill {
    /// The backup's last sequence.
    pub since: Sequence,
    /// From then on envelopes are judged as ever.
    pub until: Instant,
}

/// What one envelope is allowed because the log is being refilled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leeway {
    refill: Refill,
    /// Everything it rests on is in the log.
    pub(super) founded: bool,
    /// Some of that came since the backup: whoever wrote it had read the document by then.
    rests_on_newer: bool,
}

/// The first change of each kind of document that has one (`documents/src/genesis.rs`): everybody
/// derives it, so it never comes.
pub const DERIVED: [Hash; 2] = [
    Hash([
        0x5b, 0x5b, 0x31, 0x58, 0x09, 0x13, 0x0d, 0xf5, 0x22, 0x65, 0x86, 0x46, 0xa2, 0x4d, 0x1d,
        0xff, 0x97, 0xaf, 0x14, 0x0a, 0x25, 0xd0, 0x98, 0xe6, 0x6a, 0x93, 0x3b, 0xb2, 0x61, 0xc0,
        0xb4, 0x99,
    ]),
    Hash([
        0xf0, 0xe4, 0x56, 0x80, 0x69, 0x5a, 0xe9, 0xd7, 0x05, 0xb9, 0xa6, 0x86, 0x2d, 0xde, 0xa1,
        0x19, 0xb1, 0x01, 0x0f, 0xa4, 0xb1, 0x27, 0xbc, 0x47, 0x29, 0x3f, 0x52, 0x8e, 0xc9, 0xc5,
        0xfa, 0xd3,
    ]),
];

impl RelayCore {
    /// As of a log that was restored from a backup just now.
    pub fn begin_refill(&mut self, refill: Refill) {
        self.refill = Some(refill);
    }

    /// When the refill ends, if there is one now.
    #[must_use]
    pub fn refilling(&self, now: Instant) -> Option<Refill> {
        self.refill.filter(|refill| now < refill.until)
    }

    /// The first of a device's numbers that the log lacks; `None` for a device it does not know.
    #[must_use]
    pub fn lacks_from(&self, device: DeviceId) -> Option<u64> {
        Some(self.heads.get(&device)?.sequence + 1)
    }

    /// Takes in others' envelopes, while the log is refilled: each goes into its author's chain, or
    /// leaves no trace. There is a receipt for each, in their order.
    ///
    /// # Errors
    /// The log's failure, after which the pending state must be dropped.
    pub fn refill<L: Log>(
        &self,
        pending: &mut Pending,
        now: Instant,
        envelopes: &[Envelope],
        verify: &Verify<'_>,
        log: &L,
    ) -> Result<Admission, RelayError<L::Error>> {
        let mut admission = Admission::default();
        let manner = match self.refilling(now) {
            Some(refill) => Manner::Given(refill),
            None => Manner::TooLate,
        };
        for run in envelopes.chunk_by(|one, next| one.device == next.device) {
            let device = run.first().map(|envelope| envelope.device);
            let key = device.and_then(|device| self.head(pending, device));
            let key = key.map(|head| head.key.clone());
            match (device, key) {
                (Some(device), Some(key)) => {
                    let chain = Chain {
                        device,
                        key,
                        manner,
                    };
                    self.take(pending, now, &chain, run, verify, log, &mut admission)?;
                }
                // It may come in again, by itself.
                _ => admission.receipts.extend(
                    run.iter()
                        .map(|envelope| super::admit::receipt(envelope, Verdict::Waits)),
                ),
            }
        }
        Ok(admission)
    }

    /// Whose it is, if they could have written it since the backup, although they may not now.
    pub(super) fn could_write(
        &self,
        pending: &Pending,
        leeway: Leeway,
        envelope: &Envelope,
    ) -> Option<PersonId> {
        let (facts, refill) = (&pending.facts, leeway.refill);
        let device = facts.devices.get(&envelope.device)?;
        let person = device.person;
        let revoked = device.revoked_at.is_some();
        if revoked && !self.changed_since(pending, refill, FactKey::Device(envelope.device)) {
            return None;
        }
        let document = envelope.document;
        // Nobody can name the hash of a change that they were not given.
        let has_read = leeway.rests_on_newer && document.kind != DocumentKind::Workspace;
        let may = has_read
            || policy::may_write(person, document, facts)
            || self.lost_since(pending, refill, person, document)
            || (self.changed_since(pending, refill, FactKey::Person(person))
                && would_if_active(person, document, facts));
        may.then_some(person)
    }

    fn changed_since(&self, pending: &Pending, refill: Refill, key: FactKey) -> bool {
        let here = self.fact_index.last(key) > Some(refill.since);
        here || pending.changed.iter().any(|fact| fact.change.key == key)
    }

    /// Whether the person read the document until something that came since the backup.
    fn lost_since(
        &self,
        pending: &Pending,
        refill: Refill,
        person: PersonId,
        document: DocumentId,
    ) -> bool {
        let lost = self.visibility.lost_at(person, document);
        let pending = pending.visibility.iter();
        let mut lost_now = pending.filter(|it| (it.person, it.document) == (person, document));
        document.kind != DocumentKind::Workspace
            && (lost > Some(refill.since) || lost_now.any(|it| !it.gained))
    }

    /// Looks for what the change rests on.
    pub(super) fn leeway<L: Log>(
        &self,
        pending: &mut Pending,
        refill: Refill,
        envelope: &Envelope,
        log: &L,
    ) -> Result<Leeway, RelayError<L::Error>> {
        let mut leeway = Leeway {
            refill,
            founded: true,
            rests_on_newer: false,
        };
        let Payload::Change(bytes) = &envelope.payload else {
            return Ok(leeway);
        };
        let rests_on = change::header(bytes).map_or_else(|_| Vec::new(), |it| it.dependencies);
        for hash in rests_on.iter().filter(|it| !DERIVED.contains(it)) {
            if pending.accepted.contains(hash) {
                leeway.rests_on_newer = true;
                continue;
            }
            let in_log = in_log(pending, envelope.document, log)?;
            match in_log.get(hash) {
                Some(sequence) => leeway.rests_on_newer |= *sequence > refill.since,
                None => leeway.founded = false,
            }
        }
        Ok(leeway)
    }
}

/// The accepted changes of a document by their place, read once for a whole group of writes.
fn in_log<'a, L: Log>(
    pending: &'a mut Pending,
    document: DocumentId,
    log: &L,
) -> Result<&'a BTreeMap<Hash, Sequence>, RelayError<L::Error>> {
    Ok(match pending.in_log.entry(document) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => {
            let entries = log.document_entries(document, 0).map_err(RelayError::Log)?;
            let accepted = entries.iter().filter(|entry| entry.refusal.is_none());
            let accepted = accepted.filter_map(|entry| Some((entry.change()?, entry.sequence)));
            place.insert(accepted.collect())
        }
    })
}

fn would_if_active(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let mut then = facts.clone();
    if let Some(known) = then.people.get_mut(&person) {
        known.status = PersonStatus::Active;
    }
    policy::may_write(person, document, &then)
}

/// Whether a refusal can be of the order alone in which a log is refilled.
pub(super) const fn may_pass(reason: Rejection) -> bool {
    matches!(reason, Rejection::NotAllowed | Rejection::Decision(_))
}

/// Whether it is a change: decisions are their author's to give back.
pub(super) const fn is_change(envelope: &Envelope) -> bool {
    matches!(envelope.payload, Payload::Change(_))
}
