//! Giving a relay that has lost everything its workspace back: the facts as they stand here, every document that the person may
//! read, and by what the others' devices can be known. What waits in the outbox stays there and is pushed afterwards as ever.

use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactChange;
use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_domain::policy;
use caravan_domain::role::Role;
use caravan_domain::time::Instant;
use caravan_sync::codec::CodecError;
use caravan_sync::cursor::CatchUp;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{FRAME_MAX, ReceivedChange, Snapshot};
use caravan_sync::rebuild::{Body, Claim, PART_TARGET, Part, ReturnRequest, WITNESSES_MAX};
use serde::Serialize;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::{Storage, Store};
use crate::stored::{self, Kept};

/// What the relay had received when it was last heard, it may not have looked into yet: so much earlier are the facts that it
/// had passed on, in milliseconds. What was decided in between is decided again, and its author told if it was settled.
const BEHIND: i64 = 60_000;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// The body of `POST /api/rebuild`; `None` when not everything is here: the person is no director, who alone reads it, or was
    /// still being sent it.
    ///
    /// # Errors
    /// `NotJoined`, the storage's failure, or when the key cannot be used.
    pub async fn rebuild_request(
        &self,
        token: [u8; 16],
        password: String,
    ) -> Result<Option<Vec<u8>>, EngineError> {
        let (workspace, person, device) = self.me().ok_or(EngineError::NotJoined)?;
        let level = self.state.borrow().progress.cursor.catch_up == CatchUp::Done;
        if !level || !self.settled().has_role(person, Role::Director) {
            return Ok(None);
        }
        let claim = Claim {
            token,
            workspace,
            device,
            key: self.platform.public_key().await?,
            facts_of: self.facts_of(),
            password,
        };
        let mut body = Body::begin(&claim).map_err(too_large)?;
        let mut facts = Filling::new(Part::Facts);
        let all: Vec<_> = self.settled().keys().collect();
        for key in all {
            let fact = self.settled().get(key);
            facts.put(&mut body, FactChange { key, fact })?;
        }
        facts.finish(&mut body)?;
        let mut documents = Filling::new(Part::Documents);
        for id in self.documents() {
            if !policy::may_read(person, id, &self.settled()) {
                continue;
            }
            if let Some(given) = self.given(id).await? {
                documents.put(&mut body, given)?;
            }
        }
        documents.finish(&mut body)?;
        let mut witnesses = Filling::new(Part::Witnesses);
        for envelope in self.witnesses().await? {
            witnesses.put(&mut body, envelope)?;
        }
        witnesses.finish(&mut body)?;
        let signature = self.platform.sign(&body.signed_bytes()).await?;
        Ok(Some(body.finish(&signature)))
    }

    /// The last that was heard of the relay, by its clock.
    fn facts_of(&self) -> Instant {
        let progress = self.state.borrow().progress;
        let heard = progress.last_contact_at.zip(progress.clock_skew_millis);
        let heard = heard.map(|(at, skew)| at.plus_millis(skew - BEHIND));
        heard
            .or(progress.last_received_at)
            .unwrap_or(Instant::from_millis(0))
    }

    /// A document with what the relay had of it, as plain changes. `None` when that is nothing.
    async fn given(&self, id: DocumentId) -> Result<Option<Snapshot>, EngineError> {
        let Some(opened) = self.open(id).await? else {
            return Ok(None);
        };
        let mut given = Snapshot {
            document: id,
            chunks: Vec::new(),
            received: Vec::new(),
        };
        for change in opened.document.changes_since_genesis()? {
            if self.waits(id, &change) {
                continue;
            }
            let at = opened.received.get(&(change.device, change.sequence));
            given.received.extend(at.map(|at| ReceivedChange {
                device: change.device,
                sequence: change.sequence,
                at: *at,
            }));
            given.chunks.extend(change.bytes);
        }
        Ok((!given.chunks.is_empty()).then_some(given))
    }

    /// The newest envelopes that are kept of each device.
    async fn witnesses(&self) -> Result<Vec<Envelope>, EngineError> {
        let mut witnesses = Vec::new();
        for of_device in self.kept_of_all().await?.values() {
            for key in of_device.values().rev().take(WITNESSES_MAX) {
                if let Some(kept) = self.storage.get(Store::History, key).await? {
                    let kept: Kept = stored::read(&kept)?;
                    witnesses.push(kept.envelope);
                }
            }
        }
        Ok(witnesses)
    }

    /// To be known again by a relay that was rebuilt from somebody else's device.
    ///
    /// # Errors
    /// `NotJoined`, or when the key cannot be used.
    pub async fn return_request(&self) -> Result<ReturnRequest, EngineError> {
        let (workspace, device, challenge): (WorkspaceId, DeviceId, _) = self.asking()?;
        let signed = ReturnRequest::signed_bytes(workspace, device, challenge);
        Ok(ReturnRequest {
            workspace,
            device,
            key: self.platform.public_key().await?,
            challenge,
            signature: self.platform.sign(&signed).await?,
        })
    }
}

/// Items on their way into parts of a size that a frame takes.
struct Filling<T> {
    wrap: fn(Vec<T>) -> Part,
    items: Vec<T>,
    bytes: usize,
}

impl<T: Serialize> Filling<T> {
    const fn new(wrap: fn(Vec<T>) -> Part) -> Self {
        Self {
            wrap,
            items: Vec::new(),
            bytes: 0,
        }
    }

    fn put(&mut self, body: &mut Body, item: T) -> Result<(), EngineError> {
        let bytes = postcard::to_allocvec(&item).map_err(|_| EngineError::Damaged)?;
        // A document that no frame takes is left to those who wrote it.
        if bytes.len() >= FRAME_MAX / 2 {
            return Ok(());
        }
        if self.bytes + bytes.len() > PART_TARGET {
            self.finish(body)?;
        }
        self.bytes += bytes.len();
        self.items.push(item);
        Ok(())
    }

    fn finish(&mut self, body: &mut Body) -> Result<(), EngineError> {
        self.bytes = 0;
        match std::mem::take(&mut self.items) {
            none if none.is_empty() => Ok(()),
            items => body.part(&(self.wrap)(items)).map_err(too_large),
        }
    }
}

/// Parts are kept far below what a frame takes.
fn too_large(_: CodecError) -> EngineError {
    EngineError::Damaged
}
