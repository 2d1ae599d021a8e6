//! Birthdays in the solar or the lunar calendar, with or without a year. Wording for people is
//! the interface's affair: it gets the parts.

mod next;
mod numeral;
mod stored;
mod written;

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// Stored as `solar:1983-02-07`, `solar:02-07`, `lunar:08-15`, `lunar:1983-08-15`; a leap month
/// is marked `lunar:L04-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Birthday {
    Solar {
        year: Option<i16>,
        month: u8,
        day: u8,
    },
    /// `year` is the lunar year, named by the solar year in which it begins.
    Lunar {
        year: Option<i16>,
        month: u8,
        day: u8,
        leap: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BirthdayError {
    #[error("no birthday given")]
    Empty,
    #[error("not a date in any form we read")]
    Unreadable,
    #[error("the calendar has no such day")]
    NoSuchDay,
}

/// Years a living person, or a company, can have been born in.
const YEARS: core::ops::RangeInclusive<i16> = 1900..=2100;

/// Reads the stored form and everything people write: `1998-01-08`, `1983/2/7`, `85年6月1日`,
/// `19830207`, `农历八月十五`, `腊月廿三`, `闰四月初一`.
pub fn parse(text: &str) -> Result<Birthday, BirthdayError> {
    stored::read(text).map_or_else(|| written::birthday(text), Ok)
}

impl Birthday {
    /// 29 February without a year is allowed.
    pub fn solar(year: Option<i16>, month: u8, day: u8) -> Result<Self, BirthdayError> {
        // 2000 had a 29 February.
        let probe = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        let real = probe.is_some_and(|(month, day)| {
            jiff::civil::Date::new(year.unwrap_or(2000), month, day).is_ok()
        });
        if !real || year.is_some_and(|it| !YEARS.contains(&it)) {
            return Err(BirthdayError::NoSuchDay);
        }
        Ok(Self::Solar { year, month, day })
    }

    /// Lunar months have up to thirty days; which months have thirty changes with the year.
    pub fn lunar(year: Option<i16>, month: u8, day: u8, leap: bool) -> Result<Self, BirthdayError> {
        let real = (1..=12).contains(&month) && (1..=30).contains(&day);
        if !real || year.is_some_and(|it| !YEARS.contains(&it)) {
            return Err(BirthdayError::NoSuchDay);
        }
        Ok(Self::Lunar {
            year,
            month,
            day,
            leap,
        })
    }

    #[must_use]
    pub fn year(&self) -> Option<i16> {
        match self {
            Self::Solar { year, .. } | Self::Lunar { year, .. } => *year,
        }
    }

    /// The day of the year alone: on which day it is next kept does not depend on the year.
    #[must_use]
    pub fn without_year(mut self) -> Self {
        match &mut self {
            Self::Solar { year, .. } | Self::Lunar { year, .. } => *year = None,
        }
        self
    }
}

impl fmt::Display for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (calendar, leap, month, day) = match self {
            Self::Solar { month, day, .. } => ("solar", false, month, day),
            Self::Lunar {
                month, day, leap, ..
            } => ("lunar", *leap, month, day),
        };
        write!(f, "{calendar}:")?;
        if let Some(year) = self.year() {
            write!(f, "{year:04}-")?;
        }
        let leap = if leap { "L" } else { "" };
        write!(f, "{leap}{month:02}-{day:02}")
    }
}

impl FromStr for Birthday {
    type Err = BirthdayError;

    fn from_str(text: &str) -> Result<Self, BirthdayError> {
        parse(text)
    }
}

impl TryFrom<String> for Birthday {
    type Error = BirthdayError;

    fn try_from(text: String) -> Result<Self, BirthdayError> {
        parse(&text)
    }
}

impl From<Birthday> for String {
    fn from(birthday: Birthday) -> Self {
        birthday.to_string()
    }
}

#[cfg(test)]
mod tests;
