//! A relay whose log was restored from a backup, while devices give back what it lacks. The reasons
//! are in `docs/decisions/0011-what-a-backup-lacks-comes-back.md`.
//!
//! What comes back comes in any order, from its author or from whoever reads what they wrote. So
//! what rests on something that has not come yet is not refused but waits, and is offered again; and
//! what was written before its author lost a right counts, although the loss came back first.

use std::collections::btree_map::{BTreeMap, Entry};

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{FactKey, Facts, PersonStatus};
use caravan_domain::id::{ClientId, DeviceId, PersonId};
use caravan_domain::policy;
use caravan_domain::time::Instant;

use super::admit::{Admission, Chain, Manner, Verify};
use super::core::{RelayCore, RelayError};
use super::log::Log;
use super::pending::Pending;
use super::snapshot::changes_of_base;
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
    /// Of a log that was rebuilt from a device: of when its facts are ([`crate::rebuild::Claim::facts_of`]).
    pub facts_of: Option<Instant>,
}

/// What one envelope is allowed because the log is being refilled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leeway {
    refill: Refill,
    /// Everything it rests on is in the log.
    pub(super) founded: bool,
    /// Some of that came since the backup: whoever wrote it had read the document by then.
    rests_on_newer: bool,
    /// The log was rebuilt with it.
    pub(super) given: bool,
}

/// The changes that each kind of document begins with (`documents/src/genesis.rs`): everybody
/// derives them, so they never come.
pub const DERIVED: [Hash; 12] = [
    hash("5b5b315809130df522658646a24d1dff97af140a25d098e66a933bb261c0b499"),
    hash("d59c7e594ca06f3aacd5997c172784e54a1602d8a3c1cea5012e1fe005745464"),
    hash("f0e45680695ae9d705b9a6862ddea119b1010fa4b127bc47293f528ec9c5fad3"),
    hash("8a61757b4cf1103873b96d8e538eeebfbe25d3b0f06ff623e2de292d3c32d0df"),
    hash("a338c4cb95ccbad641fcdb90f72efc5b073c9ae765dcabc5090171d17767613e"),
    hash("d7020073493ed2bae64413b588c37bcb19501dc83577e538c54357c49757cb75"),
    hash("35aafb5c1a94b074d75e71244f24291b7fe4e56e2c3af48a96dc327c5a989676"),
    hash("ea4ad0f4917f9aa4edcc3b11d5ec5c9e8c3d8d08092b930dbb962661891ad362"),
    hash("abfa7be6d606ac4f571e72dda6c4f6d6f2c0fc0bffca6cf5401978db4600896f"),
    hash("5fcae2961c9c5fb7651b862fbf943644a6994db9646274c7c84ef4236e369d9c"),
    hash("b99c34c6627a21f57ddefc52a2400264d7762066d766440b46d19fdd9ebd2f72"),
    hash("0f60a94eb5cf216fa7e7ce15d90b0a94ba1ac7ba9db1d881f842a65fff206a74"),
];

/// From 64 lowercase hexadecimal digits.
const fn hash(digits: &str) -> Hash {
    const fn nibble(digit: u8) -> u8 {
        match digit {
            b'0'..=b'9' => digit - b'0',
            _ => digit - b'a' + 10,
        }
    }
    let digits = digits.as_bytes();
    let mut bytes = [0; 32];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = (nibble(digits[2 * at]) << 4) | nibble(digits[2 * at + 1]);
        at += 1;
    }
    Hash(bytes)
}

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
        let document = match document.kind {
            DocumentKind::Orders => ClientId(document.id).into(),
            _ => document,
        };
        let lost = self.visibility.lost_at(person, document);
        let pending = pending.visibility.iter();
        let mut lost_now = pending.filter(|it| (it.person, it.document) == (person, document));
        document.kind != DocumentKind::Workspace
            && (lost > Some(refill.since)
                || lost_now.any(|it| !it.gained && it.sequence > refill.since))
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
            given: false,
        };
        let Payload::Change(bytes) = &envelope.payload else {
            return Ok(leeway);
        };
        let Ok(header) = change::header(bytes) else {
            return Ok(leeway);
        };
        if refill.facts_of.is_some() {
            let in_log = in_log(pending, envelope.document, log)?;
            leeway.given = in_log.get(&header.hash) == Some(&GIVEN);
        }
        let rests_on = header.dependencies;
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

/// The place of what a rebuilt log begins with.
const GIVEN: Sequence = 0;

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
            // Also of what its author has given back since.
            let given = changes_of_base(document, log)?.into_iter();
            place.insert(accepted.chain(given.map(|hash| (hash, GIVEN))).collect())
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
