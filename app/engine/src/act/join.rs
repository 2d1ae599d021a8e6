//! Coming into a workspace: what to ask of the relay, and what to keep of its answer.

use caravan_domain::id::{DeviceId, Id, WorkspaceId};
use caravan_port::act::{JoinForm, SignInForm};
use caravan_sync::cursor::Cursor;
use caravan_sync::join::{Founding, JoinRequest, Joined, SignInRequest};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::state::State;
use crate::storage::{Storage, Store, Transaction};
use crate::stored::{self, Identity, Progress};

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Mints a device and asks for it to be let in.
    ///
    /// # Errors
    /// When the device's key cannot be made or used.
    pub async fn join_request(&self, form: JoinForm) -> Result<JoinRequest, EngineError> {
        let device = self.mint_device();
        let key = self.platform.public_key().await?;
        let signed = signed(b"caravan join v1\0", &form.token, device);
        Ok(JoinRequest {
            token: form.token,
            device,
            key,
            signature: self.platform.sign(&signed).await?.0.to_vec(),
            label: form.label,
            name: form.name,
            founding: form
                .workspace_name
                .map(|workspace_name| Founding { workspace_name }),
            password: form.password,
        })
    }

    /// As [`Engine::join_request`], for somebody who has joined before.
    ///
    /// # Errors
    /// When the device's key cannot be made or used.
    pub async fn sign_in_request(&self, form: SignInForm) -> Result<SignInRequest, EngineError> {
        let device = self.mint_device();
        let key = self.platform.public_key().await?;
        let WorkspaceId(workspace) = form.workspace;
        let signed = signed(b"caravan sign-in v1\0", workspace.as_bytes(), device);
        Ok(SignInRequest {
            workspace: form.workspace,
            person: form.person,
            password: form.password,
            device,
            key,
            signature: self.platform.sign(&signed).await?.0.to_vec(),
            label: form.label,
        })
    }

    /// Keeps who this device is from now on. Drafts stay; everything else of an earlier workspace
    /// is removed.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn joined(&self, joined: Joined) -> Result<(), EngineError> {
        let _writer = self.writer().await;
        let identity = Identity {
            workspace: joined.workspace,
            workspace_name: joined.workspace_name,
            person: joined.person,
            device: joined.device,
        };
        let now = self.platform.now();
        let progress = Progress {
            epoch: joined.epoch,
            cursor: Cursor::default(),
            challenge: joined.challenge,
            last_contact_at: Some(now),
            last_received_at: None,
            clock_skew_millis: Some(joined.now.millis().saturating_sub(now.millis())),
        };
        let persisted = self.state.borrow().persisted;
        let mut transaction = Transaction::default();
        for store in Store::ALL {
            if !matches!(store, Store::Drafts | Store::Meta) {
                transaction.delete_prefix(store, []);
            }
        }
        transaction.delete(Store::Meta, stored::CHAIN);
        transaction.delete(Store::Meta, stored::REVOKED);
        transaction.put(Store::Meta, stored::IDENTITY, stored::write(&identity));
        transaction.put(Store::Meta, stored::PROGRESS, stored::write(&progress));
        self.storage.commit(transaction).await?;

        let mut state = State {
            identity: Some(identity),
            progress,
            persisted,
            ..State::default()
        };
        state.touched.everything = true;
        *self.state.borrow_mut() = state;
        Ok(())
    }

    fn mint_device(&self) -> DeviceId {
        DeviceId(Id::mint(self.platform.now(), self.platform.random()))
    }
}

fn signed(tag: &[u8], about: &[u8; 16], device: DeviceId) -> Vec<u8> {
    [tag, about, device.0.as_bytes()].concat()
}
