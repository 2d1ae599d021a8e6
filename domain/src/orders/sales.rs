//! Net sales (R06): what was accepted, less what was given back of it. Whoever counts sales counts these.

use core::ops::RangeInclusive;
use std::collections::BTreeSet;

use crate::id::{ClientId, OrderId, PersonId};
use crate::money::Fen;
use crate::orders::decision::OrderStanding;
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

impl Accepted {
    /// Of an order that is accepted.
    pub(crate) fn of((client, order): (ClientId, OrderId), standing: &OrderStanding) -> Self {
        Self {
            at: standing.at,
            on: standing.at.day(),
            client,
            order,
            amount: standing.submission.amount,
        }
    }
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
    let returned = from.memory.returned.by_person(from);
    returned.months_of_people(people, days, &mut |by, month| {
        for it in month.iter().filter(|it| days.contains(&it.on)) {
            visit(Sale {
                by,
                client: it.client,
                order: it.order,
                on: it.on,
                at: it.at,
                amount: -it.amount,
            });
        }
    });
}

/// What those of whole months come to.
pub(crate) fn net_of_months(
    months: &RangeInclusive<Day>,
    people: Option<&BTreeSet<PersonId>>,
    from: &Sources<'_>,
) -> Fen {
    let mut net = Fen::ZERO;
    let accepted = &from.facts.accepted;
    accepted.months_of_people(people, months, &mut |_, month| {
        net += month.iter().map(|it| it.amount).sum();
    });
    let returned = from.memory.returned.by_person(from);
    returned.months_of_people(people, months, &mut |_, month| {
        net = net - month.iter().map(|it| it.amount).sum();
    });
    net
}
