//! Penalties, and how far the law lets them go (R48): at most a part of the month's pay, and never so
//! far that less than the minimum wage is left.

use crate::facts::Employment;
use crate::money::Fen;
use crate::order::sort_by;
use crate::pay::event::{Adjustment, AdjustmentKind, Payee};
use crate::pay::plan::PayPlan;
use crate::pay::statement::{PayLine, Why};

/// `gross` is everything else the person is due for the month.
pub(super) fn lines(
    payee: &Payee,
    gross: Fen,
    mut penalties: Vec<&Adjustment>,
    plan: &PayPlan,
) -> Vec<PayLine> {
    sort_by(&mut penalties, |one, other| {
        (one.on, one.id).cmp(&(other.on, other.id))
    });
    penalties.dedup_by_key(|penalty| penalty.id);
    let mut left = most(payee, gross, plan);
    let mut lines = Vec::new();
    for penalty in penalties {
        let AdjustmentKind::Penalty { case: Some(case) } = penalty.kind else {
            continue;
        };
        let taken = penalty.amount.max(Fen::ZERO).min(left);
        left = left - taken;
        let why = Why::Penalty {
            id: penalty.id,
            case,
            on: penalty.on,
            asked: penalty.amount,
        };
        lines.push(PayLine::new(payee.person, -taken, why, Some(plan)));
    }
    lines
}

fn most(payee: &Payee, gross: Fen, plan: &PayPlan) -> Fen {
    let gross = gross.max(Fen::ZERO);
    let part = gross.times(i64::from(plan.penalty_part.0), 10_000);
    // Rounding up would go beyond what is allowed.
    let exact = i128::from(gross.0) * i128::from(plan.penalty_part.0);
    let part = match i128::from(part.0) * 10_000 > exact {
        true => part - Fen(1),
        false => part,
    };
    match payee.employment {
        Employment::OutsideAgent => part,
        Employment::FullTime | Employment::PartTime => {
            part.min((gross - plan.minimum_wage).max(Fen::ZERO))
        }
    }
}
