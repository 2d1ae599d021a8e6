//! A storage whose values are encrypted: one data key per document and per picture, and one for all the rest.
//! Data keys are sealed under the master key; the master key is sealed by the ways in ([`crate::lock`]).
//!
//! Not encrypted are [`Store::Meta`], because whose device it is and how it is opened must be known before,
//! and the keys that values are stored under: ids and numbers.
//!
//! Before somebody has joined there is no master key, and nothing to protect: values are stored as they are. The
//! transaction that brings [`stored::LOCK`] is the first that is sealed, under the key that was prepared for it.

mod group;
mod keys;

use std::cell::RefCell;

use futures_util::future::{try_join, try_join_all};
use futures_util::lock::Mutex;

use super::cipher::{Cipher, CipherError, RawKey};
use super::{Key, Storage, StorageError, Store, Transaction, Write};
use crate::stored;
use group::Group;
use keys::{Keys, Master};

pub struct Sealed<S, C: Cipher> {
    inner: S,
    cipher: C,
    keys: RefCell<Keys<C::Key>>,
    /// The master key of a lock that is about to be stored.
    prepared: RefCell<Option<C::Key>>,
    /// Two commits at once could each make a key for the same group.
    committing: Mutex<()>,
}

impl<S: Storage, C: Cipher> Sealed<S, C> {
    /// `locked` when `inner` holds a lock.
    pub(crate) fn new(inner: S, cipher: C, locked: bool) -> Self {
        let master = match locked {
            true => Master::Locked,
            false => Master::None,
        };
        Self {
            inner,
            cipher,
            keys: RefCell::new(Keys::new(master)),
            prepared: RefCell::default(),
            committing: Mutex::default(),
        }
    }

    /// What is encrypted is here as it is stored.
    #[must_use]
    pub fn inner(&self) -> &S {
        &self.inner
    }

    #[must_use]
    pub fn cipher(&self) -> &C {
        &self.cipher
    }

    /// Whether what is stored is encrypted.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        !matches!(self.keys.borrow().master, Master::None)
    }

    /// Everything can be read and written from here on.
    pub(crate) fn set_master(&self, master: C::Key) {
        *self.keys.borrow_mut() = Keys::new(Master::Open(master));
    }

    pub(crate) fn master(&self) -> Option<C::Key> {
        self.keys.borrow().open().cloned()
    }

    /// What comes with the next [`stored::LOCK`].
    pub(crate) async fn prepare(&self, master: &RawKey) -> Result<(), CipherError> {
        let master = self.cipher.key(master).await?;
        *self.prepared.borrow_mut() = Some(master);
        Ok(())
    }

    /// Nothing can be read or written until it is unlocked.
    pub(crate) fn shut(&self) {
        *self.keys.borrow_mut() = Keys::new(Master::Locked);
    }

    async fn read(&self, store: Store, value: Vec<u8>) -> Result<Vec<u8>, StorageError> {
        if matches!(store, Store::Meta | Store::Keys) {
            return Ok(value);
        }
        if !self.is_sealed() {
            return Ok(value);
        }
        let (group, sealed) = group::read(&value).ok_or(StorageError::Failed)?;
        let key = self.stored_key(&group).await?.ok_or(StorageError::Failed)?;
        let about = group.about(store);
        let opened = self.cipher.open(&key, &about, sealed).await;
        opened.map_err(failed)
    }

    async fn read_all(
        &self,
        store: Store,
        values: Vec<Vec<u8>>,
    ) -> Result<Vec<Vec<u8>>, StorageError> {
        try_join_all(values.into_iter().map(|value| self.read(store, value))).await
    }

    /// `None` when there is none, or it has been destroyed.
    async fn stored_key(&self, group: &Group) -> Result<Option<C::Key>, StorageError> {
        if let Some(key) = self.keys.borrow().known(group) {
            return Ok(Some(key));
        }
        let master = self.master().ok_or(StorageError::Failed)?;
        let Some(sealed) = self.inner.get(Store::Keys, group.name()).await? else {
            return Ok(None);
        };
        let raw = self.cipher.open(&master, &group.about_key(), &sealed).await;
        let raw = raw.map_err(failed)?.try_into();
        let raw: RawKey = raw.map_err(|_| StorageError::Failed)?;
        let key = self.cipher.key(&raw).await.map_err(failed)?;
        self.keys.borrow_mut().learn(group.clone(), key.clone());
        Ok(Some(key))
    }
}

impl<S: Storage, C: Cipher> Storage for Sealed<S, C> {
    fn is_locked(&self) -> bool {
        matches!(self.keys.borrow().master, Master::Locked)
    }

    async fn get(&self, store: Store, key: &[u8]) -> Result<Option<Vec<u8>>, StorageError> {
        match self.inner.get(store, key).await? {
            Some(value) => self.read(store, value).await.map(Some),
            None => Ok(None),
        }
    }

    async fn with_prefix(&self, store: Store, prefix: &[u8]) -> Result<Vec<Vec<u8>>, StorageError> {
        let values = self.inner.with_prefix(store, prefix).await?;
        self.read_all(store, values).await
    }

    async fn starting_at(
        &self,
        store: Store,
        from: &[u8],
        limit: u32,
    ) -> Result<Vec<Vec<u8>>, StorageError> {
        let values = self.inner.starting_at(store, from, limit).await?;
        self.read_all(store, values).await
    }

    async fn keys(&self, store: Store) -> Result<Vec<Key>, StorageError> {
        self.inner.keys(store).await
    }

    async fn all(&self, store: Store) -> Result<Vec<(Key, Vec<u8>)>, StorageError> {
        let all = self.inner.all(store).await?;
        let (keys, values): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let values = self.read_all(store, values).await?;
        Ok(keys.into_iter().zip(values).collect())
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), StorageError> {
        let _one = self.committing.lock().await;
        let brings_lock = transaction
            .writes
            .iter()
            .any(|write| matches!(write, Write::Put(Store::Meta, key, _) if key == stored::LOCK));
        let ends = transaction
            .writes
            .iter()
            .any(|write| matches!(write, Write::DeletePrefix(Store::Meta, all) if all.is_empty()));
        let next = match brings_lock {
            true => self.prepared.borrow_mut().take().map(Master::Open),
            false => None,
        };
        let renewed = next.is_some();
        let mut sealing = Sealing {
            storage: self,
            keys: match next {
                Some(master) => Keys::new(master),
                None => Keys::new(self.keys.borrow().master.clone()),
            },
            gone: Vec::new(),
            renewed,
            writes: Vec::with_capacity(transaction.writes.len() + 1),
        };
        if renewed {
            sealing
                .writes
                .push(Write::DeletePrefix(Store::Keys, Vec::new()));
        }
        for write in transaction.writes {
            sealing.take(write).await?;
        }
        let Sealing {
            keys, gone, writes, ..
        } = sealing;
        self.inner.commit(Transaction { writes }).await?;
        match (renewed, ends) {
            (_, true) => {
                *self.keys.borrow_mut() = Keys::new(Master::None);
                self.cipher.keep(None).await.map_err(failed)?;
            }
            (true, false) => *self.keys.borrow_mut() = keys,
            (false, false) => self.keys.borrow_mut().follow(gone, keys),
        }
        Ok(())
    }
}

/// One transaction on its way to being sealed. What it makes and destroys counts once it is stored.
struct Sealing<'a, S, C: Cipher> {
    storage: &'a Sealed<S, C>,
    /// Of this transaction.
    keys: Keys<C::Key>,
    gone: Vec<Group>,
    /// Under another master key than everything before.
    renewed: bool,
    writes: Vec<Write>,
}

impl<S: Storage, C: Cipher> Sealing<'_, S, C> {
    async fn take(&mut self, write: Write) -> Result<(), StorageError> {
        match write {
            Write::Put(store, key, value) => {
                let value = match (Group::of(store, &key), &self.keys.master) {
                    (None, _) | (_, Master::None) => value,
                    (Some(_), Master::Locked) => return Err(StorageError::Failed),
                    (Some(group), Master::Open(_)) => self.seal(store, &group, &value).await?,
                };
                self.writes.push(Write::Put(store, key, value));
            }
            Write::Delete(store, key) => {
                self.destroy(Group::removed_with(store, &key));
                self.writes.push(Write::Delete(store, key));
            }
            Write::DeletePrefix(store, prefix) => {
                match prefix.is_empty() {
                    true => self.destroy_all(store).await?,
                    false => self.destroy(Group::removed_with(store, &prefix)),
                }
                self.writes.push(Write::DeletePrefix(store, prefix));
            }
        }
        Ok(())
    }

    fn destroy(&mut self, group: Option<Group>) {
        let Some(group) = group.filter(|_| self.storage.is_sealed()) else {
            return;
        };
        self.keys.forget(&group);
        self.writes
            .push(Write::Delete(Store::Keys, group.name().to_vec()));
        self.gone.push(group);
    }

    async fn destroy_all(&mut self, store: Store) -> Result<(), StorageError> {
        if !matches!(store, Store::Documents | Store::Blobs) {
            return Ok(());
        }
        for key in self.storage.inner.keys(Store::Keys).await? {
            let group = Group::named(key);
            self.destroy(group.is_of(store).then_some(group));
        }
        Ok(())
    }

    async fn seal(
        &mut self,
        store: Store,
        group: &Group,
        value: &[u8],
    ) -> Result<Vec<u8>, StorageError> {
        let key = match self.key(group).await? {
            Some(key) => key,
            None => self.make(group).await?,
        };
        let about = group.about(store);
        let sealed = self.storage.cipher.seal(&key, &about, value).await;
        Ok(group::write(group, &sealed.map_err(failed)?))
    }

    async fn key(&self, group: &Group) -> Result<Option<C::Key>, StorageError> {
        if let Some(key) = self.keys.known(group) {
            return Ok(Some(key));
        }
        if self.renewed || self.gone.contains(group) {
            return Ok(None);
        }
        self.storage.stored_key(group).await
    }

    async fn make(&mut self, group: &Group) -> Result<C::Key, StorageError> {
        let master = self.keys.open().cloned().ok_or(StorageError::Failed)?;
        let cipher = &self.storage.cipher;
        let raw = cipher.random();
        let about = group.about_key();
        let (key, sealed) = try_join(cipher.key(&raw), cipher.seal(&master, &about, &raw))
            .await
            .map_err(failed)?;
        self.writes
            .push(Write::Put(Store::Keys, group.name().to_vec(), sealed));
        self.keys.learn(group.clone(), key.clone());
        Ok(key)
    }
}

fn failed(_: CipherError) -> StorageError {
    StorageError::Failed
}
