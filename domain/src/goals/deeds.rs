//! Deeds: the records that a metric counts. Never typed, always found: one pass over the rows for each metric and
//! stretch of time answers for every goal that asks about it.

use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::days_between;
use crate::command::RecordRef;
use crate::goals::metric::Metric;
use crate::goals::place::GoalPlace;
use crate::id::{ClientId, Id, PersonId, VisitId};
use crate::order::sort_by;
use crate::plan::Plan;
use crate::query::Sources;
use crate::tasks::record::TaskStatus;
use crate::time::Instant;
use crate::visits::record::{Presence, VisitState};
use crate::visits::row::VisitRow;

/// Somebody did it, then; the record shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deed {
    pub at: Instant,
    pub record: RecordRef,
    pub by: PersonId,
}

/// Whose deeds count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doers {
    Everybody,
    These(BTreeSet<PersonId>),
}

impl Doers {
    /// Whoever was in a team's while it lasted: those who have left the company included, those who have left for another
    /// team not.
    #[must_use]
    pub fn of(place: GoalPlace, from: &Sources<'_>) -> Self {
        match place {
            GoalPlace::Company => Self::Everybody,
            GoalPlace::Person(person) => Self::These([person].into()),
            GoalPlace::Team(team) => {
                let people = from.facts.people.iter();
                let members = people.filter(|(_, known)| known.team == Some(team));
                Self::These(members.map(|(id, _)| *id).collect())
            }
        }
    }
}

/// The deeds of several metrics, by whose they are, in order of time.
#[derive(Debug, Default)]
pub struct Ledger(BTreeMap<Metric, BTreeMap<PersonId, Vec<Deed>>>);

impl Ledger {
    /// `asked` is what will be asked for; a metric that is asked for twice is gone through once.
    #[must_use]
    pub fn new(
        asked: impl IntoIterator<Item = (Metric, Range<Instant>)>,
        from: &Sources<'_>,
    ) -> Self {
        let mut spans: BTreeMap<Metric, Range<Instant>> = BTreeMap::new();
        for (metric, span) in asked {
            let known = spans.entry(metric).or_insert_with(|| span.clone());
            *known = known.start.min(span.start)..known.end.max(span.end);
        }
        let plan = from.facts.plan();
        let mut ledger = Self::default();
        for (metric, span) in spans {
            let of_metric = ledger.0.entry(metric).or_default();
            for deed in deeds(metric, &span, &plan, from) {
                of_metric.entry(deed.by).or_default().push(deed);
            }
            for deeds in of_metric.values_mut() {
                sort_by(deeds, Deed::cmp);
            }
        }
        ledger
    }

    /// What counts, in order of time; of clients visited the first visit to each.
    #[must_use]
    pub fn counted(&self, metric: Metric, doers: &Doers, span: &Range<Instant>) -> Vec<Deed> {
        let mut found = Vec::new();
        self.each(metric, doers, span, |deeds| found.extend_from_slice(deeds));
        sort_by(&mut found, Deed::cmp);
        if !metric.adds_up() {
            let mut seen = BTreeSet::new();
            found.retain(|deed| seen.insert(deed.record.document()));
        }
        found
    }

    /// How many [`Ledger::counted`] has.
    #[must_use]
    pub fn count(&self, metric: Metric, doers: &Doers, span: &Range<Instant>) -> u32 {
        let mut count = 0;
        let mut seen = BTreeSet::new();
        self.each(metric, doers, span, |deeds| {
            if metric.adds_up() {
                count += deeds.len();
            } else {
                seen.extend(deeds.iter().map(|deed| deed.record.document()));
            }
        });
        u32::try_from(count + seen.len()).unwrap_or(u32::MAX)
    }

    fn each(
        &self,
        metric: Metric,
        doers: &Doers,
        span: &Range<Instant>,
        mut visit: impl FnMut(&[Deed]),
    ) {
        let Some(of_metric) = self.0.get(&metric) else {
            return;
        };
        let mut within = |deeds: &Vec<Deed>| {
            let before = |end: Instant| deeds.partition_point(|deed| deed.at < end);
            let (start, end) = (before(span.start), before(span.end));
            visit(&deeds[start..end.max(start)]);
        };
        match doers {
            Doers::Everybody => of_metric.values().for_each(within),
            Doers::These(people) => people
                .iter()
                .filter_map(|person| of_metric.get(person))
                .for_each(&mut within),
        }
    }
}

fn deeds(metric: Metric, span: &Range<Instant>, plan: &Plan, from: &Sources<'_>) -> Vec<Deed> {
    match metric {
        Metric::NewClients => new_clients(span, from),
        Metric::Visits | Metric::ClientsVisited => visits(span, from, |_| true),
        Metric::VerifiedVisits => {
            visits(span, from, |row| row.presence == Some(Presence::Verified))
        }
        Metric::Revisits => revisits(span, plan, from),
        Metric::TasksDone => tasks_done(span, from),
        Metric::ByHand => Vec::new(),
    }
}

fn new_clients(span: &Range<Instant>, from: &Sources<'_>) -> Vec<Deed> {
    let rows = from.rows.clients.values();
    rows.filter(|row| !row.archived && row.batch.is_none() && span.contains(&row.created_at))
        .filter_map(|row| {
            Some(Deed {
                at: row.created_at,
                record: row.id.into(),
                by: row.created_by?,
            })
        })
        .collect()
}

fn visits(
    span: &Range<Instant>,
    from: &Sources<'_>,
    counts: impl Fn(&VisitRow) -> bool,
) -> Vec<Deed> {
    let rows = from.rows.visits.values();
    rows.filter_map(|row| Some((row, made(row).filter(|at| span.contains(at))?)))
        .filter(|(row, _)| counts(row))
        .map(|(row, at)| deed(row, at))
        .collect()
}

fn made(row: &VisitRow) -> Option<Instant> {
    match row.state {
        VisitState::UnderWay | VisitState::Done => row.checked_in_at,
        VisitState::Planned | VisitState::Cancelled => None,
    }
}

fn deed(row: &VisitRow, at: Instant) -> Deed {
    Deed {
        at,
        record: RecordRef::Visit(row.client, row.id),
        by: row.by,
    }
}

/// Of visits alone: calls are in the timeline, which no row holds. A second visit on one day is no following up.
fn revisits(span: &Range<Instant>, plan: &Plan, from: &Sources<'_>) -> Vec<Deed> {
    let mut found = Vec::new();
    for client in from.rows.clients.values() {
        let Some(cadence) = plan.cadence(client.grade) else {
            continue;
        };
        let mut visited: Vec<_> = visits_to(client.id, from)
            .filter_map(|row| made(row).map(|at| deed(row, at)))
            .collect();
        sort_by(&mut visited, Deed::cmp);
        for (before, after) in visited.iter().zip(visited.iter().skip(1)) {
            let days = days_between(before.at.day(), after.at.day());
            if span.contains(&after.at) && (1..=i64::from(cadence)).contains(&days) {
                found.push(*after);
            }
        }
    }
    found
}

fn visits_to<'a>(
    client: ClientId,
    from: &Sources<'a>,
) -> impl Iterator<Item = &'a VisitRow> + use<'a> {
    let ids = (client, VisitId(Id::ZERO))..=(client, VisitId(Id::MAX));
    from.rows.visits.range(ids).map(|(_, row)| row)
}

fn tasks_done(span: &Range<Instant>, from: &Sources<'_>) -> Vec<Deed> {
    let tasks = from.rows.tasks.values().map(|row| &row.task);
    tasks
        .filter(|task| task.status == TaskStatus::Done)
        .filter_map(|task| {
            Some(Deed {
                at: task.done_at.filter(|at| span.contains(at))?,
                record: RecordRef::Task(task.draft.assignee, task.id),
                by: task.draft.assignee,
            })
        })
        .collect()
}
