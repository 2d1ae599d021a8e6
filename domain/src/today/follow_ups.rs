//! Clients whose next contact is due.

use std::collections::BTreeSet;

use crate::clients::due::due_on;
use crate::clients::row::ClientRow;
use crate::id::ClientId;
use crate::order::{gathered, sort_by};
use crate::plan::Plan;
use crate::query::Sources;
use crate::time::Day;

pub(super) const FOLLOW_UPS_SHOWN: usize = 20;

/// The asker's own clients due by `until`, with the day: best grade first, then the longest due.
/// A client with a visit planned or under way is being followed up.
pub(crate) fn follow_ups<'a>(
    until: Day,
    plan: &Plan,
    from: &Sources<'a>,
) -> Vec<(Day, &'a ClientRow)> {
    let being_visited = being_visited(from);
    let mut due: Vec<_> = from
        .clients()
        .filter(|(_, grant)| from.is_mine(*grant))
        .filter_map(|(row, _)| Some((due_on(row, plan).filter(|due| *due <= until)?, row)))
        .filter(|(_, row)| !being_visited.contains(&row.id))
        .collect();
    sort_by(&mut due, |(one_due, one), (other_due, other)| {
        (one.grade, one_due, one.id).cmp(&(other.grade, other_due, other.id))
    });
    due
}

fn being_visited(from: &Sources<'_>) -> BTreeSet<ClientId> {
    let open = from.rows.index.open_visits.keys();
    gathered(open.map(|(client, _)| *client))
}
