//! Clients at risk: whose next contact is overdue, and who has not been heard of for long (R57, R69).

use std::collections::BTreeMap;

use crate::calendar::plus_days;
use crate::clients;
use crate::clients::due::due_on;
use crate::clients::record::Grade;
use crate::clients::row::ClientRow;
use crate::dashboard::list::AtRisk;
use crate::goals::deeds::Doers;
use crate::id::PersonId;
use crate::order::gathered;
use crate::plan::Plan;
use crate::query::Sources;
use crate::time::Day;
use crate::window::window;

/// Clients shown on the dashboard itself.
const SHOWN: u32 = 5;
/// Cadences without contact after which a client is silent.
const SILENT: i64 = 2;

#[derive(Debug, Clone, Copy)]
pub(super) struct Overdue<'a> {
    pub(super) row: &'a ClientRow,
    pub(super) owner: PersonId,
    pub(super) due: Day,
    pub(super) silent: bool,
}

impl Overdue<'_> {
    fn order(&self) -> (Grade, Day, crate::id::ClientId) {
        (self.row.grade, self.due, self.row.id)
    }
}

/// One pass over the clients; a client that nobody looks after is nobody's.
pub(super) fn overdue<'a>(doers: &Doers, plan: &Plan, from: &'a Sources<'_>) -> Vec<Overdue<'a>> {
    let today = from.now.day();
    from.clients()
        .filter_map(|(row, grant)| {
            let owner = grant.map_or(from.me, |grant| grant.owner);
            let due = due_on(row, plan).filter(|due| *due < today)?;
            doers.contains(owner).then(|| Overdue {
                row,
                owner,
                due,
                silent: is_silent(row, plan, today),
            })
        })
        .collect()
}

fn is_silent(row: &ClientRow, plan: &Plan, today: Day) -> bool {
    let heard = row.touched_at.unwrap_or(row.created_at).day();
    let cadence = plan.cadence(row.grade);
    cadence.is_some_and(|days| plus_days(heard, SILENT * i64::from(days)) < today)
}

pub(super) fn at_risk(found: Vec<Overdue<'_>>, plan: &Plan, from: &Sources<'_>) -> AtRisk {
    let mut grades: BTreeMap<Grade, u32> = BTreeMap::new();
    for it in &found {
        *grades.entry(it.row.grade).or_default() += 1;
    }
    let silent = found.iter().filter(|it| it.silent).count();
    let lines = first(found, SHOWN).into_iter();
    AtRisk {
        grades: gathered(grades),
        silent: u32::try_from(silent).unwrap_or(u32::MAX),
        lines: lines
            .map(|it| clients::answer::line(it.row, plan, from))
            .collect(),
    }
}

pub(super) fn first(found: Vec<Overdue<'_>>, limit: u32) -> Vec<Overdue<'_>> {
    window(found, 0, limit, |one, other| {
        one.order().cmp(&other.order())
    })
}
