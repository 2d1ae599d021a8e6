//! What whole months of visits come to. A year of a company is tens of thousands of them, and every goal of every place
//! and period would go through them once more: so it is remembered month by month.

use core::ops::RangeInclusive;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::edition::Edition;
use crate::goals::metric::Metric;
use crate::id::{ClientId, PersonId};
use crate::index::Made;
use crate::order::gathered;
use crate::plan::Plan;
use crate::query::Sources;
use crate::time::Day;

/// One tally for each month in which somebody made visits. Those of a person are made anew when what is filed of them
/// is not what it was, all of them when the plan is not.
#[derive(Debug, Default)]
pub(crate) struct Tallies(RefCell<Known>);

#[derive(Debug, Default)]
struct Known {
    /// As the facts have it, and as it is in force.
    told: Option<Plan>,
    plan: Plan,
    people: BTreeMap<PersonId, Person>,
    clients: Numbers,
}

#[derive(Debug, Default)]
struct Person {
    filed: Edition,
    months: BTreeMap<Day, Tally>,
}

#[derive(Debug)]
struct Tally {
    verified: usize,
    revisits: usize,
    /// Each once.
    clients: Vec<u32>,
}

/// Clients in the order in which they came, so that a set of them is a row of bits.
#[derive(Debug, Default)]
struct Numbers(BTreeMap<ClientId, u32>);

impl Numbers {
    fn of(&mut self, client: ClientId) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(client).or_insert(next)
    }
}

#[derive(Debug, Default)]
struct Seen {
    bits: Vec<u64>,
    count: usize,
}

impl Seen {
    fn see(&mut self, number: u32) {
        let (place, bit) = (number as usize / 64, 1_u64 << (number % 64));
        if place >= self.bits.len() {
            self.bits.resize(place + 1, 0);
        }
        self.count += usize::from(self.bits[place] & bit == 0);
        self.bits[place] |= bit;
    }
}

impl Tallies {
    /// How many visits of these months, by these people or by everybody, are verified or come again in time.
    pub(super) fn visits(
        &self,
        metric: Metric,
        months: &RangeInclusive<Day>,
        people: Option<&BTreeSet<PersonId>>,
        from: &Sources<'_>,
    ) -> usize {
        let mut count = 0;
        let mut known = self.0.borrow_mut();
        known.each(months, people, from, &mut |tally| {
            count += match metric {
                Metric::VerifiedVisits => tally.verified,
                _ => tally.revisits,
            };
        });
        count
    }

    /// How many clients were visited in them or are among the others.
    pub(super) fn clients(
        &self,
        months: Option<&RangeInclusive<Day>>,
        people: Option<&BTreeSet<PersonId>>,
        others: &[ClientId],
        from: &Sources<'_>,
    ) -> usize {
        let mut seen = Seen::default();
        let mut known = self.0.borrow_mut();
        for client in others {
            seen.see(known.clients.of(*client));
        }
        if let Some(months) = months {
            known.each(months, people, from, &mut |tally| {
                tally.clients.iter().for_each(|client| seen.see(*client));
            });
        }
        seen.count
    }
}

impl Known {
    fn each(
        &mut self,
        months: &RangeInclusive<Day>,
        people: Option<&BTreeSet<PersonId>>,
        from: &Sources<'_>,
        visit: &mut dyn FnMut(&Tally),
    ) {
        self.keep_to(from.facts.plan.as_ref());
        from.rows.index.made.of_people(people, &mut |whose, filed| {
            let person = self.people.entry(whose).or_default();
            if !person.filed.is(filed.edition()) {
                person.filed = filed.edition().clone();
                person.months.clear();
            }
            for (first, made) in filed.within(months) {
                let tally = person.months.entry(first);
                visit(tally.or_insert_with(|| Tally::of(made, &self.plan, &mut self.clients)));
            }
        });
    }

    fn keep_to(&mut self, told: Option<&Plan>) {
        if self.told.as_ref() != told {
            self.told = told.cloned();
            self.plan = self.told.clone().unwrap_or_default();
            self.people.clear();
        }
    }
}

impl Tally {
    fn of(made: &[Made], plan: &Plan, numbers: &mut Numbers) -> Self {
        let count = |counts: &dyn Fn(&Made) -> bool| made.iter().filter(|it| counts(it)).count();
        let clients: BTreeSet<_> = gathered(made.iter().map(|it| it.client));
        Self {
            verified: count(&|made| made.verified),
            revisits: count(&|made| made.is_revisit(plan)),
            clients: clients.into_iter().map(|it| numbers.of(it)).collect(),
        }
    }
}
