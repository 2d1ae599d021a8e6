//! What is locked stays as it is: what comes later for the same month counts in the next open one.

use std::collections::BTreeSet;

use crate::decision::Refusal;
use crate::facts::Facts;
use crate::id::{Id, PersonId};
use crate::pay::adjustment::{AdjustmentSort, AdjustmentState};
use crate::pay::approval::{self, StatementState};
use crate::pay::period::{PayPeriod, month_of};
use crate::time::Day;

/// The months of a person whose last period is locked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LockedMonths(BTreeSet<Day>);

impl LockedMonths {
    #[must_use]
    pub fn of(payee: PersonId, facts: &Facts) -> Self {
        let known = approval::of(payee, facts);
        let locked = known.filter(|(period, standing)| {
            standing.state == StatementState::Locked && period.ends_the_month()
        });
        locked.map(|(period, _)| month_of(period.from)).collect()
    }

    #[must_use]
    pub fn contains(&self, month: Day) -> bool {
        self.0.contains(&month)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The day itself, or the first of the month after it that is open or whose statement says that it
    /// has it: `paid` of each locked month from its own on.
    #[must_use]
    pub fn counted_on(&self, day: Day, paid: impl Fn(Day) -> bool) -> Day {
        let own = month_of(day);
        let mut month = own;
        while self.contains(month) && !paid(month) {
            let Ok(next) = month.last_of_month().tomorrow() else {
                return day;
            };
            month = next;
        }
        match month == own {
            true => day,
            false => month,
        }
    }
}

/// By their first days.
impl FromIterator<Day> for LockedMonths {
    fn from_iter<I: IntoIterator<Item = Day>>(months: I) -> Self {
        Self(months.into_iter().collect())
    }
}

/// Whether a locked statement takes this adjustment into account: of a month, or any.
fn is_paid(payee: PersonId, adjustment: Id, month: Option<Day>, facts: &Facts) -> bool {
    let mut known = approval::of(payee, facts);
    known.any(|(period, standing)| {
        standing.state == StatementState::Locked
            && month.is_none_or(|month| month_of(period.from) == month)
            && standing.drawn.adjustments.contains(&adjustment)
    })
}

/// The day on which an adjustment counts.
#[must_use]
pub fn adjustment_counted_on(
    payee: PersonId,
    adjustment: Id,
    on: Day,
    locked: &LockedMonths,
    facts: &Facts,
) -> Day {
    locked.counted_on(on, |month| is_paid(payee, adjustment, Some(month), facts))
}

/// The adjustments that a statement of `period` has to take into account.
///
/// # Errors
/// `UnderWay` while one of them waits for its approval.
pub fn adjustments_due(
    payee: PersonId,
    period: PayPeriod,
    facts: &Facts,
) -> Result<BTreeSet<Id>, Refusal> {
    let locked = LockedMonths::of(payee, facts);
    let adjustments = facts
        .pay_adjustments
        .range((payee, Id::ZERO)..=(payee, Id::MAX));
    let mut due = BTreeSet::new();
    for ((_, id), standing) in adjustments {
        let on = adjustment_counted_on(payee, *id, standing.proposed.on, &locked, facts);
        if month_of(on) != month_of(period.from) || on > period.to {
            continue;
        }
        match standing.state {
            AdjustmentState::Proposed => return Err(Refusal::UnderWay),
            // A deferred award has its own days.
            AdjustmentState::Approved
                if standing.proposed.sort != AdjustmentSort::Deferred
                    && !is_paid(payee, *id, None, facts) =>
            {
                due.insert(*id);
            }
            _ => {}
        }
    }
    Ok(due)
}
