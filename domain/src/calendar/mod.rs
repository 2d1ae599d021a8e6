//! Days, weeks and written times in Asia/Shanghai. Weeks begin on Monday.

mod ical;
mod local;
mod period;
pub mod written;

use jiff::{SignedDuration, civil::Weekday};

use crate::time::{Day, Instant};

pub use ical::{ical_day, ical_utc};
pub use local::{LocalTimeError, local_minute, parse_local};
pub use period::{Period, Span};
pub use written::parse_day;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// The Monday on or before `day`.
#[must_use]
pub fn monday_of(day: Day) -> Day {
    plus_days(day, -i64::from(day.weekday().since(Weekday::Monday)))
}

/// Monday to Sunday around `day`.
#[must_use]
pub fn week_of(day: Day) -> [Day; 7] {
    let monday = monday_of(day);
    core::array::from_fn(|offset| plus_days(monday, offset as i64))
}

/// `day` moved by whole days; stays at the calendar's ends.
#[must_use]
pub fn plus_days(day: Day, days: i64) -> Day {
    days.checked_mul(DAY_SECONDS).map_or(day, |seconds| {
        day.saturating_add(SignedDuration::from_secs(seconds))
    })
}

/// Whole days from one to the other; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: Day, to: Day) -> i64 {
    from.duration_until(to).as_secs() / DAY_SECONDS
}

/// Midnight in Asia/Shanghai at which `day` begins.
#[must_use]
pub fn start_of(day: Day) -> Instant {
    Instant::from_shanghai(day.to_datetime(jiff::civil::Time::midnight()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(monday_of(date(2026, 11, 22)), date(2026, 11, 16));
        assert_eq!(monday_of(date(2026, 11, 23)), date(2026, 11, 23));
        let week = week_of(date(2027, 1, 1));
        assert_eq!((week[0], week[6]), (date(2026, 12, 28), date(2027, 1, 3)));
    }

    #[test]
    fn the_calendar_has_ends() {
        assert_eq!(plus_days(Day::MAX, 1), Day::MAX);
        assert_eq!(plus_days(date(2026, 1, 1), i64::MIN), date(2026, 1, 1));
        assert_eq!(monday_of(Day::MIN), Day::MIN);
    }

    proptest! {
        #[test]
        fn days_add_up(days in -300_000i64..300_000) {
            let from = date(2026, 11, 22);
            prop_assert_eq!(days_between(from, plus_days(from, days)), days);
            prop_assert_eq!(start_of(plus_days(from, days)).day(), plus_days(from, days));
        }
    }
}
