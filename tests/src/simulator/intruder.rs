//! A device that somebody else has got hold of: it holds a key the relay knows, and sends what no
//! engine would send. Bo pays for it; nobody else may notice.

use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, Id};
use caravan_domain::time::Instant;
use caravan_sync::cursor::{CatchUp, Cursor};
use caravan_sync::envelope::{Envelope, Hash, Payload, Signature};
use caravan_sync::frame::{Rejection, Verdict};
use caravan_sync::join::{JoinRequest, Joined, PublicKey};
use caravan_sync::relay::Standing;

use super::episode::assign;
use super::forge::{Fate, Forgery, forge};
use super::handset::signed;
use super::relay::WORKSPACE;
use super::word::Words;
use super::world::World;
use crate::dice::Dice;

pub(super) struct Intruder {
    key: [u8; 16],
    pub(super) device: DeviceId,
    sequence: u64,
    previous: Hash,
    pub(super) words: Words,
    /// A change of its own that was accepted.
    pub(super) written: Option<(DocumentId, Payload)>,
}

impl Intruder {
    pub(super) fn new(dice: &Dice, words: Words) -> Self {
        Self {
            key: dice.bytes(),
            device: DeviceId(Id::from_bytes(dice.bytes())),
            sequence: 0,
            previous: Hash::NONE,
            words,
            written: None,
        }
    }

    pub(super) fn join_request(&self, token: [u8; 16]) -> JoinRequest {
        JoinRequest {
            token,
            device: self.device,
            key: PublicKey(self.key.to_vec()),
            signature: Vec::new(),
            label: "curl".into(),
            name: String::new(),
            founding: None,
            password: String::new(),
        }
    }

    pub(super) fn joined(&mut self, joined: &Joined) {
        self.device = joined.device;
    }

    /// Chained and signed as it should be.
    pub(super) fn envelope(&self, at: Instant, document: DocumentId, payload: Payload) -> Envelope {
        self.sign(Envelope {
            document,
            device: self.device,
            sequence: self.sequence + 1,
            previous: self.previous,
            written_at: at,
            payload,
            signature: Signature([0; 64]),
        })
    }

    pub(super) fn sign(&self, mut envelope: Envelope) -> Envelope {
        let bytes = envelope.signed_bytes(WORKSPACE);
        envelope.signature = signed(&self.key, &bytes.expect("changes begin like changes"));
        envelope
    }

    /// The relay keeps it, refused or not.
    fn kept(&mut self, envelope: &Envelope) {
        let hash = envelope.hash(WORKSPACE);
        self.sequence = envelope.sequence;
        self.previous = hash.expect("changes begin like changes");
    }
}

impl World {
    /// One forgery, and a look at what the relay gives out.
    pub(super) fn intrude(&mut self) {
        let device = self.intruder.device;
        // Its chain was cut off with the log, and it keeps nothing to give back.
        if self.relay.restored {
            return;
        }
        if !matches!(self.relay.core.standing(device), Standing::Active(_)) {
            return;
        }
        let Some(forgery) = forge(self) else {
            return;
        };
        let Forgery {
            name,
            envelope,
            fate,
        } = forgery;
        self.tell(format!("the intruder tries: {name}"));
        let verdict = self.push_as_intruder(&envelope);
        match (&fate, &verdict) {
            (Fate::Refused(expected), Verdict::Refused { reason, .. }) if reason == expected => {
                self.intruder.kept(&envelope);
            }
            (Fate::Received, Verdict::Received { .. }) => {
                self.intruder.kept(&envelope);
                self.intruder.written = Some((envelope.document, envelope.payload.clone()));
                // When the director cannot, it stays Bo's.
                let _ = self.take_from_intruder(envelope.document);
            }
            (Fate::TurnedAway(expected), Verdict::Refused { reason, .. }) if reason == expected => {
            }
            (Fate::OutOfOrder, Verdict::OutOfOrder { .. }) => {}
            // After a loss of power it may have been looked into already.
            (Fate::Quarantined | Fate::Either, Verdict::Received { .. })
            | (
                Fate::Quarantined | Fate::Either,
                Verdict::Refused {
                    reason: Rejection::Quarantined(_),
                    ..
                },
            )
            // Its columns may be beyond reading, or say that they hold millions.
            | (
                Fate::Either,
                Verdict::Refused {
                    reason: Rejection::Malformed | Rejection::TooLarge,
                    ..
                },
            ) => self.intruder.kept(&envelope),
            _ => panic!("{name}: {verdict:?}"),
        }
        if matches!(fate, Fate::Refused(_) | Fate::Received) {
            let again = self.push_as_intruder(&envelope);
            assert_eq!(again, verdict, "{name}, pushed again");
        }
        self.tally.add(format!("forged: {name}"), 1);
        self.relay.reply_at(device, self.some_cursor(), Vec::new());
    }

    /// Whatever Bo seems to have written down goes to somebody else.
    fn take_from_intruder(&mut self, document: DocumentId) -> Option<()> {
        let bo = self.relay.core.facts().author(self.intruder.device)?;
        let other = self.another(&[bo])?;
        self.decree(assign(document.client()?, other))
    }

    fn some_cursor(&self) -> Cursor {
        let position = usize::try_from(self.relay.core.position()).unwrap_or(0);
        match self.dice.percent(50) {
            true => Cursor::default(),
            false => Cursor {
                sequence: self.dice.below(position) as u64,
                catch_up: CatchUp::Done,
            },
        }
    }

    /// Again after every loss of power.
    fn push_as_intruder(&mut self, envelope: &Envelope) -> Verdict {
        loop {
            let pushed = self
                .relay
                .push(envelope.device, std::slice::from_ref(envelope));
            if let Ok(receipts) = pushed {
                let [receipt] = receipts.as_slice() else {
                    panic!("one envelope gets {receipts:?}");
                };
                return receipt.verdict.clone();
            }
        }
    }
}
