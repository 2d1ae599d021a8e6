//! When a person can work (R27): windows of the week, and other ones or none on a date. In the person's document at
//! `calendar/{day}/{window}` as marks, where a day is `mon` to `sun` or a date and a window `09:00-12:00`, or `off`.
//! What two add at once is there, so that nobody is thought away who has said that they can.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::calendar::{parse_day, written};
use crate::order::sort_by;
use crate::time::Day;
use crate::value::{UnknownWord, Value};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const OFF: &str = "off";
const DAY_MINUTES: u16 = 24 * 60;
/// Windows in one day.
pub const WINDOWS_MAX: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HoursOf {
    /// From Monday as 0.
    Weekday(u8),
    Date(#[serde(with = "written")] Day),
}

impl HoursOf {
    pub(crate) fn weekday(day: Day) -> Self {
        let since = day.weekday().since(jiff::civil::Weekday::Monday);
        Self::Weekday(since.unsigned_abs())
    }
}

impl fmt::Display for HoursOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekday(day) => f.write_str(WEEKDAYS[usize::from(*day % 7)]),
            Self::Date(day) => fmt::Display::fmt(day, f),
        }
    }
}

impl FromStr for HoursOf {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match WEEKDAYS.iter().position(|known| *known == word) {
            Some(day) => u8::try_from(day)
                .map(Self::Weekday)
                .map_err(|_| UnknownWord),
            None => parse_day(word).map(Self::Date).ok_or(UnknownWord),
        }
    }
}

/// Minutes of the day; ends after it begins, at midnight at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    from: u16,
    to: u16,
}

impl Window {
    #[must_use]
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < to && to <= DAY_MINUTES).then_some(Self { from, to })
    }

    #[must_use]
    pub fn minutes(self) -> u32 {
        u32::from(self.to - self.from)
    }

    /// `hh:mm`, as forms write it.
    #[must_use]
    pub fn begins(self) -> String {
        clock(self.from)
    }

    #[must_use]
    pub fn ends(self) -> String {
        clock(self.to)
    }
}

/// `hh:mm` of so many minutes after midnight.
#[must_use]
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Minutes after midnight of `hh:mm`.
#[must_use]
pub fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str| {
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u16>().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", clock(self.from), clock(self.to))
    }
}

impl FromStr for Window {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let (from, to) = word.split_once('-').ok_or(UnknownWord)?;
        let (from, to) = (
            minute(from).ok_or(UnknownWord)?,
            minute(to).ok_or(UnknownWord)?,
        );
        Self::new(from, to).ok_or(UnknownWord)
    }
}

/// What somebody has said of one day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Hours {
    /// Nothing: of a date, as on its weekday.
    #[default]
    Usual,
    Off,
    /// Sorted; where two people's overlap they stay as they were said.
    During(Vec<Window>),
}

impl Hours {
    /// How they are written: the marks of a day.
    pub(crate) fn marks(&self) -> Vec<String> {
        match self {
            Self::Usual => Vec::new(),
            Self::Off => vec![OFF.to_owned()],
            Self::During(windows) => windows.iter().map(Window::to_string).collect(),
        }
    }

    /// Windows count where one said off and another when.
    fn read<'a>(marks: impl Iterator<Item = (&'a str, &'a Value)>) -> Self {
        let mut off = false;
        let mut windows = Vec::new();
        for (mark, _) in marks.filter(|(_, set)| set.flag(&[])) {
            off |= mark == OFF;
            windows.extend(mark.parse::<Window>());
        }
        match (windows.is_empty(), off) {
            (false, _) => Self::During(windows),
            (true, true) => Self::Off,
            (true, false) => Self::Usual,
        }
    }

    /// `None` where nothing was said.
    fn minutes(&self) -> Option<u32> {
        match self {
            Self::Usual => None,
            Self::Off => Some(0),
            Self::During(windows) => Some(covered(windows)),
        }
    }
}

/// What overlaps counts once.
fn covered(windows: &[Window]) -> u32 {
    let mut windows = windows.to_vec();
    sort_by(&mut windows, Ord::cmp);
    let mut until = 0;
    let mut minutes = 0;
    for window in windows {
        minutes += u32::from(window.to.saturating_sub(window.from.max(until)));
        until = until.max(window.to);
    }
    minutes
}

/// The days of which a person has said something.
#[must_use]
pub fn read_all(tree: &Value) -> Vec<(HoursOf, Hours)> {
    tree.entries(&["calendar"])
        .filter_map(|(day, marks)| Some((day.parse().ok()?, Hours::read(marks.entries(&[])))))
        .filter(|(_, hours)| *hours != Hours::Usual)
        .collect()
}

/// Minutes on a day: what was said of the date, else of its weekday; else none if anything was said of other weekdays, and
/// `usual` if not.
pub(crate) fn minutes_on(day: Day, said: &[(HoursOf, Hours)], usual: u32) -> u32 {
    let of = |of: HoursOf| {
        let hours = said.iter().find(|(known, _)| *known == of);
        hours.and_then(|(_, hours)| hours.minutes())
    };
    let any_week = || {
        let mut said = said.iter();
        said.any(|(of, _)| matches!(of, HoursOf::Weekday(_)))
    };
    of(HoursOf::Date(day))
        .or_else(|| of(HoursOf::weekday(day)))
        .unwrap_or_else(|| if any_week() { 0 } else { usual })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn windows(texts: &[&str]) -> Hours {
        Hours::During(
            texts
                .iter()
                .map(|text| text.parse().unwrap_or(NONE))
                .collect(),
        )
    }

    const NONE: Window = Window { from: 0, to: 1 };

    #[test]
    fn a_date_comes_before_its_weekday() {
        let thursday = date(2026, 11, 5);
        let monday = (
            HoursOf::Weekday(0),
            windows(&["09:00-12:00", "11:00-13:30"]),
        );
        let off = (HoursOf::Date(date(2026, 11, 9)), Hours::Off);
        assert_eq!(minutes_on(thursday, &[], 240), 240, "nothing was said");
        let said = [monday, off];
        assert_eq!(
            minutes_on(thursday, &said, 240),
            0,
            "only Mondays were said"
        );
        assert_eq!(
            minutes_on(date(2026, 11, 2), &said, 240),
            270,
            "overlaps count once"
        );
        assert_eq!(minutes_on(date(2026, 11, 9), &said, 240), 0);
        assert_eq!(
            minutes_on(thursday, &said[1..], 240),
            240,
            "a day off is no week"
        );
    }

    #[test]
    fn other_words_are_no_days_and_no_windows() {
        for word in ["", "monday", "2026-13-01", "off"] {
            assert!(word.parse::<HoursOf>().is_err(), "{word}");
        }
        for word in [
            "",
            "off",
            "9:00-12:00",
            "12:00-12:00",
            "12:00-09:00",
            "23:00-24:01",
            "1200-1300",
        ] {
            assert!(word.parse::<Window>().is_err(), "{word}");
        }
    }

    proptest! {
        #[test]
        fn windows_are_read_back(from in 0u16..1440, length in 1u16..1440) {
            if let Some(window) = Window::new(from, from + length) {
                prop_assert_eq!(window.to_string().parse(), Ok(window));
            }
        }

        #[test]
        fn a_day_has_no_more_than_its_hours(
            spans in proptest::collection::vec((0u16..1440, 1u16..1440), 0..9),
        ) {
            let windows: Vec<_> = spans
                .into_iter()
                .filter_map(|(from, length)| Window::new(from, from + length))
                .collect();
            let each = windows.iter().map(|window| window.minutes());
            let (longest, all) = (each.clone().max().unwrap_or(0), each.sum::<u32>());
            let covered = covered(&windows);
            prop_assert!(longest <= covered && covered <= all.min(1440));
        }
    }
}
