//! When a client is next due for contact: by an agreed next step, else by the cadence of its
//! grade (R57).

use crate::calendar::plus_days;
use crate::clients::record::Stage;
use crate::clients::row::ClientRow;
use crate::plan::Plan;
use crate::time::Day;

/// `None` for a client that is archived or lost, or whose grade has no cadence.
///
/// An agreed day counts until there has been contact on it or after it. A client nobody has been
/// in touch with is due one cadence after it was written down.
#[must_use]
pub fn due_on(row: &ClientRow, plan: &Plan) -> Option<Day> {
    if row.archived || row.stage == Stage::Lost {
        return None;
    }
    let touched_on = row.touched_at.map(|at| at.day());
    if let Some(agreed) = row.next_on
        && touched_on.is_none_or(|touched| touched < agreed)
    {
        return Some(agreed);
    }
    let since = touched_on.unwrap_or_else(|| row.created_at.day());
    Some(plus_days(since, i64::from(plan.cadence(row.grade)?)))
}
