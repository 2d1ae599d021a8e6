//! What becomes of a push.

use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;

use super::authentic::{Checked, checked};
use super::core::{DeviceHead, RelayCore, RelayError};
use super::index::{SequencedFact, VisibilityChange};
use super::judge::Judgement;
use super::log::{Log, LogEntry};
use super::pending::Pending;
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

/// Where an envelope stands in its device's chain.
enum Place {
    Next(Hash),
    /// The device has used this number before.
    Again(Hash),
    Gap,
    /// It does not even have a place: it is not kept.
    Nowhere(Rejection),
}

impl RelayCore {
    /// Takes in a push by `device`, whose session the shell has checked. Every envelope is either
    /// accepted, or refused and kept as evidence, or not looked at because one before it is missing.
    /// A refusal never holds up what comes after it.
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
        let key = self.head(pending, device).map(|head| head.key.clone());
        let key = key.ok_or(RelayError::UnknownDevice)?;
        for checked in checked(self.workspace, &key, envelopes, verify) {
            let envelope = checked.envelope;
            let head = self.head(pending, device);
            let head = head.ok_or(RelayError::UnknownDevice)?;
            let verdict = match place(&checked, device, head) {
                Place::Nowhere(reason) => Verdict::Refused { at: now, reason },
                Place::Gap => Verdict::OutOfOrder {
                    expected: head.sequence + 1,
                },
                Place::Again(hash) => self.repeat(pending, now, envelope, hash, log)?,
                Place::Next(hash) => {
                    let judgement = self.judge(pending, now, &checked, log)?;
                    let head = DeviceHead {
                        sequence: envelope.sequence,
                        hash,
                        key: key.clone(),
                    };
                    pending.heads.insert(device, head);
                    pending.append(now, envelope, hash, judgement, &mut admission)
                }
            };
            admission.receipts.push(Receipt {
                sequence: envelope.sequence,
                verdict,
            });
        }
        Ok(admission)
    }

    fn head<'a>(&'a self, pending: &'a Pending, device: DeviceId) -> Option<&'a DeviceHead> {
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

fn place(checked: &Checked<'_>, device: DeviceId, head: &DeviceHead) -> Place {
    let envelope = checked.envelope;
    if envelope.device != device {
        return Place::Nowhere(Rejection::WrongActor);
    }
    if envelope.sequence > head.sequence + 1 {
        return Place::Gap;
    }
    match checked.hash {
        None => Place::Nowhere(Rejection::Malformed),
        Some(hash) if envelope.sequence <= head.sequence => Place::Again(hash),
        Some(_) if envelope.previous != head.hash => Place::Nowhere(Rejection::Forked),
        Some(hash) => Place::Next(hash),
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
