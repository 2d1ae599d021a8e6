//! The events of a month, out of the rows and facts on this device, in one pass over the orders.
//!
//! What a locked statement has is paid. What it should have and has not, because it came later, counts
//! in the next open month; each of an order's two payees has months of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Period, start_of};
use crate::document::DocumentId;
use crate::facts::{Facts, Person, PersonStatus};
use crate::id::{Id, PersonId};
use crate::money::Fen;
use crate::orders::decision::OrderStanding;
use crate::orders::record::Order;
use crate::pay::accepted::{OrderKey, accepted, given_back_in, of_month, tasks_of_month};
use crate::pay::adjustment::{AdjustmentSort, AdjustmentState};
use crate::pay::approval::StatementState;
use crate::pay::event::{
    Adjustment, AdjustmentKind, Counted, DeferredAward, FinishedTask, GivenBack, PayEvents, Payee,
    ReviewResult, Settled, SoldOrder,
};
use crate::pay::lock::{LockedMonths, adjustment_counted_on};
use crate::pay::period::month_of;
use crate::pay::plan::{PayPlans, step_of};
use crate::pay::record::StatementRecord;
use crate::pay::rights::sees_every_order;
use crate::pay::statement::{PayLine, Share, Why};
use crate::query::Sources;
use crate::role::Role;
use crate::time::Day;
use crate::work::load::worth;

/// Whom and what a reckoning is about.
pub(super) struct Asked {
    /// Any day of it.
    pub(super) month: Day,
    /// `None` for everybody.
    pub(super) person: Option<PersonId>,
    pub(super) plans: PayPlans,
}

pub(super) struct Shelf<'a> {
    months: BTreeMap<PersonId, LockedMonths>,
    /// By the first day of their month.
    locked: BTreeMap<(Day, PersonId), Vec<&'a StatementRecord>>,
    managers: BTreeMap<PersonId, PersonId>,
}

impl<'a> Shelf<'a> {
    /// `afresh`: as if nothing had ever been locked, for comparing plans.
    pub(super) fn new(from: &Sources<'a>, afresh: bool) -> Self {
        let facts = from.facts;
        let mut shelf = Self {
            months: BTreeMap::new(),
            locked: BTreeMap::new(),
            managers: managers(facts),
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
            let months = LockedMonths::of(person, facts);
            for record in locked_records(person, from) {
                let key = (month_of(record.period.from), person);
                shelf.locked.entry(key).or_default().push(record);
            }
            shelf.months.insert(person, months);
        }
        shelf
    }

    /// Locked statements of the month that end before `day`.
    pub(super) fn paid_before(&self, person: PersonId, day: Day) -> Option<&'a StatementRecord> {
        let known = self.locked_of(person, month_of(day));
        known.iter().copied().find(|record| record.period.to < day)
    }

    pub(super) fn manager_of(&self, person: PersonId) -> Option<PersonId> {
        self.managers.get(&person).copied()
    }

    /// The first days of the months before this one that are locked.
    pub(super) fn locked_before(&self, payee: PersonId, month: Day) -> impl Iterator<Item = Day> {
        let months = self.months.get(&payee).into_iter();
        months.flat_map(move |months| months.before(month))
    }

    pub(super) fn locked_of(&self, payee: PersonId, month: Day) -> &[&'a StatementRecord] {
        self.locked.get(&(month, payee)).map_or(&[], Vec::as_slice)
    }

    fn counted_on(&self, person: PersonId, day: Day, event: Id) -> Day {
        let Some(months) = self.months.get(&person) else {
            return day;
        };
        months.counted_on(day, |month| self.has(person, month, event))
    }

    fn has(&self, person: PersonId, month: Day, event: Id) -> bool {
        let known = self.locked_of(person, month);
        known.iter().any(|record| record.counted.contains(&event))
    }

    /// Whether a locked statement of theirs is about this.
    fn paid_to(&self, person: PersonId, event: Id) -> bool {
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
    fn paid_for_review(&self, person: PersonId, period: Period, month: Day) -> Fen {
        let earlier = self.locked.range(..(month, PersonId(Id::ZERO)));
        let records = earlier.filter(|((_, payee), _)| *payee == person);
        let lines = records.flat_map(|(_, records)| records.iter().flat_map(|it| &it.lines));
        let theirs = lines.filter(
            |line| matches!(line.why, Why::Reviewed { period: known, .. } if known == period),
        );
        theirs.map(PayLine::due).sum()
    }

    /// What was paid for an order, and to which manager, by the locked statement of the month in which
    /// it counted.
    fn settled(&self, order: &SoldOrder) -> (Option<Settled>, Option<PersonId>) {
        let mut found = None;
        let own = (month_of(order.counted.representative), order.representative);
        let accepted_in = month_of(order.accepted_at.day());
        let theirs = self
            .locked
            .range((accepted_in, PersonId(Id::ZERO))..)
            .filter(|(key, _)| **key != own)
            .filter(|(_, records)| records.iter().any(|it| it.counted.contains(&order.order.0)));
        let first = self.locked.get(&own).map(|records| (own.1, records));
        let rest = theirs.map(|((_, person), records)| (*person, records));
        let mut manager = None;
        for (person, records) in first.into_iter().chain(rest) {
            for line in records.iter().flat_map(|record| &record.lines) {
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
                if *known != order.order {
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

pub(super) fn events(asked: &Asked, shelf: &Shelf<'_>, from: &Sources<'_>) -> PayEvents {
    let month = month_of(asked.month);
    let orders = orders(month, asked.person, shelf, from);
    let mut events = PayEvents {
        unranked: !sees_every_order(from.me, from.facts) || from.now.day() <= month.last_of_month(),
        people: people(month, asked.person, &orders, from.facts),
        orders,
        tasks: tasks(month, asked.person, shelf, from),
        adjustments: Vec::new(),
        deferred: Vec::new(),
        results: results(month, asked.person, shelf, from),
        plans: asked.plans.clone(),
    };
    adjustments(asked, shelf, from, &mut events);
    events
}

/// Whoever works here, had begun by then, and whoever has left and is still owed something.
fn people(month: Day, only: Option<PersonId>, orders: &[SoldOrder], facts: &Facts) -> Vec<Payee> {
    let owed: BTreeSet<_> = orders
        .iter()
        .flat_map(|order| [Some(order.representative), order.manager])
        .flatten()
        .collect();
    let is_here = |person: &Person| person.status != PersonStatus::Deactivated;
    let people = facts.people.iter();
    people
        .filter(|(id, person)| {
            let asked = only.is_none_or(|only| only == **id);
            let begun = person.joined_at.day() <= month.last_of_month();
            asked && ((is_here(person) && begun) || owed.contains(id))
        })
        .map(|(id, person)| Payee {
            person: *id,
            employment: person.employment,
            city: facts
                .pay_terms
                .get(id)
                .map(|terms| terms.city.clone())
                .unwrap_or_default(),
            has_left: !is_here(person),
        })
        .collect()
}

/// Every order of which something counts in the month; and, where something goes back of an order whose
/// month is not locked, all of that month's, because they set its rate.
fn orders(
    month: Day,
    only: Option<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> Vec<SoldOrder> {
    let next = month.last_of_month().tomorrow().map(start_of);
    let next = next.unwrap_or_else(|_| start_of(Day::MAX));
    let mut sold = Vec::new();
    let mut other_months = BTreeSet::new();
    let mut keys = of_month(
        month,
        &representatives(only, shelf, from.facts),
        shelf,
        from,
    );
    keys.extend(given_back_in(month, shelf, from));
    for (key, standing, order) in accepted(keys, from) {
        let (representative, manager) = payees(standing, shelf);
        let has_part =
            |only| representative == only || manager == Some(only) || shelf.paid_to(only, key.1.0);
        if standing.at >= next || !only.is_none_or(has_part) {
            continue;
        }
        let mut sale = sale(key, standing, order, manager, shelf, from);
        let refunds = sale.refunds.iter();
        let gives_back = refunds.map(|it| it.counted).any(|it| it.is_in(month));
        if !sale.counted.is_in(month) && !gives_back {
            continue;
        }
        let mut unsettled = None;
        if gives_back && month_of(sale.counted.representative) != month {
            let (settled, manager) = shelf.settled(&sale);
            match settled {
                Some(settled) => {
                    sale.settled = Some(settled);
                    sale.manager = manager;
                }
                None => unsettled = Some((representative, month_of(sale.counted.representative))),
            }
        }
        let concerns =
            only.is_none_or(|only| sale.representative == only || sale.manager == Some(only));
        if concerns {
            sold.push(sale);
            other_months.extend(unsettled);
        }
    }
    let known: BTreeSet<_> = sold
        .iter()
        .map(|it: &SoldOrder| (it.client, it.order))
        .collect();
    let mut rest = BTreeSet::new();
    for (representative, month) in &other_months {
        rest.extend(of_month(
            *month,
            &BTreeSet::from([*representative]),
            shelf,
            from,
        ));
    }
    rest.retain(|key| !known.contains(key));
    sold.extend(accepted(rest, from).filter_map(|(key, standing, order)| {
        let (_, manager) = payees(standing, shelf);
        let sale = sale(key, standing, order, manager, shelf, from);
        let place = (sale.representative, month_of(sale.counted.representative));
        other_months.contains(&place).then_some(sale)
    }));
    sold
}

/// Of whose orders somebody may have a part: their own, and those of whom they manage.
fn representatives(only: Option<PersonId>, shelf: &Shelf<'_>, facts: &Facts) -> BTreeSet<PersonId> {
    let Some(only) = only else {
        return facts.people.keys().copied().collect();
    };
    let managed = shelf
        .managers
        .iter()
        .filter(|(_, manager)| **manager == only);
    let managed = managed.map(|(person, _)| *person);
    managed.chain([only]).collect()
}

pub(super) fn payees(standing: &OrderStanding, shelf: &Shelf<'_>) -> (PersonId, Option<PersonId>) {
    let representative = standing.submission.representative;
    (representative, shelf.managers.get(&representative).copied())
}

fn sale(
    (client, order): OrderKey,
    standing: &OrderStanding,
    record: Option<&Order>,
    manager: Option<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> SoldOrder {
    let representative = standing.submission.representative;
    let both = (representative, manager);
    let refunds = record.into_iter().flat_map(|record| &record.refunds);
    let developer = || {
        from.rows
            .clients
            .get(&client)
            .and_then(|row| row.created_by)
    };
    SoldOrder {
        order,
        client,
        accepted_at: standing.at,
        counted: shelf.counted(both, standing.at.day(), order.0),
        settled: None,
        amount: standing.submission.amount,
        representative,
        manager,
        developed_by_manager: manager.is_some() && developer() == manager,
        refunds: refunds
            .map(|refund| GivenBack {
                on: refund.on,
                id: refund.id,
                amount: refund.amount,
                counted: shelf.counted(both, refund.on, refund.id),
            })
            .collect(),
    }
}

fn tasks(
    month: Day,
    only: Option<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> Vec<FinishedTask> {
    let people = match only {
        Some(only) => BTreeSet::from([only]),
        None => from.facts.people.keys().copied().collect(),
    };
    let keys = tasks_of_month(month, &people, shelf, from);
    keys.iter()
        .filter_map(|(person, task)| {
            let row = from.rows.tasks.get(&(*person, *task))?;
            let on = row.task.finished_at()?.day();
            let counted_on = shelf.counted_on(*person, on, task.0);
            (month_of(counted_on) == month).then(|| FinishedTask {
                task: *task,
                person: *person,
                on,
                counted_on,
                difficulty: step_of(worth(&row.task, from.facts).0),
            })
        })
        .collect()
}

/// The results that stand. They count from the day of their submission on: whichever of acknowledging and upholding comes
/// first, or later once more, does not make them count twice.
fn results(
    month: Day,
    only: Option<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> Vec<ReviewResult> {
    let reviews = from.facts.reviews.iter();
    let reviews = reviews.filter(|((person, _), _)| only.is_none_or(|only| only == *person));
    reviews
        .filter_map(|((person, period), standing)| {
            let bonus = standing.payable()?;
            let (id, on) = (standing.submission.frozen, standing.submitted_at.day());
            let counted_on = shelf.counted_on(*person, on, id);
            (month_of(counted_on) == month).then(|| ReviewResult {
                id,
                person: *person,
                period: *period,
                on,
                counted_on,
                bonus,
                paid_before: shelf.paid_for_review(*person, *period, month),
            })
        })
        .collect()
}

fn adjustments(asked: &Asked, shelf: &Shelf<'_>, from: &Sources<'_>, events: &mut PayEvents) {
    let facts = from.facts;
    let none = LockedMonths::default();
    for ((person, id), standing) in &facts.pay_adjustments {
        let concerns = asked.person.is_none_or(|only| only == *person);
        if standing.state != AdjustmentState::Approved || !concerns {
            continue;
        }
        let (person, id) = (*person, *id);
        let proposed = standing.proposed;
        let locked = shelf.months.get(&person).unwrap_or(&none);
        let counted_on = adjustment_counted_on(person, id, proposed.on, locked, facts);
        let kind = match proposed.sort {
            AdjustmentSort::Correction => AdjustmentKind::Correction,
            AdjustmentSort::Award => AdjustmentKind::Award,
            AdjustmentSort::Deferred => {
                events.deferred.extend(deferred(person, id, shelf, from));
                continue;
            }
            sort => {
                debug_assert!(sort.is_penalty());
                AdjustmentKind::Penalty { case: Some(id) }
            }
        };
        events.adjustments.push(Adjustment {
            id,
            person,
            on: proposed.on,
            counted_on,
            kind,
            amount: proposed.amount,
            approved: true,
        });
    }
}

/// Its days stand in the record: as long as that has not come, or is not what was approved, there is
/// nothing to pay.
fn deferred(
    person: PersonId,
    id: Id,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> Option<DeferredAward> {
    let standing = from.facts.pay_adjustments.get(&(person, id))?;
    let row = from.rows.pay.of(DocumentId::pay(person)).first()?;
    let record = row.adjustments.iter().find(|record| record.id == id)?;
    if record.digest != standing.proposed.digest {
        return None;
    }
    let vests = record.vesting();
    let late = |on: Day| {
        let months = shelf.months.get(&person)?;
        let instead = months.counted_on(on, |month| {
            let known = shelf.locked_of(person, month).iter();
            known.flat_map(|it| &it.lines).any(|line| {
                matches!(line.why, Why::Vested { award, on: when, .. } if award == id && when == on)
            })
        });
        (instead != on).then_some((on, instead))
    };
    Some(DeferredAward {
        id,
        person,
        amount: standing.proposed.amount,
        late: vests.iter().filter_map(|(on, _)| late(*on)).collect(),
        vests,
        forfeited_on: standing.forfeited_on,
    })
}

/// Every event that a statement of the person up to `to` takes into account.
pub(super) fn counted(person: PersonId, to: Day, events: &PayEvents) -> BTreeSet<Id> {
    let falls = |on: Day| month_of(on) == month_of(to) && on <= to;
    let mut ids = BTreeSet::new();
    for order in &events.orders {
        let day = |counted: Counted| {
            let own = order.representative == person;
            let managers = order.manager == Some(person);
            (own && falls(counted.representative)) || (managers && falls(counted.manager))
        };
        ids.extend(day(order.counted).then_some(order.order.0));
        let refunds = order.refunds.iter();
        ids.extend(refunds.filter(|it| day(it.counted)).map(|it| it.id));
    }
    let tasks = events.tasks.iter().filter(|it| it.person == person);
    ids.extend(tasks.filter(|it| falls(it.counted_on)).map(|it| it.task.0));
    let results = events.results.iter().filter(|it| it.person == person);
    ids.extend(results.filter(|it| falls(it.counted_on)).map(|it| it.id));
    let adjustments = events.adjustments.iter().filter(|it| it.person == person);
    ids.extend(
        adjustments
            .filter(|it| falls(it.counted_on))
            .map(|it| it.id),
    );
    ids
}
