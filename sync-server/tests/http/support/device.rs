//! A phone without a screen: its key, its place in the log, and the envelopes it signs.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use caravan_sync::codec;
use data_encoding::BASE64URL_NOPAD;

use caravan_documents::Document;
use caravan_domain::decision::Decision;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::Edit;
use caravan_domain::facts::Employment;
use caravan_domain::id::{DeviceId, Id, InvitationId, PersonId, WorkspaceId};
use caravan_domain::people::decision::{Offer, PeopleDecision};
use caravan_domain::role::Role;
use caravan_relay::clock;
use caravan_relay::identity::hash_token;
use caravan_sync::cursor::{Cursor, Epoch};
use caravan_sync::envelope::{Envelope, Hash, Payload, Signature};
use caravan_sync::frame::{
    Challenge, Credentials, ExchangeRequest, PROOF_HEADER, RelayFrame, Reply, RequestProof, Verdict,
};
use caravan_sync::join::{Founding, JoinError, JoinRequest, Joined, PublicKey};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

use super::{Answer, Client};

pub(crate) struct Device {
    pub(crate) client: Client,
    pub(crate) workspace: WorkspaceId,
    pub(crate) person: PersonId,
    pub(crate) id: DeviceId,
    pub(crate) epoch: Epoch,
    pub(crate) cursor: Cursor,
    pub(crate) challenge: Challenge,
    pub(crate) key: EcdsaKeyPair,
    /// How far its clock is ahead of the relay's, in milliseconds.
    pub(crate) ahead: i64,
    sequence: u64,
    previous: Hash,
}

pub(crate) fn new_key() -> EcdsaKeyPair {
    let kind = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(kind, pkcs8.as_ref(), &random).unwrap()
}

pub(crate) fn mint() -> Id {
    Id::mint(clock::now(), clock::random())
}

pub(crate) fn client_document() -> DocumentId {
    DocumentId {
        kind: DocumentKind::Client,
        id: mint(),
    }
}

pub(crate) fn sign(key: &EcdsaKeyPair, bytes: &[u8]) -> [u8; 64] {
    let signature = key.sign(&SystemRandom::new(), bytes).unwrap();
    signature.as_ref().try_into().unwrap()
}

pub(crate) fn join_request(key: &EcdsaKeyPair, device: DeviceId, token: [u8; 16]) -> JoinRequest {
    let signed = [b"caravan join v1\0", &token[..], device.0.as_bytes()].concat();
    JoinRequest {
        token,
        device,
        key: PublicKey(key.public_key().as_ref().to_vec()),
        signature: sign(key, &signed).to_vec(),
        label: "test".to_owned(),
        name: "王芳".to_owned(),
        founding: None,
        password: String::new(),
    }
}

impl Device {
    pub(crate) async fn found(client: Client, token: [u8; 16]) -> Self {
        Self::try_join(client, token, |request| {
            request.founding = Some(Founding {
                workspace_name: "云南商队".to_owned(),
            });
            "a long password".clone_into(&mut request.password);
        })
        .await
        .unwrap()
    }

    pub(crate) async fn join(client: Client, token: [u8; 16]) -> Self {
        Self::try_join(client, token, |_| {}).await.unwrap()
    }

    pub(crate) async fn try_join(
        mut client: Client,
        token: [u8; 16],
        change: impl FnOnce(&mut JoinRequest),
    ) -> Result<Self, JoinError> {
        let key = new_key();
        let mut request = join_request(&key, DeviceId(mint()), token);
        change(&mut request);
        let answer = client.post("/api/join", &request).await;
        let joined = answer.frame::<Result<Joined, JoinError>>()?;
        client.cookie = answer.cookie();
        Ok(Self::joined(client, key, joined))
    }

    pub(crate) fn joined(client: Client, key: EcdsaKeyPair, joined: Joined) -> Self {
        Self {
            client,
            workspace: joined.workspace,
            person: joined.person,
            id: joined.device,
            epoch: joined.epoch,
            cursor: Cursor::default(),
            challenge: joined.challenge,
            key,
            ahead: 0,
            sequence: 0,
            previous: Hash::NONE,
        }
    }

    pub(crate) fn credentials(&self) -> Credentials {
        let signed = Credentials::signed_bytes(self.id, self.challenge);
        Credentials {
            device: self.id,
            challenge: self.challenge,
            signature: Signature(sign(&self.key, &signed)),
            epoch: self.epoch,
            cursor: self.cursor,
        }
    }

    pub(crate) fn stored(&mut self, reply: &Reply) {
        self.epoch = reply.epoch;
        self.cursor = reply.cursor;
        self.challenge = reply.next_challenge;
    }

    /// A request that the device's key vouches for.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let proof = self.proof(&method, path);
        let mut headers = headers.to_vec();
        headers.push((PROOF_HEADER, &proof));
        self.client.send(method, path, &headers, body).await
    }

    pub(crate) fn proof(&self, method: &Method, path: &str) -> String {
        let challenge = self.challenge;
        let signed = RequestProof::signed_bytes(self.id, challenge, method.as_str(), path);
        let proof = RequestProof {
            challenge,
            signature: Signature(sign(&self.key, &signed)),
        };
        BASE64URL_NOPAD.encode(&codec::encode(&proof).unwrap())
    }

    pub(crate) async fn exchange_frame(&self, outbox: Vec<Envelope>) -> RelayFrame {
        let request = ExchangeRequest {
            credentials: self.credentials(),
            outbox,
        };
        self.client.post("/api/exchange", &request).await.frame()
    }

    pub(crate) async fn exchange(&mut self, outbox: Vec<Envelope>) -> Reply {
        match self.exchange_frame(outbox).await {
            RelayFrame::Reply(reply) => {
                self.stored(&reply);
                *reply
            }
            other => panic!("{other:?}"),
        }
    }

    /// Pushes, and expects every envelope to be received.
    pub(crate) async fn push(&mut self, outbox: Vec<Envelope>) -> Reply {
        let reply = self.exchange(outbox).await;
        let received = |verdict: &Verdict| matches!(verdict, Verdict::Received { .. });
        assert!(
            reply
                .receipts
                .iter()
                .all(|receipt| received(&receipt.verdict)),
            "{:?}",
            reply.receipts
        );
        reply
    }

    /// A change that names the client.
    pub(crate) fn name_client(&mut self, document: DocumentId, name: &str) -> Envelope {
        let edit = Edit::put(document, &["profile", "name"], name);
        self.edit(&mut Document::new(document), edit)
    }

    /// On top of everything the document holds.
    pub(crate) fn edit(&mut self, opened: &mut Document, edit: Edit) -> Envelope {
        let now = clock::now();
        let change = opened.commit(self.id, now, &[edit]).unwrap().unwrap();
        self.envelope(opened.id(), Payload::Change(change.bytes))
    }

    pub(crate) fn decide(&mut self, decision: &Decision) -> Envelope {
        let payload = Payload::of_decision(decision);
        self.envelope(DocumentId::WORKSPACE, payload)
    }

    pub(crate) fn envelope(&mut self, document: DocumentId, payload: Payload) -> Envelope {
        let mut envelope = Envelope {
            document,
            device: self.id,
            sequence: self.sequence + 1,
            previous: self.previous,
            written_at: clock::now().plus_millis(self.ahead),
            payload,
            signature: Signature([0; 64]),
        };
        let signed = envelope.signed_bytes(self.workspace).unwrap();
        envelope.signature = Signature(sign(&self.key, &signed));
        self.sequence += 1;
        self.previous = envelope.hash(self.workspace).unwrap();
        envelope
    }

    /// A link for an account manager, decided by this person.
    pub(crate) async fn invite(&mut self) -> [u8; 16] {
        let token: [u8; 16] = clock::random();
        let offer = Offer {
            name: "李强".to_owned(),
            roles: BTreeSet::from([Role::AccountManager]),
            team: None,
            employment: Employment::FullTime,
            token_hash: hash_token(&token),
            expires_at: clock::now().plus_millis(60_000),
        };
        let invitation = InvitationId(mint());
        let decision = Decision::People(PeopleDecision::Invite { invitation, offer });
        let envelope = self.decide(&decision);
        self.push(vec![envelope]).await;
        token
    }

    pub(crate) async fn revoke(&mut self, device: DeviceId) {
        let decision = Decision::People(PeopleDecision::RevokeDevice { device });
        let envelope = self.decide(&decision);
        self.push(vec![envelope]).await;
    }
}
