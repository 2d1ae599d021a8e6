//! What is paid at once: a month, or half of one for people who work part-time and must not wait
//! longer than 15 days for their pay.

use serde::{Deserialize, Serialize};

use crate::facts::Employment;
use crate::time::Day;

/// The last day of a month's first half.
const MID: i8 = 15;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PayPeriod {
    #[serde(with = "crate::calendar::written")]
    pub from: Day,
    #[serde(with = "crate::calendar::written")]
    pub to: Day,
}

impl PayPeriod {
    pub(crate) const FIRST: Self = Self {
        from: Day::MIN,
        to: Day::MIN,
    };

    /// Whether anybody is paid by it.
    #[must_use]
    pub fn is_one(self) -> bool {
        [Employment::FullTime, Employment::PartTime]
            .into_iter()
            .any(|employment| Self::of(employment, self.from).contains(&self))
    }

    /// Those of the month around `day`.
    #[must_use]
    pub fn of(employment: Employment, day: Day) -> Vec<Self> {
        let (from, to) = (day.first_of_month(), day.last_of_month());
        match employment {
            Employment::FullTime | Employment::OutsideAgent => vec![Self { from, to }],
            Employment::PartTime => {
                let (mid, next) = (day_in(day, MID), day_in(day, MID + 1));
                vec![Self { from, to: mid }, Self { from: next, to }]
            }
        }
    }

    /// The day up to which the month was paid before; `None` in its first period.
    pub(crate) fn paid_up_to(self) -> Option<Day> {
        (self.from.day() > 1).then(|| day_in(self.from, MID))
    }

    #[must_use]
    pub fn ends_the_month(self) -> bool {
        self.to == self.to.last_of_month()
    }
}

/// Every month has days 1 to 28.
fn day_in(month: Day, day: i8) -> Day {
    Day::new(month.year(), month.month(), day).unwrap_or(month)
}

pub(crate) fn month_of(day: Day) -> Day {
    day.first_of_month()
}
