//! Commission: an order at the rate of the month in which it was accepted, split with the manager;
//! what is given back goes at the rate at which it came.

use std::collections::BTreeMap;

use crate::id::PersonId;
use crate::money::{Fen, split};
use crate::pay::event::{PayEvents, SoldOrder};
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
            count(order.accepted_at.day(), order.amount);
            for (refund, before, after) in order.given_back() {
                count(refund.on, before - after);
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
    let accepted_on = order.accepted_at.day();
    let falls = |on: Day| month_of(on) == month && on <= day;
    let concerns = falls(accepted_on) || order.refunds.iter().any(|refund| falls(refund.on));
    let Some(plan) = events.plans.on(accepted_on).filter(|_| concerns) else {
        return Vec::new();
    };
    let net = sales.net(order.representative, month_of(accepted_on));
    let commission = plan.rate(net).of(order.amount);
    let mut lines = Vec::new();
    if falls(accepted_on) {
        let why = |share| Why::Commission {
            order: order.order,
            client: order.client,
            accepted_at: order.accepted_at,
            of: order.amount,
            rate: plan.rate(net),
            net,
            share,
        };
        let (own, managers) = shares(commission, order, plan);
        add(&mut lines, order, plan, [own, managers], why);
    }
    for (refund, before, after) in order.given_back() {
        if falls(refund.on) {
            let back =
                |all: Fen| portion(all, after, order.amount) - portion(all, before, order.amount);
            let (_, managers) = shares(commission, order, plan);
            let (whole, managers) = (back(commission), back(managers));
            let why = |share| Why::GivenBack {
                order: order.order,
                client: order.client,
                refund: refund.id,
                on: refund.on,
                of: refund.amount,
                rate: plan.rate(net),
                share,
            };
            add(
                &mut lines,
                order,
                plan,
                [-(whole - managers), -managers],
                why,
            );
        }
    }
    lines
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

fn add(
    lines: &mut Vec<PayLine>,
    order: &SoldOrder,
    plan: &PayPlan,
    [own, managers]: [Fen; 2],
    why: impl Fn(Share) -> Why,
) {
    let both = [
        (Some(order.representative), own, Share::Representative),
        (order.manager, managers, Share::Manager),
    ];
    for (person, amount, share) in both {
        if let Some(person) = person.filter(|_| amount != Fen::ZERO) {
            lines.push(PayLine::new(person, amount, why(share), Some(plan)));
        }
    }
}
