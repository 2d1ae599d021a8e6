//! What the relay keeps in memory of a workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use caravan_domain::clients::erasure::{Erased, erasure};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactChange, Facts};
use caravan_domain::id::{DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;

use super::admit::Admission;
use super::index::{FactIndex, SequencedFact, VisibilityChange, VisibilityIndex};
use super::pending::Pending;
use super::recent::{FactsThen, Recent};
use super::refill::Refill;
use crate::cursor::Sequence;
use crate::envelope::Hash;
use crate::join::PublicKey;

/// One workspace. Documents are not here: the log has them.
#[derive(Debug, Clone)]
pub struct RelayCore {
    pub(super) workspace: WorkspaceId,
    pub(super) facts: Arc<Facts>,
    /// The same facts once more, for the next pending state to change: copying those of a large
    /// workspace for each group of writes is most of what writing would cost.
    spare: Option<Arc<Facts>>,
    pub(super) position: Sequence,
    /// Up to here everything was looked into and may be passed on.
    pub(super) released: Sequence,
    pub(super) heads: BTreeMap<DeviceId, DeviceHead>,
    /// Changes without effect, so that nothing is accepted that rests on them.
    pub(super) refused: BTreeSet<Hash>,
    /// What goes back to each device.
    pub(super) quarantined: BTreeMap<DeviceId, BTreeSet<Sequence>>,
    /// What was settled since `released`.
    pub(super) recent: Recent,
    pub(super) fact_index: FactIndex,
    pub(super) visibility: VisibilityIndex,
    pub(super) refill: Option<Refill>,
}

/// Where a device's chain of envelopes stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DeviceHead {
    /// Up to here the log has every envelope.
    pub(super) sequence: u64,
    pub(super) hash: Hash,
    pub(super) key: PublicKey,
    /// What a refill has put beyond, by its number; empty in a log that was never restored.
    pub(super) ahead: BTreeMap<u64, Link>,
}

/// How an envelope hangs in its device's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) hash: Hash,
    /// `None` of what was erased, which nobody can read.
    pub(super) previous: Option<Hash>,
}

impl DeviceHead {
    /// The number and hash of the last envelope in the log.
    pub(super) fn tail(&self) -> (u64, Hash) {
        match self.ahead.last_key_value() {
            Some((sequence, link)) => (*sequence, link.hash),
            None => (self.sequence, self.hash),
        }
    }

    /// Whether both neighbours, as far as they are there, name each other.
    pub(super) fn fits(&self, sequence: u64, link: Link) -> bool {
        let before = match sequence.checked_sub(1) {
            Some(before) if before == self.sequence => Some(self.hash),
            Some(before) => self.ahead.get(&before).map(|it| it.hash),
            None => None,
        };
        let after = sequence.checked_add(1).and_then(|it| self.ahead.get(&it));
        let names = |link: &Link, hash| link.previous.is_none_or(|previous| previous == hash);
        before.is_none_or(|hash| names(&link, hash))
            && after.is_none_or(|after| names(after, link.hash))
    }

    pub(super) fn hang(&mut self, sequence: u64, link: Link) {
        if sequence != self.sequence + 1 {
            self.ahead.insert(sequence, link);
            return;
        }
        (self.sequence, self.hash) = (sequence, link.hash);
        while let Some(link) = self.ahead.remove(&(self.sequence + 1)) {
            self.sequence += 1;
            self.hash = link.hash;
        }
    }
}

/// What a store gives back of a workspace when it is opened.
#[derive(Debug, Clone, Default)]
pub struct Restored {
    /// The log's last sequence; that of a later fact or visibility change is found by itself.
    pub position: Sequence,
    /// Up to here everything was looked into.
    pub released: Sequence,
    pub facts: Vec<SequencedFact>,
    pub visibility: Vec<VisibilityChange>,
    pub devices: Vec<RestoredDevice>,
    /// [`LogEntry::refused_change`](super::LogEntry::refused_change) of every refused entry.
    pub refused: Vec<Hash>,
    /// Every entry that was quarantined.
    pub quarantined: Vec<(DeviceId, Sequence)>,
    /// Of a log that was restored from a backup.
    pub refill: Option<Refill>,
}

#[derive(Debug, Clone)]
pub struct RestoredDevice {
    pub device: DeviceId,
    pub key: PublicKey,
    /// Of the last envelope up to which none is missing; 0 and [`Hash::NONE`] before the first.
    pub sequence: u64,
    pub hash: Hash,
    /// What stands beyond a gap, in order.
    pub ahead: Vec<Ahead>,
}

/// An envelope in the log before which another is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    pub sequence: u64,
    pub hash: Hash,
    /// `None` of what was erased, which nobody can read.
    pub previous: Option<Hash>,
}

impl RestoredDevice {
    /// Out of the device's entries in the order of its own count.
    #[must_use]
    pub fn new(device: DeviceId, key: PublicKey, chain: impl IntoIterator<Item = Ahead>) -> Self {
        let mut known = Self {
            device,
            key,
            sequence: 0,
            hash: Hash::NONE,
            ahead: Vec::new(),
        };
        for link in chain {
            if link.sequence == known.sequence + 1 && known.ahead.is_empty() {
                (known.sequence, known.hash) = (link.sequence, link.hash);
            } else {
                known.ahead.push(link);
            }
        }
        known
    }
}

/// Whether the relay talks to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Active(PersonId),
    /// The device was revoked or its person is no longer active: it must wipe itself.
    Revoked,
    Unknown,
}

#[derive(Debug, thiserror::Error)]
pub enum RelayError<E> {
    #[error("the log cannot be read")]
    Log(#[source] E),
    #[error("entry {0} of the log cannot be read back")]
    Damaged(Sequence),
    #[error("no such device")]
    UnknownDevice,
}

impl RelayCore {
    #[must_use]
    pub fn new(workspace: WorkspaceId) -> Self {
        Self::restore(workspace, Restored::default())
    }

    #[must_use]
    pub fn restore(workspace: WorkspaceId, restored: Restored) -> Self {
        let mut core = Self {
            workspace,
            facts: Arc::default(),
            spare: None,
            position: restored.position,
            released: restored.released,
            heads: BTreeMap::new(),
            refused: restored.refused.into_iter().collect(),
            quarantined: BTreeMap::new(),
            recent: Recent::default(),
            fact_index: FactIndex::default(),
            visibility: VisibilityIndex::default(),
            refill: restored.refill,
        };
        for known in restored.devices {
            let head = DeviceHead {
                sequence: known.sequence,
                hash: known.hash,
                key: known.key,
                ahead: BTreeMap::new(),
            };
            let ahead = known.ahead.into_iter().map(|it| {
                let Ahead { hash, previous, .. } = it;
                (it.sequence, Link { hash, previous })
            });
            let head = DeviceHead {
                ahead: ahead.collect(),
                ..head
            };
            core.heads.insert(known.device, head);
        }
        let mut facts = Facts::default();
        for fact in restored.facts {
            core.position = core.position.max(fact.sequence);
            core.fact_index.note(&fact);
            facts.apply(fact.change);
        }
        core.facts = Arc::new(facts);
        core.note_quarantined(restored.quarantined);
        core.note_visibility(&restored.visibility);
        core.released = core.released.min(core.position);
        core
    }

    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The facts as they were when each of the entries came that nobody has looked into yet. `former` is what the last
    /// stretch was looked into with.
    #[must_use]
    pub fn facts_then(&self, former: Option<FactsThen>) -> FactsThen {
        self.recent.facts_then(self.released, &self.facts, former)
    }

    /// The last sequence that was given out.
    #[must_use]
    pub fn position(&self) -> Sequence {
        self.position
    }

    /// The last sequence that may be passed on: what lies between is yet to be looked into
    /// ([`RelayCore::release`]).
    #[must_use]
    pub fn released(&self) -> Sequence {
        self.released
    }

    #[must_use]
    pub fn key(&self, device: DeviceId) -> Option<&PublicKey> {
        self.heads.get(&device).map(|head| &head.key)
    }

    /// How many envelopes of the device the log has, without a gap.
    #[must_use]
    pub fn received_from(&self, device: DeviceId) -> Option<u64> {
        self.heads.get(&device).map(|head| head.sequence)
    }

    #[must_use]
    pub fn standing(&self, device: DeviceId) -> Standing {
        match self.facts.devices.get(&device) {
            None => Standing::Unknown,
            Some(known) if known.revoked_at.is_some() => Standing::Revoked,
            Some(known) => match self.facts.active(known.person) {
                Some(_) => Standing::Active(known.person),
                None => Standing::Revoked,
            },
        }
    }

    /// A state to admit writes into; nothing of it counts before [`RelayCore::commit`], and it may
    /// be dropped instead.
    #[must_use]
    pub fn begin(&mut self) -> Pending {
        let facts = self.spare.take();
        let facts = facts.unwrap_or_else(|| Arc::clone(&self.facts));
        Pending::new(facts, self.position)
    }

    /// Brings in a device with its key, and the facts that came of it ([`super::join`]).
    pub fn bind(
        &self,
        pending: &mut Pending,
        device: DeviceId,
        key: PublicKey,
        changes: Vec<FactChange>,
    ) -> Admission {
        let head = DeviceHead {
            sequence: 0,
            hash: Hash::NONE,
            key,
            ahead: BTreeMap::new(),
        };
        pending.heads.insert(device, head);
        self.take_in(pending, changes)
    }

    /// Learns the key of a device that the facts name already, because the log was rebuilt without it.
    pub fn know(&self, pending: &mut Pending, device: DeviceId, key: PublicKey) {
        let head = DeviceHead {
            sequence: 0,
            hash: Hash::NONE,
            key,
            ahead: BTreeMap::new(),
        };
        pending.heads.entry(device).or_insert(head);
    }

    /// Of when the facts are that the log was rebuilt with, if it was.
    #[must_use]
    pub fn facts_of(&self) -> Option<Instant> {
        self.refill?.facts_of
    }

    /// Facts that follow from no envelope: what a client has answered, whom nobody knows by a key.
    pub fn take_in(&self, pending: &mut Pending, changes: Vec<FactChange>) -> Admission {
        pending.position += 1;
        let mut admission = Admission::default();
        pending.settle(changes, &mut admission);
        admission
    }

    /// Erases a document once more, after a backup brought back a log that does not know of it.
    pub fn erase_again(
        &self,
        pending: &mut Pending,
        document: DocumentId,
        erased: Erased,
    ) -> Admission {
        let mut admission = Admission::default();
        if !pending.facts.is_erased(document) {
            pending.position += 1;
            let changes = erasure(document, erased, &pending.facts);
            pending.settle(changes, &mut admission);
        }
        admission
    }

    /// Makes a pending state the present one. It must have been begun from this core, and nothing
    /// else committed since.
    pub fn commit(&mut self, pending: Pending) {
        let mut spare = std::mem::replace(&mut self.facts, pending.facts);
        for fact in &pending.changed {
            self.recent.note(fact, &spare);
            Arc::make_mut(&mut spare).apply(fact.change.clone());
        }
        self.spare = Some(spare);
        let all_released = self.released == self.position;
        self.position = pending.position;
        self.released = match pending.released {
            Some(released) => self.released.max(released).min(self.position),
            // Without a change there is nothing to look into.
            None if all_released && pending.accepted.is_empty() => self.position,
            None => self.released,
        };
        self.recent.forget(self.released);
        self.heads.extend(pending.heads);
        self.refused.extend(pending.refused);
        self.note_quarantined(pending.quarantined);
        for fact in &pending.changed {
            self.fact_index.note(fact);
        }
        self.note_visibility(&pending.visibility);
    }

    fn note_quarantined(&mut self, entries: Vec<(DeviceId, Sequence)>) {
        for (device, sequence) in entries {
            self.quarantined.entry(device).or_default().insert(sequence);
        }
    }

    fn note_visibility(&mut self, changes: &[VisibilityChange]) {
        for change in changes {
            self.position = self.position.max(change.sequence);
            self.visibility.note(change);
        }
    }
}
