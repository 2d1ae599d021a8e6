//! Storage in memory: for tests, the simulator and the demo. It can be told to be full, or to cut
//! the power before or after a commit.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::rc::Rc;

use super::{Key, Storage, StorageError, Store, Transaction, Write};

/// Clones share what is stored: drop the engine, keep a clone, and boot the next engine from it.
#[derive(Debug, Clone, Default)]
pub struct MemoryStorage(Rc<RefCell<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    stores: BTreeMap<Store, BTreeMap<Key, Vec<u8>>>,
    commits: u64,
    fault: Option<(u64, Fault)>,
}

/// What happens at the commit for which it was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Full,
    /// The power goes before anything was written.
    CrashBefore,
    /// The power goes after the commit and before the engine hears of it.
    CrashAfter,
}

impl MemoryStorage {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Commits so far, those that failed included.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.0.borrow().commits
    }

    /// Breaks the commit after the next `after` ones, once.
    pub fn fail(&self, after: u64, fault: Fault) {
        let mut inner = self.0.borrow_mut();
        inner.fault = Some((inner.commits + after, fault));
    }

    /// What a tool copies that copies a browser's profile: from here on the two know nothing of each
    /// other.
    #[must_use]
    pub fn copied(&self) -> Self {
        let inner = Inner {
            stores: self.0.borrow().stores.clone(),
            ..Inner::default()
        };
        Self(Rc::new(RefCell::new(inner)))
    }

    /// Bytes held, keys included.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let inner = self.0.borrow();
        let sizes = inner
            .stores
            .values()
            .flatten()
            .map(|(key, value)| key.len() + value.len());
        sizes.sum()
    }

    /// How many values a store holds.
    #[must_use]
    pub fn len_of(&self, store: Store) -> usize {
        self.0.borrow().stores.get(&store).map_or(0, BTreeMap::len)
    }
}

impl Storage for MemoryStorage {
    async fn get(&self, store: Store, key: &[u8]) -> Result<Option<Vec<u8>>, StorageError> {
        let inner = self.0.borrow();
        Ok(inner.stores.get(&store).and_then(|it| it.get(key)).cloned())
    }

    async fn with_prefix(&self, store: Store, prefix: &[u8]) -> Result<Vec<Vec<u8>>, StorageError> {
        let inner = self.0.borrow();
        let from = (Bound::Included(prefix), Bound::Unbounded);
        Ok(inner.stores.get(&store).map_or_else(Vec::new, |it| {
            it.range::<[u8], _>(from)
                .take_while(|(key, _)| key.starts_with(prefix))
                .map(|(_, value)| value.clone())
                .collect()
        }))
    }

    async fn starting_at(
        &self,
        store: Store,
        from: &[u8],
        limit: u32,
    ) -> Result<Vec<Vec<u8>>, StorageError> {
        let inner = self.0.borrow();
        let from = (Bound::Included(from), Bound::Unbounded);
        Ok(inner.stores.get(&store).map_or_else(Vec::new, |it| {
            let values = it.range::<[u8], _>(from).map(|(_, value)| value.clone());
            values.take(limit as usize).collect()
        }))
    }

    async fn keys(&self, store: Store) -> Result<Vec<Key>, StorageError> {
        let inner = self.0.borrow();
        let pairs = inner.stores.get(&store).into_iter().flatten();
        Ok(pairs.map(|(key, _)| key.clone()).collect())
    }

    async fn all(&self, store: Store) -> Result<Vec<(Key, Vec<u8>)>, StorageError> {
        let inner = self.0.borrow();
        let pairs = inner.stores.get(&store).into_iter().flatten();
        Ok(pairs
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), StorageError> {
        let mut inner = self.0.borrow_mut();
        let number = inner.commits;
        inner.commits += 1;
        let due = inner
            .fault
            .filter(|(at, _)| *at == number)
            .map(|(_, fault)| fault);
        if due.is_some() {
            inner.fault = None;
        }
        match due {
            Some(Fault::Full) => return Err(StorageError::Full),
            Some(Fault::CrashBefore) => return Err(StorageError::Failed),
            Some(Fault::CrashAfter) | None => inner.write(transaction),
        }
        match due {
            Some(_) => Err(StorageError::Failed),
            None => Ok(()),
        }
    }
}

impl Inner {
    fn write(&mut self, transaction: Transaction) {
        for write in transaction.writes {
            match write {
                Write::Put(store, key, value) => {
                    self.stores.entry(store).or_default().insert(key, value);
                }
                Write::Delete(store, key) => {
                    self.stores.entry(store).or_default().remove(&key);
                }
                Write::DeletePrefix(store, prefix) => {
                    let kept = self.stores.entry(store).or_default();
                    kept.retain(|key, _| !key.starts_with(&prefix));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::contract;
    use super::*;

    #[test]
    fn keeps_the_contract() {
        futures_executor::block_on(contract::keeps_what_it_is_given(&MemoryStorage::new()));
        futures_executor::block_on(contract::commits_whole(&MemoryStorage::new()));
    }

    #[test]
    fn a_full_device_keeps_nothing_of_it() {
        let storage = MemoryStorage::new();
        storage.fail(0, Fault::Full);
        let mut transaction = Transaction::default();
        transaction.put(Store::Meta, *b"a", vec![1]);
        let refused = futures_executor::block_on(storage.commit(transaction));
        assert_eq!(refused, Err(StorageError::Full));
        assert_eq!(storage.bytes(), 0);
    }
}
