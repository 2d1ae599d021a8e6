//! Deeds: the records that a metric counts. Never typed, always found, in the months in which they lie.

use core::ops::{Range, RangeInclusive};
use std::collections::BTreeSet;

use crate::calendar::{plus_days, start_of};
use crate::command::RecordRef;
use crate::dated::{days_of, whole_months};
use crate::goals::metric::Metric;
use crate::goals::place::GoalPlace;
use crate::id::{ClientId, PersonId};
use crate::index::Made;
use crate::orders::sales::{net_of_months, sales};
use crate::query::Sources;
use crate::time::{Day, Instant};

/// Somebody did it, then; the record shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deed {
    pub at: Instant,
    pub record: RecordRef,
    pub by: PersonId,
    /// 1, or fen; less than nothing for what a client was given back.
    pub part: i64,
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

    #[must_use]
    pub fn contains(&self, person: PersonId) -> bool {
        self.people().is_none_or(|people| people.contains(&person))
    }

    fn people(&self) -> Option<&BTreeSet<PersonId>> {
        match self {
            Self::Everybody => None,
            Self::These(people) => Some(people),
        }
    }
}

/// What counts, in order of time; of clients visited the first visit to each.
#[must_use]
pub fn counted(
    metric: Metric,
    doers: &Doers,
    span: &Range<Instant>,
    from: &Sources<'_>,
) -> Vec<Deed> {
    let mut found = Vec::new();
    each(metric, doers, span, from, &mut |deed| found.push(deed));
    // Tens of thousands for a year of a company: too many for `order`.
    found.sort_unstable();
    if !metric.adds_up() {
        let mut seen = BTreeSet::new();
        found.retain(|deed| seen.insert(deed.record.document()));
    }
    found
}

/// What [`counted`] comes to.
#[must_use]
pub fn count(metric: Metric, doers: &Doers, span: &Range<Instant>, from: &Sources<'_>) -> u32 {
    metric.value(sum(metric, doers, span, from))
}

/// The parts together: of sales in fen, and less than nothing where more was given back than sold. Whole months are added
/// up without looking at each deed.
#[must_use]
pub fn sum(metric: Metric, doers: &Doers, span: &Range<Instant>, from: &Sources<'_>) -> i64 {
    let (mut sum, mut clients) = (0_i64, Vec::new());
    let mut add = |part: &Range<Instant>| {
        each(metric, doers, part, from, &mut |deed| match metric {
            Metric::ClientsVisited => clients.push(ClientId(deed.record.document().id)),
            _ => sum = sum.saturating_add(deed.part),
        });
    };
    let months = whole_months(span);
    match &months {
        None => add(span),
        Some(months) => {
            let after = start_of(plus_days(months.end().last_of_month(), 1));
            let rest = [span.start..start_of(*months.start()), after..span.end];
            rest.iter().filter(|part| !part.is_empty()).for_each(add);
        }
    }
    let of_months = sum_of_months(metric, doers, months.as_ref(), &clients, from);
    sum.saturating_add(of_months)
}

/// Of clients visited together with those visited on other days.
fn sum_of_months(
    metric: Metric,
    doers: &Doers,
    months: Option<&RangeInclusive<Day>>,
    others: &[ClientId],
    from: &Sources<'_>,
) -> i64 {
    let (people, index) = (doers.people(), &from.rows.index);
    let mut count = 0;
    match (metric, months) {
        (Metric::ClientsVisited, _) => {
            let tallies = &from.memory.tallies;
            count = tallies.clients(months, people, others, from);
        }
        (_, None) | (Metric::ByHand, _) => {}
        (Metric::Sales, Some(months)) => return net_of_months(months, people, from).0,
        (Metric::NewClients, Some(months)) => {
            let made = &index.new_clients;
            made.months_of_people(people, months, &mut |_, month| count += month.len());
        }
        (Metric::TasksDone, Some(months)) => {
            let done = &index.done;
            done.months_of_people(people, months, &mut |_, month| count += month.len());
        }
        (Metric::Visits, Some(months)) => {
            let made = &index.made;
            made.months_of_people(people, months, &mut |_, month| count += month.len());
        }
        (Metric::VerifiedVisits | Metric::Revisits, Some(months)) => {
            let tallies = &from.memory.tallies;
            count = tallies.visits(metric, months, people, from);
        }
    }
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn each(
    metric: Metric,
    doers: &Doers,
    span: &Range<Instant>,
    from: &Sources<'_>,
    visit: &mut dyn FnMut(Deed),
) {
    let index = &from.rows.index;
    let (days, people) = (days_of(span), doers.people());
    let one = |at, record, by| Deed {
        at,
        record,
        by,
        part: 1,
    };
    match metric {
        Metric::NewClients => {
            index
                .new_clients
                .months_of_people(people, &days, &mut |by, month| {
                    for (at, client) in month.iter().filter(|(at, _)| span.contains(at)) {
                        visit(one(*at, (*client).into(), by));
                    }
                });
        }
        Metric::Visits | Metric::ClientsVisited | Metric::VerifiedVisits | Metric::Revisits => {
            let plan = from.facts.plan();
            let counts = |made: &Made| match metric {
                Metric::VerifiedVisits => made.verified,
                Metric::Revisits => made.is_revisit(&plan),
                _ => true,
            };
            index
                .made
                .months_of_people(people, &days, &mut |by, month| {
                    let within = month.iter().filter(|made| span.contains(&made.at));
                    for made in within.filter(|made| counts(made)) {
                        let record = RecordRef::Visit(made.client, made.visit);
                        visit(one(made.at, record, by));
                    }
                });
        }
        Metric::TasksDone => {
            index
                .done
                .months_of_people(people, &days, &mut |by, month| {
                    for (at, task) in month.iter().filter(|(at, _)| span.contains(at)) {
                        visit(one(*at, RecordRef::Task(by, *task), by));
                    }
                });
        }
        Metric::Sales => sales(&days, people, from, &mut |sale| {
            visit(Deed {
                // A refund counts on the day that was written down for it.
                at: match sale.at.day() == sale.on {
                    true => sale.at,
                    false => start_of(sale.on),
                },
                record: RecordRef::Order(sale.client, sale.order),
                by: sale.by,
                part: sale.amount.0,
            });
        }),
        Metric::ByHand => {}
    }
}
