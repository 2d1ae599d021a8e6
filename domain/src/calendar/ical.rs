//! Dates and times as iCalendar and vCard write them (RFC 5545 sections 3.3.4 and 3.3.5).

use crate::time::{Day, Instant, SHANGHAI_OFFSET_MILLIS};

/// `20260504`
#[must_use]
pub fn ical_day(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// `20260503T174900Z`
#[must_use]
pub fn ical_utc(instant: Instant) -> String {
    let utc = instant.plus_millis(-SHANGHAI_OFFSET_MILLIS).in_shanghai();
    format!(
        "{}T{:02}{:02}{:02}Z",
        ical_day(utc.date()),
        utc.hour(),
        utc.minute(),
        utc.second()
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn written_without_separators() {
        assert_eq!(ical_day(date(2026, 5, 4)), "20260504");
        let instant = Instant::from_shanghai(date(2026, 5, 4).at(1, 49, 7, 0));
        assert_eq!(ical_utc(instant), "20260503T174907Z");
    }
}
