//! From what people write to a birthday.

use super::numeral::{small, year};
use super::{Birthday, BirthdayError};
use crate::fold::plain;

const LUNAR_WORDS: [&str; 7] = ["农历", "農曆", "阴历", "旧历", "古历", "夏历", "lunar"];
const SOLAR_WORDS: [&str; 6] = ["公历", "阳历", "新历", "国历", "西历", "solar"];

/// The pieces of a date before the calendar is known.
struct Pieces {
    year: Option<i16>,
    month: u8,
    day: u8,
    leap: bool,
    /// Written as only lunar dates are.
    lunar: bool,
}

pub(super) fn birthday(text: &str) -> Result<Birthday, BirthdayError> {
    let text = without_time(&plain(text).to_lowercase());
    if text.is_empty() {
        return Err(BirthdayError::Empty);
    }
    let (calendar, rest) = named_calendar(&text);
    let rest = rest.trim_start_matches([':', '的']);
    let pieces = pieces(rest).ok_or(BirthdayError::Unreadable)?;
    match calendar.unwrap_or(pieces.lunar) {
        true => Birthday::lunar(pieces.year, pieces.month, pieces.day, pieces.leap),
        false if pieces.leap => Err(BirthdayError::NoSuchDay),
        false => Birthday::solar(pieces.year, pieces.month, pieces.day),
    }
}

/// Spreadsheets add a midnight to every date. Spaces inside the date go too.
fn without_time(text: &str) -> String {
    let day = match text.split_once([' ', 't']) {
        Some((day, time)) if time.contains(':') && !time.contains(['月', '-', '/']) => day,
        _ => text,
    };
    let day: String = day.chars().filter(|c| !c.is_whitespace()).collect();
    let day = day.trim_end_matches("出生").trim_end_matches("生日");
    day.trim_end_matches(['生', '(', ')']).to_owned()
}

fn named_calendar(text: &str) -> (Option<bool>, &str) {
    let text = text.trim_start_matches('(');
    let strip = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    if let Some(rest) = strip(&LUNAR_WORDS) {
        (Some(true), rest.trim_start_matches(')'))
    } else if let Some(rest) = strip(&SOLAR_WORDS) {
        (Some(false), rest.trim_start_matches(')'))
    } else {
        (None, text)
    }
}

fn pieces(text: &str) -> Option<Pieces> {
    if text == "除夕" {
        return Some(Pieces {
            year: None,
            month: 12,
            day: 30,
            leap: false,
            lunar: true,
        });
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return numbers(year(&text[..4]), &text[4..6], &text[6..]);
    }
    if text.contains('月') {
        let (year, rest) = match text.split_once('年') {
            Some((written, rest)) => (Some(year(written)?), rest),
            None => (None, text),
        };
        let (month, day) = rest.split_once('月')?;
        return worded(year, month, day);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', '\u{2014}']).collect();
    match parts[..] {
        [written, month, day] => numbers(Some(year(written)?), month, day),
        [month, day] => numbers(None, month, day),
        _ => None,
    }
}

fn numbers(year: Option<i16>, month: &str, day: &str) -> Option<Pieces> {
    let leap = month.starts_with('l');
    Some(Pieces {
        year,
        month: small(month.trim_start_matches('l'))?,
        day: small(day)?,
        leap,
        lunar: leap,
    })
}

/// `八月十五` and `腊月廿三` are lunar; `六月一日` and `6月1` are solar.
fn worded(year: Option<i16>, month: &str, day: &str) -> Option<Pieces> {
    let (leap, month) = match month.strip_prefix(['闰', '閏']) {
        Some(month) => (true, month),
        None => (false, month),
    };
    let (month_named, month_number) = match month {
        "正" => (true, 1),
        "冬" => (true, 11),
        "腊" | "臘" => (true, 12),
        _ => (false, small(month)?),
    };
    let marked = day.ends_with(['日', '号', '號']);
    let day = day.trim_end_matches(['日', '号', '號']);
    let beginning = day.strip_prefix('初');
    let chinese = |text: &str| !text.bytes().any(|b| b.is_ascii_digit());
    let lunar = leap
        || month_named
        || beginning.is_some()
        || day.contains(['廿', '卅'])
        || (!marked && chinese(month) && chinese(day));
    Some(Pieces {
        year,
        month: month_number,
        day: small(beginning.unwrap_or(day))?,
        leap,
        lunar,
    })
}
