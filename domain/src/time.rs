//! Instants in UTC and days as the team counts them. Display in Asia/Shanghai; the clock itself
//! is always an argument.

use serde::{Deserialize, Serialize};

/// A day of the civil calendar in Asia/Shanghai.
pub type Day = jiff::civil::Date;

/// China has kept UTC+8 without summer time since 1991.
pub const SHANGHAI_OFFSET_MILLIS: i64 = 8 * 60 * 60 * 1000;

/// Milliseconds since 1970-01-01T00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Instant(i64);

impl Instant {
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The civil date and time in Asia/Shanghai; instants beyond the calendar are clamped to it.
    #[must_use]
    pub fn in_shanghai(self) -> jiff::civil::DateTime {
        let millis = self.0.saturating_add(SHANGHAI_OFFSET_MILLIS);
        jiff::Timestamp::from_millisecond(millis)
            .map(|shifted| jiff::tz::Offset::UTC.to_datetime(shifted))
            .unwrap_or(if millis < 0 {
                jiff::civil::DateTime::MIN
            } else {
                jiff::civil::DateTime::MAX
            })
    }

    #[must_use]
    pub fn day(self) -> Day {
        self.in_shanghai().date()
    }

    /// The instant of a civil time in Asia/Shanghai.
    #[must_use]
    pub fn from_shanghai(civil: jiff::civil::DateTime) -> Self {
        jiff::tz::Offset::UTC
            .to_timestamp(civil)
            .map_or(Self(0), |utc| {
                Self(utc.as_millisecond() - SHANGHAI_OFFSET_MILLIS)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_sixteen_hundred_utc() {
        let last = Instant::from_millis(1_767_196_799_999);
        assert_eq!(last.day(), jiff::civil::date(2025, 12, 31));
        assert_eq!(last.plus_millis(1).day(), jiff::civil::date(2026, 1, 1));
        assert_eq!(Instant::from_shanghai(last.in_shanghai()), last);
    }

    #[test]
    fn instants_beyond_the_calendar_are_clamped() {
        let _ = Instant::from_millis(i64::MAX).day();
        let _ = Instant::from_millis(i64::MIN).day();
    }
}
