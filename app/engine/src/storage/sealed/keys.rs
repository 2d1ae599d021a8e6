//! The keys at hand.

use std::collections::HashMap;

use super::group::Group;

/// Data keys kept ready; a document's is read again when it is needed again.
const KNOWN_MAX: usize = 1024;

#[derive(Debug, Clone)]
pub(super) enum Master<K> {
    /// Nothing is encrypted.
    None,
    Locked,
    Open(K),
}

pub(super) struct Keys<K> {
    pub(super) master: Master<K>,
    known: HashMap<Group, K>,
}

impl<K: Clone> Keys<K> {
    pub(super) fn new(master: Master<K>) -> Self {
        Self {
            master,
            known: HashMap::new(),
        }
    }

    pub(super) fn open(&self) -> Option<&K> {
        match &self.master {
            Master::Open(master) => Some(master),
            Master::None | Master::Locked => None,
        }
    }

    pub(super) fn known(&self, group: &Group) -> Option<K> {
        self.known.get(group).cloned()
    }

    pub(super) fn learn(&mut self, group: Group, key: K) {
        if self.known.len() >= KNOWN_MAX {
            self.known.retain(|known, _| *known == Group::common());
        }
        self.known.insert(group, key);
    }

    /// What a transaction has destroyed and made is destroyed and known from here on.
    pub(super) fn follow(&mut self, gone: Vec<Group>, used: HashMap<Group, K>) {
        for group in gone {
            self.known.remove(&group);
        }
        for (group, key) in used {
            self.learn(group, key);
        }
    }

    pub(super) fn with(mut self, used: HashMap<Group, K>) -> Self {
        self.follow(Vec::new(), used);
        self
    }
}
