//! Where orders stand, as facts hold it. A company has tens of thousands after some years, and a device has its facts
//! twice, as they are settled and with what waits laid over them: so what is the same lies there once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::id::{ClientId, OrderId, OrderVersionId, PersonId};
use crate::money::Fen;
use crate::orders::decision::{OrderStanding, OrderState, Submission};
use crate::orders::digest::OrderDigest;
use crate::time::Instant;

/// By client and order. A clone shares every client's list until one of the two changes it.
#[derive(Debug, Clone, Default)]
pub struct Standings {
    /// In the order of their ids; none is empty.
    of: BTreeMap<ClientId, Arc<Vec<Kept>>>,
    /// Every part there ever was: as many as there are pairs of people who sell and who decide, not as there are orders.
    parts: BTreeSet<Arc<Part>>,
}

/// An [`OrderStanding`] without whose order it is in many words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) order: OrderId,
    pub(crate) state: OrderState,
    pub(crate) at: Instant,
    pub(crate) amount: Fen,
    pub(crate) version: OrderVersionId,
    digest: OrderDigest,
    submitted_at: Instant,
    part: Arc<Part>,
}

/// Who had a part in it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    representative: PersonId,
    submitted_by: PersonId,
    authors: BTreeSet<PersonId>,
    by: PersonId,
}

impl Kept {
    pub(crate) fn standing(&self) -> OrderStanding {
        let part = &self.part;
        OrderStanding {
            submission: Submission {
                version: self.version,
                representative: part.representative,
                amount: self.amount,
                digest: self.digest,
            },
            submitted_by: part.submitted_by,
            submitted_at: self.submitted_at,
            authors: part.authors.clone(),
            state: self.state,
            by: part.by,
            at: self.at,
        }
    }

    pub(crate) fn representative(&self) -> PersonId {
        self.part.representative
    }
}

impl Standings {
    #[must_use]
    pub fn get(&self, key: &(ClientId, OrderId)) -> Option<OrderStanding> {
        self.find(key).map(Kept::standing)
    }

    pub(crate) fn find(&self, (client, order): &(ClientId, OrderId)) -> Option<&Kept> {
        let kept = self.of_client(*client);
        let place = kept.binary_search_by_key(order, |kept| kept.order).ok()?;
        kept.get(place)
    }

    pub(crate) fn of_client(&self, client: ClientId) -> &[Kept] {
        self.of.get(&client).map_or(&[], |kept| kept)
    }

    /// In the order of their keys.
    pub(crate) fn all(&self) -> impl Iterator<Item = (ClientId, &Kept)> {
        let of = self.of.iter();
        of.flat_map(|(client, kept)| kept.iter().map(|kept| (*client, kept)))
    }

    pub fn iter(&self) -> impl Iterator<Item = ((ClientId, OrderId), OrderStanding)> {
        self.all()
            .map(|(client, kept)| ((client, kept.order), kept.standing()))
    }

    pub fn keys(&self) -> impl Iterator<Item = (ClientId, OrderId)> {
        self.all().map(|(client, kept)| (client, kept.order))
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.of.values().map(|kept| kept.len()).sum()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    pub(crate) fn insert(&mut self, (client, order): (ClientId, OrderId), it: OrderStanding) {
        let kept = Kept {
            order,
            state: it.state,
            at: it.at,
            amount: it.submission.amount,
            version: it.submission.version,
            digest: it.submission.digest,
            submitted_at: it.submitted_at,
            part: self.part(Part {
                representative: it.submission.representative,
                submitted_by: it.submitted_by,
                authors: it.authors,
                by: it.by,
            }),
        };
        let of_client = Arc::make_mut(self.of.entry(client).or_default());
        match of_client.binary_search_by_key(&order, |kept| kept.order) {
            Ok(place) => of_client[place] = kept,
            Err(place) => {
                // No room for more: a client orders once a month, and there are thousands of them.
                of_client.reserve_exact(1);
                of_client.insert(place, kept);
            }
        }
    }

    pub(crate) fn remove(&mut self, (client, order): &(ClientId, OrderId)) {
        let Some(kept) = self.of.get_mut(client) else {
            return;
        };
        if let Ok(place) = kept.binary_search_by_key(order, |kept| kept.order) {
            Arc::make_mut(kept).remove(place);
        }
        if kept.is_empty() {
            self.of.remove(client);
        }
    }

    fn part(&mut self, part: Part) -> Arc<Part> {
        if let Some(known) = self.parts.get(&part) {
            return Arc::clone(known);
        }
        let part = Arc::new(part);
        self.parts.insert(Arc::clone(&part));
        part
    }
}

/// Which parts there once were says nothing about where orders stand.
impl PartialEq for Standings {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of
    }
}

impl Eq for Standings {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::Id;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn standing(n: u8) -> OrderStanding {
        let person = |n: u8| PersonId(id(n % 3));
        OrderStanding {
            submission: Submission {
                version: OrderVersionId(id(n)),
                representative: person(n),
                amount: Fen(i64::from(n)),
                digest: OrderDigest([n; 32]),
            },
            submitted_by: person(n / 3),
            submitted_at: Instant::from_millis(i64::from(n)),
            authors: [person(n), person(n / 9)].into(),
            state: [OrderState::Accepted, OrderState::Submitted][usize::from(n % 2)],
            by: person(n / 9),
            at: Instant::from_millis(i64::from(n) * 2),
        }
    }

    proptest! {
        #[test]
        fn what_was_kept_is_what_was_put_and_not_taken(
            steps in proptest::collection::vec((0u8..3, 0u8..5, proptest::option::of(any::<u8>())), 0..60),
            cloned_after in 0usize..60,
        ) {
            let (mut kept, mut known) = (Standings::default(), BTreeMap::new());
            let mut before = (kept.clone(), known.clone());
            for (step, (client, order, fact)) in steps.into_iter().enumerate() {
                if step == cloned_after {
                    before = (kept.clone(), known.clone());
                }
                let key = (ClientId(id(client)), OrderId(id(order)));
                match fact {
                    Some(fact) => {
                        kept.insert(key, standing(fact));
                        known.insert(key, standing(fact));
                    }
                    None => {
                        kept.remove(&key);
                        known.remove(&key);
                    }
                }
            }
            for (kept, known) in [(kept, known), before] {
                prop_assert_eq!(kept.len(), known.len());
                prop_assert_eq!(kept.is_empty(), known.is_empty());
                prop_assert!(kept.keys().eq(known.keys().copied()));
                for (key, standing) in &known {
                    let found = kept.get(key);
                    prop_assert_eq!(found.as_ref(), Some(standing));
                }
                let mut again = Standings::default();
                known.into_iter().for_each(|(key, standing)| again.insert(key, standing));
                prop_assert_eq!(kept, again);
            }
        }
    }
}
