//! Coming into a workspace: what to ask of the relay, and what to keep of its answer.

use std::collections::BTreeMap;

use caravan_domain::id::{BlobHash, DeviceId, Id, WorkspaceId};
use caravan_port::act::{JoinForm, SignInForm};
use caravan_port::view::Connection;
use caravan_sync::cursor::Cursor;
use caravan_sync::frame::{Rejection, Trouble};
use caravan_sync::join::{Founding, JoinRequest, Joined, SignInRequest};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::giving::Giving;
use crate::lock::NewLock;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::state::State;
use crate::storage::{Storage, Store, Transaction};
use crate::stored::{self, Attention, BlobNote, Identity, Kept, Progress, whose};

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Mints a device and asks for it to be let in. A device that its relay does not know any more,
    /// because its log is of a backup from before, asks for itself: what it wrote has its place.
    ///
    /// # Errors
    /// When the device's key cannot be made or used.
    pub async fn join_request(&self, form: JoinForm) -> Result<JoinRequest, EngineError> {
        let again = (form.own_device || form.renewing) && self.is_unknown();
        let device = self.same_device(|_, _| again);
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
            // Somebody's own further device leaves their password as it is.
            password: match form.own_device {
                true => String::new(),
                false => form.password,
            },
        })
    }

    /// As [`Engine::join_request`], for somebody who has joined before.
    ///
    /// # Errors
    /// When the device's key cannot be made or used.
    pub async fn sign_in_request(&self, form: SignInForm) -> Result<SignInRequest, EngineError> {
        let device = self.same_device(|state, identity| {
            let known = state.facts.people.get(&identity.person);
            let named = form.person.trim();
            let same = identity.person.code().eq_ignore_ascii_case(named)
                || known.is_some_and(|known| known.name == named);
            identity.workspace == form.workspace && same
        });
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
    /// is removed. When the same person comes in again because their device was copied, what it
    /// could not send any more is kept for them to write again.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn joined(&self, joined: Joined) -> Result<(), EngineError> {
        self.joined_under(joined, None).await
    }

    /// As [`Engine::joined`]; everything that is stored from here on is encrypted under this lock.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn joined_under(
        &self,
        joined: Joined,
        lock: Option<NewLock>,
    ) -> Result<(), EngineError> {
        let _writer = self.writer().await;
        let identity = Identity {
            workspace: joined.workspace,
            workspace_name: joined.workspace_name,
            person: joined.person,
            device: joined.device,
        };
        let now = self.platform.now();
        let before = self.state.borrow().identity.clone();
        let same_device = before.as_ref().is_some_and(|before| {
            (before.workspace, before.device) == (identity.workspace, identity.device)
        });
        let progress = Progress {
            epoch: joined.epoch,
            cursor: Cursor::default(),
            challenge: joined.challenge,
            last_contact_at: Some(now),
            last_received_at: None,
            clock_skew_millis: Some(joined.now.millis().saturating_sub(now.millis())),
        };
        let same_person = before
            .as_ref()
            .is_some_and(|it| it.person == identity.person);
        if same_device && same_person {
            self.joined_again(identity, progress).await?;
            return self.protect(lock).await;
        }
        // Whoever stands here with all they had has lost nothing.
        let lost = joined.lost.filter(|_| before.is_none());
        let left = self.left_behind(&identity).await?;
        let persisted = self.state.borrow().persisted;
        let mut transaction = Transaction::default();
        match &lock {
            Some(new) => new.store(&mut transaction),
            None => {
                transaction.delete(Store::Meta, stored::LOCK);
                transaction.delete(Store::Meta, stored::SHARE);
            }
        }
        // Pictures may not have been sent either.
        let kept: &[Store] = match &left {
            _ if self.storage.is_locked() => &[],
            Some(_) => &[Store::Drafts, Store::Blobs, Store::BlobNotes],
            None => &[Store::Drafts],
        };
        for store in Store::ALL {
            // Under a new lock the storage sees to its keys itself.
            if matches!(store, Store::Meta | Store::Keys) {
                continue;
            }
            transaction.delete_prefix(store, []);
            // Written again, because it may be under another key from here on.
            if kept.contains(&store) {
                for (key, value) in self.storage.all(store).await? {
                    transaction.put(store, key, value);
                }
            }
        }
        let (attention, blobs) = left.unwrap_or_default();
        for (sequence, attention) in &attention {
            let key = sequence.to_be_bytes();
            transaction.put(Store::Attention, key, stored::write(attention));
        }
        transaction.delete(Store::Meta, stored::CHAIN);
        transaction.delete(Store::Meta, stored::REVOKED);
        transaction.delete(Store::Meta, stored::COPIED);
        transaction.delete(Store::Meta, stored::REPAIR);
        transaction.delete(Store::Meta, stored::PUT_BY);
        transaction.delete(Store::Meta, stored::LOST);
        transaction.delete(Store::Meta, stored::OTHER_SHARE);
        if let Some(lost) = &lost {
            transaction.put(Store::Meta, stored::LOST, stored::write(lost));
        }
        if same_device {
            // It was somebody else's, and others keep what they wrote under this name.
            transaction.put(Store::Meta, stored::COPIED, vec![1]);
        }
        transaction.put(Store::Meta, stored::IDENTITY, stored::write(&identity));
        transaction.put(Store::Meta, stored::PROGRESS, stored::write(&progress));
        self.storage.commit(transaction).await?;

        let mut state = State {
            identity: Some(identity),
            progress,
            persisted,
            attention,
            blobs,
            has_share: lock.is_some(),
            lock: lock.map(|new| new.lock),
            copied: same_device,
            lost,
            ..State::default()
        };
        state.touched.everything = true;
        *self.state.borrow_mut() = state;
        Ok(())
    }

    /// The same device of the same person: its relay knew it no more, or had lost its session. What
    /// the relay lacks of it waits again.
    async fn joined_again(
        &self,
        identity: Identity,
        progress: Progress,
    ) -> Result<(), EngineError> {
        let mut stage = Stage::default();
        stage.progress = Some(progress);
        self.begin_again(&mut stage);
        stage.identity = Some(identity);
        self.commit(stage).await?;
        let mut state = self.state.borrow_mut();
        state.giving = Giving::default();
        state.outbox.sent_through = 0;
        state.outbox.offer_all();
        state.touched.everything = true;
        Ok(())
    }

    /// A device from before devices were encrypted is encrypted from here on. Any other keeps the lock
    /// it has.
    async fn protect(&self, lock: Option<NewLock>) -> Result<(), EngineError> {
        let Some(new) = lock.filter(|_| self.state.borrow().lock.is_none()) else {
            return Ok(());
        };
        let mut transaction = Transaction::default();
        new.store(&mut transaction);
        for store in Store::ALL {
            if matches!(store, Store::Meta | Store::Keys) {
                continue;
            }
            for (key, value) in self.storage.all(store).await? {
                transaction.put(store, key, value);
            }
        }
        self.storage.commit(transaction).await?;
        let mut state = self.state.borrow_mut();
        state.lock = Some(new.lock);
        state.has_share = true;
        state.touched.lock = true;
        Ok(())
    }

    /// Whether the relay said that it does not know this device.
    fn is_unknown(&self) -> bool {
        self.state.borrow().connection == Connection::Trouble(Trouble::Unknown)
    }

    /// The device that this is, if it may ask to be it again; else a new one.
    fn same_device(&self, may: impl FnOnce(&State, &Identity) -> bool) -> DeviceId {
        let state = self.state.borrow();
        let identity = state.identity.as_ref();
        let same = identity.filter(|identity| !state.copied && may(&state, identity));
        same.map_or_else(|| self.mint_device(), |identity| identity.device)
    }

    /// What a copied device of this very person has not got through, under numbers of its own, and
    /// its pictures; and all that was written here, when the relay has never heard of this person.
    /// `None` when this is neither.
    async fn left_behind(&self, identity: &Identity) -> Result<Option<LeftBehind>, EngineError> {
        let (lost, own);
        let (mut all, blobs) = {
            let state = self.state.borrow();
            let before = state.identity.as_ref();
            let Some(before) = before.filter(|it| it.workspace == identity.workspace) else {
                return Ok(None);
            };
            let same = before.person == identity.person;
            lost = !same && self.is_unknown();
            own = before.device;
            let copied = same && state.copied;
            if !lost && !copied {
                return Ok(None);
            }
            let attention: Vec<_> = state.attention.values().cloned().collect();
            (attention, state.blobs.clone())
        };
        let mut written = Vec::new();
        for key in self.storage.keys(Store::History).await? {
            if lost && whose(&key).is_some_and(|(device, _)| device == own) {
                let kept = self.storage.get(Store::History, &key).await?;
                let kept: Kept = stored::read(&kept.ok_or(EngineError::Damaged)?)?;
                written.push(kept.envelope);
            }
        }
        written.sort_by_key(|envelope| envelope.sequence);
        for envelope in written {
            all.push(Attention {
                outgoing: self.outgoing_again(envelope),
                refused_at: self.platform.now(),
                reason: Rejection::Forked,
            });
        }
        for (_, waiting) in self.storage.all(Store::Outbox).await? {
            all.push(Attention {
                outgoing: stored::read(&waiting)?,
                refused_at: self.platform.now(),
                reason: Rejection::Forked,
            });
        }
        let numbered = (stored::KEPT_FROM..).zip(all).map(|(number, mut kept)| {
            kept.outgoing.envelope.sequence = number;
            (number, kept)
        });
        Ok(Some((numbered.collect(), blobs)))
    }

    fn mint_device(&self) -> DeviceId {
        DeviceId(Id::mint(self.platform.now(), self.platform.random()))
    }
}

type LeftBehind = (BTreeMap<u64, Attention>, BTreeMap<BlobHash, BlobNote>);

fn signed(tag: &[u8], about: &[u8; 16], device: DeviceId) -> Vec<u8> {
    [tag, about, device.0.as_bytes()].concat()
}
