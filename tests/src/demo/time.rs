//! Days and times of day.

use caravan_domain::calendar::{plus_days, start_of};
use caravan_domain::time::{Day, Instant};

const A_MINUTE: i64 = 60 * 1000;

/// `minute` of the day in Asia/Shanghai.
pub(super) fn at(day: Day, minute: i64) -> Instant {
    start_of(day).plus_millis(minute * A_MINUTE)
}

pub(super) fn later(instant: Instant, minutes: i64) -> Instant {
    instant.plus_millis(minutes * A_MINUTE)
}

/// `HH:MM`
pub(super) fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The day itself, or the Saturday before a Sunday.
pub(super) fn working(day: Day) -> Day {
    match day.weekday().to_monday_one_offset() {
        7 => plus_days(day, -1),
        _ => day,
    }
}

pub(super) fn system() -> Instant {
    caravan_relay::clock::now()
}
