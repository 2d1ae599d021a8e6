//! The device's side of an exchange, without sockets: what to present, what to push, and what a
//! relay's answer changes here. The same for WebSocket and HTTP.

mod erase;
mod history;
mod push;
mod put_by;
mod refill;
mod refusal;
mod reply;
mod settle;
mod unsent;

pub(crate) use refill::every_document;

use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_sync::cursor::Cursor;
use caravan_sync::frame::{
    Challenge, Credentials, ExchangeRequest, RelayFrame, RequestProof, Trouble,
};
use caravan_sync::join::SessionRequest;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::Storage;

/// What a relay's frame asks of whoever holds the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Say `Continue` with this cursor, or exchange again: more is waiting.
    Continue(Cursor),
    /// Nothing is owed.
    Settled,
    /// Begin again: there is a new challenge to sign.
    BeginAgain,
    /// Everything on this device was wiped.
    Wiped,
    Trouble(Trouble),
}

impl<S: Storage, P: Platform> Engine<S, P> {
    /// To begin a connection or an exchange. Everything counts as unsent from here on.
    ///
    /// # Errors
    /// `NotJoined`, or when the key cannot be used.
    pub async fn credentials(&self) -> Result<Credentials, EngineError> {
        let (device, progress) = {
            let mut state = self.state.borrow_mut();
            state.outbox.sent_through = 0;
            state.giving.begins_again = false;
            (state.identity()?.device, state.progress)
        };
        let signed = Credentials::signed_bytes(device, progress.challenge);
        Ok(Credentials {
            device,
            challenge: progress.challenge,
            signature: self.platform.sign(&signed).await?,
            epoch: progress.epoch,
            cursor: progress.cursor,
        })
    }

    /// The body of one exchange over HTTP.
    ///
    /// # Errors
    /// As [`Engine::credentials`], and the storage's failure.
    pub async fn exchange_request(&self) -> Result<ExchangeRequest, EngineError> {
        let credentials = self.credentials().await?;
        let outbox = self.next_push().await?;
        Ok(ExchangeRequest {
            credentials,
            outbox,
        })
    }

    /// To go with a request that is no exchange; `path` with its query. Good once.
    ///
    /// # Errors
    /// `NotJoined`, or when the key cannot be used.
    pub async fn request_proof(
        &self,
        method: &str,
        path: &str,
    ) -> Result<RequestProof, EngineError> {
        let (device, challenge) = {
            let state = self.state.borrow();
            (state.identity()?.device, state.progress.challenge)
        };
        let signed = RequestProof::signed_bytes(device, challenge, method, path);
        Ok(RequestProof {
            challenge,
            signature: self.platform.sign(&signed).await?,
        })
    }

    /// To ask for a session when this device's was lost, or it is locked.
    ///
    /// # Errors
    /// `NotJoined`, or when the key cannot be used.
    pub async fn session_request(&self) -> Result<SessionRequest, EngineError> {
        let (workspace, device, challenge) = self.asking()?;
        let signed = SessionRequest::signed_bytes(workspace, device, challenge);
        Ok(SessionRequest {
            workspace,
            device,
            challenge,
            signature: self.platform.sign(&signed).await?,
        })
    }

    /// Who asks something of the relay that is signed, and the challenge that it gave last.
    pub(crate) fn asking(&self) -> Result<(WorkspaceId, DeviceId, Challenge), EngineError> {
        let state = self.state.borrow();
        let locked = state.locked.as_ref().map(|locked| &locked.identity);
        let identity = state.identity.as_ref().or(locked);
        let identity = identity.ok_or(EngineError::NotJoined)?;
        Ok((
            identity.workspace,
            identity.device,
            state.progress.challenge,
        ))
    }

    /// Takes in what the relay says. Durable when this returns; safe to repeat.
    ///
    /// # Errors
    /// When it could not be stored: nothing has changed, the relay will say it again.
    pub async fn receive(&self, frame: RelayFrame) -> Result<Next, EngineError> {
        match frame {
            RelayFrame::Reply(reply) => self.receive_reply(*reply).await,
            RelayFrame::Challenge(challenge) => self.keep_challenge(challenge).await,
            RelayFrame::Revoked => {
                self.wipe(true).await?;
                Ok(Next::Wiped)
            }
            RelayFrame::Refused(trouble) => Ok(Next::Trouble(trouble)),
        }
    }

    async fn keep_challenge(&self, challenge: Challenge) -> Result<Next, EngineError> {
        let _writer = self.writer().await;
        let mut stage = crate::stage::Stage::default();
        let mut progress = self.state.borrow().progress;
        progress.challenge = challenge;
        stage.progress = Some(progress);
        self.commit(stage).await?;
        Ok(Next::BeginAgain)
    }
}
