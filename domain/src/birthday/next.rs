//! When a birthday is next kept. Three rules, so that a wish is never late:
//! - 29 February is kept on the 28th in common years;
//! - the 30th of a lunar month is kept on the 29th when that year's month has no 30th;
//! - a birthday in a leap month is kept in the leap month of a year that has it, otherwise in the
//!   ordinary month of that number; one in an ordinary month never in the leap month.
//!
//! Lunar years 1901–2100 are known.

use chinese_lunisolar_calendar::LunisolarDate;
use jiff::civil::Date;

use super::Birthday;
use crate::time::Day;

const LONGEST_SHORT_LUNAR_MONTH: u8 = 29;

impl Birthday {
    /// The first day on or after `from` on which it is kept; `None` only at the calendar's end.
    #[must_use]
    pub fn next(&self, from: Day) -> Option<Day> {
        match *self {
            Self::Solar { month, day, .. } => [from.year(), from.year().saturating_add(1)]
                .into_iter()
                .filter_map(|year| kept_solar(year, month, day))
                .find(|kept| *kept >= from),
            Self::Lunar {
                month, day, leap, ..
            } => (from.year().saturating_sub(1)..=from.year().saturating_add(1))
                .filter_map(|year| kept_lunar(year, month, day, leap))
                .find(|kept| *kept >= from),
        }
    }
}

fn kept_solar(year: i16, month: u8, day: u8) -> Option<Day> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, day.min(first.days_in_month())).ok()
}

fn kept_lunar(year: i16, month: u8, day: u8, leap: bool) -> Option<Day> {
    let year = u16::try_from(year).ok()?;
    let shortened = day.min(LONGEST_SHORT_LUNAR_MONTH);
    let in_month = |leap| {
        LunisolarDate::from_ymd(year, month, leap, day)
            .or_else(|_| LunisolarDate::from_ymd(year, month, leap, shortened))
            .ok()
    };
    let leap_month = if leap { in_month(true) } else { None };
    let solar = leap_month.or_else(|| in_month(false))?.to_solar_date();
    Date::new(
        i16::try_from(solar.to_solar_year().to_u16()).ok()?,
        i8::try_from(solar.to_solar_month().to_u8()).ok()?,
        i8::try_from(solar.to_solar_day().to_u8()).ok()?,
    )
    .ok()
}
