//! Times as files and forms write them, meant in Asia/Shanghai: `2026-05-04 01:49`.

use jiff::civil::{Date, DateTime, Time};

use crate::fold::plain;
use crate::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    #[error("not a date and time in any form we read")]
    Unreadable,
    #[error("the calendar or the clock has no such time")]
    NoSuchTime,
}

/// Reads `2026-05-04 01:49`, `2026/5/4 1:49:07`, `2026年5月4日 1:49`, `2026-05-04T01:49` and, as
/// midnight, a day alone.
pub fn parse_local(text: &str) -> Result<Instant, LocalTimeError> {
    let text = plain(text)
        .replace(['年', '月', '/', '.'], "-")
        .replace(['日', 'T'], " ");
    let mut words = text.split_whitespace();
    let day = words.next().ok_or(LocalTimeError::Unreadable)?;
    let time = words.next().unwrap_or("0:00");
    if words.next().is_some() {
        return Err(LocalTimeError::Unreadable);
    }
    let [year, month, day] = numbers(day.trim_end_matches('-'), '-')
        .filter(|(_, given)| *given == 3)
        .ok_or(LocalTimeError::Unreadable)?
        .0;
    let [hour, minute, second] = numbers(time, ':')
        .filter(|(_, given)| *given >= 2)
        .ok_or(LocalTimeError::Unreadable)?
        .0;
    if !(1900..=2200).contains(&year) {
        return Err(LocalTimeError::NoSuchTime);
    }
    let day = Date::new(year, small(month)?, small(day)?);
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, 0);
    match (day, time) {
        (Ok(day), Ok(time)) => Ok(Instant::from_shanghai(DateTime::from_parts(day, time))),
        _ => Err(LocalTimeError::NoSuchTime),
    }
}

/// `2026-05-04 01:49`, which [`parse_local`] reads back; seconds are left out.
#[must_use]
pub fn local_minute(instant: Instant) -> String {
    let local = instant.in_shanghai();
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}

/// Up to three numbers and how many there were.
fn numbers(text: &str, separator: char) -> Option<([i16; 3], usize)> {
    let mut found = [0; 3];
    let mut given = 0;
    for part in text.split(separator) {
        let plain = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        *found.get_mut(given)? = plain.then(|| part.parse().ok())??;
        given += 1;
    }
    Some((found, given))
}

fn small(number: i16) -> Result<i8, LocalTimeError> {
    i8::try_from(number).map_err(|_| LocalTimeError::NoSuchTime)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn written_forms_mean_shanghai_time() {
        for text in [
            "2026-05-04 01:49",
            "2026/5/4 1:49",
            "2026年5月4日 1:49",
            "2026年5月4日1:49",
            "2026-05-04T01:49:00",
            "２０２６－０５－０４　０１：４９",
        ] {
            let instant = parse_local(text).unwrap();
            assert_eq!(local_minute(instant), "2026-05-04 01:49", "{text}");
        }
        let midnight = parse_local("2026-05-04").unwrap();
        assert_eq!(local_minute(midnight), "2026-05-04 00:00");
        assert_eq!(midnight.millis(), 1_777_824_000_000);
    }

    #[test]
    fn other_text_is_refused() {
        assert_eq!(
            parse_local("2026-13-45 99:99"),
            Err(LocalTimeError::NoSuchTime)
        );
        assert_eq!(
            parse_local("2026-02-29 10:00"),
            Err(LocalTimeError::NoSuchTime)
        );
        for text in [
            "",
            "昨天",
            "2026-05",
            "2026-05-04 01",
            "1 2 3",
            "99999-1-1",
            "2026-5-4 1:1 x",
        ] {
            assert_eq!(parse_local(text), Err(LocalTimeError::Unreadable), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([0-9/:年月日T -]|\\PC){0,20}") {
            if let Ok(instant) = parse_local(&text) {
                prop_assert!(parse_local(&local_minute(instant)).is_ok());
            }
        }
    }
}
