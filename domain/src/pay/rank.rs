//! The best of a month, by net sales.

use core::cmp::Reverse;

use crate::id::PersonId;
use crate::money::Fen;
use crate::order::sort_by;
use crate::pay::commission::Sales;
use crate::pay::event::PayEvents;
use crate::pay::period::month_of;
use crate::pay::plan::PayPlan;
use crate::pay::statement::{PayLine, Why};
use crate::time::{Day, Instant};

/// Those who sold enough, the first first. Of two with the same net sales the one with more orders
/// comes first, then the one who had them earlier, then the one who has been here longer.
fn ranking(month: Day, sales: &Sales, from: Fen, events: &PayEvents) -> Vec<(PersonId, Fen)> {
    let mut ranked: Vec<_> = events
        .people
        .iter()
        .map(|payee| (payee.person, sales.net(payee.person, month)))
        .filter(|(_, net)| *net >= from && *net > Fen::ZERO)
        .map(|(person, net)| {
            let orders = events.orders.iter().filter(|order| {
                order.representative == person && month_of(order.counted.representative) == month
            });
            let times: Vec<Instant> = orders.map(|order| order.accepted_at).collect();
            let last = times.iter().max().copied().unwrap_or_default();
            (Reverse(net), Reverse(times.len()), last, person)
        })
        .collect();
    sort_by(&mut ranked, Ord::cmp);
    let ranked = ranked.into_iter();
    ranked
        .map(|(Reverse(net), _, _, person)| (person, net))
        .collect()
}

/// The bonuses of a month that is over, by the plan of its last day.
pub(super) fn lines(month: Day, sales: &Sales, plan: &PayPlan, events: &PayEvents) -> Vec<PayLine> {
    let ranking = ranking(month, sales, plan.ranked_from, events);
    let first = ranking.first().copied();
    let best = first
        .filter(|_| plan.best > Fen::ZERO)
        .map(|(person, net)| PayLine::new(person, plan.best, Why::Best { net }, Some(plan)));
    let places = ranking.into_iter().zip(&plan.ranked).enumerate();
    places
        .filter(|(_, (_, bonus))| **bonus > Fen::ZERO)
        .map(|(place, ((person, net), bonus))| {
            let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
            PayLine::new(person, *bonus, Why::Ranked { place, net }, Some(plan))
        })
        .chain(best)
        .collect()
}
