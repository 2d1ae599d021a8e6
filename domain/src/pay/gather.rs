//! The events of a month, out of the rows and facts on this device.

use std::collections::BTreeSet;

use crate::calendar::start_of;
use crate::document::DocumentId;
use crate::facts::{Facts, Person, PersonStatus};
use crate::id::{Id, PersonId};
use crate::orders::sales::Accepted;
use crate::pay::accepted::{Orders, given_back_in, of_month, tasks_of_month};
use crate::pay::adjustment::{AdjustmentSort, AdjustmentState};
use crate::pay::event::{
    Adjustment, AdjustmentKind, Counted, DeferredAward, FinishedTask, GivenBack, PayEvents, Payee,
    ReviewResult, SoldOrder,
};
use crate::pay::lock::{LockedMonths, adjustment_counted_on};
use crate::pay::period::month_of;
use crate::pay::plan::{PayPlans, step_of};
use crate::pay::rights::sees_every_order;
use crate::pay::shelf::Shelf;
use crate::pay::statement::Why;
use crate::query::Sources;
use crate::time::Day;

/// Whom and what a reckoning is about.
pub(super) struct Asked {
    /// Any day of it.
    pub(super) month: Day,
    /// `None` for everybody.
    pub(super) person: Option<PersonId>,
    pub(super) plans: PayPlans,
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
    let people = representatives(only, shelf, from.facts);
    let mut orders = of_month(month, &people, shelf, from);
    orders.extend(given_back_in(month, shelf, from));
    for (representative, order) in orders.into_values() {
        let manager = shelf.payees(representative).1;
        let has_part = |only| {
            representative == only || manager == Some(only) || shelf.paid_to(only, order.order.0)
        };
        if order.at >= next || !only.is_none_or(has_part) {
            continue;
        }
        let mut sale = sale(representative, &order, shelf, from);
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
    let mut rest = Orders::new();
    for (representative, month) in &other_months {
        let whose = BTreeSet::from([*representative]);
        rest.extend(of_month(*month, &whose, shelf, from));
    }
    rest.retain(|key, _| !known.contains(key));
    sold.extend(rest.into_values().filter_map(|(representative, order)| {
        let sale = sale(representative, &order, shelf, from);
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
    shelf.managed_by(only).chain([only]).collect()
}

fn sale(
    representative: PersonId,
    accepted: &Accepted,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> SoldOrder {
    let (client, order) = (accepted.client, accepted.order);
    let both = shelf.payees(representative);
    let manager = both.1;
    let developer = || {
        from.rows
            .clients
            .get(&client)
            .and_then(|row| row.created_by)
    };
    SoldOrder {
        order,
        client,
        accepted_at: accepted.at,
        counted: shelf.counted(both, accepted.on(), order.0),
        settled: None,
        amount: accepted.amount,
        representative,
        manager,
        developed_by_manager: manager.is_some() && developer() == manager,
        refunds: from
            .rows
            .index
            .given_back_of((client, order))
            .iter()
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
    let done = tasks_of_month(month, &people, shelf, from);
    done.iter()
        .filter_map(|((person, task), at)| {
            let on = at.day();
            let given = from.rows.index.given(*person, *task, on)?;
            let counted_on = shelf.counted_on(*person, on, task.0);
            (month_of(counted_on) == month).then(|| FinishedTask {
                task: *task,
                person: *person,
                on,
                counted_on,
                difficulty: step_of(given.difficulty(from.facts)),
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
        let months = shelf.locked_months(person).unwrap_or(&none);
        let counted_on = adjustment_counted_on(person, id, proposed.on, months, facts);
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
        let months = shelf.locked_months(person)?;
        let instead = months.counted_on(on, |month| {
            let known = shelf.locked_of(person, month).iter();
            known.flat_map(|it| it.lines.rare()).any(|line| {
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
