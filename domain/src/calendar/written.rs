//! A day as text, `2026-05-04`: how it is stored, sent and typed. For serde: `#[serde(with = "…::calendar::written")]`,
//! and `written::optional`. Read here, because jiff's reader knows every form of a date, time and zone and how each can
//! go wrong, which is a twentieth of the app.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

use crate::time::Day;

/// Reads what a day's `Display` writes.
#[must_use]
pub fn parse_day(text: &str) -> Option<Day> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut parts = text.split('-');
    let year: i16 = number(parts.next()?, if sign < 0 { 6 } else { 4 })?;
    let month = number(parts.next()?, 2)?;
    let day = number(parts.next()?, 2)?;
    if parts.next().is_some() {
        return None;
    }
    Day::new(
        sign * year,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

fn number(text: &str, digits: usize) -> Option<i16> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

pub fn serialize<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    read(&String::deserialize(deserializer)?)
}

/// The same where there may be none.
pub mod optional {
    use super::*;

    pub fn serialize<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.serialize_some(&day.to_string()),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Day>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| read(&text))
            .transpose()
    }
}

fn read<E: Error>(text: &str) -> Result<Day, E> {
    parse_day(text).ok_or_else(|| E::custom("not a day"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Sent {
        #[serde(with = "super")]
        day: Day,
        #[serde(with = "super::optional")]
        none: Option<Day>,
        #[serde(with = "super::optional")]
        some: Option<Day>,
    }

    /// As jiff sends it, which older versions of the app read.
    #[derive(Serialize)]
    struct Plain {
        day: Day,
        none: Option<Day>,
        some: Option<Day>,
    }

    #[test]
    fn other_text_is_no_day() {
        for text in [
            "",
            "-",
            "2026",
            "2026-5-4",
            "2026-05-04 ",
            "+026-05-04",
            "2026-02-29",
            "2026-05-04-01",
            "20260504",
            "２０２６-05-04",
        ] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_read_back_and_sent_as_ever(days in -4_371_587_i64..=2_932_896) {
            let day = crate::calendar::plus_days(date(1970, 1, 1), days);
            prop_assert_eq!(parse_day(&day.to_string()), Some(day));
            let (none, some) = (None, Some(day));
            let bytes = postcard::to_allocvec(&Sent { day, none, some }).unwrap();
            prop_assert_eq!(&bytes, &postcard::to_allocvec(&Plain { day, none, some }).unwrap());
            prop_assert_eq!(postcard::from_bytes::<Sent>(&bytes).unwrap(), Sent { day, none, some });
        }
    }
}
