//! Locking and unlocking a device ([`Sealed`]). What is stored opens with two secrets together: the person's
//! (their password, or a passkey) and the relay's share. The share stays on the device for as long as the lease
//! goes, counted from the last contact; after that only the relay can give it again, and it does not to a
//! revoked device.
//!
//! What it leaves out: a device whose browser's files were copied while it was open, see `docs/security.md`.

mod password;
mod secret;
mod share;

use std::collections::BTreeMap;

use caravan_domain::time::Instant;
use caravan_port::act::ActError;
use caravan_port::view::{LockView, Locked, Passkey};
use caravan_sync::join::Share;
use futures_util::future::join;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::state::State;
use crate::storage::cipher::{Cipher, CipherError, RawKey};
use crate::storage::sealed::Sealed;
use crate::storage::{Key, Storage, StorageError, Store, Transaction};
use crate::stored::{self, By, Identity, Lock, Progress, Stored, Use};
use secret::Secret;

/// How long a device can be opened without having heard of the relay, in days.
pub const LEASE_DAYS: i64 = 14;
const STAYS_OPEN_MINUTES: u32 = 60;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// So often the device notes that it is being used.
const NOTED_EVERY: i64 = MINUTE;

/// Why a device stays locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotUnlocked {
    #[error("the secret is wrong")]
    Wrong,
    /// The lease is over: the relay must give its share again.
    #[error("the relay must be asked first")]
    LeaseOver,
    #[error("the device's storage failed")]
    Failed,
}

impl From<NotUnlocked> for ActError {
    fn from(why: NotUnlocked) -> Self {
        match why {
            NotUnlocked::Wrong => Self::WrongSecret,
            NotUnlocked::LeaseOver => Self::LeaseOver,
            NotUnlocked::Failed => Self::StorageFailed,
        }
    }
}

impl From<StorageError> for NotUnlocked {
    fn from(_: StorageError) -> Self {
        Self::Failed
    }
}

impl From<CipherError> for NotUnlocked {
    fn from(_: CipherError) -> Self {
        Self::Failed
    }
}

impl From<EngineError> for NotUnlocked {
    fn from(_: EngineError) -> Self {
        Self::Failed
    }
}

/// What a lock is made of, to be stored together with what it protects.
#[derive(Debug)]
pub struct NewLock {
    pub(crate) lock: Lock,
    pub(crate) share: Share,
}

impl NewLock {
    pub(crate) fn store(&self, transaction: &mut Transaction) {
        transaction.put(Store::Meta, stored::LOCK, stored::write(&self.lock));
        transaction.put(Store::Meta, stored::SHARE, stored::write(&self.share));
    }
}

/// Opens the storage as far as it opens by itself: somebody used the device a moment ago.
///
/// # Errors
/// The storage's.
pub async fn open<S: Storage, C: Cipher>(
    inner: S,
    cipher: C,
    now: Instant,
) -> Result<Sealed<S, C>, StorageError> {
    // At once: every look into the storage is a step of a cold start.
    let (meta, kept) = join(inner.all(Store::Meta), cipher.kept()).await;
    let meta: BTreeMap<_, _> = meta?.into_iter().collect();
    let storage = Sealed::new(inner, cipher, meta.contains_key(stored::LOCK));
    if !storage.is_locked() {
        return Ok(storage);
    }
    let fresh = found::<Use>(&meta, stored::USE).is_some_and(|used| stays_open(used, now));
    let contact = found::<Progress>(&meta, stored::PROGRESS);
    let contact = contact.and_then(|progress| progress.last_contact_at);
    let leased = contact.is_some_and(|contact| lease_goes(contact, now));
    if !leased {
        end_lease(&storage, now).await?;
    }
    let may = fresh && leased && meta.contains_key(stored::SHARE);
    let kept = kept.unwrap_or_default().filter(|_| may);
    match kept {
        Some(master) => storage.set_master(master),
        // Whatever it is that failed: what is not needed must not lie about.
        None => drop(storage.cipher().keep(None).await),
    }
    Ok(storage)
}

/// Takes the relay's share away once the lease is over; whether it is.
async fn end_lease<S: Storage, C: Cipher>(
    storage: &Sealed<S, C>,
    now: Instant,
) -> Result<bool, StorageError> {
    let progress = read::<Progress>(storage, stored::PROGRESS).await?;
    let contact = progress.and_then(|progress| progress.last_contact_at);
    if contact.is_some_and(|contact| lease_goes(contact, now)) {
        return Ok(read::<Share>(storage, stored::SHARE).await?.is_none());
    }
    let mut transaction = Transaction::default();
    transaction.delete(Store::Meta, stored::SHARE);
    transaction.delete(Store::Meta, stored::OTHER_SHARE);
    storage.commit(transaction).await?;
    Ok(true)
}

/// A clock that went back by more than a day counts as one that nothing can be said of.
fn lease_goes(contact: Instant, now: Instant) -> bool {
    let since = now.millis().saturating_sub(contact.millis());
    (-DAY..LEASE_DAYS * DAY).contains(&since)
}

fn stays_open(used: Use, now: Instant) -> bool {
    let since = now.millis().saturating_sub(used.last.millis());
    (-DAY..i64::from(used.stays_open_minutes) * MINUTE).contains(&since)
}

async fn read<T: Stored>(
    storage: &impl Storage,
    key: &'static [u8],
) -> Result<Option<T>, StorageError> {
    let value = storage.get(Store::Meta, key).await?;
    Ok(value.as_deref().and_then(readable))
}

fn found<T: Stored>(meta: &BTreeMap<Key, Vec<u8>>, key: &[u8]) -> Option<T> {
    readable(meta.get(key)?)
}

/// One of another version must be entered anew.
fn readable<T: Stored>(value: &[u8]) -> Option<T> {
    stored::read(value).ok()
}

impl<S: Storage, C: Cipher, P: Platform> Engine<Sealed<S, C>, P> {
    /// For somebody who is about to come in; to be handed to [`Engine::joined_under`].
    ///
    /// # Errors
    /// When the device cannot encrypt.
    pub async fn new_lock(&self, password: &str, share: &Share) -> Result<NewLock, EngineError> {
        let storage = self.storage();
        let master = storage.cipher().random();
        let made = secret::by_password(storage.cipher(), password, share, &master).await;
        let prepared = storage.prepare(&master).await;
        let (Ok(way), Ok(())) = (made, prepared) else {
            return Err(StorageError::Failed.into());
        };
        Ok(NewLock {
            lock: Lock { ways: vec![way] },
            share: share.clone(),
        })
    }

    /// After [`Engine::joined_under`]: it stays open for a while.
    pub async fn stay_open(&self) {
        if let Some(master) = self.storage().master() {
            // At worst the person unlocks it again.
            let _ = self.storage().cipher().keep(Some(&master)).await;
        }
        self.note_use(true).await;
    }

    /// Opens everything, as after a start of the app.
    ///
    /// # Errors
    /// Why it stays locked.
    pub async fn unlock_by_password(&self, password: &str) -> Result<(), NotUnlocked> {
        self.unlock(Secret::Password(password)).await
    }

    /// `made` is what the passkey made of the salt in [`Locked::passkey`].
    ///
    /// # Errors
    /// Why it stays locked.
    pub async fn unlock_by_passkey(&self, made: &RawKey) -> Result<(), NotUnlocked> {
        self.unlock(Secret::Passkey(made)).await
    }

    async fn unlock(&self, secret: Secret<'_>) -> Result<(), NotUnlocked> {
        let _writer = self.writer().await;
        let storage = self.storage();
        if !storage.is_locked() {
            return Ok(());
        }
        let master = self.master(secret).await?;
        let master = storage.cipher().key(&master).await?;
        storage.set_master(master.clone());
        let state = crate::boot::boot(storage, self.platform(), drop).await;
        let mut state = state.inspect_err(|_| storage.shut())?;
        state.persisted = self.state.borrow().persisted;
        *self.state.borrow_mut() = state;
        // At worst the person unlocks it again.
        let _ = storage.cipher().keep(Some(&master)).await;
        self.note_use(true).await;
        Ok(())
    }

    /// The master key, by what the person has and the relay's share.
    async fn master(&self, secret: Secret<'_>) -> Result<RawKey, NotUnlocked> {
        let storage = self.storage();
        let lock: Option<Lock> = read(storage, stored::LOCK).await?;
        let lock = lock.ok_or(NotUnlocked::Failed)?;
        if end_lease(storage, self.platform.now()).await? {
            return Err(NotUnlocked::LeaseOver);
        }
        let share: Option<Share> = read(storage, stored::SHARE).await?;
        let share = share.ok_or(NotUnlocked::LeaseOver)?;
        if let Some(master) = self.opened(&lock, secret, &share).await? {
            return Ok(master);
        }
        // What the relay gave last, when there was another one here.
        let other: Option<Share> = read(storage, stored::OTHER_SHARE).await?;
        let Some(other) = other else {
            return Err(NotUnlocked::Wrong);
        };
        let master = self.opened(&lock, secret, &other).await?;
        let master = master.ok_or(NotUnlocked::Wrong)?;
        let mut transaction = Transaction::default();
        transaction.put(Store::Meta, stored::SHARE, stored::write(&other));
        transaction.delete(Store::Meta, stored::OTHER_SHARE);
        storage.commit(transaction).await?;
        Ok(master)
    }

    async fn opened(
        &self,
        lock: &Lock,
        secret: Secret<'_>,
        share: &Share,
    ) -> Result<Option<RawKey>, NotUnlocked> {
        for way in &lock.ways {
            let opened = secret::open(self.storage().cipher(), way, secret, share).await?;
            if opened.is_some() {
                return Ok(opened);
            }
        }
        Ok(None)
    }

    /// One more way in, for somebody who knows the password.
    ///
    /// # Errors
    /// As for unlocking.
    pub async fn add_passkey(
        &self,
        password: &str,
        passkey: Passkey,
        made: &RawKey,
    ) -> Result<(), NotUnlocked> {
        let _writer = self.writer().await;
        let storage = self.storage();
        let master = self.master(Secret::Password(password)).await?;
        let share: Option<Share> = read(storage, stored::SHARE).await?;
        let share = share.ok_or(NotUnlocked::LeaseOver)?;
        let by = By::Passkey {
            credential: passkey.credential,
            salt: passkey.salt,
        };
        let way = secret::way(storage.cipher(), by, Secret::Passkey(made), &share, &master).await?;
        let lock: Option<Lock> = read(storage, stored::LOCK).await?;
        let mut lock = lock.ok_or(NotUnlocked::Failed)?;
        lock.ways
            .retain(|way| matches!(way.by, By::Password { .. }));
        lock.ways.push(way);
        self.keep_ways(lock).await
    }

    /// Lets go of everything but what [`Locked`] says. The person's secret opens it again.
    ///
    /// # Errors
    /// The storage's failure, after which it is locked all the same.
    pub async fn lock(&self) -> Result<(), EngineError> {
        let _writer = self.writer().await;
        let storage = self.storage();
        if !storage.is_sealed() || storage.is_locked() {
            return Ok(());
        }
        storage.shut();
        let let_go = storage.cipher().keep(None).await;
        let mut state = crate::boot::boot(storage, self.platform(), drop).await?;
        state.persisted = self.state.borrow().persisted;
        state.estimate = self.state.borrow().estimate;
        *self.state.borrow_mut() = state;
        let_go.map_err(|_| StorageError::Failed.into())
    }

    /// Locks when nobody has used the device for as long as it stays open, or the lease is over.
    ///
    /// # Errors
    /// As for [`Engine::lock`].
    pub async fn lock_if_idle(&self) -> Result<(), EngineError> {
        let (used, now) = (self.state.borrow().used, self.platform.now());
        let idle = used.is_some_and(|used| !stays_open(used, now));
        if idle || (self.storage().is_sealed() && end_lease(self.storage(), now).await?) {
            self.lock().await?;
        }
        Ok(())
    }

    /// Somebody does something here.
    pub async fn note_use(&self, at_once: bool) {
        if self.storage().is_locked() || !self.storage().is_sealed() {
            return;
        }
        let now = self.platform.now();
        let before = self.state.borrow().used;
        let noted = before.is_some_and(|used| {
            let since = now.millis().saturating_sub(used.last.millis());
            (0..NOTED_EVERY).contains(&since)
        });
        if noted && !at_once {
            return;
        }
        let used = Use {
            last: now,
            stays_open_minutes: before.map_or(STAYS_OPEN_MINUTES, |used| used.stays_open_minutes),
        };
        self.keep_use(used).await;
    }

    /// How long it stays open when nobody uses it.
    pub async fn lock_after(&self, minutes: u32) {
        let last = self.platform.now();
        self.keep_use(Use {
            last,
            stays_open_minutes: minutes,
        })
        .await;
    }

    async fn keep_use(&self, used: Use) {
        self.state.borrow_mut().used = Some(used);
        self.state.borrow_mut().touched.lock = true;
        let mut transaction = Transaction::default();
        transaction.put(Store::Meta, stored::USE, stored::write(&used));
        // Not noted is as if nobody had been here: it is locked the earlier.
        let _ = self.storage().commit(transaction).await;
    }
}

impl<S, P> Engine<S, P> {
    /// Whose device it is, if it is locked.
    #[must_use]
    pub fn locked(&self) -> Option<caravan_domain::id::DeviceId> {
        let state = self.state.borrow();
        state.locked.as_ref().map(|locked| locked.identity.device)
    }
}

/// What a locked device still knows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LockedState {
    pub(crate) identity: Identity,
    pub(crate) passkey: Option<Passkey>,
    pub(crate) has_share: bool,
}

impl LockedState {
    pub(crate) fn view(&self) -> Locked {
        Locked {
            workspace: self.identity.workspace,
            workspace_name: self.identity.workspace_name.clone(),
            lease_over: !self.has_share,
            passkey: self.passkey.clone(),
        }
    }
}

pub(crate) fn passkey(lock: &Lock) -> Option<Passkey> {
    lock.ways.iter().find_map(|way| match &way.by {
        By::Passkey { credential, salt } => Some(Passkey {
            credential: credential.clone(),
            salt: *salt,
        }),
        By::Password { .. } => None,
    })
}

pub(crate) fn view(state: &State) -> LockView {
    let contact = state.progress.last_contact_at;
    LockView {
        sealed: state.lock.is_some(),
        stays_open_minutes: state
            .used
            .map_or(STAYS_OPEN_MINUTES, |used| used.stays_open_minutes),
        lease_until: contact.map(|contact| contact.plus_millis(LEASE_DAYS * DAY)),
        passkey: state
            .lock
            .as_ref()
            .is_some_and(|lock| passkey(lock).is_some()),
    }
}
