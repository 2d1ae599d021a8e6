//! What a person's criteria come to on this device. Figures are those of reviews, over the last months instead of a period;
//! visits those of goals: a number here and its records are the same as there.

use core::ops::RangeInclusive;

use crate::calendar::{Period, Span, plus_days, start_of};
use crate::goals::deeds::{Doers, counted};
use crate::goals::metric::Metric;
use crate::grades::criterion::{Criterion, Judged, Known};
use crate::grades::standing::{Held, held_on};
use crate::id::{CourseId, HandoverId, PersonId};
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::reviews::answer::subject;
use crate::reviews::command::ReviewRef;
use crate::reviews::decision::ReviewState;
use crate::reviews::figures::{Piece, Subject, figure_of, pieces_over};
use crate::reviews::measure::Measure;
use crate::reviews::reported::{Reported, reported};
use crate::reviews::score::Figure;
use crate::role::Role;
use crate::time::Day;
use crate::training::standing::{Standing, standing};

/// Reads one person's records.
pub(crate) struct Reader<'a> {
    person: PersonId,
    held: Option<&'a Held>,
    subject: Subject,
    reported: Reported,
    /// Whether the records of what they do come to this device.
    here: bool,
    from: &'a Sources<'a>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(person: PersonId, from: &'a Sources<'a>) -> Self {
        let period = Period::of(Span::Month, from.now.day());
        Self {
            person,
            held: held_on(person, from.now.day(), from.facts),
            subject: subject(ReviewRef { person, period }, from),
            reported: reported(from),
            here: policy::holds(person, from.me, from.facts),
            from,
        }
    }

    pub(crate) fn judge(&self, criterion: Criterion) -> Judged {
        let known = self.known(criterion);
        Judged { criterion, known }
    }

    fn known(&self, criterion: Criterion) -> Known {
        let today = self.from.now.day();
        match criterion {
            Criterion::Tenure { .. } => self.held.map_or(Known::Nothing, |held| {
                counted_as(months_between(held.since, today))
            }),
            Criterion::Certificate(course) => self.certificate(course),
            Criterion::Leads { .. } => counted_as(self.people_led()),
            Criterion::Score { reviews, .. } => self.score(reviews),
            Criterion::Visits { months, .. } => match self.here {
                false => Known::NotHere,
                true => {
                    let visits = self.visits(months);
                    let figure = Figure {
                        value: count(visits.len()),
                        sample: u32::try_from(visits.len()).unwrap_or(u32::MAX),
                    };
                    self.said(figure, 0, months)
                }
            },
            Criterion::Figure {
                measure, months, ..
            } => {
                // What clients say of somebody does not come to their own devices.
                let kept = measure == Measure::Satisfaction && self.person == self.from.me;
                if !self.here || kept {
                    return Known::NotHere;
                }
                match figure_of(measure, &self.pieces(measure, months)) {
                    None => Known::Nothing,
                    Some(figure) if measure == Measure::Completeness => {
                        as_known(figure, criterion.minimum())
                    }
                    Some(figure) => self.said(figure, criterion.minimum(), months),
                }
            }
        }
    }

    /// The latest first.
    pub(crate) fn pieces(&self, measure: Measure, months: u32) -> Vec<Piece> {
        let mut days = last_months(months, self.from.now.day());
        if measure == Measure::Satisfaction {
            // Of a reply only the month is told.
            days = days.start().first_of_month()..=*days.end();
        }
        pieces_over(&self.subject, days, measure, &self.reported, self.from)
    }

    /// The latest first.
    pub(crate) fn visits(&self, months: u32) -> Vec<Piece> {
        let days = last_months(months, self.from.now.day());
        let span = start_of(*days.start())..start_of(plus_days(*days.end(), 1));
        let doers = Doers::These(self.subject.people.clone());
        let deeds = counted(Metric::Visits, &doers, &span, self.from);
        let pieces = deeds.into_iter().rev().map(|deed| Piece {
            record: deed.record,
            by: deed.by,
            at: deed.at,
            part: 1,
            of: 1,
        });
        pieces.collect()
    }

    fn said(&self, figure: Figure, minimum: u32, months: u32) -> Known {
        match as_known(figure, minimum) {
            Known::This(figure) if self.some_have_gone(months) => Known::Partly(figure),
            known => known,
        }
    }

    /// Whether clients of theirs went, while it counts, to somebody whose clients do not come here.
    fn some_have_gone(&self, months: u32) -> bool {
        let first = *last_months(months, self.from.now.day()).start();
        self.subject.people.iter().any(|person| {
            let all = (*person, HandoverId::FIRST)..=(*person, HandoverId::LAST);
            let mut given = self.from.facts.handovers.range(all);
            given.any(|(_, handover)| {
                let mut clients = handover.clients.keys();
                handover.at.day() >= first
                    && clients.any(|client| {
                        !policy::may_read(self.from.me, (*client).into(), self.from.facts)
                    })
            })
        })
    }

    fn certificate(&self, course: CourseId) -> Known {
        match standing(self.person, course, self.from.facts, self.from.now) {
            Standing::Passed { .. } => counted_as(1),
            _ => Known::Nothing,
        }
    }

    fn people_led(&self) -> i64 {
        let facts = self.from.facts;
        let led = facts.people.keys().filter(|other| {
            facts.manages(self.person, **other) && facts.has_role(**other, Role::AccountManager)
        });
        count(led.count())
    }

    /// Of the last so many that stand, half up.
    fn score(&self, reviews: u32) -> Known {
        let all = self.from.facts.reviews.iter();
        let mut stand: Vec<_> = all
            .filter(|((of, _), it)| {
                let stands = matches!(it.state, ReviewState::Acknowledged | ReviewState::Upheld);
                *of == self.person && stands
            })
            .filter_map(|((_, period), it)| Some((period.last(), it.submission.total?)))
            .collect();
        sort_by(&mut stand, |one, other| other.0.cmp(&one.0));
        stand.truncate(reviews as usize);
        let sum: i64 = stand.iter().map(|(_, total)| i64::from(total.0)).sum();
        let number = count(stand.len());
        let Some(value) = (sum * 2 + number).checked_div(number * 2) else {
            return Known::Nothing;
        };
        let sample = u32::try_from(stand.len()).unwrap_or(u32::MAX);
        as_known(Figure { value, sample }, reviews)
    }
}

const fn as_known(figure: Figure, minimum: u32) -> Known {
    match figure.sample < minimum {
        true => Known::TooLittle(figure),
        false => Known::This(figure),
    }
}

const fn counted_as(value: i64) -> Known {
    Known::This(Figure { value, sample: 0 })
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// From the day after this one so many months ago, until today.
fn last_months(months: u32, today: Day) -> RangeInclusive<Day> {
    let back = jiff::Span::new().months(i64::from(months.min(1_200)));
    plus_days(today.saturating_sub(back), 1)..=today
}

/// Whole months; the last day of a month ends one that began on a later day.
pub(crate) fn months_between(from: Day, to: Day) -> i64 {
    let months = |day: Day| i64::from(day.year()) * 12 + i64::from(day.month());
    let begun = months(to) - months(from);
    let unfinished = to.day() < from.day() && to != to.last_of_month();
    (begun - i64::from(unfinished)).max(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_are_whole() {
        for (from, to, months) in [
            (date(2026, 8, 23), date(2026, 11, 22), 2),
            (date(2026, 8, 23), date(2026, 11, 23), 3),
            (date(2026, 1, 31), date(2026, 2, 28), 1),
            (date(2026, 1, 31), date(2026, 3, 30), 1),
            (date(2026, 11, 23), date(2026, 11, 23), 0),
            (date(2027, 1, 1), date(2026, 11, 23), 0),
        ] {
            assert_eq!(months_between(from, to), months, "{from} {to}");
        }
    }

    #[test]
    fn the_last_months_end_today() {
        let today = date(2026, 11, 23);
        assert_eq!(last_months(3, today), date(2026, 8, 24)..=today);
        assert_eq!(last_months(u32::MAX, Day::MIN).end(), &Day::MIN);
    }
}
