//! Under which months rows are filed. Kept with the rows, document by document; figures are counted from it and never
//! from all rows.

use std::collections::BTreeSet;

use crate::calendar::days_between;
use crate::clients::record::Grade;
use crate::clients::row::ClientRow;
use crate::dated::{Dated, Filing};
use crate::id::{ClientId, Id, OrderId, PersonId, TaskId, VisitId};
use crate::money::Fen;
use crate::plan::Plan;
use crate::row::DocumentRows;
use crate::time::{Day, Instant};
use crate::visits::record::{Presence, VisitState};
use crate::visits::row::VisitRow;

/// A visit somebody checked in at, with all that counting it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Made {
    pub(crate) at: Instant,
    pub(crate) client: ClientId,
    pub(crate) visit: VisitId,
    pub(crate) verified: bool,
    /// Days since the visit to the same client before it.
    pub(crate) after: Option<i64>,
    /// The client's, as it is now.
    pub(crate) grade: Option<Grade>,
}

impl Made {
    /// Whether it came within the cadence of the client's grade after the visit before.
    pub(crate) fn is_revisit(&self, plan: &Plan) -> bool {
        self.after.is_some_and(|days| {
            let cadence = self.grade.and_then(|grade| plan.cadence(grade));
            cadence.is_some_and(|cadence| (1..=i64::from(cadence)).contains(&days))
        })
    }
}

/// Whose order it was only the relay's word on it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Refund {
    pub(crate) on: Day,
    pub(crate) id: Id,
    pub(crate) at: Instant,
    pub(crate) client: ClientId,
    pub(crate) order: OrderId,
    pub(crate) amount: Fen,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Index {
    /// Clients written down, not imported and not archived since.
    pub(crate) new_clients: Dated<PersonId, (Instant, ClientId)>,
    pub(crate) made: Dated<PersonId, Made>,
    /// Visits by the day they were planned for.
    pub(crate) planned: Dated<PersonId, (Day, ClientId, VisitId)>,
    pub(crate) done: Dated<PersonId, (Instant, TaskId)>,
    /// Tasks under every month they concern: in which they were given, are due, were done.
    pub(crate) tasks: Dated<PersonId, TaskId>,
    pub(crate) refunds: Dated<(), Refund>,
    /// Orders of which something was given back.
    pub(crate) given_back: BTreeSet<(ClientId, OrderId)>,
    /// Visits planned or under way.
    pub(crate) open_visits: BTreeSet<(ClientId, VisitId)>,
    pub(crate) open_tasks: BTreeSet<(PersonId, TaskId)>,
}

impl Index {
    /// All of one document.
    pub(crate) fn file(&mut self, filing: Filing, rows: &DocumentRows) {
        if let Some(client) = &rows.client {
            self.client(filing, client);
        }
        self.visits(filing, rows.client.as_ref(), &rows.visits);
        for task in rows.tasks.iter().map(|row| &row.task) {
            let whose = task.draft.assignee;
            let done = task.finished_at();
            if let Some(at) = done {
                self.done.file(filing, whose, at.day(), (at, task.id));
            }
            let days = [
                Some(task.created_at.day()),
                task.draft.due,
                done.map(Instant::day),
            ];
            let mut last = None;
            for day in days.into_iter().flatten() {
                let month = Some(day.first_of_month());
                if core::mem::replace(&mut last, month) != month {
                    self.tasks.file(filing, whose, day, task.id);
                }
            }
            if task.is_open() {
                mark(&mut self.open_tasks, filing, (whose, task.id));
            }
        }
        for order in rows.orders.iter().map(|row| &row.order) {
            if !order.refunds.is_empty() {
                mark(&mut self.given_back, filing, (order.client, order.id));
            }
            for refund in &order.refunds {
                let entry = Refund {
                    on: refund.on,
                    id: refund.id,
                    at: refund.at,
                    client: order.client,
                    order: order.id,
                    amount: refund.amount,
                };
                self.refunds.file(filing, (), refund.on, entry);
            }
        }
    }

    fn client(&mut self, filing: Filing, row: &ClientRow) {
        let counts = !row.archived && row.batch.is_none();
        if let Some(by) = row.created_by.filter(|_| counts) {
            let at = row.created_at;
            self.new_clients.file(filing, by, at.day(), (at, row.id));
        }
    }

    fn visits(&mut self, filing: Filing, client: Option<&ClientRow>, rows: &[VisitRow]) {
        let mut made: Vec<_> = rows
            .iter()
            .filter_map(|row| Some((row.made_at()?, row)))
            .collect();
        made.sort_unstable_by_key(|(at, row)| (*at, row.id));
        let mut last = None;
        for (at, row) in made {
            let day = at.day();
            let entry = Made {
                at,
                client: row.client,
                visit: row.id,
                verified: row.presence == Some(Presence::Verified),
                after: last.map(|last| days_between(last, day)),
                grade: client.map(|client| client.grade),
            };
            self.made.file(filing, row.by, day, entry);
            last = Some(day);
        }
        for row in rows.iter().filter(|row| row.state != VisitState::Cancelled) {
            let entry = (row.planned_on, row.client, row.id);
            self.planned.file(filing, row.by, row.planned_on, entry);
            if matches!(row.state, VisitState::Planned | VisitState::UnderWay) {
                mark(&mut self.open_visits, filing, (row.client, row.id));
            }
        }
    }
}

fn mark<K: Ord>(open: &mut BTreeSet<K>, filing: Filing, key: K) {
    match filing {
        Filing::Put => drop(open.insert(key)),
        Filing::Take => drop(open.remove(&key)),
    }
}
