//! Reminders as iCalendar (RFC 5545). Times are written in UTC, so no time zone needs describing.

use caravan_domain::calendar::{ical_day, ical_utc, plus_days, start_of};
use caravan_domain::time::Instant;

use super::ExportReminder;
use super::content_line::ContentLines;

const PRODUCT: &str = "-//Caravan//Reminders 1//ZH";
const MINUTE_MILLIS: i64 = 60_000;
/// Half an hour in the calendar; a reminder is a beginning, not a booking.
const DURATION: &str = "PT30M";
const ALARM_BEFORE: &str = "-PT15M";
/// Nine in the morning of a whole-day reminder.
const ALARM_OF_DAY: &str = "PT9H";

#[must_use]
pub fn calendar(name: &str, reminders: &[ExportReminder], now: Instant) -> Vec<u8> {
    let mut lines = ContentLines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", PRODUCT);
    lines.raw("CALSCALE", "GREGORIAN");
    lines.text("X-WR-CALNAME", name);
    for reminder in reminders {
        event(&mut lines, reminder, now);
    }
    lines.raw("END", "VCALENDAR");
    lines.finish()
}

fn event(lines: &mut ContentLines, reminder: &ExportReminder, now: Instant) {
    lines.raw("BEGIN", "VEVENT");
    lines.text("UID", &reminder.uid);
    lines.raw("DTSTAMP", &ical_utc(now));
    let alarm = match minutes(&reminder.at) {
        Some(minutes) => {
            let begins = start_of(reminder.on).plus_millis(minutes * MINUTE_MILLIS);
            lines.raw("DTSTART", &ical_utc(begins));
            lines.raw("DURATION", DURATION);
            ALARM_BEFORE
        }
        None => {
            lines.raw("DTSTART;VALUE=DATE", &ical_day(reminder.on));
            lines.raw("DTEND;VALUE=DATE", &ical_day(plus_days(reminder.on, 1)));
            lines.raw("TRANSP", "TRANSPARENT");
            ALARM_OF_DAY
        }
    };
    lines.text("SUMMARY", &reminder.title);
    lines.text("DESCRIPTION", &reminder.detail);
    lines.raw("BEGIN", "VALARM");
    lines.raw("ACTION", "DISPLAY");
    lines.text("DESCRIPTION", &reminder.title);
    lines.raw("TRIGGER", alarm);
    lines.raw("END", "VALARM");
    lines.raw("END", "VEVENT");
}

/// Minutes after midnight of `HH:MM`.
fn minutes(at: &str) -> Option<i64> {
    let (hour, minute) = at.split_once(':')?;
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then(|| i64::from(hour) * 60 + i64::from(minute))
}
