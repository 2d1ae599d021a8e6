//! Which accepted orders and finished tasks a month's pay is about: those of the month, and of earlier ones that are
//! locked what their statements do not have.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{ClientId, OrderId, PersonId, TaskId};
use crate::index::Refund;
use crate::orders::sales::Accepted;
use crate::pay::shelf::Shelf;
use crate::query::Sources;
use crate::time::{Day, Instant};

pub(super) type OrderKey = (ClientId, OrderId);

/// With whose they are.
pub(super) type Orders = BTreeMap<OrderKey, (PersonId, Accepted)>;

/// Orders that may count in the month for their representative or for whoever manages them. `month` is its first day.
pub(super) fn of_month(
    month: Day,
    representatives: &BTreeSet<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> Orders {
    let late = &from.memory.late;
    let mut orders = Orders::new();
    for representative in representatives {
        let Some(filed) = from.facts.accepted.of(*representative) else {
            continue;
        };
        let mut add = |it: &Accepted| {
            orders.insert((it.client, it.order), (*representative, *it));
        };
        filed.month(month).iter().for_each(&mut add);
        shelf.pairs(*representative, &mut |pair| {
            late.orders(pair, filed, month).iter().for_each(&mut add);
        });
    }
    orders
}

/// Those of which something goes back in the month: whoever they were of, because somebody else may have managed
/// the representative when it was paid.
pub(super) fn given_back_in(month: Day, shelf: &Shelf<'_>, from: &Sources<'_>) -> Orders {
    let late = &from.memory.late;
    let mut orders = Orders::new();
    for (representative, filed) in from.memory.returned.by_person(from).iter() {
        let payees = shelf.payees(representative);
        let mut add = |refund: &Refund| {
            if shelf.counted(payees, refund.on, refund.id).is_in(month) {
                let known = accepted((refund.client, refund.order), from);
                orders.extend(known.map(|it| ((it.client, it.order), (representative, it))));
            }
        };
        filed.month(month).iter().for_each(&mut add);
        shelf.pairs(representative, &mut |pair| {
            late.refunds(pair, filed, month).iter().for_each(&mut add);
        });
    }
    orders
}

/// As it is filed.
fn accepted((client, order): OrderKey, from: &Sources<'_>) -> Option<Accepted> {
    Accepted::of(client, from.facts.orders.find(&(client, order))?)
}

/// Tasks that may count in the month, with when they were done.
pub(super) fn tasks_of_month(
    month: Day,
    people: &BTreeSet<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> BTreeMap<(PersonId, TaskId), Instant> {
    let mut done = BTreeMap::new();
    for person in people {
        let Some(filed) = from.rows.index.done.of(*person) else {
            continue;
        };
        let of_month = filed.month(month).iter();
        done.extend(of_month.map(|(at, task)| ((*person, *task), *at)));
        shelf.pair(*person, *person, &mut |pair| {
            let late = from.memory.late.tasks(pair, filed, month);
            done.extend(late.iter().map(|(at, task)| ((*person, *task), *at)));
        });
    }
    done
}
