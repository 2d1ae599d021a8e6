//! Where a device keeps everything: ordered maps of bytes with atomic, durable commits. IndexedDB
//! in the worker, [`memory`] elsewhere; [`contract`] says what both must do.

pub mod cipher;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod memory;
pub mod sealed;

use core::future::Future;

/// Every value begins with a version byte ([`crate::stored`]). New stores are added at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Store {
    /// Identity, chain, progress: one value each.
    Meta,
    /// Parts of documents, by document and number of the part.
    Documents,
    /// Rows and notes of 64 documents a page.
    Pages,
    /// Every fact but the grants, which stand in the pages.
    Facts,
    Outbox,
    Attention,
    Undo,
    Drafts,
    Blobs,
    BlobNotes,
    /// Answers to commands, so that a repeated one is not run twice.
    Answered,
    /// The keys that the others' values are sealed with, themselves sealed; see [`sealed`].
    Keys,
    /// Envelopes that the relay has received, for a while: a restored one is given them back. Not read
    /// at the start.
    History,
    /// What the first screens said last; see [`crate::glimpse`].
    Glimpse,
}

impl Store {
    pub const ALL: [Self; 14] = [
        Self::Meta,
        Self::Documents,
        Self::Pages,
        Self::Facts,
        Self::Outbox,
        Self::Attention,
        Self::Undo,
        Self::Drafts,
        Self::Blobs,
        Self::BlobNotes,
        Self::Answered,
        Self::Keys,
        Self::History,
        Self::Glimpse,
    ];

    /// The object store's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Documents => "documents",
            Self::Pages => "pages",
            Self::Facts => "facts",
            Self::Outbox => "outbox",
            Self::Attention => "attention",
            Self::Undo => "undo",
            Self::Drafts => "drafts",
            Self::Blobs => "blobs",
            Self::BlobNotes => "blob-notes",
            Self::Answered => "answered",
            Self::Keys => "data-keys",
            Self::History => "history",
            Self::Glimpse => "glimpse",
        }
    }
}

pub type Key = Vec<u8>;

/// What is written together or not at all, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transaction {
    pub writes: Vec<Write>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    Put(Store, Key, Vec<u8>),
    Delete(Store, Key),
    /// Every key that begins so; an empty prefix empties the store.
    DeletePrefix(Store, Key),
}

impl Transaction {
    pub fn put(&mut self, store: Store, key: impl Into<Key>, value: Vec<u8>) {
        self.writes.push(Write::Put(store, key.into(), value));
    }

    pub fn delete(&mut self, store: Store, key: impl Into<Key>) {
        self.writes.push(Write::Delete(store, key.into()));
    }

    pub fn delete_prefix(&mut self, store: Store, prefix: impl Into<Key>) {
        self.writes.push(Write::DeletePrefix(store, prefix.into()));
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    #[error("the device's storage is full")]
    Full,
    #[error("the device's storage failed")]
    Failed,
}

pub trait Storage {
    /// Whether all but [`Store::Meta`] is out of reach until somebody unlocks it.
    fn is_locked(&self) -> bool {
        false
    }

    fn get(
        &self,
        store: Store,
        key: &[u8],
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StorageError>>;

    /// Values whose keys begin with `prefix`, in the keys' order.
    fn with_prefix(
        &self,
        store: Store,
        prefix: &[u8],
    ) -> impl Future<Output = Result<Vec<Vec<u8>>, StorageError>>;

    /// Up to `limit` values from this key on, in the keys' order.
    fn starting_at(
        &self,
        store: Store,
        from: &[u8],
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Vec<u8>>, StorageError>>;

    /// Every key, in order.
    fn keys(&self, store: Store) -> impl Future<Output = Result<Vec<Key>, StorageError>>;

    /// Every key and value of a small store, in the keys' order.
    fn all(&self, store: Store) -> impl Future<Output = Result<Vec<(Key, Vec<u8>)>, StorageError>>;

    /// Success means durable; after any error nothing of it is there.
    fn commit(&self, transaction: Transaction) -> impl Future<Output = Result<(), StorageError>>;
}
