//! The keys used last, bounded.

use std::collections::HashMap;
use std::sync::Arc;

use super::Owner;
use crate::cipher::DataKey;

/// About 5 MB: what a day's work touches, not all there is.
const KEPT: usize = 8192;

/// Two generations: when the younger is full it becomes the older, and what was the older goes. A key
/// in use is found in one of them and moves back to the front.
#[derive(Debug, Default)]
pub(super) struct Cache {
    young: HashMap<Owner, Arc<DataKey>>,
    old: HashMap<Owner, Arc<DataKey>>,
}

impl Cache {
    pub(super) fn get(&mut self, owner: &Owner) -> Option<Arc<DataKey>> {
        if let Some(key) = self.young.get(owner) {
            return Some(Arc::clone(key));
        }
        let key = self.old.remove(owner)?;
        self.insert(*owner, Arc::clone(&key));
        Some(key)
    }

    pub(super) fn insert(&mut self, owner: Owner, key: Arc<DataKey>) {
        if self.young.len() >= KEPT / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(owner, key);
    }

    pub(super) fn remove(&mut self, owner: &Owner) {
        self.young.remove(owner);
        self.old.remove(owner);
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{BlobHash, Id, WorkspaceId};

    use super::super::Holder;
    use super::*;

    #[test]
    fn it_stays_bounded_and_keeps_what_is_in_use() {
        let owner = |number: u32| {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&number.to_be_bytes());
            (WorkspaceId(Id::ZERO), Holder::Blob(BlobHash(hash)))
        };
        let mut cache = Cache::default();
        let key = Arc::new(DataKey::new(&[1; 32]));
        for number in 0..20_000 {
            cache.insert(owner(number), Arc::clone(&key));
            assert!(cache.get(&owner(0)).is_some(), "{number}");
            assert!(cache.young.len() + cache.old.len() <= KEPT);
        }
        assert!(cache.get(&owner(5)).is_none());
        cache.remove(&owner(19_999));
        assert!(cache.get(&owner(19_999)).is_none());
    }
}
