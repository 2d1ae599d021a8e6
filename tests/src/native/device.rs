//! A device without browser and engine: its key, its place in the log, and the envelopes it signs.
//! A clone is what a copied profile is: the same device twice.

use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, Id, IdSource, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::cursor::{Cursor, Epoch};
use caravan_sync::envelope::{Envelope, Hash, Payload, Signature};
use caravan_sync::frame::{
    Challenge, Credentials, ExchangeRequest, RelayFrame, Reply, RequestProof,
};
use caravan_sync::join::{Founding, JoinError, JoinRequest, Joined, PublicKey};
use ring::rand::{SecureRandom, SystemRandom};

use super::{DeviceKey, post};

#[derive(Debug, Clone)]
pub struct Device {
    pub address: String,
    pub cookie: String,
    pub workspace: WorkspaceId,
    pub person: PersonId,
    pub id: DeviceId,
    epoch: Epoch,
    challenge: Challenge,
    pub cursor: Cursor,
    pub key: Arc<DeviceKey>,
    /// Of its last envelope.
    pub sequence: u64,
    pub previous: Hash,
}

impl Device {
    /// # Errors
    /// When the relay cannot be reached or lets nobody in.
    pub async fn found(address: String, token: [u8; 16]) -> Result<Self> {
        let founding = Founding {
            workspace_name: "Native".to_owned(),
        };
        Self::join(address, token, Some(founding)).await
    }

    /// # Errors
    /// As [`Device::found`].
    pub async fn join(
        address: String,
        token: [u8; 16],
        founding: Option<Founding>,
    ) -> Result<Self> {
        let key = Arc::new(DeviceKey::generate()?);
        Self::join_as(address, token, founding, (DeviceId(Ids.mint()), key)).await
    }

    /// With an id and a key that may be in use elsewhere.
    ///
    /// # Errors
    /// As [`Device::found`].
    pub async fn join_as(
        address: String,
        token: [u8; 16],
        founding: Option<Founding>,
        (device, key): (DeviceId, Arc<DeviceKey>),
    ) -> Result<Self> {
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
            label: "native".to_owned(),
            name: "Native".to_owned(),
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

    /// # Errors
    /// When the system has no randomness.
    pub fn credentials(&self) -> Result<Credentials> {
        let signed = Credentials::signed_bytes(self.id, self.challenge);
        Ok(Credentials {
            device: self.id,
            challenge: self.challenge,
            signature: self.key.sign(&signed)?,
            epoch: self.epoch,
            cursor: self.cursor,
        })
    }

    /// To go with a request that is no exchange.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn request_proof(&self, method: &str, path: &str) -> Result<RequestProof> {
        let signed = RequestProof::signed_bytes(self.id, self.challenge, method, path);
        Ok(RequestProof {
            challenge: self.challenge,
            signature: self.key.sign(&signed)?,
        })
    }

    /// Whatever the relay says to one exchange.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn ask(&self, outbox: Vec<Envelope>) -> Result<RelayFrame> {
        let request = ExchangeRequest {
            credentials: self.credentials()?,
            outbox,
        };
        let answer = post(&self.address, "/api/exchange", Some(&self.cookie), &request);
        Ok(answer.await?.frame)
    }

    /// One exchange, begun again when the challenge was spent.
    ///
    /// # Errors
    /// When the relay cannot be reached or will not serve this device.
    pub async fn exchange(&mut self, outbox: Vec<Envelope>) -> Result<Reply> {
        for _ in 0..2 {
            match self.ask(outbox.clone()).await? {
                RelayFrame::Reply(reply) => {
                    self.stored(&reply);
                    return Ok(*reply);
                }
                RelayFrame::Challenge(challenge) => self.challenged(challenge),
                other => bail!("the relay answered {other:?}"),
            }
        }
        bail!("the relay refused its own challenge")
    }

    /// Every reply until nothing is owed.
    ///
    /// # Errors
    /// As [`Device::exchange`].
    pub async fn catch_up(&mut self) -> Result<Vec<Reply>> {
        let mut replies = Vec::new();
        loop {
            let reply = self.exchange(Vec::new()).await?;
            let more = reply.more;
            replies.push(reply);
            if !more {
                return Ok(replies);
            }
        }
    }

    pub fn challenged(&mut self, challenge: Challenge) {
        self.challenge = challenge;
    }

    /// What a device remembers of a reply it has stored.
    pub fn stored(&mut self, reply: &Reply) {
        self.epoch = reply.epoch;
        self.challenge = reply.next_challenge;
        self.cursor = reply.cursor;
    }

    /// The next one of its chain.
    ///
    /// # Errors
    /// When the payload does not even begin like a change, or the system has no randomness.
    pub fn envelope(&mut self, document: DocumentId, payload: Payload) -> Result<Envelope> {
        let envelope = self.sealed(Envelope {
            document,
            device: self.id,
            sequence: self.sequence + 1,
            previous: self.previous,
            written_at: now(),
            payload,
            signature: Signature([0; 64]),
        })?;
        self.sequence = envelope.sequence;
        self.previous = envelope.hash(self.workspace)?;
        Ok(envelope)
    }

    /// Signed as it is, whatever it says.
    ///
    /// # Errors
    /// As [`Device::envelope`].
    pub fn sealed(&self, mut envelope: Envelope) -> Result<Envelope> {
        let signed = envelope.signed_bytes(self.workspace)?;
        envelope.signature = self.key.sign(&signed)?;
        Ok(envelope)
    }
}

/// Ids from the system's clock and randomness.
pub struct Ids;

impl IdSource for Ids {
    fn mint(&mut self) -> Id {
        let mut random = [0; 10];
        SystemRandom::new()
            .fill(&mut random)
            .expect("this system has randomness");
        Id::mint(now(), random)
    }
}

#[must_use]
pub fn now() -> Instant {
    let since = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default();
    Instant::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
