//! Years, quarters and months of the civil calendar in Asia/Shanghai: what goals and reviews are about.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::calendar::{plus_days, start_of};
use crate::time::{Day, Instant};
use crate::value::UnknownWord;

const MONTHS: i32 = 12;
/// Beyond these the calendar has no first or no last day of a year.
const YEARS: core::ops::RangeInclusive<i16> = 1..=9998;

/// Long ones first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Span {
    Year,
    Quarter,
    #[default]
    Month,
}

impl Span {
    pub const ALL: [Self; 3] = [Self::Year, Self::Quarter, Self::Month];

    #[must_use]
    pub const fn months(self) -> u8 {
        match self {
            Self::Year => 12,
            Self::Quarter => 3,
            Self::Month => 1,
        }
    }
}

/// Written `2026`, `2026-Q4` or `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    year: i16,
    span: Span,
    /// Which quarter or month of the year, from 1.
    number: u8,
}

impl Period {
    /// Sorts before every other.
    pub const FIRST: Self = Self {
        year: *YEARS.start(),
        span: Span::Year,
        number: 1,
    };

    /// The one of this kind in which `day` lies.
    #[must_use]
    pub fn of(span: Span, day: Day) -> Self {
        Self {
            year: day.year().clamp(*YEARS.start(), *YEARS.end()),
            span,
            number: (day.month().unsigned_abs() - 1) / span.months() + 1,
        }
    }

    #[must_use]
    pub const fn span(self) -> Span {
        self.span
    }

    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Which quarter or month of the year, from 1; 1 for a year.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.number
    }

    #[must_use]
    pub fn first(self) -> Day {
        let month = (self.number - 1) * self.span.months() + 1;
        Day::new(self.year, month.cast_signed(), 1).unwrap_or(Day::MIN)
    }

    #[must_use]
    pub fn last(self) -> Day {
        match self.moved(1) {
            next if next > self => plus_days(next.first(), -1),
            _ => Day::MAX,
        }
    }

    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        (self.first()..=self.last()).contains(&day)
    }

    /// Whether the other lies in it, or is it.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.first() <= other.first() && other.last() <= self.last()
    }

    /// So many of its kind later, or earlier; stays where the calendar ends.
    #[must_use]
    pub fn moved(self, by: i32) -> Self {
        let a_year = MONTHS / i32::from(self.span.months());
        let place = i32::from(self.year) * a_year + i32::from(self.number) - 1;
        let place = place.saturating_add(by);
        let year = i16::try_from(place.div_euclid(a_year)).ok();
        let number = u8::try_from(place.rem_euclid(a_year) + 1).ok();
        match (year.filter(|year| YEARS.contains(year)), number) {
            (Some(year), Some(number)) => Self {
                year,
                number,
                ..self
            },
            _ => self,
        }
    }

    /// From midnight to midnight.
    #[must_use]
    pub fn instants(self) -> core::ops::Range<Instant> {
        start_of(self.first())..start_of(plus_days(self.last(), 1))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Span::Year => write!(f, "{:04}", self.year),
            Span::Quarter => write!(f, "{:04}-Q{}", self.year, self.number),
            Span::Month => write!(f, "{:04}-{:02}", self.year, self.number),
        }
    }
}

impl FromStr for Period {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let (year, rest) = text.split_at_checked(4).ok_or(UnknownWord)?;
        let (span, number) = match (rest, rest.strip_prefix("-Q")) {
            ("", _) => (Span::Year, "1"),
            (_, Some(number)) => (Span::Quarter, number),
            (_, None) => (Span::Month, rest.strip_prefix('-').ok_or(UnknownWord)?),
        };
        let read = Self {
            year: year.parse().map_err(|_| UnknownWord)?,
            span,
            number: number.parse().map_err(|_| UnknownWord)?,
        };
        let numbers = 1..=12 / span.months();
        let known = YEARS.contains(&read.year) && numbers.contains(&read.number);
        // One period, one text: `2026-7` and `+026` are none.
        (known && read.to_string() == text)
            .then_some(read)
            .ok_or(UnknownWord)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::days_between;

    fn any_day() -> impl Strategy<Value = Day> {
        (-700_000_i64..2_800_000).prop_map(|days| plus_days(date(1970, 1, 1), days))
    }

    #[test]
    fn a_day_lies_in_a_year_a_quarter_and_a_month() {
        let day = date(2026, 11, 22);
        let [year, quarter, month] = Span::ALL.map(|span| Period::of(span, day));
        assert_eq!(
            (year.first(), year.last()),
            (date(2026, 1, 1), date(2026, 12, 31))
        );
        assert_eq!(
            (quarter.first(), quarter.last()),
            (date(2026, 10, 1), date(2026, 12, 31))
        );
        assert_eq!(
            (month.first(), month.last()),
            (date(2026, 11, 1), date(2026, 11, 30))
        );
        assert!(year.holds(quarter) && quarter.holds(month) && !month.holds(quarter));
        assert_eq!(
            [year, quarter, month].map(|period| period.to_string()),
            ["2026", "2026-Q4", "2026-11"]
        );
        assert_eq!(month.moved(2).to_string(), "2027-01");
        assert_eq!(quarter.moved(-4).to_string(), "2025-Q4");
    }

    #[test]
    fn other_text_is_no_period() {
        for text in [
            "",
            "26",
            "2026-",
            "2026-13",
            "2026-00",
            "2026-7",
            "2026-Q0",
            "2026-Q5",
            "2026Q4",
            "+026",
            "0000",
            "9999",
            "二〇二六",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_lies_in_exactly_one(day in any_day(), by in -30i32..30) {
            for span in Span::ALL {
                let period = Period::of(span, day);
                prop_assert!(period.contains(day));
                prop_assert_eq!(period.to_string().parse(), Ok(period));
                prop_assert_eq!(period.moved(by).moved(-by), period);
                prop_assert_eq!(days_between(period.last(), period.moved(1).first()), 1);
                prop_assert_eq!(period.instants().end, period.moved(1).instants().start);
            }
        }
    }
}
