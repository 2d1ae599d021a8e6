//! The relay's shell: a log that is durable at once and whole, a core that is not, and a power
//! switch between any two steps.

use std::collections::{BTreeMap, BTreeSet};

use caravan_documents::Document;
use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, Id, PersonId, ReplyId, WorkspaceId};
use caravan_domain::surveys::record::{Agreed, Satisfaction};
use caravan_domain::surveys::taking::{Given, take};
use caravan_domain::time::Instant;
use caravan_relay::merger::{Stretch, examine};
use caravan_sync::cursor::{Cursor, Epoch};
use caravan_sync::envelope::{Envelope, Hash};
use caravan_sync::frame::{
    Challenge, Credentials, ExchangeRequest, Receipt, RelayFrame, Reply, Trouble,
};
use caravan_sync::join::{JoinError, JoinRequest, Joined, PublicKey, Share};
use caravan_sync::rebuild::{self, ReturnRequest};
use caravan_sync::refill::{RefillAnswer, RefillRequest};
use caravan_sync::relay::join::{Newcomer, accept_invitation, found_workspace};
use caravan_sync::relay::memory::MemoryLog;
use caravan_sync::relay::rebuild::{check_documents, facts_of, witnesses};
use caravan_sync::relay::{
    Admission, FactsThen, Limit, LogEntry, Pending, Refill, RelayCore, Restored, Standing, assemble,
};

use super::handset::{Clock, verify};
use super::quiet::quietly;
use super::rights;
use super::word::words_in;
use crate::dice::Dice;

pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Id::from_bytes([7; 16]));
const EPOCH: Epoch = Epoch(77);
/// How long a restored relay takes back what it lacks, in milliseconds: long enough for everybody, or
/// hardly for anybody.
const REFILLS: [i64; 3] = [20 * HOUR, 20 * HOUR, HOUR / 10];
const HOUR: i64 = 60 * 60 * 1000;

pub(super) struct Relay {
    pub(super) core: RelayCore,
    /// What the last stretch was looked into with.
    then: Option<FactsThen>,
    pub(super) log: MemoryLog,
    /// The words of every envelope as it came in: the log forgets those of what is erased.
    pub(super) words: BTreeMap<Hash, BTreeSet<String>>,
    epoch: Epoch,
    /// An older copy of the log.
    backup: Option<MemoryLog>,
    /// What was in the log and not in the copy that it was restored from.
    pub(super) lost: Vec<LogEntry>,
    /// Documents that had been erased when the log was lost: no phone keeps them to give them back.
    pub(super) erased_then: BTreeSet<DocumentId>,
    pub(super) restored: bool,
    /// What was lost with the log and is not given back, because it stands in the facts that it was rebuilt with.
    pub(super) stands: BTreeSet<Hash>,
    /// By what devices are known again.
    witnesses: BTreeMap<DeviceId, Vec<Envelope>>,
    challenges: BTreeSet<(DeviceId, [u8; 16])>,
    clock: Clock,
    dice: Dice,
    /// Percent of pushes at which the power goes.
    pub(super) falters: usize,
    /// Whether looking into what was received takes time.
    pub(super) lags: bool,
    /// Counts starts; a connection to an earlier one is dead.
    pub(super) life: u32,
    pub(super) power_cuts: usize,
    /// Devices that were told to wipe themselves.
    pub(super) ever_cut_off: BTreeSet<DeviceId>,
    /// What was sent to somebody who may not have it.
    pub(super) leaked: Option<String>,
}

/// The power went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PowerCut;

impl Relay {
    pub(super) fn new(clock: Clock, dice: Dice) -> Self {
        Self {
            core: RelayCore::new(WORKSPACE),
            then: None,
            log: MemoryLog::default(),
            words: BTreeMap::new(),
            epoch: EPOCH,
            backup: None,
            lost: Vec::new(),
            erased_then: BTreeSet::new(),
            restored: false,
            stands: BTreeSet::new(),
            witnesses: BTreeMap::new(),
            challenges: BTreeSet::new(),
            clock,
            dice,
            falters: 0,
            lags: true,
            life: 0,
            power_cuts: 0,
            ever_cut_off: BTreeSet::new(),
            leaked: None,
        }
    }

    /// Starts anew from what is durable.
    pub(super) fn restart(&mut self) {
        let restored: Restored = self.log.restored();
        self.core = RelayCore::restore(WORKSPACE, restored);
        self.then = None;
        self.challenges.clear();
        self.life += 1;
    }

    /// Everybody who takes part is in it.
    pub(super) fn back_up(&mut self) {
        self.backup = Some(self.log.clone());
    }

    /// All that came since the backup is gone; devices may bring it back.
    pub(super) fn restore(&mut self) -> bool {
        let Some(mut log) = self.backup.clone() else {
            return false;
        };
        let known = log.iter().count();
        self.lost.extend(self.log.iter().skip(known).cloned());
        let facts = self.core.facts();
        let lost = self.lost.iter().map(|entry| entry.document);
        self.erased_then
            .extend(lost.filter(|document| facts.is_erased(*document)));
        let lasts = *self.dice.pick(&REFILLS).unwrap_or(&HOUR);
        log.refill_until(self.now().plus_millis(lasts));
        self.log = log;
        self.restored = true;
        self.epoch = Epoch(self.epoch.0 + 1);
        self.restart();
        true
    }

    /// Nothing is left of the log, and there is no backup: it begins anew with what this request gives.
    pub(super) fn rebuild(&mut self, body: &[u8]) -> Result<(), JoinError> {
        let request = rebuild::read(body).map_err(|_| JoinError::Malformed)?;
        let claim = request.claim;
        if !verify(&claim.key, &request.signed, &request.signature) {
            return Err(JoinError::BadSignature);
        }
        let changes = facts_of(&claim, request.facts)?;
        let mut core = RelayCore::new(WORKSPACE);
        let mut pending = core.begin();
        let admission = core.bind(&mut pending, claim.device, claim.key.clone(), changes);
        check_documents(&request.documents, pending.facts())?;
        let facts = self.core.facts();
        let decided = |entry: &&LogEntry| {
            entry.document == DocumentId::WORKSPACE && entry.received_at <= claim.facts_of
        };
        self.stands
            .extend(self.log.iter().filter(decided).map(|entry| entry.hash));
        self.lost.extend(self.log.iter().cloned());
        let lost = self.lost.iter().map(|entry| entry.document);
        self.erased_then
            .extend(lost.filter(|document| facts.is_erased(*document)));
        let mut log = MemoryLog::default();
        log.write(&admission);
        log.write_key(claim.device, claim.key);
        for base in request.documents {
            log.write_base(base);
        }
        let lasts = *self.dice.pick(&REFILLS).unwrap_or(&HOUR);
        log.write_refill(Refill {
            since: 1,
            until: self.now().plus_millis(lasts),
            facts_of: Some(claim.facts_of),
        });
        self.witnesses = witnesses(request.witnesses, pending.facts());
        self.log = log;
        self.backup = None;
        self.restored = true;
        self.epoch = Epoch(self.epoch.0 + 1);
        self.restart();
        Ok(())
    }

    /// A device whose key went with the log shows that it is the one; whether it did.
    pub(super) fn know_again(&mut self, request: &ReturnRequest) -> bool {
        let (key, device) = (&request.key, request.device);
        let signed = ReturnRequest::signed_bytes(WORKSPACE, device, request.challenge);
        let witnesses = self.witnesses.get(&device).into_iter().flatten();
        let fits = |seen: &Envelope| {
            let bytes = seen.signed_bytes(WORKSPACE);
            bytes.is_ok_and(|bytes| verify(key, &bytes, &seen.signature))
        };
        let known = self.core.key(device).is_none()
            && verify(key, &signed, &request.signature)
            && witnesses.into_iter().any(fits);
        if known {
            self.let_in_again(device, key.clone());
        }
        known
    }

    /// By a link of an administrator's.
    pub(super) fn let_in_again(&mut self, device: DeviceId, key: PublicKey) {
        let mut pending = self.core.begin();
        self.core.know(&mut pending, device, key.clone());
        self.log.write_key(device, key);
        self.core.commit(pending);
    }

    pub(super) fn refill(
        &mut self,
        device: DeviceId,
        request: &RefillRequest,
    ) -> Result<Option<RefillAnswer>, PowerCut> {
        // Only a session may ask.
        if !matches!(self.core.standing(device), Standing::Active(_)) {
            return Ok(None);
        }
        let mut pending = self.core.begin();
        let now = self.now();
        let envelopes = &request.envelopes;
        let given = self
            .core
            .refill(&mut pending, now, envelopes, &verify, &self.log);
        let admission = given.expect("the log is in memory");
        self.write(&admission, pending)?;
        let devices = request.devices.iter();
        Ok(Some(RefillAnswer {
            epoch: self.epoch,
            now,
            until: self.core.refilling(now).map(|refill| refill.until),
            lacks_from: devices.map(|it| self.core.lacks_from(*it)).collect(),
            verdicts: admission
                .receipts
                .into_iter()
                .map(|it| it.verdict)
                .collect(),
            facts_of: self.core.facts_of(),
        }))
    }

    pub(super) fn now(&self) -> Instant {
        Instant::from_millis(self.clock.get())
    }

    pub(super) fn join(&mut self, request: &JoinRequest) -> Result<Joined, JoinError> {
        let newcomer = Newcomer {
            device: request.device,
            label: request.label.clone(),
            at: self.now(),
        };
        let fresh = PersonId(Id::mint(self.now(), self.dice.bytes()));
        let (person, changes) = match &request.founding {
            Some(founding) => {
                let name = &founding.workspace_name;
                (
                    fresh,
                    found_workspace(name, fresh, &request.name, &newcomer)?,
                )
            }
            None => {
                let token = Hash::of(&request.token).0;
                accept_invitation(&token, fresh, &request.name, &newcomer, self.core.facts())?
            }
        };
        let mut pending = self.core.begin();
        let key = request.key.clone();
        let admission = self
            .core
            .bind(&mut pending, request.device, key.clone(), changes);
        self.log.write(&admission);
        self.log.write_key(request.device, key);
        self.core.commit(pending);
        Ok(Joined {
            workspace: WORKSPACE,
            workspace_name: "Caravan".into(),
            person,
            device: request.device,
            epoch: self.epoch,
            challenge: self.challenge(request.device),
            now: self.now(),
            share: Share([0; 32]),
            lost: None,
        })
    }

    pub(super) fn exchange(&mut self, request: &ExchangeRequest) -> Result<RelayFrame, PowerCut> {
        let device = request.credentials.device;
        if let Err(frame) = self.begin(&request.credentials) {
            return Ok(frame);
        }
        let receipts = self.push(device, &request.outbox)?;
        // Revoked by its own push.
        if self.core.standing(device) == Standing::Revoked {
            return Ok(self.cut_off(device));
        }
        let reply = self.reply(device, &request.credentials, receipts);
        Ok(RelayFrame::Reply(Box::new(reply)))
    }

    pub(super) fn cut_off(&mut self, device: DeviceId) -> RelayFrame {
        self.ever_cut_off.insert(device);
        RelayFrame::Revoked
    }

    /// Lets a device in, or says why not.
    pub(super) fn begin(&mut self, credentials: &Credentials) -> Result<(), RelayFrame> {
        let device = credentials.device;
        match self.core.standing(device) {
            Standing::Unknown => return Err(RelayFrame::Refused(Trouble::Unknown)),
            Standing::Revoked => return Err(self.cut_off(device)),
            Standing::Active(_) => {}
        }
        let signed = Credentials::signed_bytes(device, credentials.challenge);
        let key = self
            .core
            .key(device)
            .filter(|key| verify(key, &signed, &credentials.signature));
        if key.is_none() {
            return Err(RelayFrame::Refused(Trouble::Unknown));
        }
        if !self.challenges.remove(&(device, credentials.challenge.0)) {
            return Err(RelayFrame::Challenge(self.challenge(device)));
        }
        Ok(())
    }

    pub(super) fn push(
        &mut self,
        device: DeviceId,
        envelopes: &[Envelope],
    ) -> Result<Vec<Receipt>, PowerCut> {
        let mut pending = self.core.begin();
        let now = self.now();
        let admitted = self
            .core
            .admit(&mut pending, now, device, envelopes, &verify, &self.log);
        let admission = admitted.expect("the log is in memory and the device is known");
        self.write(&admission, pending)?;
        Ok(admission.receipts)
    }

    fn write(&mut self, admission: &Admission, pending: Pending) -> Result<(), PowerCut> {
        if self.dice.percent(self.falters) {
            // Before or after it is durable, and in any case before anybody hears of it.
            if self.dice.percent(50) {
                self.write_down(admission);
            }
            self.restart();
            self.power_cuts += 1;
            return Err(PowerCut);
        }
        self.write_down(admission);
        self.core.commit(pending);
        self.look_into(self.lags);
        Ok(())
    }

    fn write_down(&mut self, admission: &Admission) {
        for entry in &admission.appends {
            let envelope = Envelope::from_bytes(&entry.envelope);
            let words = envelope.map(|envelope| words_in(envelope.payload.bytes()));
            let words = words.unwrap_or_default().into_iter().collect();
            self.words.insert(entry.hash, words);
        }
        self.log.write(admission);
    }

    /// Some link is opened, good or not, and answered; whether that was taken.
    pub(super) fn client_answers(&mut self) -> Result<bool, PowerCut> {
        let facts = self.core.facts();
        let links: Vec<_> = facts.surveys.values().map(|it| it.secret_hash).collect();
        let Some(secret) = self.dice.pick(&links).copied() else {
            return Ok(false);
        };
        let level = *self
            .dice
            .pick(Satisfaction::ALL)
            .unwrap_or(&Satisfaction::SoSo);
        let given = Given {
            satisfaction: level,
            points: [Some(Agreed::Yes), None, Some(Agreed::No)],
            words: "茶不错".to_owned(),
        };
        let reply = ReplyId(Id::from_bytes(self.dice.bytes()));
        let signed_in = self.dice.percent(10);
        let mut pending = self.core.begin();
        let taken = take(
            &secret,
            given,
            reply,
            signed_in,
            self.now(),
            pending.facts(),
        );
        let Ok(changes) = taken else {
            return Ok(false);
        };
        let admission = self.core.take_in(&mut pending, changes);
        self.write(&admission, pending)?;
        Ok(true)
    }

    /// What a device of this one's person would be given that begins from nothing.
    pub(super) fn everything_for(&self, device: DeviceId) -> Vec<Reply> {
        let mut replies = Vec::new();
        let mut cursor = Cursor::default();
        loop {
            let reply = self.core.pull(device, cursor, &self.log);
            let reply = reply.expect("the log is in memory and the device is known");
            cursor = reply.cursor;
            let more = reply.more;
            replies.push(reply);
            if !more {
                return replies;
            }
        }
    }

    /// What was received is looked into, some of it or all.
    pub(super) fn look_into(&mut self, lags: bool) {
        loop {
            if lags && self.dice.percent(40) {
                return;
            }
            let limit = Limit {
                entries: if lags {
                    1 + self.dice.below(8)
                } else {
                    usize::MAX
                },
                bytes: usize::MAX,
            };
            let next = Stretch::read(self.core.waiting(), limit, &self.log);
            let Some((stretch, requests)) = next.expect("the log is in memory") else {
                return;
            };
            let reports = requests.iter().map(|it| (it.id, quietly(|| examine(it))));
            let mut facts = self.core.facts_then(self.then.take());
            assert_eq!(facts, self.core.facts_then(None), "facts as they were");
            let examined = stretch.judge(reports.collect(), &mut facts);
            self.then = Some(facts);
            let mut pending = self.core.begin();
            let released = self.core.release(&mut pending, examined, &self.log);
            self.log.write(&released.expect("the log is in memory"));
            self.core.commit(pending);
        }
    }

    pub(super) fn reply(
        &mut self,
        device: DeviceId,
        credentials: &Credentials,
        receipts: Vec<Receipt>,
    ) -> Reply {
        // In another life of the log a cursor means nothing.
        let cursor = match credentials.epoch == self.epoch {
            true => credentials.cursor,
            false => Cursor::default(),
        };
        self.reply_at(device, cursor, receipts)
    }

    pub(super) fn reply_at(
        &mut self,
        device: DeviceId,
        cursor: Cursor,
        receipts: Vec<Receipt>,
    ) -> Reply {
        let pulled = self.core.pull(device, cursor, &self.log);
        let pulled = pulled.expect("the log is in memory and the device is known");
        if self.leaked.is_none() {
            self.leaked = rights::leak(device, &pulled, self.core.facts());
        }
        Reply {
            epoch: self.epoch,
            now: self.now(),
            next_challenge: self.challenge(device),
            ..pulled.to_push(receipts)
        }
    }

    fn challenge(&mut self, device: DeviceId) -> Challenge {
        let challenge = Challenge(self.dice.bytes());
        self.challenges.insert((device, challenge.0));
        challenge
    }

    /// The document as the log has it.
    pub(super) fn document(&self, id: DocumentId) -> Document {
        let whole = assemble(id, self.core.released(), &self.log).expect("the log is in memory");
        Document::load(id, &whole.snapshot.chunks).expect("engines write what can be read")
    }

    /// Makes a snapshot of some document, as the shell does now and then; whether there was any.
    pub(super) fn make_snapshot(&mut self) -> bool {
        let documents: Vec<_> = self.core.facts().grants.keys().copied().collect();
        let Some(document) = self.dice.pick(&documents).copied() else {
            return false;
        };
        let mut whole =
            assemble(document, self.core.released(), &self.log).expect("the log is in memory");
        whole.snapshot.chunks = self
            .document(document)
            .snapshot()
            .expect("a document that was just loaded can be saved");
        self.log.write_snapshot(whole);
        true
    }
}
