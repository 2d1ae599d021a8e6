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
use std::collections::{HashMap, HashSet};

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
        if matches!(store, Store::Meta | Store::Keys) || !self.is_sealed() {
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
        let mut values = values.into_iter();
        let Some(first) = values.next() else {
            return Ok(Vec::new());
        };
        // What is read together mostly lies under one key, which the first of them fetches for all.
        let mut opened = vec![self.read(store, first).await?];
        opened.extend(try_join_all(values.map(|value| self.read(store, value))).await?);
        Ok(opened)
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
            master: next.unwrap_or_else(|| self.keys.borrow().master.clone()),
            keys: HashMap::new(),
            gone: Vec::new(),
            renewed,
            writes: Vec::with_capacity(transaction.writes.len() + 1),
            unsealed: Vec::new(),
        };
        if renewed {
            sealing
                .writes
                .push(Write::DeletePrefix(Store::Keys, Vec::new()));
        }
        for write in transaction.writes {
            sealing.take(write).await?;
        }
        sealing.seal().await?;
        let Sealing {
            master,
            keys,
            gone,
            writes,
            ..
        } = sealing;
        self.inner.commit(Transaction { writes }).await?;
        match (renewed, ends) {
            (_, true) => {
                *self.keys.borrow_mut() = Keys::new(Master::None);
                self.cipher.keep(None).await.map_err(failed)?;
            }
            (true, false) => *self.keys.borrow_mut() = Keys::new(master).with(keys),
            (false, false) => self.keys.borrow_mut().follow(gone, keys),
        }
        Ok(())
    }
}

/// One transaction on its way to being sealed. What it makes and destroys counts once it is stored.
struct Sealing<'a, S, C: Cipher> {
    storage: &'a Sealed<S, C>,
    master: Master<C::Key>,
    /// Those that it uses, however many.
    keys: HashMap<Group, C::Key>,
    gone: Vec<Group>,
    /// Under another master key than everything before.
    renewed: bool,
    writes: Vec<Write>,
    /// What still has to take its place in `writes`. All of it is sealed together: one value after the other
    /// would wait for the browser's threads each time.
    unsealed: Vec<Unsealed>,
}

struct Unsealed {
    place: usize,
    store: Store,
    key: Key,
    group: Group,
    value: Vec<u8>,
}

impl<S: Storage, C: Cipher> Sealing<'_, S, C> {
    async fn take(&mut self, write: Write) -> Result<(), StorageError> {
        match write {
            Write::Put(store, key, value) => {
                let place = self.writes.len();
                match (Group::of(store, &key), &self.master) {
                    (None, _) | (_, Master::None) => {
                        self.writes.push(Write::Put(store, key, value));
                    }
                    (Some(_), Master::Locked) => return Err(StorageError::Failed),
                    (Some(group), Master::Open(_)) => {
                        self.writes.push(Write::Put(store, key.clone(), Vec::new()));
                        self.unsealed.push(Unsealed {
                            place,
                            store,
                            key,
                            group,
                            value,
                        });
                    }
                }
            }
            Write::Delete(store, key) => {
                self.destroy(Group::removed_with(store, &key)).await?;
                self.writes.push(Write::Delete(store, key));
            }
            Write::DeletePrefix(store, prefix) => {
                match prefix.is_empty() {
                    true => self.destroy_all(store).await?,
                    false => self.destroy(Group::removed_with(store, &prefix)).await?,
                }
                self.writes.push(Write::DeletePrefix(store, prefix));
            }
        }
        Ok(())
    }

    async fn destroy(&mut self, group: Option<Group>) -> Result<(), StorageError> {
        let Some(group) = group.filter(|_| self.storage.is_sealed()) else {
            return Ok(());
        };
        // A key made for it must be stored before it is removed, not after.
        if self.unsealed.iter().any(|unsealed| unsealed.group == group) {
            self.seal().await?;
        }
        self.keys.remove(&group);
        self.writes
            .push(Write::Delete(Store::Keys, group.name().to_vec()));
        self.gone.push(group);
        Ok(())
    }

    async fn destroy_all(&mut self, store: Store) -> Result<(), StorageError> {
        if !matches!(store, Store::Documents | Store::Blobs) {
            return Ok(());
        }
        for key in self.storage.inner.keys(Store::Keys).await? {
            let group = Group::named(key);
            self.destroy(group.is_of(store).then_some(group)).await?;
        }
        Ok(())
    }

    async fn seal(&mut self) -> Result<(), StorageError> {
        let unsealed = std::mem::take(&mut self.unsealed);
        let groups: HashSet<_> = unsealed.iter().map(|unsealed| &unsealed.group).collect();
        let found = try_join_all(groups.into_iter().map(|group| self.key(group))).await?;
        for (group, key, made) in found {
            self.keys.insert(group.clone(), key);
            let stored = made.map(|sealed| Write::Put(Store::Keys, group.name().to_vec(), sealed));
            self.writes.extend(stored);
        }
        let sealed = unsealed.iter().map(|unsealed| self.sealed(unsealed));
        let sealed = try_join_all(sealed).await?;
        for (unsealed, sealed) in unsealed.into_iter().zip(sealed) {
            self.writes[unsealed.place] = Write::Put(unsealed.store, unsealed.key, sealed);
        }
        Ok(())
    }

    async fn sealed(&self, unsealed: &Unsealed) -> Result<Vec<u8>, StorageError> {
        let group = &unsealed.group;
        let key = self.keys.get(group).ok_or(StorageError::Failed)?;
        let about = group.about(unsealed.store);
        let sealed = self.storage.cipher.seal(key, &about, &unsealed.value).await;
        Ok(group::write(group, &sealed.map_err(failed)?))
    }

    /// And how a key that had to be made is to be stored.
    async fn key<'g>(
        &self,
        group: &'g Group,
    ) -> Result<(&'g Group, C::Key, Option<Vec<u8>>), StorageError> {
        if let Some(key) = self.keys.get(group) {
            return Ok((group, key.clone(), None));
        }
        if !self.renewed
            && !self.gone.contains(group)
            && let Some(key) = self.storage.stored_key(group).await?
        {
            return Ok((group, key, None));
        }
        let Master::Open(master) = &self.master else {
            return Err(StorageError::Failed);
        };
        let cipher = &self.storage.cipher;
        let raw = cipher.random();
        let about = group.about_key();
        let made = try_join(cipher.key(&raw), cipher.seal(master, &about, &raw)).await;
        let (key, sealed) = made.map_err(failed)?;
        Ok((group, key, Some(sealed)))
    }
}

fn failed(_: CipherError) -> StorageError {
    StorageError::Failed
}
