//! What is locked, and who is paid for whose orders.
//!
//! What a locked statement has is paid. What it should have and has not, because it came later, counts
//! in the next open month; each of an order's two payees has months of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Period;
use crate::document::DocumentId;
use crate::facts::Facts;
use crate::id::{Id, PersonId};
use crate::money::Fen;
use crate::pay::approval::StatementState;
use crate::pay::digest::PayDigest;
use crate::pay::event::{Counted, Settled, SoldOrder};
use crate::pay::late::Pair;
use crate::pay::lock::LockedMonths;
use crate::pay::paid::{Paid, PaidForOrders, Sought};
use crate::pay::period::month_of;
use crate::pay::record::StatementRecord;
use crate::pay::statement::{PayLine, Share, Why};
use crate::query::Sources;
use crate::role::Role;
use crate::time::Day;

/// What is locked of somebody's pay, by which it is known again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Locked {
    pub(super) months: LockedMonths,
    /// Of the statements that are here.
    pub(super) digests: Vec<PayDigest>,
}

pub(super) struct Shelf<'a> {
    payees: BTreeMap<PersonId, Locked>,
    /// By the first day of their month.
    locked: BTreeMap<(Day, PersonId), Vec<&'a StatementRecord>>,
    managers: BTreeMap<PersonId, PersonId>,
    paid: &'a PaidForOrders,
}

impl<'a> Shelf<'a> {
    /// `afresh`: as if nothing had ever been locked, for comparing plans.
    pub(super) fn new(from: &Sources<'a>, afresh: bool) -> Self {
        let facts = from.facts;
        let mut shelf = Self {
            payees: BTreeMap::new(),
            locked: BTreeMap::new(),
            managers: managers(facts),
            paid: &from.memory.paid,
        };
        if afresh {
            return shelf;
        }
        let payees: BTreeSet<_> = facts
            .pay_statements
            .keys()
            .map(|(person, _)| *person)
            .collect();
        for person in payees {
            let mut locked = Locked {
                months: LockedMonths::of(person, facts),
                digests: Vec::new(),
            };
            for record in locked_records(person, from) {
                let key = (month_of(record.period.from), person);
                shelf.locked.entry(key).or_default().push(record);
                locked.digests.push(record.digest);
            }
            shelf.payees.insert(person, locked);
        }
        shelf
    }

    /// Locked statements of the month that end before `day`.
    pub(super) fn paid_before(&self, person: PersonId, day: Day) -> Option<&'a StatementRecord> {
        let known = self.locked_of(person, month_of(day));
        known.iter().copied().find(|record| record.period.to < day)
    }

    /// Those whom somebody manages.
    pub(super) fn managed_by(&self, manager: PersonId) -> impl Iterator<Item = PersonId> {
        let managed = self.managers.iter();
        managed.filter_map(move |(person, by)| (*by == manager).then_some(*person))
    }

    pub(super) fn locked_months(&self, payee: PersonId) -> Option<&LockedMonths> {
        self.payees.get(&payee).map(|locked| &locked.months)
    }

    /// The representative, and whoever manages them.
    pub(super) fn payees(&self, representative: PersonId) -> (PersonId, Option<PersonId>) {
        let manager = self.managers.get(&representative);
        (representative, manager.copied())
    }

    /// Both of them with what is locked of theirs, where anything is.
    pub(super) fn pairs(&self, representative: PersonId, visit: &mut dyn FnMut(&Pair<'_>)) {
        let (own, manager) = self.payees(representative);
        for payee in [Some(own), manager].into_iter().flatten() {
            self.pair(payee, representative, visit);
        }
    }

    pub(super) fn pair(&self, payee: PersonId, whose: PersonId, visit: &mut dyn FnMut(&Pair<'_>)) {
        if let Some(locked) = self.payees.get(&payee) {
            visit(&Pair {
                payee,
                whose,
                locked,
                has: &|month, event| self.has(payee, month, event),
            });
        }
    }

    pub(super) fn locked_of(&self, payee: PersonId, month: Day) -> &[&'a StatementRecord] {
        self.locked.get(&(month, payee)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn counted_on(&self, person: PersonId, day: Day, event: Id) -> Day {
        let Some(locked) = self.payees.get(&person) else {
            return day;
        };
        locked
            .months
            .counted_on(day, |month| self.has(person, month, event))
    }

    fn has(&self, person: PersonId, month: Day, event: Id) -> bool {
        let known = self.locked_of(person, month);
        known.iter().any(|record| record.counted.contains(&event))
    }

    /// Whether a locked statement of theirs is about this.
    pub(super) fn paid_to(&self, person: PersonId, event: Id) -> bool {
        let locked = self.locked.iter();
        let mut theirs = locked.filter(|((_, payee), _)| *payee == person);
        theirs.any(|(_, records)| records.iter().any(|it| it.counted.contains(&event)))
    }

    pub(super) fn counted(
        &self,
        payees: (PersonId, Option<PersonId>),
        day: Day,
        event: Id,
    ) -> Counted {
        let (representative, manager) = payees;
        let own = self.counted_on(representative, day, event);
        Counted {
            representative: own,
            manager: match manager {
                Some(manager) => self.counted_on(manager, day, event),
                None => own,
            },
        }
    }

    /// What locked statements of earlier months have for a review, whichever result it had then.
    pub(super) fn paid_for_review(&self, person: PersonId, period: Period, month: Day) -> Fen {
        let earlier = self.locked.range(..(month, PersonId(Id::ZERO)));
        let records = earlier.filter(|((_, payee), _)| *payee == person);
        let lines = records.flat_map(|(_, records)| records.iter().flat_map(|it| it.lines.rare()));
        let theirs = lines.filter(
            |line| matches!(line.why, Why::Reviewed { period: known, .. } if known == period),
        );
        theirs.map(PayLine::due).sum()
    }

    /// What was paid for an order, and to which manager, by the locked statement of the month in which
    /// it counted.
    pub(super) fn settled(&self, order: &SoldOrder) -> Paid {
        if self.locked.is_empty() {
            return (None, None);
        }
        let month = month_of(order.counted.representative);
        let accepted_in = month_of(order.accepted_at.day());
        let sought = (order.order, order.representative, month, accepted_in);
        self.paid.get(&self.payees, sought, || self.look_up(sought))
    }

    fn look_up(&self, (order, representative, month, accepted_in): Sought) -> Paid {
        let mut found = None;
        let own = (month, representative);
        let theirs = self
            .locked
            .range((accepted_in, PersonId(Id::ZERO))..)
            .filter(|(key, _)| **key != own)
            .filter(|(_, records)| records.iter().any(|it| it.counted.contains(&order.0)));
        let first = self.locked.get(&own).map(|records| (own.1, records));
        let rest = theirs.map(|((_, person), records)| (*person, records));
        let mut manager = None;
        for (person, records) in first.into_iter().chain(rest) {
            for line in records.iter().flat_map(|record| record.lines.iter()) {
                let Why::Commission {
                    order: known,
                    rate,
                    of,
                    share,
                    ..
                } = &line.why
                else {
                    continue;
                };
                if *known != order {
                    continue;
                }
                match share {
                    Share::Representative => {
                        let managers = rate.of(*of) - line.amount;
                        found = Some(Settled {
                            rate: *rate,
                            managers,
                        });
                        if managers == Fen::ZERO {
                            return (found, None);
                        }
                    }
                    Share::Manager => {
                        let managers = line.amount;
                        found = found.or(Some(Settled {
                            rate: *rate,
                            managers,
                        }));
                        manager = Some(person);
                    }
                }
            }
            if found.is_some() && manager.is_some() {
                break;
            }
        }
        (found, manager)
    }
}

fn locked_records<'a>(
    person: PersonId,
    from: &Sources<'a>,
) -> impl Iterator<Item = &'a StatementRecord> + use<'a> {
    let (rows, facts) = (from.rows, from.facts);
    let row = rows.pay.of(DocumentId::pay(person)).first();
    let records = row.into_iter().flat_map(|row| &row.statements);
    records.filter(move |record| {
        let standing = facts.pay_statements.get(&(person, record.period));
        standing.is_some_and(|standing| {
            standing.state == StatementState::Locked
                && standing.drawn.id == record.id
                && standing.drawn.digest == record.digest
        })
    })
}

/// Whoever manages whom now. Of two managers of a team the one who came first.
fn managers(facts: &Facts) -> BTreeMap<PersonId, PersonId> {
    let mut of_team = BTreeMap::new();
    for (id, person) in &facts.people {
        let manages = facts.has_role(*id, Role::TeamManager);
        if let Some(team) = person.team.filter(|_| manages) {
            let first = of_team.entry(team).or_insert((person.joined_at, *id));
            *first = (*first).min((person.joined_at, *id));
        }
    }
    let people = facts.people.iter();
    people
        .filter_map(|(id, person)| Some((*id, of_team.get(&person.team?)?.1)))
        .filter(|(id, manager)| id != manager)
        .collect()
}
