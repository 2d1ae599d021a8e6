//! `/api/rebuild`, `/api/return` and `/api/share`: a relay that has lost everything, and a director's device that has not.

use std::path::Path;
use std::process::Command;

use axum::http::{Method, StatusCode};
use caravan_documents::Document;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactChange;
use caravan_domain::id::DeviceId;
use caravan_relay::clock;
use caravan_relay::identity::hash_rebuild_token;
use caravan_relay::store::{Write, WriteBatch};
use caravan_sync::codec;
use caravan_sync::cursor::Cursor;
use caravan_sync::envelope::{Envelope, Signature};
use caravan_sync::frame::{PROOF_HEADER, Snapshot, Trouble, Verdict};
use caravan_sync::join::{
    JoinError, Joined, Offered, PublicKey, SessionAnswer, SessionRequest, Share,
};
use caravan_sync::rebuild::{Body, Claim, Part, ReturnRequest};
use caravan_sync::refill::{RefillAnswer, RefillRequest};
use ring::signature::{EcdsaKeyPair, KeyPair};

use crate::support::{Answer, Device, Running, client_document, mint, new_key, sign};

/// What is left of a relay that is gone, on the devices of its founder and of an account manager.
struct Left {
    founder: Device,
    other: Device,
    facts: Vec<FactChange>,
    documents: Vec<Snapshot>,
    /// By the account manager; the first of them the founder has kept.
    written: Vec<Envelope>,
    client: DocumentId,
}

async fn left(folder: &Path) -> Left {
    let relay = Running::start(folder).await;
    let mut founder = relay.founder().await;
    let [mut other] = relay.joined(&mut founder).await;
    let client = client_document();
    let written = vec![other.name_client(client, "before")];
    other.push(written.clone()).await;
    relay.settled().await;
    founder.cursor = Cursor::default();
    let reply = founder.exchange(Vec::new()).await;
    assert!(!reply.more);
    relay.stop().await;
    let set = |change: &FactChange| change.fact.is_some();
    Left {
        founder,
        other,
        facts: reply.facts.into_iter().filter(set).collect(),
        documents: reply.snapshots,
        written,
        client,
    }
}

impl Left {
    fn move_to(&mut self, relay: &Running) {
        for device in [&mut self.founder, &mut self.other] {
            device.client.address = relay.address;
            device.client.origin = relay.client().origin;
        }
    }

    fn parts(&self) -> Vec<Part> {
        vec![
            Part::Facts(self.facts.clone()),
            Part::Documents(self.documents.clone()),
            Part::Witnesses(self.written.clone()),
        ]
    }
}

async fn link(relay: &Running) -> [u8; 16] {
    let token = clock::random();
    let founding = Write::Founding {
        token: hash_rebuild_token(&token),
        expires_at: clock::now().plus_millis(60_000),
    };
    let batch = WriteBatch {
        workspace: caravan_domain::id::WorkspaceId(caravan_domain::id::Id::ZERO),
        writes: vec![founding],
    };
    relay.store.commit(batch).await.unwrap();
    token
}

fn public(key: &EcdsaKeyPair) -> PublicKey {
    PublicKey(key.public_key().as_ref().to_vec())
}

fn body(of: &Device, key: &EcdsaKeyPair, token: [u8; 16], parts: &[Part]) -> Vec<u8> {
    let claim = Claim {
        token,
        workspace: of.workspace,
        device: of.id,
        key: public(key),
        facts_of: clock::now(),
        password: "a long password".to_owned(),
    };
    let mut body = Body::begin(&claim).unwrap();
    parts.iter().for_each(|part| body.part(part).unwrap());
    let signature = Signature(sign(key, &body.signed_bytes()));
    body.finish(&signature)
}

async fn give(relay: &Running, body: Vec<u8>) -> Answer {
    let client = relay.client();
    client
        .send(Method::POST, "/api/rebuild", &[], body.into())
        .await
}

async fn given(relay: &Running, body: Vec<u8>) -> Result<(), JoinError> {
    let answer = give(relay, body).await;
    answer.frame::<Result<Joined, JoinError>>().map(drop)
}

/// The founder's device has given everything back and goes on.
async fn rebuilt(relay: &Running, left: &mut Left) {
    left.move_to(relay);
    let token = link(relay).await;
    let body = body(&left.founder, &left.founder.key, token, &left.parts());
    let answer = give(relay, body).await;
    let joined = answer.frame::<Result<Joined, JoinError>>().unwrap();
    assert_eq!(joined.workspace, left.founder.workspace);
    assert_eq!(joined.person, left.founder.person);
    assert_ne!(joined.epoch, left.founder.epoch);
    left.founder.client.cookie = answer.cookie();
    left.founder.challenge = joined.challenge;
    left.founder.exchange(Vec::new()).await;
}

/// As a phone does it: what it is told to sign it signs.
async fn come_back(device: &mut Device, key: &EcdsaKeyPair) -> SessionAnswer {
    for _ in 0..2 {
        let challenge = device.challenge;
        let signed = ReturnRequest::signed_bytes(device.workspace, device.id, challenge);
        let request = ReturnRequest {
            workspace: device.workspace,
            device: device.id,
            key: public(key),
            challenge,
            signature: Signature(sign(key, &signed)),
        };
        let answer = device.client.post("/api/return", &request).await;
        match answer.frame() {
            SessionAnswer::Challenge(challenge) => device.challenge = challenge,
            SessionAnswer::Given { challenge, share } => {
                device.challenge = challenge;
                device.client.cookie = answer.cookie();
                return SessionAnswer::Given { challenge, share };
            }
            other => return other,
        }
    }
    panic!("it asks for ever");
}

fn own_key(device: &mut Device) -> EcdsaKeyPair {
    std::mem::replace(&mut device.key, new_key())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directors_device_gives_everything_back_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut left = left(&folder.path().join("gone")).await;
    let data = folder.path().join("data");
    let relay = Running::start(&data).await;
    left.move_to(&relay);
    let token = link(&relay).await;
    let offered = relay.client().post("/api/invitation", &token).await;
    assert_eq!(
        offered.frame::<Result<Offered, JoinError>>(),
        Ok(Offered::Rebuilding)
    );
    let request = body(&left.founder, &left.founder.key, token, &left.parts());
    let answer = give(&relay, request.clone()).await;
    let joined = answer.frame::<Result<Joined, JoinError>>().unwrap();
    assert_eq!(
        given(&relay, request).await,
        Err(JoinError::UnknownLink),
        "a link is good once"
    );
    let second = link(&relay).await;
    let again = body(&left.founder, &left.founder.key, second, &left.parts());
    assert_eq!(given(&relay, again).await, Err(JoinError::AlreadyThere));

    left.founder.client.cookie = answer.cookie();
    left.founder.challenge = joined.challenge;
    let reply = left.founder.exchange(Vec::new()).await;
    let whole = reply.snapshots.iter().find(|it| it.document == left.client);
    let opened = Document::load(left.client, &whole.unwrap().chunks).unwrap();
    let name = opened.tree().unwrap();
    assert_eq!(name.text(&["profile", "name"]), Some("before"));

    // The account manager's phone is known by what it wrote, and brings what the founder did not have.
    let key = own_key(&mut left.other);
    assert!(matches!(
        come_back(&mut left.other, &key).await,
        SessionAnswer::Given { .. }
    ));
    left.other.key = key;
    let later = left.other.name_client(client_document(), "since");
    let back = left.other.push(vec![left.written[0].clone(), later]).await;
    assert_eq!(back.receipts.len(), 2);
    relay.settled().await;
    assert_eq!(
        relay
            .store
            .entries(left.founder.workspace, 0, EVERYTHING)
            .unwrap()
            .len(),
        2
    );
    left.founder.cursor = Cursor::default();
    let all = left.founder.exchange(Vec::new()).await;
    let given: Vec<_> = all
        .snapshots
        .iter()
        .filter(|it| it.document == left.client)
        .collect();
    assert_eq!(
        given[0].received.len(),
        1,
        "what was given back stands there once"
    );

    // It is all there after a start, and an offline check finds nothing.
    assert_eq!(relay.compact().await, 0);
    relay.stop().await;
    let output = Command::new(env!("CARGO_BIN_EXE_caravan"))
        .args(["audit", "verify", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let relay = Running::start(&data).await;
    left.move_to(&relay);
    left.founder.cursor = Cursor::default();
    let after = left.founder.exchange(Vec::new()).await;
    assert_eq!(after.snapshots.len(), all.snapshots.len());
}

const EVERYTHING: caravan_sync::relay::Limit = caravan_sync::relay::Limit {
    entries: usize::MAX,
    bytes: usize::MAX,
};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gives_it_and_nothing_else_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut left = left(&folder.path().join("gone")).await;
    let relay = Running::start(&folder.path().join("data")).await;
    left.move_to(&relay);
    let token = link(&relay).await;
    let (founder, other) = (&left.founder, &left.other);
    let parts = left.parts();
    let [facts, documents, witnesses] = [&parts[0], &parts[1], &parts[2]].map(Clone::clone);

    let by = |token| body(founder, &founder.key, token, &parts);
    assert_eq!(
        given(&relay, by([7; 16])).await,
        Err(JoinError::UnknownLink)
    );
    let not_hers = body(other, &other.key, token, &parts);
    assert_eq!(given(&relay, not_hers).await, Err(JoinError::NotADirector));
    let mut nobody = body(founder, &founder.key, token, &parts);
    let end = nobody.len() - 1;
    nobody[end] ^= 1;
    assert_eq!(given(&relay, nobody).await, Err(JoinError::BadSignature));
    // Under the founder's name with another key, beside what the founder has signed.
    let mut own = left.written.clone();
    own.push(of_founder(&founder.key, founder, &left.written[0]));
    let forged = [facts.clone(), documents.clone(), Part::Witnesses(own)];
    let forged = body(founder, &new_key(), token, &forged);
    assert_eq!(given(&relay, forged).await, Err(JoinError::BadSignature));

    let malformed = Err(JoinError::Malformed);
    let nowhere = Snapshot {
        document: client_document(),
        ..left.documents[0].clone()
    };
    let twice = [left.documents.clone(), left.documents.clone()].concat();
    let noise = Snapshot {
        chunks: vec![0x85, 0x6f, 0x4a, 0x83, 1, 2, 3, 4, 1, 0xff],
        ..left.documents[0].clone()
    };
    let cut = Snapshot {
        chunks: left.documents[0].chunks[..40].to_vec(),
        ..left.documents[0].clone()
    };
    for wrong in [vec![nowhere], twice, vec![noise], vec![cut]] {
        let parts = [facts.clone(), Part::Documents(wrong), witnesses.clone()];
        let request = body(founder, &founder.key, token, &parts);
        assert_eq!(given(&relay, request).await, malformed);
    }
    let doubled = [facts.clone(), facts.clone()];
    let doubled = body(founder, &founder.key, token, &doubled);
    assert_eq!(given(&relay, doubled).await, malformed);
    let whole = by(token);
    for bytes in [
        Vec::new(),
        vec![0; 3],
        vec![0xff; 70],
        whole[..whole.len() / 2].to_vec(),
        [&whole[..whole.len() - 64], &[1, 2, 3][..]].concat(),
    ] {
        assert_eq!(given(&relay, bytes).await, malformed);
    }
    assert!(relay.store.workspaces().unwrap().is_empty());
    assert_eq!(
        given(&relay, whole).await,
        Ok(()),
        "none of them used the link up"
    );
}

/// An envelope that the founder's own key has signed.
fn of_founder(key: &EcdsaKeyPair, founder: &Device, like: &Envelope) -> Envelope {
    let mut envelope = Envelope {
        device: founder.id,
        ..like.clone()
    };
    let signed = envelope.signed_bytes(founder.workspace).unwrap();
    envelope.signature = Signature(sign(key, &signed));
    envelope
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whoever_holds_its_key_is_a_device_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut left = left(&folder.path().join("gone")).await;
    let relay = Running::start(&folder.path().join("data")).await;
    let unknown = SessionAnswer::Refused(Trouble::Unknown);
    left.move_to(&relay);
    let own = own_key(&mut left.other);
    assert_eq!(
        come_back(&mut left.other, &own).await,
        unknown,
        "there is no such workspace"
    );
    rebuilt(&relay, &mut left).await;
    assert_eq!(
        come_back(&mut left.other, &new_key()).await,
        unknown,
        "a forged key"
    );
    let real = left.other.id;
    left.other.id = DeviceId(mint());
    assert_eq!(
        come_back(&mut left.other, &own).await,
        unknown,
        "no such device"
    );
    left.other.id = left.founder.id;
    assert_eq!(
        come_back(&mut left.other, &own).await,
        unknown,
        "another's device"
    );
    left.other.id = real;
    // A session is only for whose key is known.
    let request = SessionRequest {
        workspace: left.other.workspace,
        device: real,
        challenge: left.other.challenge,
        signature: Signature([1; 64]),
    };
    let asked = left.other.client.post("/api/session", &request).await;
    assert_eq!(asked.frame::<SessionAnswer>(), unknown);
    assert!(matches!(
        come_back(&mut left.other, &own).await,
        SessionAnswer::Given { .. }
    ));
    assert_eq!(
        come_back(&mut left.other, &own).await,
        unknown,
        "it is known now"
    );
    let garbage = left
        .other
        .client
        .send(Method::POST, "/api/return", &[], vec![1, 0, 9].into());
    assert_eq!(garbage.await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_of_the_relay_before_is_kept_and_given() {
    let folder = tempfile::tempdir().unwrap();
    let mut left = left(&folder.path().join("gone")).await;
    let relay = Running::start(&folder.path().join("data")).await;
    rebuilt(&relay, &mut left).await;
    let leave = async |device: &mut Device, share: Share| {
        device.exchange(Vec::new()).await;
        let body = codec::encode(&share).unwrap();
        let proof = device.proof(&Method::POST, "/api/share");
        let headers = [(PROOF_HEADER, proof.as_str())];
        let client = &device.client;
        let sent = client.send(Method::POST, "/api/share", &headers, body.into());
        sent.await.status
    };
    assert_eq!(
        leave(&mut left.founder, Share([7; 32])).await,
        StatusCode::OK
    );
    assert_eq!(
        leave(&mut left.founder, Share([8; 32])).await,
        StatusCode::OK
    );
    let (id, device) = (left.founder.workspace, left.founder.id);
    assert_eq!(
        relay.store.share(id, device).unwrap(),
        Some([7; 32]),
        "the first stays"
    );

    // Nobody asks for it where nothing was lost.
    let ordinary = Running::start(&folder.path().join("ordinary")).await;
    let mut founder = ordinary.founder().await;
    assert_eq!(
        leave(&mut founder, Share([7; 32])).await,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_before_is_not_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut left = left(&folder.path().join("gone")).await;
    let relay = Running::start(&folder.path().join("data")).await;
    rebuilt(&relay, &mut left).await;
    left.founder.exchange(Vec::new()).await;
    let request = RefillRequest {
        devices: vec![left.founder.id, left.other.id],
        envelopes: left.written.clone(),
    };
    let proof = left.founder.proof(&Method::POST, "/api/refill");
    let headers = [(PROOF_HEADER, proof.as_str())];
    let body = codec::encode(&request).unwrap();
    let client = &left.founder.client;
    let sent = client.send(Method::POST, "/api/refill", &headers, body.into());
    let answer: RefillAnswer = sent.await.frame();
    assert!(answer.until.is_some() && answer.facts_of.is_some());
    assert_eq!(
        answer.lacks_from,
        [Some(1), None],
        "the other's key is not here yet"
    );
    assert_eq!(answer.verdicts, [Verdict::Waits]);
}
