//! Which accepted orders and finished tasks a month's pay is about: those of the month, and of earlier ones that are
//! locked what their statements do not have.

use std::collections::BTreeSet;

use crate::document::DocumentId;
use crate::id::{ClientId, OrderId, PersonId, TaskId};
use crate::orders::decision::{OrderStanding, OrderState};
use crate::orders::record::Order;
use crate::pay::gather::{Shelf, payees};
use crate::query::Sources;
use crate::time::Day;

pub(super) type OrderKey = (ClientId, OrderId);
pub(super) type Accepted<'a> = (OrderKey, &'a OrderStanding, Option<&'a Order>);

/// With what was written down about them, as far as that is here.
pub(super) fn accepted<'a>(
    keys: BTreeSet<OrderKey>,
    from: &Sources<'a>,
) -> impl Iterator<Item = Accepted<'a>> + use<'a> {
    let (rows, facts) = (from.rows, from.facts);
    keys.into_iter().filter_map(move |key| {
        let standing = facts.orders.get(&key)?;
        let mut orders = rows.orders.of(DocumentId::orders(key.0)).iter();
        let order = orders.find(|row| row.order.id == key.1);
        (standing.state == OrderState::Accepted).then_some((
            key,
            standing,
            order.map(|row| &row.order),
        ))
    })
}

/// Orders that may count in the month for their representative or for whoever manages them. `month` is its first day.
pub(super) fn of_month(
    month: Day,
    representatives: &BTreeSet<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> BTreeSet<OrderKey> {
    let accepted = &from.facts.accepted;
    let mut keys = BTreeSet::new();
    for representative in representatives {
        let of_month = accepted.month(*representative, month);
        let of_month = of_month.into_iter().flat_map(|filed| filed.iter());
        keys.extend(of_month.map(|it| (it.client, it.order)));
        for payee in [Some(*representative), shelf.manager_of(*representative)] {
            let Some(payee) = payee else { continue };
            for earlier in shelf.locked_before(payee, month) {
                let Some(filed) = accepted.month(*representative, earlier) else {
                    continue;
                };
                let key = (payee, *representative, earlier);
                let locked = shelf.locked_of(payee, earlier);
                let late = from.memory.late.orders(key, filed, locked);
                keys.extend(late.iter().map(|it| (it.client, it.order)));
            }
        }
    }
    keys
}

/// Those of which something goes back in the month: whoever they were of, because somebody else may have managed
/// the representative when it was paid.
pub(super) fn given_back_in(
    month: Day,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> impl Iterator<Item = OrderKey> {
    let until = month.last_of_month();
    let refunds = from.rows.index.refunds.months_of((), Day::MIN..=until);
    refunds.flatten().filter_map(move |refund| {
        let key = (refund.client, refund.order);
        let payees = payees(from.facts.orders.get(&key)?, shelf);
        let counted = shelf.counted(payees, refund.on, refund.id);
        counted.is_in(month).then_some(key)
    })
}

/// Tasks that may count in the month.
pub(super) fn tasks_of_month(
    month: Day,
    people: &BTreeSet<PersonId>,
    shelf: &Shelf<'_>,
    from: &Sources<'_>,
) -> BTreeSet<(PersonId, TaskId)> {
    let done = &from.rows.index.done;
    let mut keys = BTreeSet::new();
    for person in people {
        let of_month = done.month(*person, month);
        let of_month = of_month.into_iter().flat_map(|filed| filed.iter());
        keys.extend(of_month.map(|(_, task)| (*person, *task)));
        for earlier in shelf.locked_before(*person, month) {
            if let Some(filed) = done.month(*person, earlier) {
                let locked = shelf.locked_of(*person, earlier);
                let late = from.memory.late.tasks((*person, earlier), filed, locked);
                keys.extend(late.iter().map(|(_, task)| (*person, *task)));
            }
        }
    }
    keys
}
