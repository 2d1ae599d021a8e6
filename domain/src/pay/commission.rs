//! Commission: an order at the rate of the month in which it was accepted, split with the manager;
//! what is given back goes at the rate at which it came.

use std::collections::BTreeMap;

use crate::id::PersonId;
use crate::money::{Fen, split};
use crate::pay::event::{Counted, PayEvents, SoldOrder};
use crate::pay::period::month_of;
use crate::pay::plan::PayPlan;
use crate::pay::statement::{PayLine, Share, Why};
use crate::time::Day;

/// Net sales by representative and month: what was accepted in it less what was given back in it.
pub(super) struct Sales(BTreeMap<(PersonId, Day), Fen>);

impl Sales {
    /// Of everything up to and including a day; one pass.
    pub(super) fn up_to(day: Day, events: &PayEvents) -> Self {
        let mut net: BTreeMap<_, Fen> = BTreeMap::new();
        for order in &events.orders {
            let mut count = |on: Day, amount: Fen| {
                if on <= day {
                    *net.entry((order.representative, month_of(on))).or_default() += amount;
                }
            };
            count(order.counted.representative, order.amount);
            for (refund, before, after) in order.given_back() {
                count(refund.counted.representative, before - after);
            }
        }
        Self(net)
    }

    pub(super) fn net(&self, person: PersonId, month: Day) -> Fen {
        self.0.get(&(person, month)).copied().unwrap_or_default()
    }
}

/// The lines of one order that fall into `month`, up to and including `day`.
pub(super) fn lines(
    order: &SoldOrder,
    month: Day,
    day: Day,
    sales: &Sales,
    events: &PayEvents,
) -> Vec<PayLine> {
    let falls = |on: Day| month_of(on) == month && on <= day;
    let falls = |counted: Counted, share| match share {
        Share::Representative => falls(counted.representative),
        Share::Manager => falls(counted.manager),
    };
    let concerns = |counted| SHARES.iter().any(|share| falls(counted, *share));
    let refunds = &order.refunds;
    if !concerns(order.counted) && !refunds.iter().any(|refund| concerns(refund.counted)) {
        return Vec::new();
    }
    let Some(plan) = events.plans.on(order.accepted_at.day()) else {
        return Vec::new();
    };
    let net = sales.net(order.representative, month_of(order.counted.representative));
    let settled = order.settled;
    let rate = settled.map_or_else(|| plan.rate(net), |settled| settled.rate);
    let commission = rate.of(order.amount);
    let managers = match settled {
        Some(settled) => settled.managers,
        None => shares(commission, order, plan).1,
    };
    let mut lines = Vec::new();
    for share in SHARES {
        let Some(person) = payee(order, share) else {
            continue;
        };
        let mut add = |amount: Fen, why: Why| {
            if amount != Fen::ZERO {
                lines.push(PayLine::new(person, amount, why, Some(plan)));
            }
        };
        if falls(order.counted, share) {
            let why = Why::Commission {
                order: order.order,
                client: order.client,
                accepted_at: order.accepted_at,
                of: order.amount,
                rate,
                net,
                share,
            };
            add(part(commission, managers, share), why);
        }
        for (refund, before, after) in order.given_back() {
            if falls(refund.counted, share) {
                let back = |all: Fen| {
                    portion(all, after, order.amount) - portion(all, before, order.amount)
                };
                let why = Why::GivenBack {
                    order: order.order,
                    client: order.client,
                    refund: refund.id,
                    on: refund.on,
                    of: refund.amount,
                    rate,
                    share,
                };
                add(-part(back(commission), back(managers), share), why);
            }
        }
    }
    lines
}

const SHARES: [Share; 2] = [Share::Representative, Share::Manager];

fn payee(order: &SoldOrder, share: Share) -> Option<PersonId> {
    match share {
        Share::Representative => Some(order.representative),
        Share::Manager => order.manager,
    }
}

fn part(whole: Fen, managers: Fen, share: Share) -> Fen {
    match share {
        Share::Representative => whole - managers,
        Share::Manager => managers,
    }
}

/// What of `all` goes back when `given_back` of an order does; all of it with all of the order.
fn portion(all: Fen, given_back: Fen, amount: Fen) -> Fen {
    all.times(given_back.0, amount.0)
}

fn shares(commission: Fen, order: &SoldOrder, plan: &PayPlan) -> (Fen, Fen) {
    // A manager who sells shares with nobody.
    let manager = order.manager.filter(|it| *it != order.representative);
    match (manager, order.developed_by_manager) {
        (None, _) => (commission, Fen::ZERO),
        (Some(_), false) => split(commission, plan.manager_part),
        (Some(_), true) => split(commission, plan.manager_part_of_own),
    }
}
