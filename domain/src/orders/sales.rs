//! Net sales (R06): what was accepted, less what was given back of it. Whoever counts sales counts these.

use core::ops::RangeInclusive;
use std::collections::BTreeSet;

use crate::id::{ClientId, OrderId, PersonId};
use crate::money::Fen;
use crate::orders::decision::OrderState;
use crate::query::Sources;
use crate::time::{Day, Instant};

/// An order accepted on a day by the relay's clock, as its facts have it in their months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Accepted {
    pub(crate) at: Instant,
    pub(crate) on: Day,
    pub(crate) client: ClientId,
    pub(crate) order: OrderId,
    pub(crate) amount: Fen,
}

/// One order accepted, or one refund of such an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sale {
    pub(crate) by: PersonId,
    pub(crate) client: ClientId,
    pub(crate) order: OrderId,
    /// In which it counts.
    pub(crate) on: Day,
    pub(crate) at: Instant,
    /// Less than nothing for a refund.
    pub(crate) amount: Fen,
}

/// Those of the days by these people, in no order; `None` for everybody.
pub(crate) fn sales(
    days: &RangeInclusive<Day>,
    people: Option<&BTreeSet<PersonId>>,
    from: &Sources<'_>,
    visit: &mut dyn FnMut(Sale),
) {
    let accepted = &from.facts.accepted;
    accepted.months_of_people(people, days, &mut |by, month| {
        for it in month.iter().filter(|it| days.contains(&it.on)) {
            visit(Sale {
                by,
                client: it.client,
                order: it.order,
                on: it.on,
                at: it.at,
                amount: it.amount,
            });
        }
    });
    let refunds = from.rows.index.refunds.months_of((), days.clone());
    for it in refunds.flatten().filter(|it| days.contains(&it.on)) {
        let standing = from.facts.orders.get(&(it.client, it.order));
        let accepted = standing.filter(|standing| standing.state == OrderState::Accepted);
        let Some(by) = accepted.map(|it| it.submission.representative) else {
            continue;
        };
        if people.is_none_or(|people| people.contains(&by)) {
            visit(Sale {
                by,
                client: it.client,
                order: it.order,
                on: it.on,
                at: it.at,
                amount: -it.amount,
            });
        }
    }
}
