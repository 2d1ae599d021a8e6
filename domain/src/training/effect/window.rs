//! The months around a course, and what a person's records come to in them.

use core::ops::RangeInclusive;

use crate::calendar::{Period, Span, plus_days, start_of};
use crate::goals::deeds::{Doers, counted};
use crate::goals::metric::Metric;
use crate::id::PersonId;
use crate::policy;
use crate::query::Sources;
use crate::reviews::answer::subject;
use crate::reviews::command::ReviewRef;
use crate::reviews::figures::{Subject, figure_of, pieces_over};
use crate::reviews::measure::Measure;
use crate::reviews::reported::Reported;
use crate::time::Day;
use crate::training::effect::view::EffectOf;

/// Whole months on either side of the month of passing, which belongs to neither.
const MONTHS: i32 = 3;

/// The days before and after.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Window {
    first: Day,
    before_ends: Day,
    after_begins: Day,
    last: Day,
}

impl Window {
    pub(crate) fn around(passed: Day) -> Self {
        let month = Period::of(Span::Month, passed);
        Self {
            first: month.moved(-MONTHS).first(),
            before_ends: month.moved(-1).last(),
            after_begins: month.moved(1).first(),
            last: month.moved(MONTHS).last(),
        }
    }

    pub(crate) fn before(&self) -> RangeInclusive<Day> {
        self.first..=self.before_ends
    }

    pub(crate) fn after(&self) -> RangeInclusive<Day> {
        self.after_begins..=self.last
    }

    /// Whether all of it has gone by.
    pub(crate) fn is_over(&self, today: Day) -> bool {
        self.last < today
    }

    /// Whether somebody was there for all of it.
    pub(crate) fn is_after(&self, joined: Day) -> bool {
        joined <= self.first
    }
}

/// Reads people's records over any days.
pub(crate) struct Reader<'a> {
    pub(crate) reported: Reported,
    pub(crate) from: &'a Sources<'a>,
}

impl Reader<'_> {
    /// `None` where the records do not come to the asker, or are too few to be told.
    pub(crate) fn known(
        &self,
        person: PersonId,
        of: EffectOf,
        days: RangeInclusive<Day>,
    ) -> Option<i64> {
        let measure = match of {
            EffectOf::Quiz | EffectOf::RolePlay => return None,
            EffectOf::Visits => None,
            EffectOf::NewClients => Some(Measure::NewClients),
            EffectOf::Sales => Some(Measure::Sales),
            EffectOf::Satisfaction => Some(Measure::Satisfaction),
        };
        let of_reviews = measure == Some(Measure::Satisfaction);
        if !of_reviews && !policy::holds(person, self.from.me, self.from.facts) {
            return None;
        }
        let Some(measure) = measure else {
            let span = start_of(*days.start())..start_of(plus_days(*days.end(), 1));
            let doers = Doers::These([person].into());
            let visits = counted(Metric::Visits, &doers, &span, self.from);
            return i64::try_from(visits.len()).ok();
        };
        let period = Period::of(Span::Month, *days.end());
        let alone = Subject {
            people: [person].into(),
            ..subject(ReviewRef { person, period }, self.from)
        };
        let pieces = pieces_over(&alone, days, measure, &self.reported, self.from);
        let figure = figure_of(measure, &pieces)?;
        (figure.sample >= measure.fewest()).then_some(figure.value)
    }
}
