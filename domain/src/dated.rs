//! Records by month and by whoever did them, so that the figures of a month touch that month's records alone.

use core::ops::{Range, RangeInclusive};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::calendar::{plus_days, start_of};
use crate::edition::Edition;
use crate::id::PersonId;
use crate::time::{Day, Instant};

/// What is filed lies under whose it is and the first day of a month, in its own order; nothing lies twice in one month.
/// Whoever holds on to a month's list holds one that does not change: as long as the same is here, nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated<P, T> {
    edition: Edition,
    of: BTreeMap<P, Months<T>>,
}

/// What is filed of one alone. Never without a month, and no month is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Months<T> {
    edition: Edition,
    by_first_day: BTreeMap<Day, Arc<Vec<T>>>,
}

impl<P, T> Default for Dated<P, T> {
    fn default() -> Self {
        Self {
            edition: Edition::default(),
            of: BTreeMap::new(),
        }
    }
}

impl<T> Default for Months<T> {
    fn default() -> Self {
        Self {
            edition: Edition::default(),
            by_first_day: BTreeMap::new(),
        }
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
        self.edition.renew();
        match filing {
            Filing::Put => {
                let months = self.of.entry(whose).or_default();
                months.edition.renew();
                let month = months.by_first_day.entry(on.first_of_month()).or_default();
                if let Err(place) = month.binary_search(&entry) {
                    let month = Arc::make_mut(month);
                    if month.len() == month.capacity() {
                        // Doubling would leave a third of years of months empty.
                        month.reserve_exact((month.len() / 8).max(2));
                    }
                    month.insert(place, entry);
                }
            }
            Filing::Take => {
                let Some(months) = self.of.get_mut(&whose) else {
                    return;
                };
                months.edition.renew();
                months.take(on.first_of_month(), &entry);
                if months.by_first_day.is_empty() {
                    self.of.remove(&whose);
                }
            }
        }
    }

    /// Of everything that is filed.
    pub(crate) fn edition(&self) -> &Edition {
        &self.edition
    }

    pub(crate) fn of(&self, whose: P) -> Option<&Months<T>> {
        self.of.get(&whose)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (P, &Months<T>)> {
        self.of.iter().map(|(whose, months)| (*whose, months))
    }

    /// The months in which `days` lie, whole, of one alone.
    pub(crate) fn months_of(
        &self,
        whose: P,
        days: RangeInclusive<Day>,
    ) -> impl Iterator<Item = &[T]> {
        let months = self.of(whose).into_iter();
        months.flat_map(move |months| months.within(&days).map(|(_, entries)| entries.as_slice()))
    }
}

impl<T: Copy + Ord> Months<T> {
    fn take(&mut self, first: Day, entry: &T) {
        let Some(month) = self.by_first_day.get_mut(&first) else {
            return;
        };
        if let Ok(place) = month.binary_search(entry) {
            Arc::make_mut(month).remove(place);
        }
        if month.is_empty() {
            self.by_first_day.remove(&first);
        }
    }

    pub(crate) fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The month that begins with this day.
    pub(crate) fn month(&self, first: Day) -> &[T] {
        self.by_first_day
            .get(&first)
            .map_or(&[], |month| month.as_slice())
    }

    /// The months in which `days` lie, whole, by their first day.
    pub(crate) fn within(
        &self,
        days: &RangeInclusive<Day>,
    ) -> impl Iterator<Item = (Day, &Arc<Vec<T>>)> + use<'_, T> {
        let (first, last) = (days.start().first_of_month(), *days.end());
        // A range that ends before it begins is a panic to a tree.
        let last = last.max(first);
        let within = self.by_first_day.range(first..=last);
        within.map(|(first, entries)| (*first, entries))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Day, &Arc<Vec<T>>)> {
        self.by_first_day
            .iter()
            .map(|(first, entries)| (*first, entries))
    }
}

impl<T: Copy + Ord> Dated<PersonId, T> {
    /// Of some people; `None` for everybody.
    pub(crate) fn of_people(
        &self,
        people: Option<&BTreeSet<PersonId>>,
        visit: &mut dyn FnMut(PersonId, &Months<T>),
    ) {
        match people {
            None => self.iter().for_each(|(whose, months)| visit(whose, months)),
            Some(people) => people.iter().for_each(|whose| {
                if let Some(months) = self.of(*whose) {
                    visit(*whose, months);
                }
            }),
        }
    }

    /// The months in which `days` lie, whole, of the same.
    pub(crate) fn months_of_people(
        &self,
        people: Option<&BTreeSet<PersonId>>,
        days: &RangeInclusive<Day>,
        visit: &mut dyn FnMut(PersonId, &[T]),
    ) {
        self.of_people(people, &mut |whose, months| {
            for (_, entries) in months.within(days) {
                visit(whose, entries);
            }
        });
    }
}

/// The days that some time touches.
pub(crate) fn days_of(span: &Range<Instant>) -> RangeInclusive<Day> {
    span.start.day()..=span.end.plus_millis(-1).day()
}

/// The months that lie in some time from their first instant to their last, by the first days of the first and the last of
/// them.
pub(crate) fn whole_months(span: &Range<Instant>) -> Option<RangeInclusive<Day>> {
    let begins = span.start.day().first_of_month();
    let first = match start_of(begins) >= span.start {
        true => begins,
        false => plus_days(begins.last_of_month(), 1),
    };
    let last = plus_days(span.end.day().first_of_month(), -1).first_of_month();
    // Before the calendar begins nothing begins.
    let begins_within = span.start <= start_of(first) && start_of(first).day() == first;
    (begins_within && first <= last).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn day(days: i64) -> Day {
        plus_days(date(2026, 1, 1), days)
    }

    proptest! {
        #[test]
        fn whole_months_are_those_that_begin_and_end_within(
            start in 0i64..9_000,
            length in -10i64..9_000,
            at_midnight in any::<(bool, bool)>(),
        ) {
            const HOUR: i64 = 3_600_000;
            let instant = |hours: i64, midnight| match midnight {
                true => start_of(start_of(date(2026, 1, 1)).plus_millis(hours * HOUR).day()),
                false => start_of(date(2026, 1, 1)).plus_millis(hours * HOUR),
            };
            let span = instant(start, at_midnight.0)..instant(start + length, at_midnight.1);
            let whole: Vec<Day> = (0..40)
                .map(|month| day(month * 31).first_of_month())
                .filter(|first| {
                    let end = start_of(plus_days(first.last_of_month(), 1));
                    span.start <= start_of(*first) && end <= span.end
                })
                .collect();
            let ends = whole.first().copied().zip(whole.last().copied());
            prop_assert_eq!(whole_months(&span), ends.map(|(first, last)| first..=last));
        }

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
                let among: Vec<_> = dated.iter()
                    .filter(|(of, _)| *of == whose)
                    .flat_map(|(_, months)| months.within(&days).flat_map(|(_, month)| month.to_vec()))
                    .collect();
                prop_assert_eq!(among, wanted);
            }
        }
    }
}
