//! Deeds: the records that a metric counts. Never typed, always found: one pass over the rows for each metric and
//! stretch of time answers for every goal that asks about it.

use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};

use crate::command::RecordRef;
use crate::goals::metric::Metric;
use crate::goals::place::GoalPlace;
use crate::id::PersonId;
use crate::plan::Plan;
use crate::query::Sources;
use crate::tasks::record::TaskStatus;
use crate::time::{Instant, SHANGHAI_OFFSET_MILLIS};
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
        let mut spans = Spans::new();
        for (metric, span) in asked {
            let known = spans.entry(metric).or_insert_with(|| span.clone());
            *known = known.start.min(span.start)..known.end.max(span.end);
        }
        let mut ledger = Self::default();
        for (metric, deeds) in deeds(&spans, from) {
            let of_metric = ledger.0.entry(metric).or_default();
            for deed in deeds {
                of_metric.entry(deed.by).or_default().push(deed);
            }
            for deeds in of_metric.values_mut() {
                // Tens of thousands for a year of a company: too many for `order`.
                deeds.sort_unstable();
            }
        }
        ledger
    }

    /// What counts, in order of time; of clients visited the first visit to each.
    #[must_use]
    pub fn counted(&self, metric: Metric, doers: &Doers, span: &Range<Instant>) -> Vec<Deed> {
        let mut found = Vec::new();
        self.each(metric, doers, span, |deeds| found.extend_from_slice(deeds));
        found.sort_unstable();
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
        let mut seen = Vec::new();
        self.each(metric, doers, span, |deeds| {
            if metric.adds_up() {
                count += deeds.len();
            } else {
                seen.extend(deeds.iter().map(|deed| deed.record.document().id));
            }
        });
        seen.sort_unstable();
        seen.dedup();
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

type Spans = BTreeMap<Metric, Range<Instant>>;

fn deeds(spans: &Spans, from: &Sources<'_>) -> Vec<(Metric, Vec<Deed>)> {
    let mut found = visits(spans, from);
    for (metric, span) in spans {
        let deeds = match metric {
            Metric::NewClients => new_clients(span, from),
            Metric::Revisits => revisits(span, &from.facts.plan(), from),
            Metric::TasksDone => tasks_done(span, from),
            Metric::Visits | Metric::VerifiedVisits | Metric::ClientsVisited | Metric::ByHand => {
                continue;
            }
        };
        found.push((*metric, deeds));
    }
    found
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

/// There are many visits: whatever counts them goes through them together.
fn visits(spans: &Spans, from: &Sources<'_>) -> Vec<(Metric, Vec<Deed>)> {
    type Counts = fn(&VisitRow) -> bool;
    let counting: [(Metric, Counts); 3] = [
        (Metric::Visits, |_| true),
        (Metric::ClientsVisited, |_| true),
        (Metric::VerifiedVisits, |row| {
            row.presence == Some(Presence::Verified)
        }),
    ];
    let mut asked: Vec<_> = counting
        .into_iter()
        .filter_map(|(metric, counts)| Some((metric, counts, spans.get(&metric)?, Vec::new())))
        .collect();
    if !asked.is_empty() {
        for row in from.rows.visits.values() {
            let Some(at) = made(row) else {
                continue;
            };
            for (_, counts, span, found) in &mut asked {
                if span.contains(&at) && counts(row) {
                    found.push(deed(row, at));
                }
            }
        }
    }
    asked
        .into_iter()
        .map(|(metric, _, _, found)| (metric, found))
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
    let mut visits = from.rows.visits.values().peekable();
    // They lie client by client.
    while let Some(client) = visits.peek().map(|row| row.client) {
        let mut visited = Vec::new();
        while let Some(row) = visits.next_if(|row| row.client == client) {
            visited.extend(made(row).map(|at| deed(row, at)));
        }
        let row = from.rows.clients.get(&client);
        let Some(cadence) = row.and_then(|row| plan.cadence(row.grade)) else {
            continue;
        };
        visited.sort_unstable();
        for (before, after) in visited.iter().zip(visited.iter().skip(1)) {
            let days = || day_number(after.at) - day_number(before.at);
            if span.contains(&after.at) && (1..=i64::from(cadence)).contains(&days()) {
                found.push(*after);
            }
        }
    }
    found
}

/// Counts days in Shanghai, without the calendar's names for them.
fn day_number(at: Instant) -> i64 {
    let local = at.millis().saturating_add(SHANGHAI_OFFSET_MILLIS);
    local.div_euclid(24 * 60 * 60 * 1000)
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
