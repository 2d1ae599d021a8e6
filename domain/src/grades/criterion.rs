//! What a grade asks for, and what is known of it.

use serde::{Deserialize, Serialize};

use crate::id::CourseId;
use crate::money::{BasisPoints, Fen};
use crate::reviews::measure::{Measure, Unit};
use crate::reviews::score::Figure;

/// Five years.
pub const MONTHS_MAX: u32 = 60;
const REVIEWS_MAX: u32 = 20;
const PEOPLE_MAX: u32 = 1_000;
const SAMPLE_MAX: u32 = 10_000;

/// New ones are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Criterion {
    /// Months in the grade held so far.
    Tenure { months: u32 },
    /// A figure of the last months, counted as reviews count it.
    Figure {
        measure: Measure,
        months: u32,
        /// In the measure's unit; for a month where it adds up.
        target: i64,
        /// With fewer records behind it the figure says nothing.
        minimum: u32,
    },
    /// Visits made in the last months, counted as goals count them.
    Visits {
        months: u32,
        /// For a month.
        target: u32,
    },
    /// The mean total of the last reviews that stand.
    Score { reviews: u32, target: BasisPoints },
    /// A course passed, and not expired.
    Certificate(CourseId),
    /// Active people in the team that the person manages.
    Leads { people: u32 },
}

/// What one criterion is about: a grade asks it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Tenure,
    Figure(Measure),
    Visits,
    Score,
    Certificate(CourseId),
    Leads,
}

/// What a device can say of a criterion. New ones are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Known {
    /// The records it is counted from do not come to this device.
    NotHere,
    /// There is nothing it could be counted from.
    Nothing,
    /// Fewer records than its minimum.
    TooLittle(Figure),
    This(Figure),
    /// As far as this device knows: some clients have gone to people whose clients do not come to it.
    Partly(Figure),
}

/// A criterion with what was known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Judged {
    pub criterion: Criterion,
    pub known: Known,
}

impl Known {
    #[must_use]
    pub const fn figure(self) -> Option<Figure> {
        match self {
            Self::NotHere | Self::Nothing => None,
            Self::TooLittle(figure) | Self::This(figure) | Self::Partly(figure) => Some(figure),
        }
    }
}

impl Criterion {
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Tenure { .. } => Subject::Tenure,
            Self::Figure { measure, .. } => Subject::Figure(*measure),
            Self::Visits { .. } => Subject::Visits,
            Self::Score { .. } => Subject::Score,
            Self::Certificate(course) => Subject::Certificate(*course),
            Self::Leads { .. } => Subject::Leads,
        }
    }

    /// What is to be reached in all the months together, in its unit.
    #[must_use]
    pub fn whole(&self) -> i64 {
        match *self {
            Self::Tenure { months } => i64::from(months),
            Self::Figure {
                measure,
                months,
                target,
                ..
            } if measure.adds_up() => target.saturating_mul(i64::from(months)),
            Self::Figure { target, .. } => target,
            Self::Visits { months, target } => i64::from(target) * i64::from(months),
            Self::Score { target, .. } => i64::from(target.0),
            Self::Certificate(_) => 1,
            Self::Leads { people } => i64::from(people),
        }
    }

    /// How many records it takes.
    #[must_use]
    pub fn minimum(&self) -> u32 {
        match *self {
            Self::Figure {
                measure, minimum, ..
            } => minimum.max(measure.fewest()),
            Self::Score { reviews, .. } => reviews,
            _ => 0,
        }
    }

    /// Whether the figure is to stay below the target, and not to reach it.
    #[must_use]
    pub const fn is_less_better(&self) -> bool {
        matches!(self, Self::Figure { measure, .. } if matches!(measure.unit(), Unit::Minutes))
    }

    pub(crate) fn is_in_range(&self) -> bool {
        let months = |months: u32| (1..=MONTHS_MAX).contains(&months);
        match *self {
            Self::Tenure { months: least } => months(least),
            Self::Figure {
                measure,
                months: last,
                target,
                minimum,
            } => {
                let most = match measure.unit() {
                    Unit::Share => i64::from(BasisPoints::WHOLE.0),
                    Unit::Fen => Fen::MOST.0,
                    Unit::Count | Unit::Minutes => 1_000_000,
                    // What reviewers say reaches a grade through the reviews.
                    Unit::Level => 0,
                };
                months(last) && (1..=most).contains(&target) && minimum <= SAMPLE_MAX
            }
            Self::Visits {
                months: last,
                target,
            } => months(last) && (1..=SAMPLE_MAX).contains(&target),
            Self::Score { reviews, target } => {
                (1..=REVIEWS_MAX).contains(&reviews)
                    && target.is_a_part()
                    && target > BasisPoints::NONE
            }
            Self::Certificate(_) => true,
            Self::Leads { people } => (1..=PEOPLE_MAX).contains(&people),
        }
    }
}

impl Judged {
    /// What is not known is not met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        match self.known {
            Known::This(figure) | Known::Partly(figure) => {
                let whole = self.criterion.whole();
                match self.criterion.is_less_better() {
                    true => figure.value <= whole,
                    false => figure.value >= whole,
                }
            }
            Known::NotHere | Known::Nothing | Known::TooLittle(_) => false,
        }
    }
}
