//! The stored form read straight: thousands of rows are looked through for each day's birthdays.

use super::Birthday;

/// `None` for every other form, and for days that do not exist.
pub(super) fn read(text: &str) -> Option<Birthday> {
    let (lunar, rest) = match text.strip_prefix("solar:") {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("lunar:")?),
    };
    let (year, rest) = match rest.as_bytes() {
        [_, _, _, _, b'-', ..] => (Some(number(rest.get(..4)?)?), rest.get(5..)?),
        _ => (None, rest),
    };
    let (leap, rest) = match rest.strip_prefix('L') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (month, day) = rest.split_once('-').filter(|_| rest.len() == 5)?;
    let [month, day] = [month, day].map(|text| u8::try_from(number(text)?).ok());
    if lunar {
        Birthday::lunar(year, month?, day?, leap).ok()
    } else if leap {
        None
    } else {
        Birthday::solar(year, month?, day?).ok()
    }
}

fn number(digits: &str) -> Option<i16> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{parse, written};
    use super::*;

    #[test]
    fn both_calendars_with_and_without_a_year() {
        for text in [
            "solar:1983-02-07",
            "solar:02-29",
            "lunar:08-15",
            "lunar:1983-L04-01",
        ] {
            assert_eq!(read(text).unwrap().to_string(), text);
            assert_eq!(read(text), parse(text).ok());
        }
        for text in [
            "solar:02-30",
            "solar:L04-01",
            "1983-02-07",
            "solar:2-7",
            "lunar:八月十五",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        /// What it reads, the reader of everything people write reads the same way.
        #[test]
        fn agrees_with_the_general_reader(
            text in "(solar|lunar):([12][0-9]{3}-)?L?[01][0-9]-[0-3][0-9]"
        ) {
            if let Some(birthday) = read(&text) {
                prop_assert_eq!(Ok(birthday), written::birthday(&text));
            }
        }
    }
}
