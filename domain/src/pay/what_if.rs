//! What another plan would have made of months gone by (R46): for everybody whose pay the asker reads,
//! both reckoned anew from the same records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::DocumentId;
use crate::id::PersonId;
use crate::money::Fen;
use crate::order::sort_by;
use crate::pay::event::PayEvents;
use crate::pay::gather::{Asked, events};
use crate::pay::period::PayPeriod;
use crate::pay::plan::{PayPlan, PayPlans};
use crate::pay::rights::sees_every_order;
use crate::pay::shelf::Shelf;
use crate::pay::statement::{Statement, statements};
use crate::policy;
use crate::query::Sources;
use crate::time::Day;

/// Months that are compared at once.
pub const MONTHS_MAX: u32 = 36;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    pub plan: PayPlan,
    /// Any day of the last month.
    #[serde(with = "crate::calendar::written")]
    pub until: Day,
    pub months: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhatIfView {
    /// Whoever it changes most comes first.
    pub people: Vec<Compared>,
    pub before: Fen,
    pub after: Fen,
    pub partial: bool,
    /// Fewer than were asked for when those are too many.
    pub months: u32,
    pub sound: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    pub person: PersonId,
    pub name: String,
    pub before: Fen,
    pub after: Fen,
}

pub(crate) fn what_if(asked: &WhatIf, from: &Sources<'_>) -> WhatIfView {
    let months = asked.months.min(MONTHS_MAX);
    let sound = asked.plan.is_sound();
    let shelf = Shelf::new(from, true);
    let draft = PayPlans(vec![PayPlan {
        in_force_from: Day::MIN,
        ..asked.plan.clone()
    }]);
    let mut all: BTreeMap<PersonId, (Fen, Fen)> = BTreeMap::new();
    let mut month = asked.until.first_of_month();
    for _ in 0..if sound { months } else { 0 } {
        let asked = Asked {
            month,
            person: None,
            plans: PayPlans::of(from.facts),
        };
        let mut events = events(&asked, &shelf, from);
        for statement in of_month(month, &events) {
            all.entry(statement.person).or_default().0 += statement.total();
        }
        events.plans = draft.clone();
        for statement in of_month(month, &events) {
            all.entry(statement.person).or_default().1 += statement.total();
        }
        let Ok(before) = month.yesterday() else { break };
        month = before.first_of_month();
    }
    let readable =
        |person: &PersonId| policy::may_read(from.me, DocumentId::pay(*person), from.facts);
    let mut people: Vec<_> = all
        .into_iter()
        .filter(|(person, _)| readable(person))
        .map(|(person, (before, after))| Compared {
            person,
            name: from.name_of(person),
            before,
            after,
        })
        .collect();
    sort_by(&mut people, |one: &Compared, other| {
        let change = |it: &Compared| (it.after - it.before).0.saturating_abs();
        (change(other), one.person).cmp(&(change(one), other.person))
    });
    WhatIfView {
        before: people.iter().map(|it| it.before).sum(),
        after: people.iter().map(|it| it.after).sum(),
        people,
        partial: !sees_every_order(from.me, from.facts),
        months,
        sound,
    }
}

fn of_month(month: Day, events: &PayEvents) -> Vec<Statement> {
    let mut periods: Vec<PayPeriod> = events
        .people
        .iter()
        .flat_map(|payee| PayPeriod::of(payee.employment, month))
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let periods = periods.into_iter();
    periods
        .flat_map(|period| statements(period, events))
        .collect()
}
