//! A workspace of five people with a device each, and devices that remember what they were sent.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{
    Device, DeviceDetail, Employment, Fact, FactChange, FactKey, Facts, Person, PersonStatus, Team,
};
use caravan_domain::id::{
    ClientId, DeviceId, Id, OrderId, OrderVersionId, PersonId, SurveyId, TeamId, WorkspaceId,
};
use caravan_domain::money::Fen;
use caravan_domain::orders::decision::{OrderDecision, OrderStep, Submission};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_domain::surveys::decision::SurveyDecision;
use caravan_domain::time::Instant;
use sha2::{Digest, Sha256};

use crate::change;
use crate::cursor::{Cursor, Sequence};
use crate::envelope::{Envelope, Hash, Payload, Signature};
use crate::frame::{Receipt, Reply, Verdict};
use crate::join::PublicKey;
use crate::relay::memory::MemoryLog;
use crate::relay::{Admission, Examined, Limit, Quarantined, RelayCore};

pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Id::from_bytes([9; 16]));
pub(super) const NORTH: TeamId = TeamId(Id::from_bytes([1; 16]));
pub(super) const SOUTH: TeamId = TeamId(Id::from_bytes([2; 16]));

/// Runs everything.
pub(super) const DIRECTOR: usize = 0;
/// Of the north.
pub(super) const MANAGER: usize = 1;
/// Works in the north.
pub(super) const ANN: usize = 2;
/// Works in the south.
pub(super) const BO: usize = 3;
/// Runs the workspace and reads no client.
pub(super) const ADMINISTRATOR: usize = 4;
pub(super) const PEOPLE: usize = 5;

pub(super) struct World {
    pub(super) core: RelayCore,
    pub(super) log: MemoryLog,
    pub(super) now: Instant,
    pub(super) phones: Vec<Phone>,
    pub(super) releases_at_once: bool,
}

/// What a device has stored.
pub(super) struct Phone {
    pub(super) device: DeviceId,
    pub(super) cursor: Cursor,
    pub(super) documents: BTreeMap<DocumentId, BTreeSet<Hash>>,
    pub(super) facts: Facts,
    pub(super) sequence: u64,
    pub(super) previous: Hash,
}

pub(super) fn person(number: usize) -> PersonId {
    PersonId(id(1, number))
}

pub(super) fn device(number: usize) -> DeviceId {
    DeviceId(id(2, number))
}

pub(super) fn client(number: usize) -> DocumentId {
    ClientId(id(3, number)).into()
}

pub(super) fn orders(number: usize) -> DocumentId {
    DocumentId::orders(ClientId(id(3, number)))
}

fn id(kind: u8, number: usize) -> Id {
    let mut bytes = [kind; 16];
    bytes[15] = u8::try_from(number).unwrap();
    Id::from_bytes(bytes)
}

impl World {
    pub(super) fn new() -> Self {
        let mut world = Self {
            core: RelayCore::new(WORKSPACE),
            log: MemoryLog::default(),
            now: Instant::from_millis(1_790_000_000_000),
            phones: Vec::new(),
            releases_at_once: true,
        };
        let roles = [
            (vec![Role::Director, Role::Administrator], None),
            (vec![Role::TeamManager], Some(NORTH)),
            (vec![Role::AccountManager], Some(NORTH)),
            (vec![Role::AccountManager], Some(SOUTH)),
            (vec![Role::Administrator], None),
        ];
        for (number, (roles, team)) in roles.into_iter().enumerate() {
            let mut changes: Vec<_> = [NORTH, SOUTH].map(team_fact).into();
            let joined_at = world.now;
            changes.push(FactChange {
                key: FactKey::Person(person(number)),
                fact: Some(Fact::Person(Person {
                    name: format!("person {number}"),
                    roles: roles.into_iter().collect(),
                    team,
                    status: PersonStatus::Active,
                    employment: Employment::FullTime,
                    phone: String::new(),
                    joined_at,
                })),
            });
            world.bind(number, changes);
        }
        world
    }

    fn bind(&mut self, number: usize, mut changes: Vec<FactChange>) {
        let device = device(number);
        let person = person(number);
        changes.push(FactChange {
            key: FactKey::Device(device),
            fact: Some(Fact::Device(Device {
                person,
                revoked_at: None,
            })),
        });
        changes.push(FactChange {
            key: FactKey::DeviceDetail(device),
            fact: Some(Fact::DeviceDetail(DeviceDetail {
                person,
                label: "phone".into(),
                joined_at: self.now,
            })),
        });
        let mut pending = self.core.begin();
        let admission = self.core.bind(&mut pending, device, key(device), changes);
        self.log.write(&admission);
        self.log.write_key(device, key(device));
        self.core.commit(pending);
        self.phones.push(Phone {
            device,
            cursor: Cursor::default(),
            documents: BTreeMap::new(),
            facts: Facts::default(),
            sequence: 0,
            previous: Hash::NONE,
        });
    }

    /// Pushes and commits.
    pub(super) fn push(&mut self, number: usize, envelopes: &[Envelope]) -> Admission {
        self.now = self.now.plus_millis(1);
        let mut pending = self.core.begin();
        let admission = self
            .core
            .admit(
                &mut pending,
                self.now,
                device(number),
                envelopes,
                &verify,
                &self.log,
            )
            .unwrap();
        self.log.write(&admission);
        self.core.commit(pending);
        if self.releases_at_once {
            self.release(Vec::new());
        }
        admission
    }

    /// Everything was looked into, and this was found.
    pub(super) fn release(&mut self, quarantined: Vec<Quarantined>) {
        self.release_to(self.core.position(), quarantined);
    }

    /// So many entries more were looked into, and nothing was found.
    pub(super) fn look_into(&mut self, entries: usize) {
        let bytes = usize::MAX;
        let next = self
            .core
            .waiting()
            .next(Limit { entries, bytes }, &self.log);
        self.release_to(next.unwrap().1, Vec::new());
    }

    fn release_to(&mut self, upto: Sequence, quarantined: Vec<Quarantined>) {
        let examined = Examined { upto, quarantined };
        let mut pending = self.core.begin();
        let admission = self.core.release(&mut pending, examined, &self.log);
        self.log.write(&admission.unwrap());
        self.core.commit(pending);
    }

    /// One change of `document` by a device, on top of all it has of it.
    pub(super) fn write(&mut self, number: usize, document: DocumentId, padding: usize) -> Receipt {
        let envelope = self.phones[number].change(document, padding);
        self.deliver(number, envelope)
    }

    pub(super) fn decide(&mut self, number: usize, decision: &Decision) -> Receipt {
        let envelope =
            self.phones[number].envelope(DocumentId::WORKSPACE, Payload::of_decision(decision));
        self.deliver(number, envelope)
    }

    /// What the relay makes of a new envelope, and what the device makes of the relay's answer.
    pub(super) fn deliver(&mut self, number: usize, envelope: Envelope) -> Receipt {
        let mut admission = self.push(number, std::slice::from_ref(&envelope));
        let receipt = admission.receipts.remove(0);
        let refused = matches!(receipt.verdict, Verdict::Refused { .. });
        if let (true, Payload::Change(bytes)) = (refused, &envelope.payload) {
            let hash = change::hash(bytes).unwrap();
            if let Some(held) = self.phones[number].documents.get_mut(&envelope.document) {
                held.remove(&hash);
            }
        }
        receipt
    }

    pub(super) fn assign(&mut self, by: usize, clients: &[usize], owner: usize) -> Receipt {
        let clients = clients.iter().map(|number| ClientId(client(*number).id));
        let decision = Decision::Ownership(OwnershipDecision::Assign {
            clients: clients.collect(),
            owner: person(owner),
        });
        self.decide(by, &decision)
    }

    /// The client's order as a decision; what is in it is nothing to the relay.
    pub(super) fn submit_order(&mut self, by: usize, number: usize) -> FactKey {
        let client = ClientId(client(number).id);
        let order = OrderId(id(4, number));
        let submission = Submission {
            version: OrderVersionId(id(5, number)),
            representative: person(by),
            amount: Fen(12_345),
            digest: OrderDigest([0; 32]),
        };
        let step = OrderStep::Submit(submission);
        let decision = OrderDecision {
            client,
            order,
            step,
        };
        self.decide(by, &Decision::Order(decision));
        FactKey::Order(client, order)
    }

    /// A link by which the client says what they think of its author.
    pub(super) fn issue_survey(&mut self, by: usize, number: usize) -> FactKey {
        let client = ClientId(client(number).id);
        let survey = SurveyId(id(6, number));
        let issue = SurveyDecision::Issue {
            survey,
            client,
            about: person(by),
            secret_hash: [0; 32],
        };
        self.decide(by, &Decision::Survey(issue));
        FactKey::Survey(client, survey)
    }

    pub(super) fn change_person(
        &mut self,
        by: usize,
        number: usize,
        change: PersonChange,
    ) -> Receipt {
        let decision = Decision::People(PeopleDecision::ChangePerson {
            person: person(number),
            change,
        });
        self.decide(by, &decision)
    }

    /// One reply, stored.
    pub(super) fn pull(&mut self, number: usize) -> Reply {
        let phone = &mut self.phones[number];
        let reply = self
            .core
            .pull(phone.device, phone.cursor, &self.log)
            .unwrap();
        phone.store(&reply);
        reply
    }

    /// Replies until there are no more.
    pub(super) fn catch_up(&mut self, number: usize) -> Vec<Reply> {
        let mut replies = Vec::new();
        loop {
            let reply = self.pull(number);
            let more = reply.more;
            replies.push(reply);
            assert!(replies.len() < 500, "it never ends");
            if !more {
                return replies;
            }
        }
    }

    /// What the log has accepted of each document.
    pub(super) fn accepted(&self) -> BTreeMap<DocumentId, BTreeSet<Hash>> {
        let mut accepted: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        let kept = self.log.iter().filter(|entry| !entry.is_erased());
        for entry in kept.filter(|entry| entry.refusal.is_none()) {
            let envelope = Envelope::from_bytes(&entry.envelope).unwrap();
            if let Payload::Change(bytes) = envelope.payload {
                let hash = change::hash(&bytes).unwrap();
                accepted.entry(entry.document).or_default().insert(hash);
            }
        }
        accepted
    }
}

impl Phone {
    pub(super) fn change(&mut self, document: DocumentId, padding: usize) -> Envelope {
        let held = self.documents.entry(document).or_default();
        // Everything, not only the heads: the relay must have sent all of it before.
        let dependencies: Vec<_> = held.iter().copied().collect();
        let bytes = chunk(&dependencies, self.device, self.sequence + 1, padding);
        held.insert(change::hash(&bytes).unwrap());
        self.envelope(document, Payload::Change(bytes))
    }

    pub(super) fn envelope(&mut self, document: DocumentId, payload: Payload) -> Envelope {
        let envelope = sealed(Envelope {
            document,
            device: self.device,
            sequence: self.sequence + 1,
            previous: self.previous,
            written_at: Instant::from_millis(0),
            payload,
            signature: Signature([0; 64]),
        });
        self.sequence += 1;
        self.previous = envelope.hash(WORKSPACE).unwrap();
        envelope
    }

    fn store(&mut self, reply: &Reply) {
        for document in &reply.purges {
            self.documents.remove(document);
        }
        for fact in &reply.facts {
            self.facts.apply(fact.clone());
        }
        for snapshot in &reply.snapshots {
            let held = self.documents.entry(snapshot.document).or_default();
            let chunks = chunks(&snapshot.chunks);
            assert_eq!(chunks.len(), snapshot.received.len());
            held.extend(chunks.iter().map(|chunk| change::hash(chunk).unwrap()));
        }
        for entry in &reply.entries {
            let Payload::Change(bytes) = &entry.envelope.payload else {
                panic!("a decision was passed on");
            };
            let header = change::header(bytes).unwrap();
            let held = self.documents.entry(entry.envelope.document).or_default();
            let missing = header.dependencies.iter().any(|hash| !held.contains(hash));
            assert!(!missing, "a change came before what it rests on");
            held.insert(header.hash);
        }
        self.cursor = reply.cursor;
    }
}

/// The key of a device is its id, and a signature the hash of key and bytes.
pub(super) fn key(device: DeviceId) -> PublicKey {
    PublicKey(device.0.as_bytes().to_vec())
}

pub(super) fn verify(key: &PublicKey, bytes: &[u8], signature: &Signature) -> bool {
    signed_by(key, bytes) == *signature
}

pub(super) fn signed_by(key: &PublicKey, bytes: &[u8]) -> Signature {
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&Sha256::digest([&key.0, bytes].concat()));
    Signature(signature)
}

pub(super) fn sealed(mut envelope: Envelope) -> Envelope {
    let bytes = envelope.signed_bytes(WORKSPACE).unwrap();
    envelope.signature = signed_by(&key(envelope.device), &bytes);
    envelope
}

fn team_fact(team: TeamId) -> FactChange {
    FactChange {
        key: FactKey::Team(team),
        fact: Some(Fact::Team(Team {
            name: team.to_string(),
            closed: false,
        })),
    }
}

/// A change chunk whose header is right and whose operations are nonsense, which is all the relay
/// looks at.
pub(super) fn chunk(
    dependencies: &[Hash],
    actor: DeviceId,
    sequence: u64,
    padding: usize,
) -> Vec<u8> {
    let mut contents = Vec::new();
    leb128(&mut contents, dependencies.len() as u64);
    for hash in dependencies {
        contents.extend(hash.0);
    }
    leb128(&mut contents, 16);
    contents.extend(actor.0.as_bytes());
    leb128(&mut contents, sequence);
    // First operation, time, no message, no other actors, no columns.
    contents.extend([1, 0, 0, 0, 0]);
    contents.resize(contents.len() + padding, 0);
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
    leb128(&mut chunk, contents.len() as u64);
    chunk.extend(contents);
    let digest = Sha256::digest(&chunk[8..]);
    chunk[4..8].copy_from_slice(&digest[..4]);
    chunk
}

fn leb128(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
}

fn chunks(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut chunks = Vec::new();
    while !bytes.is_empty() {
        let mut length = 0usize;
        let mut at = 9;
        loop {
            length |= usize::from(bytes[at] & 0x7f) << (7 * (at - 9));
            at += 1;
            if bytes[at - 1] & 0x80 == 0 {
                break;
            }
        }
        let (chunk, rest) = bytes.split_at(at + length);
        chunks.push(chunk.to_vec());
        bytes = rest;
    }
    chunks
}
