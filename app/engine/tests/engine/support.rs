//! A relay core with a log in memory, and devices that talk to it without a network. Signatures
//! are hashes here: their arithmetic is not what these tests are about.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::convert::Infallible;

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::record::ClientDraft;
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::Employment;
use caravan_domain::id::{BlobHash, ClientId, DeviceId, Id, InvitationId, PersonId, WorkspaceId};
use caravan_domain::people::decision::{Offer, PeopleDecision};
use caravan_domain::role::Role;
use caravan_domain::time::Instant;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::{PositionReading, VisitKind};
use caravan_engine::platform::{KeyError, Platform};
use caravan_engine::storage::memory::MemoryStorage;
use caravan_engine::storage::sealed::Sealed;
use caravan_engine::{Engine, EngineError, Next, lock};
use caravan_port::act::{Act, Done, JoinForm};
use caravan_port::ask::{Ask, Told};
use caravan_port::message::{Greeting, Ran, RunError};
use caravan_port::view::SyncView;
use caravan_sync::cursor::Epoch;
use caravan_sync::envelope::Signature;
use caravan_sync::frame::{ExchangeRequest, Rejection, RelayFrame, Reply, Snapshot};
use caravan_sync::join::{JoinRequest, Joined, PublicKey, Share};
use caravan_sync::rebuild::{self, Claim, ReturnRequest};
use caravan_sync::refill::{RefillAnswer, RefillRequest};
use caravan_sync::relay::join::{Newcomer, accept_invitation, bind_device, found_workspace};
use caravan_sync::relay::rebuild::{check_documents, facts_of};
use caravan_sync::relay::{
    Examined, Limit, Log, LogEntry, Quarantined, Refill, RelayCore, StoredSnapshot,
};
use futures_executor::block_on;
use sha2::{Digest, Sha256};

use crate::vault::Vault;

pub(crate) const START: i64 = 1_790_000_000_000;

/// A clock that ticks whenever it is read, and randomness from a seed.
#[derive(Debug, Clone)]
pub(crate) struct Pocket {
    clock: Cell<i64>,
    random: Cell<u64>,
    key: PublicKey,
    build: String,
}

impl Pocket {
    /// The clock goes on, or back.
    pub(crate) fn wait(&self, millis: i64) {
        self.clock.set(self.clock.get() + millis);
    }

    /// On the same device after an update of the app.
    pub(crate) fn updated(self) -> Self {
        let build = "another".to_owned();
        Self { build, ..self }
    }

    fn new(seed: u64) -> Self {
        Self {
            clock: Cell::new(START),
            random: Cell::new(seed),
            key: PublicKey(vec![seed as u8; 65]),
            build: "one".to_owned(),
        }
    }

    pub(crate) fn let_a_minute_pass(&self) {
        self.clock.set(self.clock.get() + 61_000);
    }
}

impl Platform for Pocket {
    fn now(&self) -> Instant {
        self.clock.set(self.clock.get() + 1);
        Instant::from_millis(self.clock.get())
    }

    fn random(&self) -> [u8; 10] {
        self.random.set(self.random.get() + (1 << 32));
        let digest = Sha256::digest(self.random.get().to_be_bytes());
        digest[..10].try_into().unwrap()
    }

    async fn public_key(&self) -> Result<PublicKey, KeyError> {
        Ok(self.key.clone())
    }

    async fn sign(&self, bytes: &[u8]) -> Result<Signature, KeyError> {
        Ok(signature(&self.key, bytes))
    }

    fn build(&self) -> String {
        self.build.clone()
    }

    async fn forget_key(&self) -> Result<(), KeyError> {
        Ok(())
    }
}

fn signature(key: &PublicKey, bytes: &[u8]) -> Signature {
    let digest: [u8; 32] = Sha256::digest([key.0.as_slice(), bytes].concat()).into();
    Signature([digest, digest].concat().try_into().unwrap())
}

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) type Device = Engine<Sealed<MemoryStorage, Vault>, Pocket>;

pub(crate) fn boot(storage: &MemoryStorage, seed: u64) -> Device {
    start(storage.clone(), Vault::default(), Pocket::new(seed))
}

/// As the worker starts.
pub(crate) fn start(storage: MemoryStorage, vault: Vault, pocket: Pocket) -> Device {
    greeted(storage, vault, pocket).0
}

/// And what it says before it has read its rows.
fn greeted(storage: MemoryStorage, vault: Vault, pocket: Pocket) -> (Device, Greeting) {
    let now = pocket.now();
    let sealed = block_on(lock::open(storage, vault, now)).unwrap();
    let mut said = None;
    let greet = |greeting| said = Some(greeting);
    let device = block_on(Engine::boot_greeting(sealed, pocket, greet)).unwrap();
    (device, said.unwrap())
}

/// The same device after its power went.
pub(crate) fn reboot(device: &Device) -> Device {
    reboot_as(device, device.platform().clone()).0
}

pub(crate) fn reboot_as(device: &Device, pocket: Pocket) -> (Device, Greeting) {
    let storage = device.storage();
    let (memory, vault) = (storage.inner().clone(), storage.cipher().clone());
    greeted(memory, vault, pocket)
}

pub(crate) fn run(device: &Device, command: Command) -> Result<Ran, RunError> {
    block_on(device.run(command, None))
}

pub(crate) fn create(device: &Device, name: &str) -> ClientId {
    let draft = ClientDraft {
        name: name.to_owned(),
        ..ClientDraft::default()
    };
    let ran = run(device, Command::Client(ClientCommand::Create(draft))).unwrap();
    let Some(RecordRef::Client(client)) = ran.created else {
        panic!("a client was created");
    };
    client
}

pub(crate) fn rename(device: &Device, client: ClientId, name: &str) -> Result<Ran, RunError> {
    let before = ClientDraft {
        name: device
            .rows()
            .clients
            .get(&client)
            .map(|row| row.name.clone())
            .unwrap_or_default(),
        ..ClientDraft::default()
    };
    let after = ClientDraft {
        name: name.to_owned(),
        ..before.clone()
    };
    run(
        device,
        Command::Client(ClientCommand::Change {
            client,
            before,
            after,
        }),
    )
}

pub(crate) fn sync_view(device: &Device) -> SyncView {
    match block_on(device.answer(&Ask::Sync)).unwrap() {
        Told::Sync(view) => view,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn name_of(device: &Device, client: ClientId) -> Option<String> {
    device
        .rows()
        .clients
        .get(&client)
        .map(|row| row.name.clone())
}

pub(crate) struct Relay {
    pub(crate) core: RefCell<RelayCore>,
    log: MemoryLog,
    workspace: WorkspaceId,
    pub(crate) epoch: Cell<u64>,
    clock: Cell<i64>,
    /// Found the next time the relay looks into what it has received.
    pub(crate) quarantined: RefCell<Vec<Quarantined>>,
    /// Whether what comes is not looked into yet.
    pub(crate) holds_back: Cell<bool>,
}

#[derive(Default)]
struct MemoryLog(RefCell<Vec<LogEntry>>, RefCell<Vec<Snapshot>>);

impl Log for MemoryLog {
    type Error = Infallible;

    fn entries(&self, after: u64, limit: Limit) -> Result<Vec<LogEntry>, Infallible> {
        let log = self.0.borrow();
        let entries = log.iter().filter(|entry| entry.sequence > after);
        Ok(entries.take(limit.entries).cloned().collect())
    }

    fn document_entries(
        &self,
        document: DocumentId,
        after: u64,
    ) -> Result<Vec<LogEntry>, Infallible> {
        let log = self.0.borrow();
        let entries = log
            .iter()
            .filter(|it| it.sequence > after && it.document == document);
        Ok(entries.cloned().collect())
    }

    fn snapshot(&self, _: DocumentId) -> Result<Option<StoredSnapshot>, Infallible> {
        Ok(None)
    }

    fn base(&self, document: DocumentId) -> Result<Option<Snapshot>, Infallible> {
        let bases = self.1.borrow();
        Ok(bases.iter().find(|it| it.document == document).cloned())
    }

    fn pushed(&self, device: DeviceId, sequence: u64) -> Result<Option<LogEntry>, Infallible> {
        let log = self.0.borrow();
        let mut entries = log.iter();
        Ok(entries
            .find(|it| it.device == device && it.device_sequence == sequence)
            .cloned())
    }
}

impl Relay {
    pub(crate) fn new() -> Self {
        let workspace = WorkspaceId(Id::from_bytes([9; 16]));
        Self {
            core: RefCell::new(RelayCore::new(workspace)),
            log: MemoryLog::default(),
            workspace,
            epoch: Cell::new(7),
            clock: Cell::new(START + 1_000_000),
            quarantined: RefCell::default(),
            holds_back: Cell::new(false),
        }
    }

    fn now(&self) -> Instant {
        self.clock.set(self.clock.get() + 1);
        Instant::from_millis(self.clock.get())
    }

    /// A workspace and its first person, who directs and administers it.
    pub(crate) fn found(&self) -> Device {
        let device = boot(&MemoryStorage::new(), 1);
        let request = block_on(device.join_request(form([0; 16], "Ada"))).unwrap();
        let person = PersonId(Id::from_bytes([1; 16]));
        let newcomer = Newcomer {
            device: request.device,
            label: String::new(),
            at: self.now(),
        };
        let changes = found_workspace("Silk", person, "Ada", &newcomer).unwrap();
        self.let_in(&device, person, request.device, request.key, changes);
        device
    }

    /// `inviter` invites an account manager, who joins with a device of their own.
    pub(crate) fn invite(&self, inviter: &Device, name: &str, seed: u8) -> Device {
        self.invite_as(inviter, name, seed, Role::AccountManager)
    }

    pub(crate) fn invite_as(&self, inviter: &Device, name: &str, seed: u8, role: Role) -> Device {
        let token = [seed; 16];
        let token_hash: [u8; 32] = Sha256::digest(token).into();
        let invite = PeopleDecision::Invite {
            invitation: InvitationId(Id::from_bytes([seed; 16])),
            offer: Offer {
                name: name.to_owned(),
                roles: BTreeSet::from([role]),
                team: None,
                employment: Employment::FullTime,
                token_hash,
                expires_at: Instant::from_millis(START * 2),
            },
        };
        run(inviter, Command::People(invite)).unwrap();
        self.settle(inviter);

        let device = boot(&MemoryStorage::new(), u64::from(seed));
        let request = block_on(device.join_request(form(token, name))).unwrap();
        let fresh = PersonId(Id::from_bytes([seed; 16]));
        let newcomer = Newcomer {
            device: request.device,
            label: String::new(),
            at: self.now(),
        };
        let accepted = accept_invitation(
            &token_hash,
            fresh,
            name,
            &newcomer,
            self.core.borrow().facts(),
        );
        let (person, changes) = accepted.unwrap();
        self.let_in(&device, person, request.device, request.key, changes);
        device
    }

    fn let_in(
        &self,
        engine: &Device,
        person: PersonId,
        device: DeviceId,
        key: PublicKey,
        changes: Vec<caravan_domain::facts::FactChange>,
    ) {
        let mut core = self.core.borrow_mut();
        let mut pending = core.begin();
        core.bind(&mut pending, device, key, changes);
        core.commit(pending);
        drop(core);
        let joined = Joined {
            workspace: self.workspace,
            workspace_name: "Silk".to_owned(),
            person,
            device,
            epoch: Epoch(self.epoch.get()),
            challenge: Default::default(),
            now: self.now(),
            share: Share([0; 32]),
            lost: None,
        };
        block_on(async {
            let lock = engine.new_lock(PASSWORD, &joined.share).await.unwrap();
            engine.joined_under(joined, Some(lock)).await.unwrap();
            engine.stay_open().await;
        });
        self.settle(engine);
    }

    /// What a backup is: the log as it is now.
    pub(crate) fn back_up(&self) -> Backup {
        Backup {
            core: self.core.borrow().clone(),
            log: self.log.0.borrow().clone(),
        }
    }

    /// All that came since is gone, and may come back.
    pub(crate) fn restore(&self, backup: Backup) {
        let mut core = backup.core;
        core.begin_refill(Refill {
            facts_of: None,
            since: core.position(),
            until: Instant::from_millis(i64::MAX),
        });
        self.core.replace(core);
        self.log.0.replace(backup.log);
        self.epoch.set(self.epoch.get() + 1);
    }

    /// Everything is gone, and comes from this device alone.
    pub(crate) fn rebuild(&self, from: &Device) {
        let request = block_on(from.rebuild_request([5; 16], PASSWORD.into()));
        let request = rebuild::read(&request.unwrap().unwrap()).unwrap();
        let signed = signature(&request.claim.key, &request.signed);
        assert_eq!(request.signature, signed);
        let changes = facts_of(&request.claim, request.facts).unwrap();
        let mut core = RelayCore::new(self.workspace);
        let mut pending = core.begin();
        let Claim { device, key, .. } = request.claim;
        core.bind(&mut pending, device, key, changes);
        core.begin_refill(Refill {
            since: 1,
            until: Instant::from_millis(i64::MAX),
            facts_of: Some(request.claim.facts_of),
        });
        check_documents(&request.documents, pending.facts()).unwrap();
        core.commit(pending);
        self.core.replace(core);
        self.log.0.borrow_mut().clear();
        self.log.1.replace(request.documents);
        self.epoch.set(self.epoch.get() + 1);
        self.settle(from);
    }

    /// A device that a rebuilt relay did not know by its key, and does now.
    pub(crate) fn know_again(&self, device: &Device) {
        let request = block_on(device.return_request()).unwrap();
        let bytes =
            ReturnRequest::signed_bytes(request.workspace, request.device, request.challenge);
        assert_eq!(request.signature, signature(&request.key, &bytes));
        let mut core = self.core.borrow_mut();
        let mut pending = core.begin();
        core.know(&mut pending, request.device, request.key);
        core.commit(pending);
    }

    pub(crate) fn end_refill(&self) {
        let mut core = self.core.borrow_mut();
        let facts_of = core.facts_of();
        core.begin_refill(Refill {
            facts_of,
            since: 0,
            until: Instant::from_millis(0),
        });
    }

    pub(crate) fn days_pass(&self, days: i64) {
        self.clock
            .set(self.clock.get() + days * 24 * 60 * 60 * 1000);
    }

    /// Everything that the relay takes now.
    pub(crate) fn give_back(&self, device: &Device) {
        for _ in 0..100 {
            device.platform().let_a_minute_pass();
            let Some(request) = block_on(device.refill_request()).unwrap() else {
                return;
            };
            let answer = self.answer_refill(&request);
            let asked = request.envelopes.is_empty();
            block_on(device.take_refill(&request, answer.clone())).unwrap();
            if asked && block_on(device.refill_request()).unwrap().is_none() {
                return;
            }
        }
        panic!("it gives back for ever");
    }

    fn answer_refill(&self, request: &RefillRequest) -> RefillAnswer {
        let mut core = self.core.borrow_mut();
        let mut pending = core.begin();
        let verify =
            |key: &PublicKey, bytes: &[u8], signed: &Signature| signature(key, bytes) == *signed;
        let now = self.now();
        let given = core.refill(&mut pending, now, &request.envelopes, &verify, &self.log);
        let admission = given.unwrap();
        self.log.0.borrow_mut().extend(admission.appends);
        core.commit(pending);
        self.release(&mut core);
        let verdicts = admission.receipts.into_iter().map(|it| it.verdict);
        RefillAnswer {
            epoch: Epoch(self.epoch.get()),
            now,
            until: core.refilling(now).map(|refill| refill.until),
            lacks_from: request
                .devices
                .iter()
                .map(|it| core.lacks_from(*it))
                .collect(),
            verdicts: verdicts.collect(),
            facts_of: core.facts_of(),
        }
    }

    /// One more device of the same person, that has nothing.
    pub(crate) fn another(&self, of: &Device, seed: u8) -> Device {
        let (_, person, _) = of.me().unwrap();
        let device = boot(&MemoryStorage::new(), u64::from(seed));
        let request = block_on(device.join_request(form([seed; 16], ""))).unwrap();
        self.bind(&device, person, request);
        device
    }

    pub(crate) fn bind_again(&self, device: &Device, person: PersonId, request: JoinRequest) {
        self.epoch.set(self.epoch.get() + 1);
        let mut core = RelayCore::new(self.workspace);
        core.begin_refill(Refill {
            facts_of: None,
            since: 0,
            until: Instant::from_millis(i64::MAX),
        });
        self.core.replace(core);
        self.log.0.borrow_mut().clear();
        self.join_anew(device, person, request);
    }

    pub(crate) fn join_as_somebody_new(&self, device: &Device) {
        let request = block_on(device.join_request(form([8; 16], "Bo"))).unwrap();
        let id = *request.device.0.as_bytes();
        self.join_anew(device, PersonId(Id::from_bytes(id)), request);
    }

    fn join_anew(&self, device: &Device, person: PersonId, request: JoinRequest) {
        let newcomer = Newcomer {
            device: request.device,
            label: String::new(),
            at: self.now(),
        };
        let changes = found_workspace("Silk", person, "Bo", &newcomer).unwrap();
        self.let_in(device, person, request.device, request.key, changes);
    }

    fn bind(&self, device: &Device, person: PersonId, request: JoinRequest) {
        let newcomer = Newcomer {
            device: request.device,
            label: String::new(),
            at: self.now(),
        };
        let changes = bind_device(person, &newcomer, self.core.borrow().facts()).unwrap();
        self.let_in(device, person, request.device, request.key, changes);
    }

    /// One exchange, as the shell around the core runs it.
    pub(crate) fn answer(&self, request: &ExchangeRequest) -> RelayFrame {
        let device = request.credentials.device;
        let mut core = self.core.borrow_mut();
        if !matches!(
            core.standing(device),
            caravan_sync::relay::Standing::Active(_)
        ) {
            return RelayFrame::Revoked;
        }
        let mut pending = core.begin();
        let verify =
            |key: &PublicKey, bytes: &[u8], signed: &Signature| signature(key, bytes) == *signed;
        let now = self.now();
        let admitted = core.admit(
            &mut pending,
            now,
            device,
            &request.outbox,
            &verify,
            &self.log,
        );
        let admission = admitted.unwrap();
        self.log.0.borrow_mut().extend(admission.appends);
        core.commit(pending);
        if !self.holds_back.get() {
            self.release(&mut core);
        }
        let mut cursor = request.credentials.cursor;
        if request.credentials.epoch.0 != self.epoch.get() {
            cursor = Default::default();
        }
        let pulled = core.pull(device, cursor, &self.log).unwrap();
        RelayFrame::Reply(Box::new(Reply {
            epoch: Epoch(self.epoch.get()),
            now,
            ..pulled.to_push(admission.receipts)
        }))
    }

    pub(crate) fn look_into(&self) {
        self.release(&mut self.core.borrow_mut());
    }

    /// Everything was looked into.
    fn release(&self, core: &mut RelayCore) {
        let mut pending = core.begin();
        let examined = Examined {
            upto: core.position(),
            quarantined: self.quarantined.take(),
        };
        let released = core.release(&mut pending, examined, &self.log).unwrap();
        for found in released.quarantined {
            let refusal = Some(Rejection::Quarantined(found.reason));
            let mut log = self.log.0.borrow_mut();
            let entry = log
                .iter_mut()
                .find(|entry| entry.sequence == found.sequence);
            entry.unwrap().refusal = refusal;
        }
        core.commit(pending);
    }

    /// Exchanges once; fails as the device's storage does.
    pub(crate) fn exchange(&self, device: &Device) -> Result<Next, EngineError> {
        let request = block_on(device.exchange_request())?;
        let frame = self.answer(&request);
        block_on(device.receive(frame))
    }

    /// What the relay says before anything that waits has come to it.
    pub(crate) fn hear(&self, device: &Device) {
        let mut request = block_on(device.exchange_request()).unwrap();
        request.outbox.clear();
        block_on(device.receive(self.answer(&request))).unwrap();
    }

    /// Exchanges until nothing is owed either way.
    pub(crate) fn settle(&self, device: &Device) {
        for _ in 0..1000 {
            let next = self.exchange(device).unwrap();
            if next == Next::Wiped || (next == Next::Settled && !device.has_waiting()) {
                return;
            }
        }
        panic!("the exchange does not come to an end");
    }
}

pub(crate) struct Backup {
    core: RelayCore,
    log: Vec<LogEntry>,
}

/// A picture in a visit.
pub(crate) fn photograph(device: &Device, client: ClientId) -> BlobHash {
    let drop_in = VisitCommand::DropIn {
        client,
        kind: VisitKind::Regular,
        reading: PositionReading::Unavailable,
    };
    let ran = run(device, Command::Visit(drop_in)).unwrap();
    let Some(RecordRef::Visit(_, visit)) = ran.created else {
        panic!("a visit was begun");
    };
    let store = Act::StorePhoto {
        jpeg: vec![7; 1000],
        width: 4,
        height: 3,
    };
    let Ok(Done::Photo(photo)) = block_on(device.act(store)) else {
        panic!("a picture was stored");
    };
    let hash = photo.hash;
    let add = VisitCommand::AddPhoto {
        client,
        visit,
        photo,
    };
    run(device, Command::Visit(add)).unwrap();
    hash
}

fn form(token: [u8; 16], name: &str) -> JoinForm {
    JoinForm {
        token,
        name: name.to_owned(),
        workspace_name: None,
        password: String::new(),
        own_device: false,
        renewing: false,
        label: String::new(),
    }
}

/// The same rows and the same documents.
pub(crate) fn assert_alike(one: &Device, other: &Device) {
    assert_eq!(*one.rows(), *other.rows());
    assert_eq!(one.documents(), other.documents());
    for document in one.documents() {
        assert_eq!(
            block_on(one.heads(document)).unwrap(),
            block_on(other.heads(document)).unwrap(),
            "{document:?}"
        );
    }
}
