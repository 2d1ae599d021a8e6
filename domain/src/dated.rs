//! Records by month and by whoever did them, so that the figures of a month touch that month's records alone.

use core::ops::{Range, RangeInclusive};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::id::PersonId;
use crate::time::{Day, Instant};

/// What is filed lies under the first day of a month, in its own order; nothing lies twice in one month. Whoever holds
/// on to a month's list holds one that does not change: as long as the same is here, nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated<P, T>(BTreeMap<(P, Day), Arc<Vec<T>>>);

impl<P, T> Default for Dated<P, T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// Whether something is put into an index or taken out of it: both go the same way through the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filing {
    Put,
    Take,
}

impl<P: Copy + Ord, T: Copy + Ord> Dated<P, T> {
    pub(crate) fn file(&mut self, filing: Filing, whose: P, on: Day, entry: T) {
        let key = (whose, on.first_of_month());
        match filing {
            Filing::Put => {
                let month = self.0.entry(key).or_default();
                if let Err(place) = month.binary_search(&entry) {
                    Arc::make_mut(month).insert(place, entry);
                }
            }
            Filing::Take => {
                let Some(month) = self.0.get_mut(&key) else {
                    return;
                };
                if let Ok(place) = month.binary_search(&entry) {
                    Arc::make_mut(month).remove(place);
                }
                if month.is_empty() {
                    self.0.remove(&key);
                }
            }
        }
    }

    /// The months in which `days` lie, whole, of one alone.
    pub(crate) fn months_of(
        &self,
        whose: P,
        days: RangeInclusive<Day>,
    ) -> impl Iterator<Item = &[T]> {
        let (first, last) = (days.start().first_of_month(), *days.end());
        // A range that ends before it begins is a panic to a tree.
        let last = last.max(first);
        let within = self.0.range((whose, first)..=(whose, last));
        within.map(|(_, entries)| entries.as_slice())
    }

    /// The one month that begins with this day.
    pub(crate) fn month(&self, whose: P, first: Day) -> Option<&Arc<Vec<T>>> {
        self.0.get(&(whose, first))
    }

    /// The same of everybody.
    fn months(&self, days: RangeInclusive<Day>) -> impl Iterator<Item = (P, &[T])> {
        let months = days.start().first_of_month()..=*days.end();
        let within = self.0.iter();
        within
            .filter(move |((_, month), _)| months.contains(month))
            .map(|((whose, _), entries)| (*whose, entries.as_slice()))
    }
}

impl<T: Copy + Ord> Dated<PersonId, T> {
    /// The same of some people; `None` for everybody.
    pub(crate) fn months_of_people(
        &self,
        people: Option<&BTreeSet<PersonId>>,
        days: &RangeInclusive<Day>,
        visit: &mut dyn FnMut(PersonId, &[T]),
    ) {
        match people {
            None => self
                .months(days.clone())
                .for_each(|(whose, month)| visit(whose, month)),
            Some(people) => people.iter().for_each(|whose| {
                self.months_of(*whose, days.clone())
                    .for_each(|month| visit(*whose, month));
            }),
        }
    }
}

/// The days that some time touches.
pub(crate) fn days_of(span: &Range<Instant>) -> RangeInclusive<Day> {
    span.start.day()..=span.end.plus_millis(-1).day()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::plus_days;

    fn day(days: i64) -> Day {
        plus_days(date(2026, 1, 1), days)
    }

    proptest! {
        #[test]
        fn a_month_has_what_was_put_and_not_taken(
            steps in proptest::collection::vec((any::<bool>(), 0u8..3, 0i64..90, 0u8..6), 0..60),
            first in 0i64..90,
            length in 0i64..60,
        ) {
            let mut dated = Dated::default();
            let mut known = std::collections::BTreeSet::new();
            for (put, whose, on, entry) in steps {
                let (on, filing) = (day(on), if put { Filing::Put } else { Filing::Take });
                dated.file(filing, whose, on, entry);
                let key = (whose, on.first_of_month(), entry);
                if put { known.insert(key); } else { known.remove(&key); }
            }
            let days = day(first)..=day(first + length);
            let lies = |month: Day| (days.start().first_of_month()..=days.end().first_of_month()).contains(&month);
            for whose in 0..3 {
                let wanted: Vec<_> = known.iter()
                    .filter(|(of, month, _)| *of == whose && lies(*month))
                    .map(|(_, _, entry)| *entry)
                    .collect();
                let alone: Vec<_> = dated.months_of(whose, days.clone()).flatten().copied().collect();
                prop_assert_eq!(&alone, &wanted);
                let among: Vec<_> = dated.months(days.clone())
                    .filter(|(of, _)| *of == whose)
                    .flat_map(|(_, entries)| entries.iter().copied())
                    .collect();
                prop_assert_eq!(among, wanted);
            }
        }
    }
}
