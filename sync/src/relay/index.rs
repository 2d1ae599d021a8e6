//! What changed when: the facts, and who may read which document. Only the last change of each
//! counts, so neither grows beyond what there is.

use std::collections::BTreeMap;

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactChange, FactKey};
use caravan_domain::id::PersonId;

use crate::cursor::Sequence;

/// A fact with the sequence at which it was set or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequencedFact {
    pub sequence: Sequence,
    pub change: FactChange,
}

/// A person came to read a document, or ceased to. The document
/// [`WORKSPACE`](DocumentId::WORKSPACE) stands for the facts that only those who run the workspace
/// may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisibilityChange {
    pub sequence: Sequence,
    pub person: PersonId,
    pub document: DocumentId,
    pub gained: bool,
}

/// Keys by the sequence of their last change.
#[derive(Debug, Clone)]
struct Latest<K, V> {
    by_key: BTreeMap<K, Sequence>,
    by_sequence: BTreeMap<(Sequence, K), V>,
}

impl<K: Copy + Ord, V: Copy> Latest<K, V> {
    fn note(&mut self, key: K, sequence: Sequence, value: V) {
        if let Some(before) = self.by_key.insert(key, sequence) {
            self.by_sequence.remove(&(before, key));
        }
        self.by_sequence.insert((sequence, key), value);
    }

    /// What changed in (after, upto], in order. It begins at the end, where nearly everybody is.
    fn within(&self, after: Sequence, upto: Sequence) -> Vec<(Sequence, K, V)> {
        let mut found: Vec<_> = self
            .by_sequence
            .iter()
            .rev()
            .skip_while(|((sequence, _), _)| *sequence > upto)
            .take_while(|((sequence, _), _)| *sequence > after)
            .map(|((sequence, key), value)| (*sequence, *key, *value))
            .collect();
        found.reverse();
        found
    }
}

impl<K, V> Default for Latest<K, V> {
    fn default() -> Self {
        Self {
            by_key: BTreeMap::new(),
            by_sequence: BTreeMap::new(),
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct FactIndex(Latest<FactKey, ()>);

impl FactIndex {
    /// When this fact was last set or removed.
    pub(super) fn last(&self, key: FactKey) -> Option<Sequence> {
        self.0.by_key.get(&key).copied()
    }

    pub(super) fn note(&mut self, fact: &SequencedFact) {
        self.0.note(fact.change.key, fact.sequence, ());
    }

    /// What changed in (after, upto], in order.
    pub(super) fn within(
        &self,
        after: Sequence,
        upto: Sequence,
    ) -> impl Iterator<Item = (Sequence, FactKey)> {
        let found = self.0.within(after, upto).into_iter();
        found.map(|(sequence, key, ())| (sequence, key))
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct VisibilityIndex(BTreeMap<PersonId, Latest<DocumentId, bool>>);

impl VisibilityIndex {
    /// When the person ceased to read the document, if they have not come to again.
    pub(super) fn lost_at(&self, person: PersonId, document: DocumentId) -> Option<Sequence> {
        let of_person = self.0.get(&person)?;
        let last = *of_person.by_key.get(&document)?;
        let gained = *of_person.by_sequence.get(&(last, document))?;
        (!gained).then_some(last)
    }

    pub(super) fn note(&mut self, change: &VisibilityChange) {
        let of_person = self.0.entry(change.person).or_default();
        of_person.note(change.document, change.sequence, change.gained);
    }

    /// The last change of each of this person's documents, of those after `after`, in order.
    pub(super) fn since(&self, person: PersonId, after: Sequence) -> Vec<VisibilityChange> {
        let Some(of_person) = self.0.get(&person) else {
            return Vec::new();
        };
        let changes = of_person.within(after, Sequence::MAX).into_iter();
        changes
            .map(|(sequence, document, gained)| VisibilityChange {
                sequence,
                person,
                document,
                gained,
            })
            .collect()
    }
}
