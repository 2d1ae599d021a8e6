//! Under which months rows are filed. Kept with the rows, document by document; figures are counted from it and never
//! from all rows.

use std::collections::BTreeMap;

use crate::calendar::{days_between, start_of};
use crate::clients::record::Grade;
use crate::clients::row::ClientRow;
use crate::dated::{Dated, Filing};
use crate::facts::Facts;
use crate::id::{ClientId, Id, OrderId, PersonId, TaskId, VisitId};
use crate::money::Fen;
use crate::plan::Plan;
use crate::row::DocumentRows;
use crate::tasks::kind::TaskKind;
use crate::tasks::record::{Task, TaskStatus};
use crate::time::{Day, Instant};
use crate::visits::record::{Presence, VisitKind, VisitState};
use crate::visits::row::VisitRow;
use crate::work::kind::{Difficulty, rule};

/// A visit somebody checked in at, with all that counting it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Made {
    pub(crate) at: Instant,
    pub(crate) client: ClientId,
    pub(crate) visit: VisitId,
    pub(crate) verified: bool,
    /// Days since the visit to the same client before it; no more than it can hold.
    pub(crate) after: Option<u16>,
    /// The client's, as it is now.
    pub(crate) grade: Option<Grade>,
}

impl Made {
    /// Whether it came within the cadence of the client's grade after the visit before.
    pub(crate) fn is_revisit(&self, plan: &Plan) -> bool {
        self.after.is_some_and(|days| {
            let cadence = self.grade.and_then(|grade| plan.cadence(grade));
            cadence.is_some_and(|cadence| (1..=i64::from(cadence)).contains(&i64::from(days)))
        })
    }
}

/// A visit by the day it was planned for, with all that counting it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Planned {
    pub(crate) on: Day,
    pub(crate) client: ClientId,
    pub(crate) visit: VisitId,
    /// When somebody checked in; as long as nobody has, when that day began.
    pub(crate) at: Instant,
    pub(crate) kind: VisitKind,
    pub(crate) state: VisitState,
    pub(crate) presence: Option<Presence>,
}

/// A task, with all that counting it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given {
    pub(crate) task: TaskId,
    /// When it was done; as long as it is not, when it was given.
    pub(crate) at: Instant,
    pub(crate) due: Option<Day>,
    pub(crate) kind: TaskKind,
    difficulty: Option<Difficulty>,
    pub(crate) status: TaskStatus,
    pub(crate) done: bool,
    pub(crate) for_client: bool,
}

impl Given {
    fn of(task: &Task) -> Self {
        let done = task.finished_at();
        Self {
            task: task.id,
            at: done.unwrap_or(task.created_at),
            due: task.draft.due,
            kind: task.draft.kind,
            difficulty: task.draft.difficulty,
            status: task.status,
            done: done.is_some(),
            for_client: task.draft.client.is_some(),
        }
    }

    /// Its own, or its kind's.
    pub(crate) fn difficulty(&self, facts: &Facts) -> Difficulty {
        let own = self.difficulty;
        own.unwrap_or_else(|| rule(self.kind, facts).difficulty)
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
    /// Those called off too.
    pub(crate) planned: Dated<PersonId, Planned>,
    pub(crate) done: Dated<PersonId, (Instant, TaskId)>,
    /// Tasks under every month they concern: in which they were given, are due, were done.
    pub(crate) tasks: Dated<PersonId, Given>,
    pub(crate) refunds: Dated<(), Refund>,
    /// Of orders of which something was given back: what, in the order's own order.
    given_back: BTreeMap<(ClientId, OrderId), Vec<Refund>>,
    /// Planned or under way: few, and asked for all the time, so that they lie here as they are.
    pub(crate) open_visits: BTreeMap<(ClientId, VisitId), VisitRow>,
    pub(crate) open_tasks: BTreeMap<(PersonId, TaskId), Task>,
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
            let (done, given) = (task.finished_at(), Given::of(task));
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
                    self.tasks.file(filing, whose, day, given);
                }
            }
            if task.is_open() {
                mark(&mut self.open_tasks, filing, (whose, task.id), task);
            }
        }
        for order in rows.orders.iter().map(|row| &row.order) {
            let refunds = order.refunds.iter().map(|refund| Refund {
                on: refund.on,
                id: refund.id,
                at: refund.at,
                client: order.client,
                order: order.id,
                amount: refund.amount,
            });
            let refunds: Vec<_> = refunds.collect();
            for refund in &refunds {
                self.refunds.file(filing, (), refund.on, *refund);
            }
            if !refunds.is_empty() {
                let key = (order.client, order.id);
                mark(&mut self.given_back, filing, key, &refunds);
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
                after: last.map(|last| u16::try_from(days_between(last, day)).unwrap_or(u16::MAX)),
                grade: client.map(|client| client.grade),
            };
            self.made.file(filing, row.by, day, entry);
            last = Some(day);
        }
        for row in rows {
            let begins = || start_of(row.planned_on);
            let entry = Planned {
                on: row.planned_on,
                client: row.client,
                visit: row.id,
                at: row.checked_in_at.unwrap_or_else(begins),
                kind: row.kind,
                state: row.state,
                presence: row.presence,
            };
            self.planned.file(filing, row.by, row.planned_on, entry);
            if matches!(row.state, VisitState::Planned | VisitState::UnderWay) {
                mark(&mut self.open_visits, filing, (row.client, row.id), row);
            }
        }
    }

    /// A task that concerns this day's month.
    pub(crate) fn given(&self, whose: PersonId, task: TaskId, on: Day) -> Option<&Given> {
        let month = self.tasks.of(whose)?.month(on.first_of_month());
        let place = month.binary_search_by_key(&task, |given| given.task).ok()?;
        month.get(place)
    }

    pub(crate) fn given_back_of(&self, order: (ClientId, OrderId)) -> &[Refund] {
        self.given_back.get(&order).map_or(&[], Vec::as_slice)
    }
}

fn mark<K: Ord, R: Clone>(known: &mut BTreeMap<K, R>, filing: Filing, key: K, record: &R) {
    match filing {
        Filing::Put => drop(known.insert(key, record.clone())),
        Filing::Take => drop(known.remove(&key)),
    }
}
