//! Net sales (R06): what was accepted, less what was given back of it. Whoever counts sales counts these.

use core::ops::RangeInclusive;
use std::collections::BTreeSet;

use crate::id::{ClientId, OrderId, PersonId};
use crate::money::Fen;
use crate::orders::decision::OrderState;
use crate::orders::standings::Kept;
use crate::query::Sources;
use crate::time::{Day, Instant};

/// An order accepted on a day by the relay's clock, as its facts have it in their months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Accepted {
    pub(crate) at: Instant,
    pub(crate) client: ClientId,
    pub(crate) order: OrderId,
    pub(crate) amount: Fen,
}

impl Accepted {
    /// `None` of an order that is not.
    pub(crate) fn of(client: ClientId, kept: &Kept) -> Option<Self> {
        (kept.state == OrderState::Accepted).then_some(Self {
            at: kept.at,
            client,
            order: kept.order,
            amount: kept.amount,
        })
    }

    pub(crate) fn on(&self) -> Day {
        self.at.day()
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
        for it in month {
            let on = it.on();
            if days.contains(&on) {
                visit(Sale {
                    by,
                    client: it.client,
                    order: it.order,
                    on,
                    at: it.at,
                    amount: it.amount,
                });
            }
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
