//! What becomes of a push.

use caravan_domain::id::{DeviceId, PersonId};
use caravan_domain::policy;
use caravan_domain::time::Instant;

use super::authentic::{Checked, checked};
use super::core::{DeviceHead, Link, RelayCore, RelayError};
use super::index::{SequencedFact, VisibilityChange};
use super::judge::Judgement;
use super::log::{Log, LogEntry};
use super::pending::Pending;
use super::refill::{Refill, is_change, may_pass};
use crate::cursor::Sequence;
use crate::envelope::{Envelope, Hash, Signature};
use crate::frame::{Quarantine, Receipt, Rejection, Verdict};
use crate::join::PublicKey;

/// Whether the signature over these bytes is by this key. The arithmetic is the shell's.
pub type Verify<'a> = dyn Fn(&PublicKey, &[u8], &Signature) -> bool + 'a;

/// What is to be written, in one transaction, and what may be said once it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Admission {
    pub appends: Vec<LogEntry>,
    pub facts: Vec<SequencedFact>,
    pub visibility: Vec<VisibilityChange>,
    /// For each envelope of the push, in order.
    pub receipts: Vec<Receipt>,
    /// Devices to be cut off.
    pub revoked: Vec<DeviceId>,
    /// Entries that were accepted and are without effect from now on.
    pub quarantined: Vec<Quarantined>,
    /// Up to here everything may be passed on.
    pub released: Option<Sequence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarantined {
    pub sequence: Sequence,
    pub reason: Quarantine,
}

/// How an envelope comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// From its own device.
    Pushed,
    /// The same, of a log that was restored once: what its device has no more leaves a gap.
    Gapped(Refill),
    /// The same, while the log is refilled.
    Returned(Refill),
    /// From somebody else, while the log is refilled.
    Given(Refill),
    /// From somebody else, when it is not: only what the log has is told.
    TooLate,
}

impl Manner {
    const fn refill(self) -> Option<Refill> {
        match self {
            Self::Returned(refill) | Self::Given(refill) => Some(refill),
            Self::Pushed | Self::Gapped(_) | Self::TooLate => None,
        }
    }
}

/// Whose envelopes come, and how.
pub(super) struct Chain {
    pub(super) device: DeviceId,
    pub(super) key: PublicKey,
    pub(super) manner: Manner,
}

/// Where an envelope stands in its device's chain.
enum Place {
    Free(Link),
    /// The device has used this number before.
    Again(Hash),
    Gap,
    /// It does not even have a place: it is not kept.
    Nowhere(Rejection),
}

impl RelayCore {
    /// Takes in a push by `device`, whose session the shell has checked. Every envelope is either
    /// accepted, or refused and kept as evidence, or not looked at because one before it is missing;
    /// while the log is refilled one may also [wait](Verdict::Waits). A refusal never holds up what
    /// comes after it.
    ///
    /// # Errors
    /// `UnknownDevice`; or the log's failure, after which the pending state must be dropped.
    pub fn admit<L: Log>(
        &self,
        pending: &mut Pending,
        now: Instant,
        device: DeviceId,
        envelopes: &[Envelope],
        verify: &Verify<'_>,
        log: &L,
    ) -> Result<Admission, RelayError<L::Error>> {
        let mut admission = Admission::default();
        let head = self.head(pending, device);
        let head = head.ok_or(RelayError::UnknownDevice)?;
        let manner = match self.refill {
            None => Manner::Pushed,
            Some(refill) if now < refill.until => Manner::Returned(refill),
            Some(refill) => match envelopes.first() {
                Some(first) if !follows(first, head) => Manner::Gapped(refill),
                _ => Manner::Pushed,
            },
        };
        let key = head.key.clone();
        let chain = Chain {
            device,
            key,
            manner,
        };
        self.take(pending, now, &chain, envelopes, verify, log, &mut admission)?;
        Ok(admission)
    }

    /// Envelopes for one device's chain, with a receipt for each.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a push needs, and whose it is"
    )]
    pub(super) fn take<L: Log>(
        &self,
        pending: &mut Pending,
        now: Instant,
        chain: &Chain,
        envelopes: &[Envelope],
        verify: &Verify<'_>,
        log: &L,
        admission: &mut Admission,
    ) -> Result<(), RelayError<L::Error>> {
        let vouching = chain.manner == Manner::Pushed;
        // Decisions of one device keep their order, whatever comes back first.
        let mut decision_waits = false;
        for checked in checked(self.workspace, &chain.key, envelopes, vouching, verify) {
            let envelope = checked.envelope;
            let head = self.head(pending, chain.device);
            let head = head.ok_or(RelayError::UnknownDevice)?;
            let refused = |reason| Verdict::Refused { at: now, reason };
            let verdict = match place(&checked, chain, head) {
                Place::Nowhere(reason) => refused(reason),
                Place::Gap => Verdict::OutOfOrder {
                    expected: head.tail().0.saturating_add(1),
                },
                Place::Again(hash) => self.repeat(pending, now, envelope, hash, log)?,
                Place::Free(_) if decision_waits && !is_change(envelope) => Verdict::Waits,
                Place::Free(_) if self.is_unfounded_gap(pending, chain, envelope, log)? => {
                    let head = self.head(pending, chain.device);
                    let head = head.ok_or(RelayError::UnknownDevice)?;
                    Verdict::OutOfOrder {
                        expected: head.tail().0.saturating_add(1),
                    }
                }
                Place::Free(link) => {
                    let head = self.head(pending, chain.device);
                    let head = head.ok_or(RelayError::UnknownDevice)?;
                    let mut head = head.clone();
                    match self.judged(pending, now, &checked, chain.manner, log)? {
                        Judged::Counts(judgement) => {
                            self.lose_given(pending, envelope, &judgement, admission);
                            head.hang(envelope.sequence, link);
                            pending.heads.insert(chain.device, head);
                            pending.append(now, envelope, link.hash, judgement, admission)
                        }
                        Judged::Waits => Verdict::Waits,
                        Judged::Leaves(reason) => refused(reason),
                    }
                }
            };
            decision_waits |= verdict == Verdict::Waits && !is_change(envelope);
            admission.receipts.push(receipt(envelope, verdict));
        }
        Ok(())
    }

    /// A log that was rebuilt does not know who had to part with what before. Whoever gives back what they wrote in a document
    /// that is not theirs to read any more still has it.
    fn lose_given(
        &self,
        pending: &mut Pending,
        envelope: &Envelope,
        judgement: &Judgement,
        admission: &mut Admission,
    ) {
        let document = envelope.document;
        let Some(refill) = self.refill.filter(|it| it.facts_of.is_some()) else {
            return;
        };
        // Whoever begins a client comes to read it by that.
        let nothing_else = matches!(&judgement.effects, Ok(effects) if effects.is_empty());
        if !is_change(envelope) || !nothing_else {
            return;
        }
        let author = pending.facts.author(envelope.device);
        let reads = |person: &PersonId| policy::may_read(*person, document, &pending.facts);
        let Some(person) = author.filter(|person| !reads(person)) else {
            return;
        };
        let known = pending.visibility.iter();
        let mut known = known.filter(|it| (it.person, it.document) == (person, document));
        if self.visibility.lost_at(person, document).is_some() || known.any(|it| !it.gained) {
            return;
        }
        // It was lost before: nobody may write for its sake until the refill is over.
        let lost = VisibilityChange {
            sequence: refill.since,
            person,
            document,
            gained: false,
        };
        pending.visibility.push(lost);
        admission.visibility.push(lost);
    }

    /// After a refill a gap is left only before what does not rest on what is missing.
    fn is_unfounded_gap<L: Log>(
        &self,
        pending: &mut Pending,
        chain: &Chain,
        envelope: &Envelope,
        log: &L,
    ) -> Result<bool, RelayError<L::Error>> {
        let Manner::Gapped(refill) = chain.manner else {
            return Ok(false);
        };
        Ok(!self.leeway(pending, refill, envelope, log)?.founded)
    }

    /// What becomes of an envelope that has a place.
    fn judged<L: Log>(
        &self,
        pending: &mut Pending,
        now: Instant,
        checked: &Checked<'_>,
        manner: Manner,
        log: &L,
    ) -> Result<Judged, RelayError<L::Error>> {
        let Some(refill) = manner.refill() else {
            let judgement = self.judge(pending, now, checked, None, log)?;
            return Ok(Judged::Counts(judgement));
        };
        let leeway = self.leeway(pending, refill, checked.envelope, log)?;
        let judgement = self.judge(pending, now, checked, Some(leeway), log)?;
        let given = matches!(manner, Manner::Given(_));
        Ok(match &judgement.effects {
            Ok(_) if !leeway.founded => Judged::Waits,
            Err(reason) if may_pass(*reason) => Judged::Waits,
            Err(reason) if given => Judged::Leaves(*reason),
            _ => Judged::Counts(judgement),
        })
    }

    pub(super) fn head<'a>(
        &'a self,
        pending: &'a Pending,
        device: DeviceId,
    ) -> Option<&'a DeviceHead> {
        let pending = pending.heads.get(&device);
        pending.or_else(|| self.heads.get(&device))
    }

    /// The receipt that was given the first time.
    fn repeat<L: Log>(
        &self,
        pending: &Pending,
        now: Instant,
        envelope: &Envelope,
        hash: Hash,
        log: &L,
    ) -> Result<Verdict, RelayError<L::Error>> {
        let number = (envelope.device, envelope.sequence);
        let stored = match pending.pushed.get(&number) {
            Some(entry) => Some(entry.clone()),
            None => log.pushed(number.0, number.1).map_err(RelayError::Log)?,
        };
        Ok(match stored {
            Some(entry) if entry.hash == hash => entry.verdict(),
            _ => Verdict::Refused {
                at: now,
                reason: Rejection::Forked,
            },
        })
    }
}

/// What a refill makes of a judgement.
enum Judged {
    /// It is kept, accepted or refused.
    Counts(Judgement),
    Waits,
    /// It leaves no trace: who gave it is not who wrote it.
    Leaves(Rejection),
}

pub(super) const fn receipt(envelope: &Envelope, verdict: Verdict) -> Receipt {
    Receipt {
        sequence: envelope.sequence,
        verdict,
    }
}

/// Nothing is missing right before it, at the end of the chain.
fn follows(envelope: &Envelope, head: &DeviceHead) -> bool {
    envelope.sequence <= head.tail().0.saturating_add(1)
}

fn place(checked: &Checked<'_>, chain: &Chain, head: &DeviceHead) -> Place {
    let envelope = checked.envelope;
    let sequence = envelope.sequence;
    if envelope.device != chain.device {
        return Place::Nowhere(Rejection::WrongActor);
    }
    if !follows(envelope, head) && chain.manner == Manner::Pushed {
        return Place::Gap;
    }
    let Some(hash) = checked.hash else {
        return Place::Nowhere(Rejection::Malformed);
    };
    if sequence <= head.sequence || head.ahead.contains_key(&sequence) {
        return Place::Again(hash);
    }
    let link = Link {
        hash,
        previous: Some(envelope.previous),
    };
    match chain.manner {
        Manner::TooLate => Place::Nowhere(Rejection::NotAllowed),
        Manner::Given(_) if !is_change(envelope) => Place::Nowhere(Rejection::NotAllowed),
        _ if !head.fits(sequence, link) => Place::Nowhere(Rejection::Forked),
        _ => Place::Free(link),
    }
}

impl Pending {
    fn append(
        &mut self,
        now: Instant,
        envelope: &Envelope,
        hash: Hash,
        judgement: Judgement,
        admission: &mut Admission,
    ) -> Verdict {
        self.position += 1;
        let entry = LogEntry {
            sequence: self.position,
            document: envelope.document,
            hash,
            device: envelope.device,
            device_sequence: envelope.sequence,
            received_at: now,
            refusal: judgement.effects.as_ref().err().copied(),
            envelope: envelope.to_bytes(),
        };
        match judgement.effects {
            Ok(effects) => {
                self.accepted.extend(judgement.change);
                self.settle(effects, admission);
            }
            Err(_) => self.refused.extend(entry.refused_change()),
        }
        let verdict = entry.verdict();
        self.pushed
            .insert((envelope.device, envelope.sequence), entry.clone());
        admission.appends.push(entry);
        verdict
    }
}
