//! A device without a browser: its key, its place in the log, and the envelopes it signs.

use anyhow::{Result, anyhow};
use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, Id, IdSource, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::{Cursor, Epoch};
use caravan_sync::envelope::{Envelope, Hash, Payload, Signature};
use caravan_sync::frame::{Challenge, Credentials, Reply};
use caravan_sync::join::{Founding, JoinError, JoinRequest, Joined, PublicKey};
use caravan_tests::native::{DeviceKey, post};
use ring::rand::{SecureRandom, SystemRandom};

pub(crate) struct Device {
    pub(crate) address: String,
    pub(crate) cookie: String,
    pub(crate) workspace: WorkspaceId,
    pub(crate) person: PersonId,
    pub(crate) id: DeviceId,
    epoch: Epoch,
    challenge: Challenge,
    pub(crate) cursor: Cursor,
    key: DeviceKey,
    /// Of its last envelope.
    sequence: u64,
    previous: Hash,
}

impl Device {
    pub(crate) async fn found(address: String, token: [u8; 16]) -> Result<Self> {
        let founding = Founding {
            workspace_name: "Bench".to_owned(),
        };
        Self::join(address, token, Some(founding)).await
    }

    pub(crate) async fn join(
        address: String,
        token: [u8; 16],
        founding: Option<Founding>,
    ) -> Result<Self> {
        let key = DeviceKey::generate()?;
        let device = DeviceId(Ids.mint());
        let proof = [b"caravan join v1\0", token.as_slice(), device.0.as_bytes()].concat();
        let password = if founding.is_some() {
            "a long password"
        } else {
            ""
        };
        let request = JoinRequest {
            token,
            device,
            key: PublicKey(key.public()),
            signature: key.sign(&proof)?.0.to_vec(),
            label: "bench".to_owned(),
            name: "Bench".to_owned(),
            founding,
            password: password.to_owned(),
        };
        let answer =
            post::<Result<Joined, JoinError>>(&address, "/api/join", None, &request).await?;
        let joined = answer.frame?;
        Ok(Self {
            cookie: answer
                .cookie
                .ok_or_else(|| anyhow!("joining gave no session"))?,
            address,
            workspace: joined.workspace,
            person: joined.person,
            id: joined.device,
            epoch: joined.epoch,
            challenge: joined.challenge,
            cursor: Cursor::default(),
            key,
            sequence: 0,
            previous: Hash::NONE,
        })
    }

    pub(crate) fn credentials(&self) -> Result<Credentials> {
        let signed = Credentials::signed_bytes(self.id, self.challenge);
        Ok(Credentials {
            device: self.id,
            challenge: self.challenge,
            signature: self.key.sign(&signed)?,
            epoch: self.epoch,
            cursor: self.cursor,
        })
    }

    pub(crate) fn challenged(&mut self, challenge: Challenge) {
        self.challenge = challenge;
    }

    /// What a device remembers of a reply it has stored.
    pub(crate) fn stored(&mut self, reply: &Reply) {
        self.epoch = reply.epoch;
        self.challenge = reply.next_challenge;
        self.cursor = reply.cursor;
    }

    pub(crate) fn envelope(&mut self, document: DocumentId, payload: Payload) -> Result<Envelope> {
        let mut envelope = Envelope {
            document,
            device: self.id,
            sequence: self.sequence + 1,
            previous: self.previous,
            written_at: now(),
            payload,
            signature: Signature([0; 64]),
        };
        let signed = envelope.signed_bytes(self.workspace)?;
        envelope.signature = self.key.sign(&signed)?;
        self.sequence = envelope.sequence;
        self.previous = envelope.hash(self.workspace)?;
        Ok(envelope)
    }
}

/// Ids from the system's clock and randomness.
pub(crate) struct Ids;

impl IdSource for Ids {
    fn mint(&mut self) -> Id {
        let mut random = [0; 10];
        SystemRandom::new()
            .fill(&mut random)
            .expect("this system has randomness");
        Id::mint(now(), random)
    }
}

pub(crate) fn now() -> Instant {
    let since = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default();
    Instant::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
