//! Records that are many and seldom looked at, held as the bytes they would be stored as.
//!
//! Three years of a company are hundreds of thousands of visits, tasks and orders. What figures are counted from lies in
//! the index; a record itself is wanted when somebody opens it or a list shows it. So records lie in *leaves* of some
//! thirty, written in postcard and packed with LZ4: what the records of one client or person have in common (ids, days,
//! phrases) is there once. To read one record is to unpack its leaf, some microseconds; whoever wants many reads them in
//! the order of their keys.

use core::fmt;
use core::ops::{Bound, RangeInclusive};
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Records in a leaf. More pack better, fewer are read faster.
const LEAF: usize = 32;

/// A record that knows its place.
pub trait Entry: Serialize + DeserializeOwned {
    type Key: Copy + Ord + fmt::Debug;

    fn key(&self) -> Self::Key;
}

/// Records by their keys.
pub struct Packed<E: Entry> {
    /// By the key of the first record in each.
    leaves: BTreeMap<E::Key, Leaf<E::Key>>,
    len: usize,
}

#[derive(Clone)]
struct Leaf<K> {
    /// The key of the last record in it.
    last: K,
    bytes: Box<[u8]>,
}

impl<E: Entry> Packed<E> {
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[must_use]
    pub fn get(&self, key: &E::Key) -> Option<E> {
        let (_, leaf) = self.leaves.range(..=*key).next_back()?;
        if leaf.last < *key {
            return None;
        }
        let bytes = leaf.unpacked();
        let found = entries(&bytes).find(|entry: &E| entry.key() >= *key);
        found.filter(|entry| entry.key() == *key)
    }

    /// In the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = E> {
        self.leaves.values().flat_map(Leaf::entries)
    }

    /// In the order of their keys.
    pub fn keys(&self) -> impl Iterator<Item = E::Key> {
        self.iter().map(|entry: E| entry.key())
    }

    /// In the order of their keys.
    pub fn range(&self, keys: RangeInclusive<E::Key>) -> impl Iterator<Item = E> {
        let leaves = self.overlapping(&keys);
        let entries = leaves.flat_map(|(_, leaf)| leaf.entries());
        entries.filter(move |entry: &E| keys.contains(&entry.key()))
    }

    /// Puts `new` where those of `keys` were, which come back. All of them belong there, in any order; of two with one key
    /// the later counts.
    pub(crate) fn replace(&mut self, keys: RangeInclusive<E::Key>, new: Vec<E>) -> Vec<E> {
        let touched: Vec<_> = self.overlapping(&keys).map(|(first, _)| *first).collect();
        let (mut held, mut gone) = (new, Vec::new());
        held.sort_by_key(E::key);
        held.dedup_by(|later, earlier| {
            let same = later.key() == earlier.key();
            if same {
                core::mem::swap(later, earlier);
            }
            same
        });
        self.len += held.len();
        for leaf in touched.iter().filter_map(|first| self.leaves.remove(first)) {
            for entry in leaf.entries::<E>() {
                match keys.contains(&entry.key()) {
                    true => gone.push(entry),
                    false => held.push(entry),
                }
            }
        }
        self.len -= gone.len();
        held.sort_by_key(E::key);
        // As many in each, so that the last one is not nearly empty.
        let leaves = held.len().div_ceil(LEAF);
        for leaf in held.chunks(held.len().div_ceil(leaves.max(1)).max(1)) {
            self.leaves
                .extend(Leaf::of(leaf).map(|leaf| (leaf.0, leaf.1)));
        }
        gone
    }

    /// Those that are there, in the order of their keys; each leaf is unpacked once.
    pub(crate) fn some<'a>(&'a self, keys: &'a BTreeSet<E::Key>) -> impl Iterator<Item = E> + 'a {
        let mut next = keys.first().copied();
        core::iter::from_fn(move || {
            let key = next?;
            let (_, leaf) = self.overlapping(&(key..=*keys.last()?)).next()?;
            let after = (Bound::Excluded(leaf.last), Bound::Unbounded);
            next = keys.range(after).next().copied();
            Some(leaf.entries::<E>())
        })
        .flatten()
        .filter(|entry| keys.contains(&entry.key()))
    }

    fn overlapping(
        &self,
        keys: &RangeInclusive<E::Key>,
    ) -> impl Iterator<Item = (&E::Key, &Leaf<E::Key>)> + use<'_, E> {
        let (first, last) = (*keys.start(), *keys.end());
        let before = self.leaves.range(..first).next_back();
        let before = before.filter(|(_, leaf)| leaf.last >= first);
        before.into_iter().chain(self.leaves.range(first..=last))
    }
}

impl<K: Copy> Leaf<K> {
    /// With the key of the first; `None` of none.
    fn of<E: Entry<Key = K>>(entries: &[E]) -> Option<(K, Self)> {
        let (first, last) = (entries.first()?.key(), entries.last()?.key());
        let bytes = pack(entries);
        Some((first, Self { last, bytes }))
    }

    fn unpacked(&self) -> Vec<u8> {
        unpacked(&self.bytes).expect("a leaf is what was packed")
    }

    fn entries<E: Entry<Key = K>>(&self) -> impl Iterator<Item = E> + use<E, K> {
        let bytes = self.unpacked();
        entries(&bytes).collect::<Vec<_>>().into_iter()
    }
}

fn entries<E: Entry>(bytes: &[u8]) -> impl Iterator<Item = E> {
    read(bytes).map(|entry| entry.expect("a leaf holds records as they were written"))
}

/// Written in postcard one after the other, and packed.
pub(crate) fn pack<T: Serialize>(all: &[T]) -> Box<[u8]> {
    let written = all.iter().fold(Vec::new(), |written, one| {
        postcard::to_extend(one, written).expect("records hold nothing that postcard cannot write")
    });
    lz4_flex::block::compress_prepend_size(&written).into_boxed_slice()
}

/// `None` for what [`pack`] has not made.
pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<Vec<T>> {
    read(&unpacked(bytes)?).collect()
}

fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    /// Nothing is packed tighter than this.
    const MOST: usize = 255;
    let (size, packed) = bytes.split_first_chunk()?;
    let size = u32::from_le_bytes(*size) as usize;
    let sound = size <= packed.len().saturating_mul(MOST);
    sound.then(|| lz4_flex::block::decompress(packed, size).ok())?
}

/// `None` is the last, where it cannot be read.
fn read<T: DeserializeOwned>(mut bytes: &[u8]) -> impl Iterator<Item = Option<T>> {
    core::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        match postcard::take_from_bytes(bytes) {
            // What takes no room would never end.
            Ok((one, rest)) if rest.len() < bytes.len() => {
                bytes = rest;
                Some(Some(one))
            }
            _ => {
                bytes = &[];
                Some(None)
            }
        }
    })
}

impl<E: Entry> Default for Packed<E> {
    fn default() -> Self {
        Self {
            leaves: BTreeMap::new(),
            len: 0,
        }
    }
}

impl<E: Entry> Clone for Packed<E> {
    fn clone(&self) -> Self {
        Self {
            leaves: self.leaves.clone(),
            len: self.len,
        }
    }
}

/// How they are spread over leaves depends on the order in which they came.
impl<E: Entry + PartialEq> PartialEq for Packed<E> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<E: Entry + fmt::Debug> fmt::Debug for Packed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Said {
        key: (u8, u8),
        text: String,
    }

    impl Entry for Said {
        type Key = (u8, u8);

        fn key(&self) -> (u8, u8) {
            self.key
        }
    }

    fn said(document: u8, texts: &BTreeMap<u8, String>) -> Vec<Said> {
        let texts = texts.iter();
        texts
            .map(|(n, text)| Said {
                key: (document, *n),
                text: text.clone(),
            })
            .collect()
    }

    fn whole(document: u8) -> RangeInclusive<(u8, u8)> {
        (document, u8::MIN)..=(document, u8::MAX)
    }

    proptest! {
        #[test]
        fn what_was_put_is_found_and_what_was_taken_comes_back(
            steps in proptest::collection::vec(
                (0u8..4, proptest::collection::btree_map(any::<u8>(), "[a-c]{0,3}", 0..90)),
                0..12,
            ),
            asked in any::<(u8, u8)>(),
        ) {
            let (mut packed, mut known) = (Packed::default(), BTreeMap::new());
            for (document, texts) in steps {
                let gone = packed.replace(whole(document), said(document, &texts));
                let before = known.insert(document, texts).unwrap_or_default();
                prop_assert_eq!(gone, said(document, &before));
            }
            let all: Vec<_> = known.iter().flat_map(|(document, texts)| said(*document, texts)).collect();
            prop_assert_eq!(packed.len(), all.len());
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), all.clone());
            for one in &all {
                let found = packed.get(&one.key);
                prop_assert_eq!(found.as_ref(), Some(one));
            }
            let asked = (asked.0 % 5, asked.1);
            let known = all.iter().find(|one| one.key == asked);
            prop_assert_eq!(packed.get(&asked), known.cloned());
            let range = (1, asked.1)..=(2, asked.1);
            let within: Vec<_> = all.iter().filter(|one| range.contains(&one.key)).cloned().collect();
            let keys = within.iter().map(Said::key).chain([(1, asked.1), (9, 9)]).collect();
            prop_assert_eq!(packed.some(&keys).collect::<Vec<_>>(), within.clone());
            prop_assert_eq!(packed.range(range).collect::<Vec<_>>(), within);
            let mut afresh = Packed::default();
            all.into_iter().rev().for_each(|one| {
                afresh.replace(one.key..=one.key, vec![one]);
            });
            prop_assert_eq!(packed, afresh);
        }
    }

    #[test]
    fn of_two_with_one_key_the_later_counts() {
        let mut packed = Packed::default();
        let one = |text: &str| Said {
            key: (1, 1),
            text: text.to_owned(),
        };
        packed.replace(whole(1), vec![one("first"), one("second")]);
        assert_eq!(packed.iter().collect::<Vec<_>>(), [one("second")]);
        assert_eq!(packed.len(), 1);
    }
}
