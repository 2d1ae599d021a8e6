//! What pay is made of.

use crate::calendar::Period;
use crate::facts::Employment;
use crate::id::{ClientId, Id, OrderId, PersonId, TaskId};
use crate::money::{BasisPoints, Fen};
use crate::pay::period::month_of;
use crate::pay::plan::PayPlans;
use crate::time::{Day, Instant};

/// In any order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PayEvents {
    /// Not everybody's sales are here, or the month is not over: nobody is ranked.
    pub unranked: bool,
    pub people: Vec<Payee>,
    pub orders: Vec<SoldOrder>,
    pub tasks: Vec<FinishedTask>,
    pub adjustments: Vec<Adjustment>,
    pub deferred: Vec<DeferredAward>,
    pub results: Vec<ReviewResult>,
    pub plans: PayPlans,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payee {
    pub person: PersonId,
    pub employment: Employment,
    pub city: String,
    /// Whoever has left has no base any more; what they sold is still theirs.
    pub has_left: bool,
}

/// The day on which something is counted for its representative, and for their manager: the day on
/// which it was, or the first of the next open month when theirs was locked without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    pub representative: Day,
    pub manager: Day,
}

impl Counted {
    /// Whether it is in the month that begins with this day, for either.
    pub(super) fn is_in(self, month: Day) -> bool {
        month_of(self.representative) == month || month_of(self.manager) == month
    }
}

impl From<Day> for Counted {
    fn from(day: Day) -> Self {
        Self {
            representative: day,
            manager: day,
        }
    }
}

/// What a locked statement says of an order's commission: what goes back goes as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub rate: BasisPoints,
    pub managers: Fen,
}

/// An order that was accepted. What was not is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldOrder {
    pub order: OrderId,
    pub client: ClientId,
    /// The relay's time.
    pub accepted_at: Instant,
    pub counted: Counted,
    pub settled: Option<Settled>,
    pub amount: Fen,
    pub representative: PersonId,
    /// Who managed the representative then.
    pub manager: Option<PersonId>,
    pub developed_by_manager: bool,
    pub refunds: Vec<GivenBack>,
}

impl SoldOrder {
    /// The refunds, the earliest first, each with what had gone back before it and after it: never
    /// more than was sold, also when two people wrote down the same refund.
    pub(super) fn given_back(&self) -> Vec<(GivenBack, Fen, Fen)> {
        let mut refunds = self.refunds.clone();
        refunds.sort_unstable();
        let mut before = Fen::ZERO;
        let reckoned = refunds.into_iter().map(|refund| {
            let after = (before + refund.amount).min(self.amount);
            (refund, core::mem::replace(&mut before, after), after)
        });
        reckoned.collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenBack {
    pub on: Day,
    pub id: Id,
    pub amount: Fen,
    pub counted: Counted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FinishedTask {
    pub task: TaskId,
    pub person: PersonId,
    pub on: Day,
    pub counted_on: Day,
    /// One to five: see [`crate::pay::plan::step_of`].
    pub difficulty: u8,
}

/// Put down by hand, by somebody else than the payee, and approved by one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adjustment {
    pub id: Id,
    pub person: PersonId,
    pub on: Day,
    pub counted_on: Day,
    pub kind: AdjustmentKind,
    /// A penalty's as a positive sum.
    pub amount: Fen,
    pub approved: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdjustmentKind {
    /// Corrects something either way.
    Correction,
    Award,
    /// Only with a case that is closed.
    Penalty {
        case: Option<Id>,
    },
}

/// What the result of a review brings, once it stands (R17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewResult {
    /// The submission it rests on.
    pub id: Id,
    pub person: PersonId,
    pub period: Period,
    /// When it was submitted, which stays whenever it comes to stand.
    pub on: Day,
    pub counted_on: Day,
    pub bonus: Fen,
    /// What locked statements of other months have for the same period, of a result that was taken back since.
    pub paid_before: Fen,
}

/// Given now, paid in parts later, and not after it was forfeited (R47).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeferredAward {
    pub id: Id,
    pub person: PersonId,
    pub amount: Fen,
    /// Days with the part that vests on each.
    pub vests: Vec<(Day, BasisPoints)>,
    pub forfeited_on: Option<Day>,
    /// Parts that a locked month should have had and has not, with the day they count on instead.
    pub late: Vec<(Day, Day)>,
}

impl DeferredAward {
    pub(super) fn counted_on(&self, vests_on: Day) -> Day {
        let late = self.late.iter().find(|(on, _)| *on == vests_on);
        late.map_or(vests_on, |(_, instead)| *instead)
    }
}
