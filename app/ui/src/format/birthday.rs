//! Birthdays in words: 8月15日, 农历八月十五, 15 Aug.

use caravan_domain::birthday::Birthday;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) struct BirthdayWords {
    solar: Signal<String>,
    lunar: Signal<String>,
    leap: Signal<String>,
}

/// To be called while a component is being built.
pub(crate) fn use_birthday_words() -> BirthdayWords {
    BirthdayWords {
        solar: tr!(format.birthday_solar),
        lunar: tr!(format.birthday_lunar),
        leap: tr!(format.birthday_leap),
    }
}

impl BirthdayWords {
    pub(crate) fn words(self, birthday: Birthday) -> String {
        match birthday {
            Birthday::Solar { year, month, day } => {
                let date = match year {
                    Some(year) => format!("{year}-{month:02}-{day:02}"),
                    None => format!("{month:02}-{day:02}"),
                };
                format!("{} {date}", self.solar.get())
            }
            Birthday::Lunar {
                month, day, leap, ..
            } => {
                let leap = if leap { self.leap.get() } else { String::new() };
                format!("{} {leap}{}", self.lunar.get(), lunar_date(month, day))
            }
        }
    }
}

/// 八月十五. Lunar dates are written this way in either language: a number would be read as a solar one.
fn lunar_date(month: u8, day: u8) -> String {
    const MONTHS: [&str; 12] = [
        "正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊",
    ];
    const DIGITS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let digit = |number: u8| {
        DIGITS
            .get(usize::from(number).wrapping_sub(1))
            .unwrap_or(&"")
    };
    let month = MONTHS
        .get(usize::from(month).wrapping_sub(1))
        .unwrap_or(&"");
    let day = match day {
        1..=10 => format!("初{}", digit(day)),
        11..=19 => format!("十{}", digit(day - 10)),
        20 => "二十".to_owned(),
        21..=29 => format!("廿{}", digit(day - 20)),
        _ => "三十".to_owned(),
    };
    format!("{month}月{day}")
}

#[cfg(test)]
mod tests {
    use super::lunar_date;

    #[test]
    fn lunar_days_are_written_as_calendars_print_them() {
        assert_eq!(lunar_date(8, 15), "八月十五");
        assert_eq!(lunar_date(1, 1), "正月初一");
        assert_eq!(lunar_date(12, 23), "腊月廿三");
        assert_eq!(lunar_date(11, 30), "冬月三十");
    }
}
